"""The words of a cloud: what their page and its forms say, with and without JavaScript."""

import pytest
from flask import Flask

from pollapp.ballots import Round
from pollapp.extensions import database, keys
from pollapp.facilitator.words_page import MOST_LISTED
from pollapp.meetings import Meeting, agenda, stage
from tests.actors import Participant
from tests.facilitator.conftest import JSON, Desk

RUDE = "<b>bold</b>"


@pytest.fixture
def cloud(app: Flask, meeting: Meeting) -> Round:
    """A word cloud on the stage, with a slip and a word that looks like markup."""
    slide = database.run(agenda.add_slide, meeting.id, "word_cloud")
    scene = database.run(stage.command, meeting.id, 1, "go", {"slide": slide.id})
    assert scene.poll is not None
    write(meeting, scene.poll, "committee", "committee", "comittee", "hope", RUDE)
    return scene.poll


def write(meeting: Meeting, poll: Round, *words: str) -> None:
    for word in words:
        Participant(database, keys.get(meeting.id)).answer(poll, word)


def path_of(meeting: Meeting) -> str:
    return f"/desk/meetings/{meeting.id}/words"


def look(desk: Desk, meeting: Meeting, **query: str) -> dict:
    return desk.get(path_of(meeting), query_string=query, headers=JSON).json


def do(desk: Desk, meeting: Meeting, poll: Round, act: str, **fields: str):
    desk.get(path_of(meeting))
    return desk.post(path_of(meeting), {"round": str(poll.id), "act": act, **fields}, headers=JSON)


def keys_of(items: list[dict]) -> list[str]:
    return [item["key"] for item in items]


def test_words_are_listed_escaped_with_what_is_probably_the_same(ada: Desk, meeting: Meeting, cloud: Round) -> None:
    shown = look(ada, meeting)
    assert keys_of(shown["words"])[0] == "committee"
    assert keys_of(shown["suggestions"]) == ["comittee|committee"]
    page = ada.get(path_of(meeting)).text
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert RUDE not in page


def test_each_thing_is_said_and_what_is_not_changed_reads_the_same(ada: Desk, meeting: Meeting, cloud: Round) -> None:
    before = look(ada, meeting)
    assert before == look(ada, meeting), "else every row would be drawn anew, with what is typed in it"
    reply = do(ada, meeting, cloud, "merge", word="comittee", into="committee").json
    assert (reply["ok"], reply["said"]) == (True, "Joined. It can be taken back.")
    assert (reply["suggestions"], len(reply["changes"])) == ([], 1)
    assert "comittee" in reply["words"][0]["html"]
    reply = do(ada, meeting, cloud, "rename", word="hope", into="Confidence").json
    assert reply["said"] == "Renamed. It can be taken back."
    assert "confidence" in keys_of(reply["words"])
    assert len(reply["changes"]) == 2
    reply = do(ada, meeting, cloud, "hide", word="confidence").json
    assert reply["said"] == "Hidden. It can be brought back."
    for change in keys_of(reply["changes"]):
        assert do(ada, meeting, cloud, "undo", change=change).json["said"] == "Taken back."
    assert look(ada, meeting) | {"number": before["number"]} == before


def test_who_has_the_words_already_is_told_nothing_until_they_change(ada: Desk, meeting: Meeting, cloud: Round) -> None:
    shown = look(ada, meeting)
    about = {"round": str(cloud.id), "since": str(shown["number"])}
    assert look(ada, meeting, **about) == {"ok": True}
    write(meeting, cloud, "time")
    assert look(ada, meeting, **about)["number"] == shown["number"] + 1
    about["since"] = str(do(ada, meeting, cloud, "hide", word="time").json["number"])
    assert look(ada, meeting, **about) == {"ok": True}


def test_a_suggestion_that_is_put_aside_does_not_come_again(ada: Desk, meeting: Meeting, cloud: Round) -> None:
    reply = do(ada, meeting, cloud, "dismiss", word="comittee", into="committee").json
    assert (reply["said"], reply["suggestions"]) == ("Not suggested again.", [])
    write(meeting, cloud, "comittee")
    assert look(ada, meeting)["suggestions"] == []


def test_without_a_script_the_page_says_it_too(ada: Desk, meeting: Meeting, cloud: Round) -> None:
    page = ada.get(path_of(meeting)).text
    assert page.count('name="csrf_token"') > 4
    form = {"round": str(cloud.id), "act": "merge", "word": ["comittee", "hope"], "into": "committee"}
    page = ada.post(path_of(meeting), form, follow_redirects=True).text
    assert "Joined. It can be taken back." in page
    assert "What you changed" in page
    refused = ada.post(path_of(meeting), {"round": str(cloud.id), "act": "hide", "word": "hope"})
    assert (refused.status_code, "This word is not in the cloud any more" in refused.text) == (409, True)


