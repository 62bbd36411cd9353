"""The queue of moderation: what its page and its forms say, with and without JavaScript."""

import html

import pytest
from flask import Flask

from pollapp.ballots import Round
from pollapp.extensions import database, keys
from pollapp.facilitator.queue_page import name
from pollapp.meetings import Meeting, agenda, board, moderating, stage
from pollapp.meetings.moderating import MOST_AT_ONCE
from pollapp.questions import Ask, store_batch
from tests.actors import Participant
from tests.facilitator.conftest import JSON, Desk

RUDE = "What a <b>shitty</b> day"


@pytest.fixture
def answered(app: Flask, meeting: Meeting) -> Round:
    """An open text with two answers, one of them rude."""
    slide = database.run(agenda.add_slide, meeting.id, "open_text")
    scene = database.run(stage.command, meeting.id, 1, "go", {"slide": slide.id})
    assert scene.poll is not None
    for text in (RUDE, "Kind"):
        Participant(database, keys.get(meeting.id)).answer(scene.poll, text)
    return scene.poll


def path_of(meeting: Meeting) -> str:
    return f"/desk/meetings/{meeting.id}/moderate"


def set_rules(desk: Desk, meeting: Meeting, **rules: str):
    desk.get(path_of(meeting))
    return desk.post(f"{path_of(meeting)}/rules", {"mode": "off", "offensive": "off", "own_words": "", **rules})


def look(desk: Desk, meeting: Meeting, show: str = "") -> dict:
    return desk.get(f"{path_of(meeting)}?show={show}", headers=JSON).json


def name_of(meeting: Meeting, text: str) -> str:
    return next(name(entry) for entry in database.read(moderating.look, meeting.id).entries if entry.text == text)


def test_the_list_to_look_at_is_first_where_there_is_one(ada: Desk, meeting: Meeting, answered: Round) -> None:
    assert look(ada, meeting)["show"] == "shown"
    set_rules(ada, meeting, mode="after")
    shown = look(ada, meeting)
    assert (shown["show"], shown["counts"]) == ("todo", {"todo": 2, "shown": 0, "hidden": 0})
    assert look(ada, meeting, "nonsense")["show"] == "todo"


def test_a_masked_text_is_shown_masked_and_the_original_is_escaped(
    ada: Desk, meeting: Meeting, answered: Round
) -> None:
    set_rules(ada, meeting, mode="first", offensive="mask")
    page = ada.get(path_of(meeting)).text
    assert "What a &lt;b&gt;******&lt;/b&gt; day" in page
    assert html.escape(RUDE) in page
    assert RUDE not in page


def test_deciding_says_what_was_done_and_how_to_take_it_back(ada: Desk, meeting: Meeting, answered: Round) -> None:
    set_rules(ada, meeting, mode="first")
    entry = name_of(meeting, "Kind")
    reply = ada.post(path_of(meeting), {"entry": entry, "decision": "approved"}, headers=JSON).json
    assert (reply["ok"], reply["said"], reply["counts"]["todo"]) == (True, "Approved.", 1)
    assert reply["undo"] == {"entry": entry, "decision": "none", "show": "todo"}
    undone = ada.post(path_of(meeting), reply["undo"], headers=JSON).json
    assert (undone["said"], undone["counts"]["todo"]) == ("Taken back.", 2)
    page = ada.post(path_of(meeting), {"entry": entry, "decision": "hidden"}, follow_redirects=True).text
    assert "Hidden. It can be brought back." in page
    assert 'name="decision" value="none"' in page


def test_a_text_that_changed_is_refused_and_shown_anew(ada: Desk, meeting: Meeting, answered: Round) -> None:
    set_rules(ada, meeting, mode="first")
    source, group, _, key = name_of(meeting, "Kind").split("|", 3)
    reply = ada.post(path_of(meeting), {"entry": f"{source}|{group}|other|{key}", "decision": "approved"}, headers=JSON)
    assert (reply.status_code, reply.json["ok"]) == (409, False)
    assert "has changed since you read it" in reply.json["message"]
    assert look(ada, meeting)["counts"]["todo"] == 2


@pytest.mark.parametrize("entry", ["", "x", "a|b|c", "letters|1|x|y", "answers|one|x|y", "answers|1|\0|\ud800"])
def test_what_names_no_entry_is_refused(ada: Desk, meeting: Meeting, answered: Round, entry: str) -> None:
    ada.get(path_of(meeting))
    encoded = entry.encode("utf-8", "replace")
    reply = ada.post(path_of(meeting), {"entry": encoded, "decision": "approved"}, headers=JSON)
    assert reply.status_code == 404


