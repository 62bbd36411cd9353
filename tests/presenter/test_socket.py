"""What the presenter's socket answers: to its own facilitator, to everybody else, and to anything at all."""

from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pollapp import extensions
from pollapp.accounts import sign_ins
from pollapp.extensions import database, hub, keys, socketio
from pollapp.kinds.base import FIRST_ROWS
from pollapp.meetings import agenda, erasing, stage
from pollapp.presenter.socket import NAMESPACE
from tests.actors import Facilitator
from tests.conftest import make_account
from tests.presenter.conftest import Screen
from tests.runtimes import PatientRuntime

EVENTS = {
    "watch": {},
    "table": {},
    "rounds": {},
    "cue": {},
    "quiz": {},
    "take_nickname": {"player": "00" * 8},
    "accept": {"round": 1, "answer": "Berne"},
    "command": {"version": 1, "action": "next"},
    "remove": {"round": 1, "text": "00"},
    "board": {},
    "moderate": {},
    "question": {"act": "highlight", "question": "00" * 8},
}
CODES = {
    "stale", "ended", "not_found", "nothing_to_do", "bad_command", "unknown_action", "unknown_round",
    "bad_question",
}  # fmt: skip
"""Every code that docs/protocol.md gives to a screen."""

json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def is_documented(reply: dict) -> bool:
    return reply.get("ok") is True or (reply.get("ok") is False and reply["code"] in CODES and reply["message"])


def test_every_event_has_its_permission_tests(app: Flask) -> None:
    registered = socketio.server.handlers.get(NAMESPACE, {}).keys()
    handlers = {name for name, _, namespace in socketio.handlers if namespace == NAMESPACE} | set(registered)
    assert handlers - {"connect", "disconnect"} == set(EVENTS)


@pytest.mark.parametrize("event", EVENTS)
def test_another_facilitators_meeting_does_not_exist(
    open_screen: Callable[[int], Screen], host: Facilitator, event: str
) -> None:
    eve = open_screen(make_account(extensions.database, "eve@example.org"))
    reply = eve.ask(event, {"meeting": host.id, **EVENTS[event]})
    assert (reply["ok"], reply["code"]) == (False, "not_found")
    assert host.look().stage.version == 1
    host.do("blank")
    assert eve.heard("stage") == []


@pytest.mark.parametrize("event", EVENTS)
def test_who_signed_out_elsewhere_can_do_nothing_more(screen: Screen, host: Facilitator, event: str) -> None:
    assert screen.ask("watch", {"meeting": host.id})["ok"]
    with screen.browser.session_transaction() as session:
        database.run(sign_ins.finish, session["_user_id"])
    reply = screen.ask(event, {"meeting": host.id, **EVENTS[event]})
    assert (reply["ok"], reply["code"]) == (False, "not_found")


@pytest.mark.parametrize("event", EVENTS)
def test_a_deleted_meeting_does_not_exist(screen: Screen, host: Facilitator, event: str) -> None:
    database.run(agenda.delete_meeting, keys, host.id, host.owner_id)
    assert screen.ask(event, {"meeting": host.id, **EVENTS[event]})["code"] == "not_found"


@pytest.mark.parametrize("event", EVENTS)
def test_an_erased_meeting_does_not_exist(screen: Screen, host: Facilitator, event: str) -> None:
    host.ask("choice")
    host.end()
    host.seal()
    database.run(erasing.erase, host.id)
    assert screen.ask(event, {"meeting": host.id, **EVENTS[event]})["code"] == "not_found"


def test_nobody_connects_without_signing_in(app: Flask) -> None:
    assert not Screen(app, app.test_client()).socket.is_connected(NAMESPACE)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(event=st.sampled_from(sorted(EVENTS)), message=json)
def test_anything_at_all_gets_a_documented_answer(
    screen: Screen, host: Facilitator, event: str, message: object
) -> None:
    assert is_documented(screen.ask(event, message))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(event=st.sampled_from(["command", "remove"]), data=st.data())
def test_any_parameters_get_a_documented_answer(screen: Screen, host: Facilitator, event: str, data) -> None:
    names = ["version", "action", "slide", "seconds", "round", "text"]
    known = st.sampled_from([*stage.COMMANDS, host.look().stage.version, 1, 2**64 - 1, -1, "\0"])
    message = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(names, json | known)))
    assert is_documented(screen.ask(event, {"meeting": host.id, **message}))


