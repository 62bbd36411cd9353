"""Quizzes at the desk: where they are refused, and typed answers that count after all."""

import re

import pytest

from pollapp.extensions import database, keys
from pollapp.facilitator import players as players_page
from pollapp.kinds import all_kinds, is_in_quiz
from pollapp.meetings import Meeting, agenda, quizzing, stage
from tests.actors import Facilitator
from tests.facilitator.conftest import JSON, Desk
from tests.quizzes.quiz import Quiz

PARTS = [kind.NAME for kind in all_kinds() if is_in_quiz(kind)]


def choose(ada: Desk, meeting: Meeting, preset: str) -> str:
    path = f"/desk/meetings/{meeting.id}/settings"
    ada.get(path)
    form = {"title": "Ours", "language": "en", "theme": "auto", "accent": "teal", "preset": preset}
    return ada.post(path, form, follow_redirects=True).text


def test_a_meeting_in_steps_of_five_offers_no_part_of_a_quiz_and_takes_none(ada: Desk, meeting: Meeting) -> None:
    choose(ada, meeting, "chatham_house")
    page = ada.get(f"/desk/meetings/{meeting.id}").text
    shut = re.findall(r'<button class="kind" type="submit" name="kind" value="(\w+)" disabled>', page)
    assert sorted(set(shut)) == sorted(PARTS)
    assert "not for meetings under the Chatham House rule" in page
    for kind in PARTS:
        reply = ada.post(f"/desk/meetings/{meeting.id}/slides", {"kind": kind})
        assert (reply.status_code, "Use a meeting with “Standard” privacy" in reply.text) == (422, True)


def test_a_meeting_with_a_quiz_is_told_why_it_cannot_move_in_steps(ada: Desk, meeting: Meeting) -> None:
    database.run(agenda.add_slide, meeting.id, "leaderboard")
    assert "which the Chatham House rule does not allow" in choose(ada, meeting, "chatham_house")
    assert database.read(agenda.get_meeting, meeting.id, meeting.owner_id).preset == "standard"


@pytest.fixture
def quiz(ada: Desk, ada_id: int) -> Quiz:
    """A quiz of Ada's in which somebody typed what was not accepted."""
    quiz = Quiz(Facilitator(database, keys, ada_id))
    poll = quiz.ask("quiz_type", accepted=["Berne"])
    quiz.phone("Otter").answer(poll, "<i>Bern</i>", 10)
    quiz.facilitator.close()
    return quiz