def test_an_unknown_decision_is_refused(ada: Desk, meeting: Meeting, answered: Round) -> None:
    ada.get(path_of(meeting))
    for decision in ("", "banned"):
        reply = ada.post(path_of(meeting), {"entry": name_of(meeting, "Kind"), "decision": decision})
        assert (reply.status_code, "This cannot be decided here." in reply.text) == (422, True)


def test_rules_that_do_not_fit_are_shown_as_typed(ada: Desk, meeting: Meeting) -> None:
    long = "x" * 81
    reply = set_rules(ada, meeting, mode="first", own_words=long)
    assert (reply.status_code, long in reply.text) == (422, True)
    assert "This is too long: 81 characters" in reply.text
    assert database.read(moderating.look, meeting.id).rules.mode == "off"


def test_a_long_list_says_how_many_follow(ada: Desk, meeting: Meeting, answered: Round) -> None:
    set_rules(ada, meeting, mode="first")
    for number in range(MOST_AT_ONCE):
        Participant(database, keys.get(meeting.id)).answer(answered, f"Text {number}")
    shown = look(ada, meeting)
    assert (len(shown["items"]), shown["more"]) == (MOST_AT_ONCE, "2 more follow.")


def test_questions_are_in_the_queue_and_say_so(ada: Desk, meeting: Meeting) -> None:
    database.run(board.open_board, meeting.id)
    set_rules(ada, meeting, mode="first", offensive="mask")
    ada.post(f"/desk/meetings/{meeting.id}/questions", {"act": "open"})
    asked = Ask(meeting.id, bytes(16), "Why so shitty?")
    database.run(lambda session: store_batch(session.connection(), [asked]))
    page = ada.get(path_of(meeting)).text
    assert "Question on the board" in page
    assert "Why so ******?" in page
    assert f"/desk/meetings/{meeting.id}/questions#q-{'0' * 16}" in page
    entry = name_of(meeting, "Why so shitty?")
    reply = ada.post(path_of(meeting), {"entry": entry, "decision": "approved"}, headers=JSON).json
    assert (reply["said"], reply["counts"]) == ("Approved.", {"todo": 0, "shown": 1, "hidden": 0})
    at_the_board = ada.get(f"/desk/meetings/{meeting.id}/questions").text
    assert "Why so ******?" in at_the_board
    assert "Why so shitty?" in at_the_board
    results = ada.get(f"/desk/meetings/{meeting.id}/results").text
    assert "Why so ******?" in results
    assert "shitty" not in results


@pytest.mark.parametrize(
    ("entry", "status"),
    [("questions|board|x|y", 404), ("questions|1|x|y", 404), ("questions|board|x|" + "0" * 16, 404)],
)
def test_a_question_that_is_not_there_is_refused(ada: Desk, meeting: Meeting, entry: str, status: int) -> None:
    ada.get(path_of(meeting))
    assert ada.post(path_of(meeting), {"entry": entry, "decision": "approved"}, headers=JSON).status_code == status


def test_an_answer_of_the_round_on_the_stage_goes_on_the_screen_and_off_again(
    ada: Desk, meeting: Meeting, answered: Round
) -> None:
    entry = next(one for one in database.read(moderating.look, meeting.id).entries if one.text == "Kind")
    listed = look(ada, meeting, "shown")["items"]
    assert [item["html"].count("On the screen") for item in listed] == [1, 1]
    ada.get(path_of(meeting))
    shown = ada.post(f"{path_of(meeting)}/screen", {"text": entry.key, "show": "shown"}, headers=JSON).json
    assert (shown["ok"], shown["said"]) == (True, "On the screen.")
    assert sum("Off the screen" in item["html"] for item in shown["items"]) == 1
    assert database.read(stage.scene, meeting.id).stage.text_id == entry.key
    plain = ada.post(f"{path_of(meeting)}/screen", {"text": "", "show": "shown"})
    assert plain.status_code == 302
    assert not database.read(stage.scene, meeting.id).stage.text_large
    refused = ada.post(f"{path_of(meeting)}/screen", {"text": "00" * 8, "show": "shown"}, headers=JSON)
    assert (refused.status_code, refused.json["message"]) == (409, "This answer is not on the screen now.")
    slide = database.run(agenda.add_slide, meeting.id, "open_text")
    version = database.read(stage.scene, meeting.id).stage.version
    database.run(stage.command, meeting.id, version, "go", {"slide": slide.id})
    assert "On the screen" not in str(look(ada, meeting, "shown")["items"])
