"""The remote in the facilitator's hand: who may open it, what it alone is told, and that it and the screen never fight."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pollapp.errors import NothingToDo
from pollapp.extensions import database, hub
from pollapp.meetings import agenda, members, stage
from pollapp.participant.socket import NAMESPACE as PHONES
from pollapp.presenter.socket import NAMESPACE
from tests.actors import OPTIONS, Facilitator
from tests.conftest import make_account
from tests.participant.conftest import Phone
from tests.presenter.conftest import Screen

SECRET = "Ask Maria before the minister speaks"


@pytest.fixture
def remote(open_screen: Callable[[int], Screen], host: Facilitator) -> Screen:
    """The socket of the host's remote, which follows the meeting."""
    remote = open_screen(host.owner_id)
    assert remote.ask("watch", {"meeting": host.id, "remote": True})["ok"]
    return remote


@pytest.fixture
def agenda_of_three(host: Facilitator) -> Facilitator:
    """A meeting with notes on each of its slides."""
    host.add("choice", prompt="First", settings={"options": OPTIONS}, notes=f"{SECRET} 1")
    host.add("open_text", prompt="Second", notes=f"{SECRET} 2")
    host.add("heading", prompt="Third", notes=f"{SECRET} 3")
    return host


def test_only_its_facilitator_opens_the_remote(
    app: Flask, host: Facilitator, signed_in: Callable[[int], FlaskClient]
) -> None:
    path = f"/present/{host.id}/remote"
    page = signed_in(host.owner_id).get(path)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert signed_in(make_account(database, "eve@example.org")).get(path).status_code == 404
    stranger = app.test_client().get(path)
    assert stranger.status_code == 302
    assert stranger.location == f"/desk/sign-in?next={path}"


def test_it_is_told_the_notes_and_what_comes_next(remote: Screen, agenda_of_three: Facilitator) -> None:
    told = []
    for step in range(4):
        if step:
            agenda_of_three.next()
        cue = remote.ask("cue", {"meeting": agenda_of_three.id})
        told.append([cue[place] and (cue[place]["prompt"], cue[place]["notes"]) for place in ("here", "following")])
    first, second, third = (
        ("First", f"{SECRET} 1"),
        ("Second", f"{SECRET} 2"),
        ("Third", f"{SECRET} 3"),
    )
    assert told == [[None, first], [first, second], [second, third], [third, None]]


def test_notes_reach_neither_the_screen_nor_a_phone(
    app: Flask, remote: Screen, screen: Screen, agenda_of_three: Facilitator, runtime
) -> None:
    meeting = agenda_of_three.id
    seen: list[Any] = [screen.ask("watch", {"meeting": meeting})]
    phone = Phone(app, agenda_of_three.meeting.code)
    seen += [phone.ask("join", {}), phone.page()]
    for slide in database.read(agenda.slides_of, meeting):
        hub.stage_changed(agenda_of_three.go(slide))
        for action in sorted(stage.COMMANDS.keys() - {"go", "next", "previous", "countdown"}):
            with suppress(NothingToDo):
                hub.stage_changed(agenda_of_three.do(action))
        runtime.settle()
        seen += [
            screen.ask("table", {"meeting": meeting}),
            phone.page(),
            screen.browser.get(f"/present/{meeting}").text,
        ]
    database.run(agenda.update_slide, meeting, slide.id, settings={}, notes=f"{SECRET} 4")
    hub.agenda_changed(meeting)
    seen += [*screen.socket.get_received(NAMESPACE), *phone.socket.get_received(PHONES)]
    assert len(seen) > 50
    assert SECRET not in json.dumps(seen)
    pushed = json.dumps(remote.socket.get_received(NAMESPACE))
    assert "agenda" in pushed
    assert SECRET not in pushed
    assert SECRET in json.dumps(remote.ask("cue", {"meeting": meeting}))


def test_a_changed_agenda_reaches_the_remote_alone(
    remote: Screen, screen: Screen, agenda_of_three: Facilitator
) -> None:
    meeting = agenda_of_three.id
    screen.ask("watch", {"meeting": meeting})
    last = database.read(agenda.slides_of, meeting)[-1]
    page = screen.browser.get(f"/desk/meetings/{meeting}").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    moved = screen.browser.post(
        f"/desk/meetings/{meeting}/slides/{last.id}/move", data={"csrf_token": token, "position": "0"}
    )
    assert moved.status_code == 302
    assert remote.heard("agenda") == [{}]
    assert screen.heard("agenda") == []
    assert remote.ask("cue", {"meeting": meeting})["following"]["prompt"] == "Third"