STATES = ["draft", "no slides", "text", "unopened", "open", "closed", "ended"]


def bring_to(host: Facilitator, state: str) -> str | None:
    """Bring the meeting into a state; return the id of a slide to go to."""
    if state == "no slides":
        return None
    first = host.add("text" if state == "text" else "choice", opens_on_arrival=state != "unopened")
    host.add("heading")
    if state != "draft":
        host.go(first)
    if state == "closed":
        host.close()
    if state == "ended":
        host.end()
    return first.id


@pytest.mark.parametrize("state", STATES)
def test_each_command_in_each_state_does_it_or_says_why_not(screen: Screen, host: Facilitator, state: str) -> None:
    for action in [*stage.COMMANDS, "end", "dance"]:
        meeting = Facilitator(database, keys, host.owner_id)
        slide = bring_to(meeting, state)
        before = meeting.look().stage.version
        reply = screen.command(meeting.id, before, action, slide=slide, seconds=60)
        assert is_documented(reply), (action, reply)
        assert (meeting.look().stage.version > before) == reply["ok"], (action, reply)
        if action == "dance":
            assert reply["code"] == "unknown_action"
        elif state == "ended":
            assert reply["code"] == "ended", action


def test_a_command_for_a_stage_that_moved_on_is_stale(screen: Screen, host: Facilitator) -> None:
    host.ask("choice")
    reply = screen.command(host.id, 1, "close")
    assert (reply["code"], reply["version"]) == ("stale", host.look().stage.version)


def test_a_removed_answer_leaves_the_screen_and_is_removed_once(
    screen: Screen, host: Facilitator, runtime, preset: str
) -> None:
    database.run(agenda.update_meeting, host.id, host.owner_id, preset=preset)
    poll = host.ask("open_text")
    for number in range(10):
        host.let_in().answer(poll, f"Answer {number}")
    shown = screen.ask("watch", {"meeting": host.id})["snapshot"]["results"]["texts"]
    message = {"meeting": host.id, "round": poll.id, "text": shown[0]["id"]}
    assert screen.ask("remove", message) == {"ok": True}
    runtime.settle()
    left = screen.heard("results")[-1]["snapshot"]["results"]["texts"]
    assert left == shown[1:]
    assert screen.ask("remove", message)["code"] == "not_found"


def test_an_answer_of_another_meeting_is_not_removed_through_ones_own(
    screen: Screen, host: Facilitator, careful_host: Facilitator
) -> None:
    poll = careful_host.ask("open_text")
    writer = careful_host.let_in()
    writer.answer(poll, "Mine")
    from_inside = database.read(lambda session: session.connection().exec_driver_sql("SELECT id FROM ballot").scalar())
    reply = screen.ask("remove", {"meeting": host.id, "round": poll.id, "text": from_inside[:8].hex()})
    assert reply["code"] == "not_found"
    assert [own.answer for own in writer.own(poll)] == ["Mine"]


def test_showing_counted_results_asks_first_under_the_chatham_house_rule(
    open_screen: Callable[[int], Screen], host: Facilitator, careful_host: Facilitator
) -> None:
    for facilitator, kind, asks in (
        (host, "choice", False),
        (careful_host, "choice", True),
        (careful_host, "open_text", False),
    ):
        facilitator.ask(kind)
        shown = open_screen(facilitator.owner_id).ask("watch", {"meeting": facilitator.id})["stage"]
        assert shown["poll"]["asks_to_show"] is asks


def test_a_screen_hears_of_phones_that_come_only_where_their_number_is_told(
    open_screen: Callable[[int], Screen], host: Facilitator, careful_host: Facilitator, runtime
) -> None:
    for facilitator, told in ((host, [1]), (careful_host, [])):
        facilitator.ask("choice")
        screen = open_screen(facilitator.owner_id)
        assert screen.ask("watch", {"meeting": facilitator.id})["ok"]
        hub.phone_came(facilitator.id)
        runtime.settle()
        assert [message["phones"] for message in screen.heard("stage")] == told


