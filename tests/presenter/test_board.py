"""The board on the screen's socket: what is shown of it, and what can be done to a question."""

from collections.abc import Callable

import pytest

from pollapp.extensions import database, hub
from pollapp.questions import look
from tests.actors import Facilitator
from tests.presenter.conftest import Screen
from tests.questions.room import Room
from tests.runtimes import PatientRuntime


@pytest.fixture
def room(host: Facilitator) -> Room:
    return Room(host)


@pytest.fixture
def screen(open_screen: Callable[[int], Screen], host: Facilitator) -> Screen:
    return open_screen(host.owner_id)


def test_the_screen_shows_what_most_people_want_answered(screen: Screen, room: Room, runtime: PatientRuntime) -> None:
    one, other = (phone.ask(text) for phone, text in zip(room.phones(2), ("One?", "Other?"), strict=True))
    room.phone().upvote(other)
    shown = screen.ask("board", {"meeting": room.id})["board"]
    assert [each["text"] for each in shown["questions"]] == ["Other?", "One?"]
    assert (shown["total"], shown["highlighted"]) == (2, None)
    assert screen.ask("question", {"meeting": room.id, "act": "highlight", "question": one})["ok"]
    runtime.settle()
    assert screen.heard("board")[-1]["highlighted"]["text"] == "One?"
    assert room.facilitator.look().stage.questions_visible


def test_an_answered_question_leaves_the_screen(screen: Screen, room: Room, runtime: PatientRuntime) -> None:
    name = room.phone().ask("One?")
    screen.ask("board", {"meeting": room.id})
    screen.ask("question", {"meeting": room.id, "act": "highlight", "question": name})
    screen.ask("question", {"meeting": room.id, "act": "answered", "question": name})
    runtime.settle()
    now = screen.heard("board")[-1]
    assert (now["highlighted"], now["questions"], now["total"]) == (None, [], 1)


def test_nothing_that_waits_is_sent_to_a_screen(screen: Screen, room: Room, runtime: PatientRuntime) -> None:
    room.set_up(approve_first=True)
    screen.ask("board", {"meeting": room.id})
    name = room.phone().ask("Secret?")
    hub.boards.changed({room.id})
    runtime.settle()
    assert "Secret?" not in str(screen.heard("board"))
    screen.ask("question", {"meeting": room.id, "act": "approve", "question": name})
    runtime.settle()
    assert "Secret?" in str(screen.heard("board"))


def test_a_desk_is_told_that_something_changed_and_under_the_rule_only_what_it_may_see(
    open_screen: Callable[[int], Screen], careful_host: Facilitator, runtime: PatientRuntime
) -> None:
    room = Room(careful_host)
    desk = open_screen(careful_host.owner_id)
    assert desk.ask("moderate", {"meeting": room.id})["ok"]
    for phone in room.phones(4):
        phone.ask("Why?")
        hub.boards.changed({room.id})
        runtime.settle()
    assert desk.heard("board_changed") == []
    room.phone().ask("Why?")
    hub.boards.changed({room.id})
    runtime.settle()
    assert desk.heard("board_changed") == [{}]


@pytest.mark.parametrize(
    "message", [{}, {"act": 7}, {"act": "dance", "question": "00" * 8}, {"act": "hide", "question": 3}]
)
def test_what_is_no_act_is_refused(screen: Screen, room: Room, message: dict) -> None:
    reply = screen.ask("question", {"meeting": room.id, **message})
    assert reply["code"] in ("bad_command", "unknown_action", "not_found")
    assert database.read(look, room.id).questions == ()