def test_it_is_sent_figures_without_what_draws_them(remote: Screen, host: Facilitator, runtime) -> None:
    poll = host.ask("choice")
    host.let_in().answer(poll, ["yes"])
    hub.rounds_changed({poll.id})
    runtime.settle()
    snapshot = remote.heard("results")[-1]["snapshot"]
    assert (snapshot["participants"], snapshot["results"]) == (1, None)
    assert snapshot["table"]["rows"][0][:2] == ["Yes", 1]
    again = remote.ask("watch", {"meeting": host.id, "remote": True})["snapshot"]
    assert again == snapshot


def test_under_the_chatham_house_rule_it_sees_the_steps_the_screen_sees(
    open_screen: Callable[[int], Screen], careful_host: Facilitator, runtime
) -> None:
    remote, screen = open_screen(careful_host.owner_id), open_screen(careful_host.owner_id)
    remote.ask("watch", {"meeting": careful_host.id, "remote": True})
    screen.ask("watch", {"meeting": careful_host.id})
    poll = careful_host.ask("choice")
    for number in range(1, 13):
        careful_host.let_in().answer(poll, ["yes"])
        hub.rounds_changed({poll.id})
        runtime.settle()
        told = remote.ask("watch", {"meeting": careful_host.id, "remote": True})
        assert told["stage"]["phones"] is None
        assert told["snapshot"]["participants"] == (None if number < 10 else 5), number
    counts = [[each["snapshot"]["participants"] for each in one.heard("results")] for one in (remote, screen)]
    assert counts[0] == counts[1]


def test_when_remote_and_laptop_press_next_at_once_the_meeting_takes_one_step(
    remote: Screen, screen: Screen, agenda_of_three: Facilitator
) -> None:
    meeting = agenda_of_three.id
    version = screen.ask("watch", {"meeting": meeting})["stage"]["version"]
    replies = [each.command(meeting, version, "next") for each in (screen, remote)]
    assert [reply.get("code", "done") for reply in replies] == ["done", "stale"]
    for each in (screen, remote):
        assert [message["slide"]["position"] for message in each.heard("stage")] == [1]


def test_a_remote_whose_part_is_taken_away_is_sent_nothing_more(
    open_screen: Callable[[int], Screen], agenda_of_three: Facilitator
) -> None:
    meeting, helper = agenda_of_three.id, make_account(database, "bob@example.org")
    database.run(members.add, meeting, helper, "co_facilitator")
    remote = open_screen(helper)
    assert remote.ask("watch", {"meeting": meeting, "remote": True})["role"] == "co_facilitator"
    assert SECRET in json.dumps(remote.ask("cue", {"meeting": meeting}))
    database.run(members.remove, meeting, helper, by=agenda_of_three.owner_id)
    hub.rights_changed(meeting)
    assert remote.heard("again") == [{}]
    hub.stage_changed(agenda_of_three.next())
    hub.agenda_changed(meeting)
    assert remote.socket.get_received(NAMESPACE) == []
    assert remote.ask("cue", {"meeting": meeting})["code"] == "not_found"


def test_who_only_moderates_follows_as_a_screen_does(
    open_screen: Callable[[int], Screen], agenda_of_three: Facilitator
) -> None:
    meeting, helper = agenda_of_three.id, make_account(database, "bob@example.org")
    database.run(members.add, meeting, helper, "moderator")
    remote = open_screen(helper)
    assert remote.ask("watch", {"meeting": meeting, "remote": True})["role"] == "moderator"
    hub.agenda_changed(meeting)
    assert remote.heard("agenda") == []
    assert remote.ask("cue", {"meeting": meeting})["code"] == "not_allowed"


def test_of_a_cloud_of_answers_the_screen_has_the_words_and_the_remote_the_answers(
    screen: Screen, remote: Screen, host: Facilitator
) -> None:
    poll = host.ask("open_text", display="cloud")
    for text in ("Trust and hope", "More trust"):
        host.let_in().answer(poll, text)
    host.close()
    seen = screen.ask("watch", {"meeting": host.id})["snapshot"]
    assert [seen["table"]["rows"][0], seen["table"]["total"]] == [["Trust", 2], 2]
    assert screen.ask("table", {"meeting": host.id})["table"]["rows"][0] == ["Trust", 2]
    held = remote.ask("watch", {"meeting": host.id, "remote": True})["snapshot"]
    assert {row[0] for row in held["table"]["rows"]} == {"Trust and hope", "More trust"}
    assert held["table"]["total"] == len(held["text_ids"]) == 2
    assert remote.ask("cue", {"meeting": host.id})["here"]["curated"] is True
