"""Clearing, as phones see it: the form is empty at once, and what was on its way is refused properly."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pollapp.ballots import Round
from pollapp.extensions import database, hub
from pollapp.meetings import Scene, clearing
from tests.actors import Facilitator
from tests.participant.conftest import Phone
from tests.presenter.conftest import Screen
from tests.runtimes import PatientRuntime

Join = Callable[..., Phone]


def answer(phone: Phone, poll: Round, raw: str, *, revision: int = 1) -> str:
    return phone.ask("answer", {"round": poll.id, "slot": 0, "revision": revision, "raw": raw})["code"]


@pytest.fixture
def clear(host: Facilitator, runtime: PatientRuntime) -> Callable[[Round], Scene]:
    """Clear the slide of a round, as the desk does, and wait until everybody was told."""

    def do(poll: Round) -> Scene:
        hub.answers_cleared(database.run(clearing.clear_slide, host.id, poll.slide_id, seen=poll.id))
        runtime.settle()
        return host.look()

    return do


def test_phones_hear_of_the_new_round_and_old_answers_find_none(
    join: Join, host: Facilitator, clear: Callable[[Round], Scene]
) -> None:
    poll = host.ask("open_text")
    phone, slow = join(), join()
    assert answer(phone, poll, "Before") == "saved"
    assert slow.page()
    phone.heard("stage")
    scene = clear(poll)
    assert scene.poll is not None
    (told,) = phone.heard("stage")
    assert (told["round"], told["poll_state"], told["version"]) == (scene.poll.id, "open", scene.stage.version)
    assert [answer(each, poll, "Before") for each in (phone, slow)] == ["unknown_round"] * 2
    assert slow.send(poll, "Before").status_code == 404
    assert phone.ask("join", {})["mine"] == {}
    assert "Before" not in phone.page()
    assert answer(phone, scene.poll, "After") == answer(phone, scene.poll, "After") == "saved"
    assert [text["text"] for text in host.sees(scene.poll).results["texts"]] == ["After"]


def test_upvotes_of_cleared_answers_are_refused_and_the_list_begins_anew(
    join: Join, host: Facilitator, runtime: PatientRuntime, clear: Callable[[Round], Scene]
) -> None:
    poll = host.ask("open_text", upvotes=True)
    host.let_in().answer(poll, "Before")
    phone = join()
    (text,) = phone.ask("texts", {})["texts"]
    scene = clear(poll)
    assert scene.poll is not None
    sent = {"round": poll.id, "text": text["id"], "seen": text["seen"], "revision": 1, "given": True}
    assert phone.ask("upvote_text", sent)["code"] in ("closed", "unknown_text")
    assert phone.ask("texts", {})["texts"] == []
    host.let_in().answer(scene.poll, "After")
    hub.rounds_changed({scene.poll.id})
    runtime.settle()
    assert [text["text"] for text in phone.ask("texts", {})["texts"]] == ["After"]


def test_shared_results_of_a_closed_slide_leave_the_phones(
    join: Join, host: Facilitator, clear: Callable[[Round], Scene]
) -> None:
    poll = host.ask("open_text")
    phone = join()
    answer(phone, poll, "Before")
    host.do("share_results")
    host.close()
    assert phone.ask("join", {})["snapshot"]["participants"] == 1
    clear(poll)
    found = phone.ask("join", {})
    assert (found["snapshot"], found["stage"]["shared"], found["stage"]["round"]) == (None, False, None)


def test_screens_are_shown_the_new_round_at_once(
    app: Flask,
    host: Facilitator,
    runtime: PatientRuntime,
    signed_in: Callable[[int], FlaskClient],
    clear: Callable[[Round], Scene],
) -> None:
    screen = Screen(app, signed_in(host.owner_id))
    assert screen.ask("watch", {"meeting": host.id})["ok"]
    poll = host.ask("open_text")
    host.let_in().answer(poll, "Before")
    hub.rounds_changed({poll.id})
    runtime.settle()
    assert "Before" in str(screen.heard("results"))
    scene = clear(poll)
    assert scene.poll is not None
    told = screen.heard("results") + screen.heard("stage")
    assert "Before" not in str(told)
    found = screen.ask("watch", {"meeting": host.id})
    assert (found["stage"]["poll"]["round"], found["snapshot"]["round"]) == (scene.poll.id, scene.poll.id)
    assert found["snapshot"]["participants"] == 0


def test_players_of_a_cleared_question_have_no_points_any_more(
    join: Join, host: Facilitator, clear: Callable[[Round], Scene]
) -> None:
    options = [{"id": "yes", "label": "Yes", "correct": True}, {"id": "no", "label": "No"}]
    poll = host.ask("quiz_choice", options=options)
    phone = join()
    sent = {"round": poll.id, "slot": 0, "revision": 1, "raw": ["yes"]}
    assert phone.ask("answer", sent)["code"] == "saved"
    host.close()
    hub.stage_changed(host.look())
    assert phone.ask("player", {})["total"] > 0
    clear(poll)
    assert phone.ask("player", {})["total"] == 0
    assert phone.ask("answer", sent)["code"] == "unknown_round"