@pytest.mark.parametrize(
    ("fields", "status", "says"),
    [
        ({"act": "hide"}, 422, "Choose a word first."),
        ({"act": "hide", "word": "gone"}, 409, "This word is not in the cloud any more"),
        ({"act": "merge", "word": "hope", "into": "gone"}, 409, "This word is not in the cloud any more"),
        ({"act": "rename", "word": "hope", "into": " "}, 422, "Write what the word is to be called."),
        (
            {"act": "rename", "word": "hope", "into": "x" * 61},
            422,
            "A name has up to 60 characters, and this one has 61.",
        ),
        ({"act": "rename", "word": "hope", "into": "hope"}, 422, "The word is called this already."),
        ({"act": "undo", "change": "7"}, 409, "This has been taken back already."),
        ({"act": "undo", "change": "x"}, 409, "This has been taken back already."),
        ({"act": "dismiss"}, 422, "Choose a word first."),
        ({"act": "explode", "word": "hope"}, 422, "Choose a word first."),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    ada: Desk, meeting: Meeting, cloud: Round, fields: dict[str, str], status: int, says: str
) -> None:
    before = look(ada, meeting)
    reply = do(ada, meeting, cloud, **fields)
    assert (reply.status_code, reply.json["ok"]) == (status, False)
    assert says in reply.json["message"]
    assert look(ada, meeting) == before


@pytest.mark.parametrize("number", ["", "0", "999", "x", "-1", "9" * 30])
def test_a_round_that_is_none_of_the_meetings_clouds_is_not_found(
    ada: Desk, meeting: Meeting, cloud: Round, number: str
) -> None:
    ada.get(path_of(meeting))
    assert ada.post(path_of(meeting), {"round": number, "act": "hide", "word": "hope"}).status_code == 404
    if number:
        assert ada.get(path_of(meeting), query_string={"round": number}).status_code == 404


def test_a_meeting_without_a_cloud_says_so(ada: Desk, meeting: Meeting) -> None:
    assert "There is no word cloud to curate yet." in ada.get(path_of(meeting)).text


def test_of_very_many_words_the_first_are_listed_and_others_found(ada: Desk, meeting: Meeting, cloud: Round) -> None:
    with_numbers = [f"entry {number}" for number in range(MOST_LISTED)]
    write(meeting, cloud, *with_numbers)
    shown = look(ada, meeting)
    assert (len(shown["words"]), shown["more"]) == (MOST_LISTED, "4 more words: find them by their letters.")
    assert keys_of(look(ada, meeting, find="ENTRY 19")["words"]) == ["entry 19", *(f"entry 19{n}" for n in range(10))]
    assert look(ada, meeting, find="nothing like it")["words"] == []


def test_the_pages_beside_it_lead_there(ada: Desk, meeting: Meeting, cloud: Round) -> None:
    for page in ("results", "moderate"):
        assert path_of(meeting) in ada.get(f"/desk/meetings/{meeting.id}/{page}").text
    assert path_of(meeting) in ada.get(f"/present/{meeting.id}/remote").text


def test_the_cloud_of_open_answers_is_curated_in_the_same_place(ada: Desk, meeting: Meeting) -> None:
    slide = database.run(agenda.add_slide, meeting.id, "open_text")
    database.run(agenda.update_slide, meeting.id, slide.id, settings={"display": "cloud"})
    scene = database.run(stage.command, meeting.id, 1, "go", {"slide": slide.id})
    assert scene.poll is not None
    write(meeting, scene.poll, "The committee decides", "Our committee", "No comittee")
    page = ada.get(path_of(meeting)).text
    assert "The answers themselves stay as they were written" in page
    assert keys_of(look(ada, meeting)["suggestions"]) == ["comittee|committee"]
    assert do(ada, meeting, scene.poll, "merge", word="comittee", into="committee").status_code == 200
    assert keys_of(look(ada, meeting)["words"])[0] == "committee"
    results = ada.get(f"/desk/meetings/{meeting.id}/results").text
    assert "Every answer" in results
    assert "No comittee" in results
    assert "Hide, join or rename words" in results


def test_a_suggestion_may_be_followed_the_other_way_round(ada: Desk, meeting: Meeting, cloud: Round) -> None:
    (near,) = look(ada, meeting)["suggestions"]
    assert "Join the other way round: to comittee" in near["html"]
    forms = near["html"].split("<form")[1:]
    assert [
        ('value="comittee"' in form, form.index('value="comittee"') < form.index('value="committee"')) for form in forms
    ] == [
        (True, True),
        (True, False),
    ]
    assert do(ada, meeting, cloud, "merge", word="committee", into="comittee").status_code == 200
    (word,) = [each for each in look(ada, meeting)["words"] if "comittee" in each["key"]]
    assert word["key"] == "comittee"