def test_what_the_settings_change_reaches_an_open_screen(screen: Screen, host: Facilitator) -> None:
    screen.ask("watch", {"meeting": host.id})
    page = screen.browser.get(f"/desk/meetings/{host.id}/settings").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    form = {"csrf_token": token, "title": "Renamed", "language": "ar", "theme": "dark", "accent": "pink"}
    assert screen.browser.post(f"/desk/meetings/{host.id}/settings", data=form).status_code == 302
    look = screen.heard("stage")[-1]["look"]
    assert look == {
        "theme": "dark",
        "accent": "pink",
        "title": "Renamed",
        "language": "en",
        "direction": "rtl",
        "plays": "",
    }
    assert hub.phones_in(host.id) == 0


def test_every_change_brings_the_first_rows_and_the_whole_table_comes_on_demand(
    screen: Screen, host: Facilitator, runtime
) -> None:
    assert screen.ask("table", {"meeting": host.id}) == {"ok": True, "round": None, "table": None}
    poll = host.ask("word_cloud")
    words = [f"word{number:03}x" for number in range(FIRST_ROWS + 5)]
    for word in words:
        host.let_in().answer(poll, word)
    assert screen.ask("watch", {"meeting": host.id})["ok"]
    hub.rounds_changed({poll.id})
    runtime.settle()
    first = screen.heard("results")[-1]["snapshot"]["table"]
    whole = screen.ask("table", {"meeting": host.id})
    assert (whole["round"], whole["table"]["columns"]) == (poll.id, first["columns"])
    assert [word for word, _count in whole["table"]["rows"]] == words
    assert (first["rows"], first["total"]) == (whole["table"]["rows"][:FIRST_ROWS], len(words))


def test_rounds_stand_side_by_side_while_they_are_compared(screen: Screen, host: Facilitator, runtime) -> None:
    host.ask("choice")
    first = host.look().poll
    one, other = [option["id"] for option in first.settings["options"]][:2]
    host.let_in().answer(first, [one])
    asked = {"meeting": host.id, "action": "compare"}
    assert screen.ask("command", {**asked, "version": host.version})["code"] == "nothing_to_do"
    assert screen.ask("command", {**asked, "version": host.version, "action": "ask_again"})["ok"]
    second = host.look().poll
    for _ in range(2):
        host.let_in().answer(second, [other])
    assert screen.ask("rounds", {"meeting": host.id}) == {"ok": True, "snapshots": [], "table": None}
    assert screen.ask("command", {**asked, "version": host.version})["ok"]
    assert screen.ask("watch", {"meeting": host.id})["stage"]["comparing"]
    reply = screen.ask("rounds", {"meeting": host.id})
    assert [(each["round"], each["participants"]) for each in reply["snapshots"]] == [(first.id, 1), (second.id, 2)]
    assert [row[1:3] for row in reply["table"]["rows"]] == [[1, 0], [0, 2], [0, 0]]
    hub.rounds_changed({first.id})
    runtime.settle()
    assert screen.heard("results")[-1]["snapshot"]["round"] == first.id, "an earlier round that changes is sent, too"
    host.look()
    host.ask_again()
    assert not screen.ask("watch", {"meeting": host.id})["stage"]["comparing"], "a new round stands alone at first"


@pytest.mark.parametrize("meant_for", ["standard", "chatham_house"])
def test_screens_hear_how_many_wait_for_approval_and_nothing_of_what(
    screen: Screen, host: Facilitator, meant_for: str, runtime: PatientRuntime
) -> None:
    meeting = Facilitator(database, keys, host.owner_id, preset=meant_for)
    poll = meeting.ask("open_text")
    assert screen.ask("watch", {"meeting": meeting.id})["to_approve"] is None
    meeting.moderate("first")
    for number in range(5):
        meeting.let_in().answer(poll, f"Secret {number}")
    meeting.close()
    told = 5 if meant_for == "standard" else None
    reply = screen.ask("watch", {"meeting": meeting.id})
    assert (reply["to_approve"], reply["snapshot"]["approves_first"]) == (told, True)
    assert "Secret" not in str(reply)
    hub.rounds_changed({poll.id})
    runtime.settle()
    news = screen.heard("results")[-1]
    assert (news["to_approve"], news["snapshot"]["participants"]) == (told, 5)
    assert "Secret" not in str(news)
