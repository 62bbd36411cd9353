"""/readyz tells soon and truly whether answers can be stored; /healthz asks for nothing."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from flask import Flask

from pollapp import extensions
from pollapp.live import writer
from pollapp.live.probe import Probe
from pollapp.live.runtime import ThreadRuntime
from pollapp.operator import readiness
from tests.actors import Facilitator
from tests.cluster import Cluster
from tests.operator.conftest import TOKEN, Watch
from tests.real_server import RealServer

SOON_S = readiness.PATIENCE_S + 3
"""A generous bound for a busy machine; without one of ours it would be 15 seconds, or a minute."""

ALL_WELL = {"ready": True, "database": True, "schema": True, "keys": True, "writer": True, "queue": True}


def broken(*what: str) -> dict[str, bool]:
    """Return what is told when this is not as it must be."""
    return ALL_WELL | dict.fromkeys(("ready", *what), False)


def test_a_server_that_is_well_is_ready(watch: Watch) -> None:
    assert watch.ready()[:2] == (200, ALL_WELL)


def _remove(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _spoil(file: Path) -> None:
    file.write_bytes(b"not a database at all" * 400)


def ask(app: Flask) -> tuple[int, dict[str, bool]]:
    """Return what /readyz says within the application."""
    reply = app.test_client().get("/readyz")
    return reply.status_code, reply.json


@pytest.mark.parametrize("ruin", [_remove, _spoil])
def test_a_sqlite_file_that_cannot_be_read(app: Flask, database_file: Path, ruin: Callable[[Path], None]) -> None:
    extensions.hub.runtime.settle()
    assert ask(app) == (200, ALL_WELL)
    extensions.database.close()
    for each in database_file.parent.glob(f"{database_file.name}-*"):
        each.unlink()
    ruin(database_file)
    assert ask(app) == (503, broken("database", "schema"))
    assert app.test_client().get("/healthz").status_code == 200


def test_a_schema_of_another_version(app: Flask) -> None:
    with extensions.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    assert ask(app) == (503, broken("schema"))


def test_a_key_folder_that_is_gone(app: Flask, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "keys")
    assert ask(app) == (503, broken("keys"))


def test_answers_that_wait_for_a_lock_of_somebody_else(
    app: Flask, host: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll, participant = host.ask("choice"), host.let_in()
    extensions.hub.runtime.settle()
    monkeypatch.setattr(writer, "STUCK_S", 0.0)
    done: list[object] = []
    thread = threading.Thread(target=lambda: done.append(extensions.hub.store(participant.cast(poll, ["yes"]))))
    with extensions.database.engine.connect() as other:
        other.exec_driver_sql("COMMIT")
        other.exec_driver_sql("BEGIN IMMEDIATE")
        thread.start()
        deadline = time.monotonic() + SOON_S
        while ask(app) != (503, broken("queue")):
            assert time.monotonic() < deadline
        other.exec_driver_sql("COMMIT")
        other.exec_driver_sql("BEGIN")
    thread.join()
    assert [outcome.code for outcome in done] == ["saved"]
    extensions.hub.runtime.settle()
    assert ask(app) == (200, ALL_WELL)


def test_a_writer_that_has_ended(app: Flask) -> None:
    extensions.hub.writer.stop()
    assert ask(app) == (503, broken("writer"))


def test_a_probe_that_hangs_is_not_asked_twice() -> None:
    asked, answer = [], threading.Event()

    def hang() -> str:
        asked.append(1)
        answer.wait()
        return "at last"

    probe = Probe(hang)
    assert probe.look(ThreadRuntime(), 0.05) is None
    assert probe.look(ThreadRuntime(), 0.05) is None
    assert len(asked) == 1
    waiting = threading.Thread(target=lambda: asked.append(probe.look(ThreadRuntime(), SOON_S)))
    waiting.start()
    answer.set()
    waiting.join()
    assert asked[-1] == "at last"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    yield cluster
    cluster.close()


@pytest.mark.faults
@pytest.mark.postgres
def test_a_postgresql_that_is_down_is_told_soon_and_its_return_too(cluster: Cluster, tmp_path: Path) -> None:
    server = RealServer(tmp_path / "data", POLLAPP_METRICS_TOKEN=TOKEN, POLLAPP_DATABASE_URL=cluster.url)
    server.start()
    try:
        watch = Watch(server.url)
        assert watch.ready()[:2] == (200, ALL_WELL)
        assert watch.scrape()["pollapp_meetings{state=draft}"] == 0
        cluster.stop()
        status, told, seconds = watch.ready()
        assert (status, told) == (503, broken("database", "schema"))
        assert seconds < SOON_S
        numbers = watch.scrape()
        assert "pollapp_meetings{state=draft}" not in numbers
        assert numbers["pollapp_database_errors_total{kind=unavailable}"] > 0
        assert requests.get(f"{server.url}/healthz", timeout=20).status_code == 200
        cluster.start()
        assert watch.ready()[:2] == (200, ALL_WELL)
    finally:
        server.kill()