def test_a_nickname_is_taken_away_at_the_desk_also_after_the_end_and_the_owner_can_read_who_did(
    ada: Desk, quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    players = f"/desk/meetings/{quiz.id}/players"
    assert f'href="{players}"' in ada.get(f"/desk/meetings/{quiz.id}/results").text
    assert f'href="{players}"' in ada.get(f"/desk/meetings/{quiz.id}/moderate").text
    quiz.phone("<b>Rude</b>")
    page = ada.get(players).text
    assert "&lt;b&gt;Rude&lt;/b&gt;" in page
    assert page.index("&lt;b&gt;Rude") < page.index("Otter"), "by nickname, whatever their points"
    for find, found in (("OTT er", ["Otter"]), ("ude", ["<b>Rude</b>"]), ("nobody", [])):
        told = ada.get(players, query_string={"find": find}, headers=JSON).json
        assert (told["total"], [each["state"][:-2] for each in told["items"]]) == (2, found)
    monkeypatch.setattr(players_page, "MOST_LISTED", 1)
    assert "1 more player. Find them by name." in ada.get(players).text
    for nickname in ("<b>Rude</b>", "Otter"):
        name = next(each.name for each in quiz.look().standings if each.nickname == nickname)
        told = ada.post(players, {"player": name}, headers=JSON).json
        assert told["said"].startswith(f"“{nickname}” is now “")
        new = told["said"].partition("is now “")[2].rstrip("”.")
        assert "Given instead" in ada.get(players, query_string={"find": new}).text
        quiz.facilitator.end() if nickname != "Otter" else quiz.facilitator.seal()
    assert not {"Otter", "<b>Rude</b>"} & {nickname for _, nickname, _ in quiz.table()}
    assert all(each.given for each in quiz.look().standings)
    assert ada.post(players, {"player": "00" * 8}).status_code == 404
    assert "took nicknames away" in ada.get(f"/desk/meetings/{quiz.id}/people").text


def test_nicknames_are_reviewed_beside_what_people_wrote(ada: Desk, quiz: Quiz) -> None:
    review, results = (f"/desk/meetings/{quiz.id}/{page}" for page in ("review", "results"))
    assert "nickname may be personal data" not in ada.get(results).text
    ada.get(review)
    ada.post(f"{review}/names", {"names": "Otter"})
    assert "1 nickname may be personal data. Files have a number in its place" in ada.get(results).text
    page = ada.get(review).text
    assert "A nickname in the quiz" in page
    assert "Name on your list" in page
    assert 'value="redact"' not in page
    fields = {name: re.search(f'name="{name}" value="([^"]+)"', page)[1] for name in ("round", "key", "fingerprint")}
    assert ada.post(review, {**fields, "decision": "redact"}).status_code == 422
    told = ada.post(review, {**fields, "decision": "keep"}, headers=JSON).json
    assert told["undo"]["decision"] == "undo"
    assert "Take back" in ada.get(review, query_string={"entry": told["changed"]["place"]}).text
    assert "nickname may be personal data" not in ada.get(results).text
    ada.post(review, {**fields, "decision": "undo"})
    assert "1 nickname may be personal data" in ada.get(results).text
    told = ada.post(review, {**fields, "decision": "drop"}, headers=JSON).json
    assert told["undo"] is None
    assert ">Otter</td>" not in ada.get(results).text
    assert quiz.look().standings[0].given


def test_the_correct_option_is_mended_on_the_results_page(ada: Desk, quiz: Quiz) -> None:
    poll = quiz.ask(options=[{"id": "a", "label": "<i>Sydney</i>", "correct": True}, {"id": "b", "label": "Canberra"}])
    quiz.phone("Heron").answer(poll, ["b"], 0)
    quiz.facilitator.close()
    results, path = (f"/desk/meetings/{quiz.id}/{page}" for page in ("results", f"rounds/{poll.id}/accept"))
    page = ada.get(results).text
    assert "Accept “Canberra”" in page
    assert "Do not count “&lt;i&gt;Sydney&lt;/i&gt;”" in page
    refused = ada.post(path, {"answer": "a", "not": "y"})
    assert (refused.status_code, "One option at least has to count" in refused.text) == (422, True)
    said = [ada.post(path, form, follow_redirects=True).text for form in ({"answer": "b"}, {"answer": "a", "not": "y"})]
    assert "“Canberra” counts now" in said[0]
    assert "“&lt;i&gt;Sydney&lt;/i&gt;” counts no more" in said[1]
    assert quiz.table()[0] == (1, "Heron", 1000)
    assert "changed which answers of a quiz count" in ada.get(f"/desk/meetings/{quiz.id}/people").text


def test_a_typed_answer_is_accepted_and_taken_back_on_the_results_page(ada: Desk, quiz: Quiz) -> None:
    results = f"/desk/meetings/{quiz.id}/results"
    round_id = database.read(stage.scene, quiz.id).poll.id
    page = ada.get(results).text
    assert "Accept “&lt;i&gt;Bern&lt;/i&gt;”" in page
    assert quiz.table() == [(1, "Otter", 0)]
    path = f"/desk/meetings/{quiz.id}/rounds/{round_id}/accept"
    for form, points, said in (({}, 750, "counts now"), ({"not": "y"}, 0, "counts no more")):
        reply = ada.post(path, {"answer": "<i>Bern</i>", **form}, follow_redirects=True)
        assert said in reply.text
        assert quiz.table() == [(1, "Otter", points)]
    assert ada.post(path, {"answer": "x" * 61}).status_code == 422
    quiz.facilitator.end()
    assert ada.post(path, {"answer": "<i>Bern</i>"}).status_code == 302
    assert database.read(quizzing.look, quiz.id).standings[0].points == 750
    quiz.facilitator.seal()
    assert "Accept “" not in ada.get(results).text
    assert ada.post(path, {"answer": "<i>Bern</i>"}).status_code == 409
    assert quiz.table() == [(1, "Otter", 750)]
