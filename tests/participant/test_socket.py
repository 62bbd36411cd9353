"""What the phone's socket answers: to phones that joined, to those that did not, and to anything at all."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import Config
from pollapp.extensions import database, hub, socketio
from pollapp.meetings import agenda
from pollapp.participant.socket import BURST, NAMESPACE
from pollapp.questions import moderating
from tests.actors import Facilitator
from tests.participant.conftest import Phone

Join = Callable[..., Phone]

EVENTS = {
    "join",
    "answer",
    "board",
    "board_left",
    "ask",
    "upvote",
    "texts",
    "texts_left",
    "upvote_text",
    "pulse",
    "player",
    "nickname",
}
CODES = {
    "saved", "closed", "superseded", "removed", "bad_answer", "unknown_round", "try_again", "slow_down", "not_joined",
    "withdrawn", "full", "merged", "unknown_question", "bad_question", "no_questions_left", "unknown_text", "bad_upvote",
    "bad_nickname", "nickname_taken", "nickname_given",
}  # fmt: skip
"""Every code that docs/protocol.md gives to a phone."""
REASONS = {
    "malformed", "unknown_slot", "not_options", "unknown_option", "too_few", "too_many", "not_text", "empty", "too_long",
}  # fmt: skip

QUESTION_REASONS = {"malformed", "not_text", "empty", "too_long"}

json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def is_documented(reply: dict) -> bool:
    if (reply["ok"] and reply.keys() & {"stage", "epoch", "number", "nickname"}) or reply == {"ok": True}:
        return True
    return (
        reply["ok"] is (reply["code"] == "saved")
        and reply["code"] in CODES
        and (reply["code"] != "bad_answer" or reply["reason"] in REASONS)
        and (reply["code"] != "bad_question" or reply["reason"] in QUESTION_REASONS)
    )


def test_every_event_is_tried_here(app) -> None:
    assert socketio.server.handlers[NAMESPACE].keys() - {"connect", "disconnect"} == EVENTS


@pytest.mark.parametrize("kind", ["choice", "open_text", "word_cloud", "quiz_choice", "quiz_type"])
def test_anything_at_all_gets_a_documented_answer(join: Join, host: Facilitator, kind: str) -> None:
    poll = host.ask(kind, **({"upvotes": True} if kind == "open_text" else {}))
    if kind == "open_text":
        host.let_in().answer(poll, "An answer")
    database.run(moderating.open_board, host.id, "standard")
    place = {"round": st.just(poll.id) | json, "slot": st.just(0) | json, "revision": st.integers(0, 9) | json}
    asked = {
        "text": json,
        "question": json | st.just("00" * 8),
        "given": st.booleans() | json,
        "after": json,
        "seen": json,
        "nickname": json,
        "number": json,
    }
    message = json | st.fixed_dictionaries({}, optional={**place, "raw": json, **asked})

    @settings(max_examples=60, deadline=None)
    @given(event=st.sampled_from(sorted(EVENTS)), message=message)
    def ask(event: str, message: object) -> None:
        assert is_documented(join().ask(event, message))

    ask()


def test_who_sends_too_much_is_told_to_slow_down_and_the_rest_is_not(join: Join, host: Facilitator) -> None:
    host.ask("choice")
    eager, calm = join(), join()
    replies = [eager.ask("join", {}) for _ in range(BURST * Config().messages_per_s + 20)]
    assert replies[0]["ok"]
    assert replies[-1] == {"ok": False, "code": "slow_down"}
    assert calm.ask("join", {})["ok"]


def test_only_a_phone_with_the_meetings_cookie_is_let_in(join: Join, careful_host: Facilitator) -> None:
    assert join().is_let_in()
    assert not join(joins=False).is_let_in()
    elsewhere = join(careful_host)
    elsewhere.code = join(joins=False).code
    assert not elsewhere.is_let_in()


def test_a_cookie_of_one_meeting_under_the_name_of_another_is_refused(
    join: Join, host: Facilitator, careful_host: Facilitator
) -> None:
    there = join(careful_host)
    token = there.browser.get_cookie(f"meeting-{careful_host.meeting.code}").value
    thief = join(joins=False)
    thief.browser.set_cookie(f"meeting-{host.meeting.code}", token)
    assert not thief.is_let_in()
    assert "What we store" in thief.page()


def test_a_wrong_code_is_refused(join: Join) -> None:
    phone = join()
    phone.code = "00000000"
    assert not phone.is_let_in()


def test_a_locked_meeting_keeps_its_phones_and_lets_nobody_else_in(join: Join, host: Facilitator) -> None:
    inside = join()
    database.run(agenda.update_meeting, host.id, host.owner_id, locked=True)
    late = join(joins=False)
    assert inside.is_let_in()
    assert not late.is_let_in()
    assert late.browser.post(f"/m/{late.code}/enter").status_code == 403


def test_when_the_meeting_has_ended_answers_come_too_late(join: Join, host: Facilitator) -> None:
    poll = host.ask("open_text")
    phone = join()
    assert phone.ask("answer", {"round": poll.id, "slot": 0, "revision": 1, "raw": "In time"})["code"] == "saved"
    host.end()
    assert phone.ask("join", {})["stage"]["state"] == "ended"
    assert phone.ask("answer", {"round": poll.id, "slot": 0, "revision": 2, "raw": "Too late"})["code"] == "closed"


def test_a_round_of_another_meeting_cannot_be_answered(
    join: Join, host: Facilitator, careful_host: Facilitator
) -> None:
    poll = careful_host.ask("choice")
    reply = join().ask("answer", {"round": poll.id, "slot": 0, "revision": 1, "raw": ["yes"]})
    assert reply == {"ok": False, "code": "unknown_round"} | reply
    assert careful_host.sees(poll).participants is None


def test_a_removed_answer_is_told_to_its_writer_and_to_nobody_else(join: Join, host: Facilitator, runtime) -> None:
    poll = host.ask("open_text")
    writer, other = join(), join()
    for phone, text in ((writer, "Rude"), (other, "Kind")):
        assert phone.ask("answer", {"round": poll.id, "slot": 0, "revision": 1, "raw": text})["ok"]
    rude = next(text for text in host.sees(poll).results["texts"] if text["text"] == "Rude")
    host.remove(poll, rude["id"])
    hub.text_removed(poll)
    runtime.settle()
    assert [again["within_ms"] for again in writer.heard("again")] == [1040]
    assert other.heard("again") == [{"within_ms": 1040}]
    mine = [phone.ask("join", {})["mine"][str(poll.id)]["0"] for phone in (writer, other)]
    assert mine[0] == {"revision": 1, "answer": None, "state": "removed"}
    assert (mine[1]["answer"], mine[1]["state"]) == ("Kind", "saved")
    retry = writer.ask("answer", {"round": poll.id, "slot": 0, "revision": 2, "raw": "Rude again"})
    assert retry["code"] == "removed"


@pytest.mark.parametrize(
    ("preset", "told"), [("standard", [1000, 3000, 30_000]), ("chatham_house", [30_000, 30_000, 30_000])]
)
def test_phones_look_again_within_half_a_minute_and_are_not_told_how_many_they_are_under_the_chatham_house_rule(
    app, host: Facilitator, preset: str, told: list[int]
) -> None:
    database.run(agenda.update_meeting, host.id, host.owner_id, preset=preset)
    poll = host.ask("open_text")
    heard = []
    hub.on_look_again(lambda _meeting, within_ms: heard.append(within_ms))
    for phones in (0, 100, 5000):
        hub._phones[host.id] = phones
        hub.text_removed(poll)
    hub._phones.clear()
    assert heard == told


def test_phones_know_how_long_a_countdown_runs(join: Join, host: Facilitator) -> None:
    host.ask("choice")
    phone = join()
    assert phone.ask("join", {})["stage"]["left_ms"] is None
    hub.stage_changed(host.do("countdown", seconds=90))
    assert 80_000 < phone.heard("stage")[-1]["left_ms"] <= 90_000
    assert 80_000 < phone.ask("join", {})["stage"]["left_ms"] <= 90_000
    assert "This closes in about 2 minutes." in phone.page()
    hub.stage_changed(host.do("stop_countdown"))
    assert phone.heard("stage")[-1]["left_ms"] is None
    assert "This closes in" not in phone.page()


def test_a_new_title_and_colour_reach_phones(join: Join, host: Facilitator) -> None:
    phone = join()
    assert phone.is_let_in()
    database.run(agenda.update_meeting, host.id, host.owner_id, title="Renamed", accent="pink")
    hub.stage_changed(host.look())
    assert phone.heard("stage")[-1]["look"] == {"title": "Renamed", "accent": "pink", "language": "en"}
