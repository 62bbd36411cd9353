"""Clearing answers at the desk: what the results page offers and asks, and who may."""

import re
from pathlib import Path

import pytest
from flask import Flask

from pollapp.ballots import rounds
from pollapp.extensions import database, keys
from pollapp.meetings import audit, members
from tests.actors import Facilitator
from tests.facilitator.conftest import Desk

YES = ["yes"]
OFFERED = "Clear answers…"
ALL_OFFERED = "Clear all answers…"
RARE = "Quetzalcoatlus northropi"


@pytest.fixture
def meeting(ada_id: int) -> Facilitator:
    return Facilitator(database, keys, ada_id)


@pytest.fixture
def careful(ada_id: int) -> Facilitator:
    return Facilitator(database, keys, ada_id, preset="chatham_house")


def results(meeting: Facilitator) -> str:
    return f"/desk/meetings/{meeting.id}/results"


def press(desk: Desk, meeting: Facilitator, action: str):
    """Send the form of the results page that leads to this action, as it is."""
    page = desk.get(results(meeting)).text
    form = next(form for form in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'action="{action}"' in form)
    seen = re.search(r'name="seen" value="(\d+)"', form)
    assert seen
    return desk.post(action, {"seen": seen[1]}, follow_redirects=True)


def slide(meeting: Facilitator, slide_id: str) -> str:
    return f"/desk/meetings/{meeting.id}/slides/{slide_id}/clear"


def whole(meeting: Facilitator) -> str:
    return f"/desk/meetings/{meeting.id}/clear"


def test_a_slide_is_cleared_and_the_others_stay(ada: Desk, meeting: Facilitator) -> None:
    first, second = meeting.ask("choice"), meeting.ask("choice")
    for poll, people in ((first, 0), (second, 2)):
        for _ in range(people):
            meeting.let_in().answer(poll, YES)
    assert ada.get(results(meeting)).text.count(OFFERED) == 1
    assert "2 people answered." in ada.get(results(meeting)).text
    page = press(ada, meeting, slide(meeting, second.slide_id))
    assert page.status_code == 200
    assert "The answers to this slide are cleared." in page.text
    assert OFFERED not in page.text
    assert [poll.id for poll in database.read(rounds.of_slide, first.slide_id)] == [first.id]
    assert meeting.sees(meeting.poll(meeting.look())).participants == 0


def test_the_whole_meeting_is_cleared(ada: Desk, meeting: Facilitator) -> None:
    polls = [meeting.ask("choice"), meeting.ask("choice")]
    for poll in polls:
        meeting.let_in().answer(poll, YES)
    meeting.close()
    assert "All answers of this meeting are cleared." in press(ada, meeting, whole(meeting)).text
    assert database.read(rounds.of_meeting, meeting.id) == []
    assert ALL_OFFERED not in ada.get(results(meeting)).text


def test_what_was_cleared_leaves_the_files_at_once(ada: Desk, meeting: Facilitator, tmp_path: Path) -> None:
    def files() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("pollapp.sqlite3*"))

    poll = meeting.ask("open_text")
    meeting.let_in().answer(poll, RARE)
    assert RARE.encode() in files()
    press(ada, meeting, slide(meeting, poll.slide_id))
    assert RARE.encode() not in files()


def test_without_the_pages_csrf_value_nothing_is_cleared(ada: Desk, meeting: Facilitator) -> None:
    poll = meeting.ask("choice")
    meeting.let_in().answer(poll, YES)
    for action in (slide(meeting, poll.slide_id), whole(meeting)):
        assert ada.client.post(action, data={"seen": poll.id}).status_code == 400
        assert ada.client.get(action).status_code == 405
    assert meeting.sees(poll).participants == 1


@pytest.mark.parametrize("seen", ["", "0", "x", "9" * 30, "-1"])
def test_a_form_that_has_not_seen_the_newest_round_clears_nothing(ada: Desk, meeting: Facilitator, seen: str) -> None:
    poll = meeting.ask("choice")
    meeting.let_in().answer(poll, YES)
    for action in (slide(meeting, poll.slide_id), whole(meeting)):
        refused = ada.post(action, {"seen": seen})
        assert refused.status_code == 409
        assert "nothing was cleared" in refused.text
    assert meeting.sees(poll).participants == 1


def test_it_is_for_who_presents(app: Flask, ada: Desk, bob: Desk, meeting: Facilitator) -> None:
    poll = meeting.ask("choice")
    meeting.let_in().answer(poll, YES)
    bob_id = database.read(lambda session: session.connection().exec_driver_sql(
        "SELECT id FROM facilitator WHERE email = 'bob@example.org'").scalar_one())  # fmt: skip
    actions = (slide(meeting, poll.slide_id), whole(meeting))
    for role, status in ((None, 404), ("moderator", 403)):
        if role:
            database.run(members.add, meeting.id, bob_id, role)
        assert [bob.post(action, {"seen": str(poll.id)}).status_code for action in actions] == [status, status]
        assert meeting.sees(poll).participants == 1
    database.run(members.change_role, meeting.id, bob_id, "co_facilitator", by=meeting.owner_id)
    assert press(bob, meeting, actions[0]).status_code == 200
    assert [line.action for line in database.read(audit.lines, meeting.id)].count("answers_cleared") == 1


@pytest.mark.parametrize("sealed", [False, True])
def test_after_the_end_it_is_neither_offered_nor_done(ada: Desk, meeting: Facilitator, *, sealed: bool) -> None:
    poll = meeting.ask("choice")
    meeting.let_in().answer(poll, YES)
    ada.get(results(meeting))
    meeting.end()
    if sealed:
        meeting.seal()
    page = ada.get(results(meeting)).text
    assert OFFERED not in page
    assert ALL_OFFERED not in page
    for action in (slide(meeting, poll.slide_id), whole(meeting)):
        assert ada.post(action, {"seen": str(poll.id)}).status_code == 410


@pytest.mark.parametrize("people", [0, 1, 4, 6])
def test_under_the_chatham_house_rule_the_page_is_the_same_however_many_answered(
    ada: Desk, careful: Facilitator, people: int
) -> None:
    """While nothing is published, neither what is asked before nor what is said afterwards tells of anybody."""

    def told(page: str) -> str:
        return re.sub(r'(value|nonce)="[^"]*"|id="round-\d+"', "", page[page.index("<h1") :])

    poll = careful.ask("choice")
    before = told(ada.get(results(careful)).text)
    for _ in range(people):
        careful.let_in().answer(poll, YES)
    page = told(ada.get(results(careful)).text)
    assert page == before
    assert OFFERED in page
    cleared = told(press(ada, careful, slide(careful, poll.slide_id)).text)
    assert cleared == before  # what was open is open anew


def test_what_is_published_in_steps_is_not_counted_out_in_the_question(ada: Desk, careful: Facilitator) -> None:
    poll = careful.ask("choice")
    for _ in range(7):
        careful.let_in().answer(poll, YES)
    careful.close()
    asked = ada.get(results(careful)).text.partition(OFFERED)[2].partition("</form>")[0]
    assert "answered." not in asked


def test_several_rounds_are_said_to_go_together(ada: Desk, meeting: Facilitator) -> None:
    poll = meeting.ask("choice")
    meeting.let_in().answer(poll, YES)
    meeting.ask_again()
    assert "All rounds of this slide are cleared." in ada.get(results(meeting)).text
    press(ada, meeting, slide(meeting, poll.slide_id))
    assert [poll.number for poll in database.read(rounds.of_slide, poll.slide_id)] == [1]
