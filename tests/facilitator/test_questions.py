"""The board at the desk: as pages without JavaScript, and as parts for its script."""

import re

import pytest

from pollapp.ballots import ids as tokens
from pollapp.extensions import database, keys
from pollapp.meetings import Meeting
from pollapp.questions import Ask as AskAct
from pollapp.questions import BoardNow, ids, limits, look, store_batch
from tests.facilitator.conftest import JSON, Desk


def ask(meeting: Meeting, text: str) -> str:
    """Have somebody ask, and return the question's name."""
    key = keys.get(meeting.id)
    identity = tokens.read_token(key, tokens.new_token(key))
    assert identity is not None
    act = AskAct(meeting.id, ids.question_id(key, identity, 0), text)
    (fate,) = database.run(lambda session: store_batch(session.connection(), [act]))
    assert fate.code == "saved"
    return ids.name_of(act.question_id)


def now(meeting: Meeting) -> BoardNow:
    return database.read(look, meeting.id)


@pytest.fixture
def address(ada: Desk, meeting: Meeting) -> str:
    """The page of an open board."""
    path = f"/desk/meetings/{meeting.id}/questions"
    assert ada.post(path, {"act": "open"}).status_code == 302
    return path


def test_the_board_is_opened_and_closed_here(ada: Desk, meeting: Meeting) -> None:
    path = f"/desk/meetings/{meeting.id}/questions"
    assert "Not open yet" in ada.get(path).text
    ada.post(path, {"act": "open"})
    assert now(meeting).is_open
    ada.post(path, {"act": "close"})
    assert now(meeting).state == "closed"


def test_rules_are_saved_and_refused_outside_their_limits(ada: Desk, meeting: Meeting, address: str) -> None:
    ada.post(address, {"act": "set_up", "approve_first": "on", "per_person": "3"})
    assert (now(meeting).approve_first, now(meeting).per_person) == (True, 3)
    reply = ada.post(address, {"act": "set_up", "per_person": str(limits.MOST_PER_PERSON + 1)})
    assert reply.status_code == 422
    assert "questions per person" in reply.text
    assert now(meeting).per_person == 3


def test_questions_are_approved_answered_hidden_and_restored(ada: Desk, meeting: Meeting, address: str) -> None:
    ada.post(address, {"act": "set_up", "approve_first": "on", "per_person": "3"})
    name = ask(meeting, "When do we start?")
    assert "When do we start?" in ada.get(address).text, "what waits is listed first"
    for act, state, answered in (
        ("approve", "shown", False),
        ("answered", "shown", True),
        ("hide", "archived", True),
        ("restore", "shown", True),
        ("unanswered", "shown", False),
    ):
        ada.post(address, {"act": act, "question": name})
        (seen,) = now(meeting).questions
        assert (seen.state, seen.answered) == (state, answered)


def test_a_script_gets_the_parts_and_what_was_done(ada: Desk, meeting: Meeting, address: str) -> None:
    name = ask(meeting, "When do we start?")
    reply = ada.post(address, {"act": "highlight", "question": name}, headers=JSON).json
    assert reply["ok"]
    assert "large" in reply["said"]
    assert "When do we start?" in reply["list"]
    assert now(meeting).questions[0].highlighted
    refused = ada.post(address, {"act": "edit", "question": name, "text": " "}, headers=JSON)
    assert (refused.status_code, refused.json["code"]) == (422, "bad_question")


def test_labels_replies_edits_and_merges_are_made_here(ada: Desk, meeting: Meeting, address: str) -> None:
    one, other = ask(meeting, "One?"), ask(meeting, "What does Ada say?")
    ada.post(address, {"act": "label", "question": one, "labels": "time, place"})
    ada.post(address, {"act": "reply", "question": one, "text": "At nine."})
    ada.post(address, {"act": "edit", "question": other, "text": "What does the chair say?"})
    ada.post(address, {"act": "merge", "question": other, "into": one})
    seen = {each.name: each for each in now(meeting).questions}
    assert (seen[one].labels, seen[one].reply) == (("time", "place"), "At nine.")
    assert (seen[other].text, seen[other].edited, seen[other].into) == ("What does the chair say?", True, one)
    page = ada.get(address).text
    assert "At nine." in page
    assert "What does Ada say?" not in page


def test_the_list_is_searched_and_sorted(ada: Desk, meeting: Meeting, address: str) -> None:
    for text in ("Où allons-nous?", "When do we start?"):
        ask(meeting, text)
    found = ada.get(f"{address}?q=OU+ALLONS").text
    assert re.search(r'<p class="ask__text"[^>]*>Où allons-nous\?', found)
    assert ">When do we start?</p>" not in found
    assert ada.get(f"{address}?sort=newest&list=archived&q=nothing").status_code == 200


def test_what_is_not_there_is_not_found(ada: Desk, address: str) -> None:
    assert ada.post(address, {"act": "approve", "question": "00" * 8}).status_code == 404
    assert ada.post(address, {"act": "approve", "question": "zz"}, headers=JSON).json["code"] == "not_found"
    assert ada.post(address, {"act": "dance", "question": ""}, headers=JSON).json["code"] == "unknown_action"


def test_after_the_end_questions_can_be_mended_but_not_asked(ada: Desk, meeting: Meeting, address: str) -> None:
    name = ask(meeting, "What does Ada say?")
    ada.post(f"/desk/meetings/{meeting.id}/end")
    ada.post(address, {"act": "edit", "question": name, "text": "What does the chair say?"})
    assert now(meeting).questions[0].text == "What does the chair say?"
    assert ada.post(address, {"act": "open"}, headers=JSON).json["code"] == "ended"
    assert ada.post(address, {"act": "highlight", "question": name}, headers=JSON).json["code"] == "ended"
