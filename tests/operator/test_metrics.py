"""The numbers of a running server: they move with what happens, name nobody, and are closed to strangers."""

import asyncio
import re
from pathlib import Path

import pytest
import requests
from flask import Flask
from prometheus_client.metrics_core import Metric
from sqlalchemy.orm import Session

from config import BadConfig, Config
from pollapp import create_app, extensions
from pollapp.live import figures
from pollapp.meetings import Meeting, agenda, ending
from pollapp.operator import gauges  # noqa: F401  # registers itself
from tests.actors import Facilitator
from tests.operator.conftest import BEARER, TOKEN, Watch, samples
from tests.people import Desk, Screen
from tests.phones import let_in, line, together, until
from tests.real_server import ROOT, RealServer

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)  # the synchronous client library drops sockets without closing them

RESULTS = "pollapp_broadcasts_total{about=results}"
ALLOWED_LABELS = {"about", "code", "kind", "le", "reason", "state", "step"}


def test_numbers_move_as_phones_answer(server: RealServer, watch: Watch) -> None:
    desk = Desk(server.url)
    desk.start_with(server.first_link())
    meeting = desk.make_meeting("Peer learning", "standard")
    desk.add_slide(meeting, "word_cloud", "Your own key words?", entries="1")
    screen = Screen(desk, meeting)
    screen.command("next")
    round_id = screen.latest["stage"]["poll"]["round"]
    code = desk.code_of(meeting)
    before = watch.scrape()

    async def answer() -> dict[str, float]:
        async with line() as http:
            phones = await let_in(http, server.url, code, 7)
            replies = await together(phone.answer(round_id, "trust") for phone in phones)
            assert [reply["code"] for reply in replies] == ["saved"] * 7
            assert (await phones[0].answer(round_id, "x" * 5000))["code"] == "bad_answer"
            assert (await phones[0].answer(round_id, "trust", slot=5))["code"] == "bad_answer"
            assert (await phones[0].answer(7777, "trust"))["code"] == "unknown_round"
            await asyncio.to_thread(screen.command, "close")
            assert (await phones[0].answer(round_id, "time", revision=2))["code"] == "closed"
            await until(lambda: watch.scrape()[RESULTS] > before[RESULTS])
            during = watch.scrape()
            for phone in phones:
                await phone.hang_up()
            return during

    during = asyncio.run(answer())
    more = {name: value - before.get(name, 0) for name, value in during.items()}
    assert more["pollapp_answers_stored_total"] == 7
    assert more["pollapp_answers_refused_total{code=bad_answer}"] == 2
    assert more["pollapp_answers_refused_total{code=unknown_round}"] == 1
    assert more["pollapp_answers_refused_total{code=closed}"] == 1
    assert more["pollapp_batch_answers_sum"] == 8, "the seven that are saved, and the one that came too late"
    assert 1 <= more["pollapp_batch_answers_count"] <= 8
    assert more["pollapp_commit_seconds_count"] == more["pollapp_batch_answers_count"]
    assert more["pollapp_commit_seconds_sum"] > 0
    assert more["pollapp_stage_changes_total"] == more["pollapp_broadcasts_total{about=stage}"] == 1
    assert more["pollapp_broadcasts_total{about=presence}"] >= 1
    assert more["pollapp_loop_lag_seconds_count"] > 0
    assert (during["pollapp_phones"], during["pollapp_screens"]) == (7, 1)
    assert during["pollapp_queue_answers"] == 0
    assert during["pollapp_meetings{state=live}"] == 1
    assert during["pollapp_database_errors_total{kind=unavailable}"] == 0
    screen.hang_up()
    asyncio.run(until(lambda: watch.scrape()["pollapp_phones"] == watch.scrape()["pollapp_screens"] == 0))
    named = [name for name in during if re.search(rf"{meeting}|{code}|trust|Peer", name)]
    assert named == []


