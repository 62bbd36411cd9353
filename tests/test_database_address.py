"""The database's address: SQLite or PostgreSQL; a wrong one stops the start in one sentence, without its password."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config import BadConfig
from pollapp.database import connect
from tests.databases import POSTGRES, Postgres
from tests.real_server import ASYNC_MODE, ROOT, RealServer

PASSWORD = "correct-horse"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_each_way_to_write_an_address_of_postgresql_is_understood(scheme: str) -> None:
    engine = connect(f"{scheme}://ada:{PASSWORD}@db.example.org:5433/polls?sslmode=require")
    assert engine.url.drivername == "postgresql+psycopg"
    assert (engine.url.port, engine.url.database, engine.url.query["sslmode"]) == (5433, "polls", "require")


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://ada:{PASSWORD}@db/polls",
        f"postgresql+psycopg2://ada:{PASSWORD}@db/polls",
        f"postgresql://ada:{PASSWORD}@db:port/polls",
        PASSWORD,
        f"://{PASSWORD}",
    ],
)
def test_an_address_of_something_else_is_refused(url: str) -> None:
    with pytest.raises(BadConfig, match="POLLAPP_DATABASE_URL") as refused:
        connect(url)
    assert PASSWORD not in str(refused.value)


def run(folder: Path, url: str, *command: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("POLLAPP_")}
    environ |= {"POLLAPP_DATABASE_URL": url, "POLLAPP_DATA_DIR": str(folder), "POLLAPP_LOG_LEVEL": "DEBUG"}
    environ["POLLAPP_ASYNC_MODE"] = ASYNC_MODE
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    "command",
    [["wsgi.py"], ["-m", "flask", "--app", "pollapp:create_app", "pollapp", "seal-due"]],
    ids=["server", "command"],
)
@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ada:{PASSWORD}@127.0.0.1:1/polls",
        f"postgresql://ada:half@{PASSWORD}@127.0.0.1/polls",
        f"mysql://ada:{PASSWORD}@127.0.0.1/polls",
    ],
    ids=["nobody there", "password in two", "other database"],
)
def test_an_address_that_cannot_be_used_stops_the_start_in_one_sentence(
    tmp_path: Path, url: str, command: list[str]
) -> None:
    tried = run(tmp_path, url, *command)
    assert tried.returncode == 2
    sentence = tried.stderr.strip().splitlines()[-1]
    assert "POLLAPP_DATABASE_URL" in sentence
    assert sentence.endswith(".")
    assert "Traceback" not in tried.stderr
    assert PASSWORD not in tried.stderr + tried.stdout


@pytest.fixture
def empty(postgres: Postgres, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database in which nothing has been made yet."""
    name = f"pollapp_test_{secrets.token_hex(4)}"
    encoding = getattr(request, "param", "UTF8")
    postgres.tell(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LOCALE 'C'")
    yield POSTGRES.rpartition("/")[0] + f"/{name}"
    postgres.tell(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.postgres
def test_of_servers_that_start_together_one_makes_the_tables_and_the_demo(empty: str, tmp_path: Path) -> None:
    settings = {"POLLAPP_DATABASE_URL": empty, "POLLAPP_DEMO": "1"}
    servers = [RealServer(tmp_path / str(number), **settings) for number in range(3)]
    try:
        for server in servers:
            server.launch()
        for server in servers:
            server.wait_until_served()
    finally:
        for server in servers:
            server.kill()
    with psycopg.connect(empty) as database:
        assert database.execute("SELECT count(*) FROM meeting").fetchone() == (2,)


@pytest.mark.postgres
@pytest.mark.parametrize("empty", ["LATIN1"], indirect=True)
def test_a_database_that_cannot_hold_every_script_is_refused(empty: str, tmp_path: Path) -> None:
    tried = run(tmp_path, empty, "wsgi.py")
    assert tried.returncode == 2
    assert "LATIN1" in tried.stderr