def test_meetings_that_are_looked_after_are_counted(app: Flask, host: Facilitator) -> None:
    extensions.hub._runtime.settle()
    before = figures.HOUSEKEEPING.counts["seal"]
    host.ask("choice")
    host.end()
    extensions.database.run(lambda session: _end_long_ago(session, host.id))
    assert extensions.hub.keep_house()
    assert figures.HOUSEKEEPING.counts["seal"] == before + 1


def _end_long_ago(session: Session, meeting_id: str) -> None:
    session.get_one(Meeting, meeting_id).ended_at = agenda.now() - 2 * ending.UNDO_WINDOW


def test_dropped_clients_are_counted_by_a_reason_of_the_list() -> None:
    before = dict(figures.CLIENTS_DROPPED.counts)
    figures.dropped("behind")
    assert figures.CLIENTS_DROPPED.counts == before | {"behind": before["behind"] + 1}


def families() -> list[Metric]:
    return [family for collector in figures.registry._collector_to_names for family in collector.collect()]


def test_every_number_says_what_it_is_and_names_nobody(app: Flask) -> None:
    page = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    for family in families():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        assert re.fullmatch(r"pollapp_[a-z_]+", name)
        assert re.fullmatch(r"[A-Z].{15,}\.", family.documentation), f"{name} lacks a sentence"
        assert f"`{name}`" in page, f"{name} is missing in docs/operators.md"
        for sample in family.samples:
            assert set(sample.labels) <= ALLOWED_LABELS, sample
            assert not sample.name.endswith("_created"), "when something happened first is nobody's business"


def test_labels_are_the_programs_own_words(app: Flask, host: Facilitator) -> None:
    host.ask("choice")
    for family in families():
        for sample in family.samples:
            for name, value in sample.labels.items():
                assert name == "le" or re.fullmatch(r"[a-z_]+", value), sample


@pytest.mark.parametrize("path", ["/metrics", "/operator"])
def test_without_a_token_there_are_no_such_pages(app: Flask, path: str) -> None:
    for headers in ({}, BEARER, {"Authorization": "Bearer "}, {"Authorization": "Bearer"}):
        assert app.test_client().get(path, headers=headers).status_code == 404
    assert app.test_client().post("/operator", data={"token": ""}).status_code in {400, 404}


@pytest.fixture
def open_app(tmp_path: Path, app_database: str, runtime):
    app = create_app(Config(data_dir=str(tmp_path), database_url=app_database, metrics_token=TOKEN), runtime)
    extensions.limiter.reset()
    yield app
    extensions.database.close()


@pytest.mark.parametrize(
    "sent",
    [None, "", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN, "Bearer \xe9"],
)
def test_a_wrong_token_opens_nothing(open_app: Flask, sent: str | None) -> None:
    reply = open_app.test_client().get("/metrics", headers={} if sent is None else {"Authorization": sent})
    assert reply.status_code == 401
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")
    assert "pollapp_" not in reply.text


def test_the_right_token_opens_the_numbers_and_nothing_keeps_them(open_app: Flask) -> None:
    reply = open_app.test_client().get("/metrics", headers=BEARER)
    assert reply.status_code == 200
    assert reply.content_type.startswith("text/plain; version=0.0.4")
    assert reply.headers["Cache-Control"] == "no-store"
    assert samples(reply.text)["pollapp_phones"] == 0
    assert "Set-Cookie" not in reply.headers


@pytest.mark.parametrize("value", ["short", "x" * 15, "with a space in it!"])
def test_a_weak_token_stops_the_start_and_is_not_repeated(value: str) -> None:
    with pytest.raises(BadConfig, match=r"POLLAPP_METRICS_TOKEN must be 16 or more") as problem:
        Config.from_environ({"POLLAPP_METRICS_TOKEN": value})
    assert value not in str(problem.value)


def test_strangers_meet_a_closed_door_on_a_real_server(server: RealServer) -> None:
    assert requests.get(f"{server.url}/metrics", timeout=20).status_code == 401
    health = requests.get(f"{server.url}/healthz", timeout=20)
    assert (health.status_code, health.text, health.headers["Cache-Control"]) == (200, "ok\n", "no-store")
    assert health.headers["Content-Type"].startswith("text/plain")
