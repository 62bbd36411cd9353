"""What may be seen of a round under the Chatham House rule: steps of five people, and nothing in between."""

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pollapp.ballots import K, Round, store_batch
from pollapp.database import Database
from pollapp.errors import NotFound
from tests.actors import Facilitator

YES, NO = ["yes"], ["no"]


def crowd(facilitator: Facilitator, poll: Round, size: int, raw: Any = YES) -> None:
    """Have so many people answer in one batch."""
    casts = [facilitator.let_in().cast(poll, raw) for _ in range(size)]
    facilitator.database.run(lambda session: store_batch(session.connection(), casts))


def one_by_one(facilitator: Facilitator, poll: Round, people: int) -> list[int | None]:
    """Have people answer one after the other; return what was shown after each."""
    shown = []
    for _ in range(people):
        crowd(facilitator, poll, 1)
        shown.append(facilitator.sees(poll).participants)
    return shown


def test_standard_results_move_from_the_first_answer(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    assert facilitator.sees(poll).waiting is None
    assert one_by_one(facilitator, poll, 3) == [1, 2, 3]


def test_the_first_five_are_shown_when_ten_have_answered_and_so_on(careful: Facilitator) -> None:
    assert one_by_one(careful, careful.ask("choice"), 21) == [None] * 9 + [5] * 5 + [10] * 5 + [15] * 2


def test_what_is_published_is_what_was_counted_at_the_step(careful: Facilitator) -> None:
    poll = careful.ask("choice")
    crowd(careful, poll, 5, YES)
    crowd(careful, poll, 5, NO)
    counts = {each["id"]: each["count"] for each in careful.sees(poll).results["options"]}
    assert counts == {"yes": 5, "no": 0, "so": 0}


def test_a_screen_that_waits_says_why(careful: Facilitator) -> None:
    poll = careful.ask("choice")
    crowd(careful, poll, 4)
    snapshot = careful.sees(poll)
    assert (snapshot.waiting, snapshot.results, snapshot.participants, snapshot.ballots) == (
        "first_ten",
        None,
        None,
        None,
    )
    assert (snapshot.table.rows, snapshot.number) == ((), 0)
    careful.close()
    assert careful.sees(poll).waiting == "too_few"


@pytest.mark.parametrize(("answers", "shown"), [(0, None), (4, None), (5, 5), (7, 7), (9, 9), (12, 12), (14, 14)])
def test_closing_shows_everybody_when_five_or_more_are_new(
    careful: Facilitator, answers: int, shown: int | None
) -> None:
    poll = careful.ask("choice")
    one_by_one(careful, poll, answers)
    careful.close()
    assert careful.sees(poll).participants == shown


@pytest.mark.parametrize(("late", "shown"), [(1, 5), (4, 5), (5, 10), (6, 11)])
def test_a_remainder_below_five_after_reopening_is_never_shown(careful: Facilitator, late: int, shown: int) -> None:
    poll = careful.ask("choice")
    crowd(careful, poll, 5)
    careful.close()
    careful.open()
    crowd(careful, poll, late)
    careful.close()
    assert careful.sees(poll).participants == shown


def test_closing_and_opening_again_and_again_shows_nobody_more(careful: Facilitator) -> None:
    poll = careful.ask("choice")
    crowd(careful, poll, 6)
    for _ in range(4):
        careful.close()
        careful.open()
        crowd(careful, poll, 1)
        assert careful.sees(poll).participants == 6


def test_a_change_of_mind_is_not_seen_by_itself(careful: Facilitator) -> None:
    poll, turncoat = careful.ask("choice"), careful.let_in()
    turncoat.answer(poll, YES)
    one_by_one(careful, poll, 9)
    before = careful.sees(poll)
    turncoat.answer(poll, NO, revision=2)
    assert careful.sees(poll) == before
    careful.close()
    shown = careful.sees(poll)
    careful.open()
    turncoat.answer(poll, YES, revision=3)
    careful.close()
    assert careful.sees(poll) == shown


def test_a_withdrawal_is_not_seen_by_itself(careful: Facilitator) -> None:
    poll, shy = careful.ask("word_cloud"), careful.let_in()
    shy.answer(poll, "indiscretion")
    for _ in range(9):
        crowd(careful, poll, 1, "trust")
    before = careful.sees(poll)
    shy.answer(poll, None, revision=2)
    assert careful.sees(poll) == before


def test_a_removed_text_leaves_what_is_published_and_what_waits(careful: Facilitator) -> None:
    poll = careful.ask("open_text")
    for number in range(10):
        careful.let_in().answer(poll, f"Answer {number}")
    first = careful.sees(poll)
    gone = first.results["texts"][0]
    careful.remove(poll, gone["id"])
    after = careful.sees(poll)
    assert after.number > first.number
    assert gone["text"] not in {text["text"] for text in after.results["texts"]}
    assert after.participants == 5
    for number in range(5):
        careful.let_in().answer(poll, f"Late {number}")
    later = careful.sees(poll)
    assert (later.participants, later.number > after.number) == (10, True)
    assert gone["text"] not in {text["text"] for text in later.results["texts"]}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(batches=st.lists(st.integers(1, 12), max_size=8))
def test_however_people_arrive_steps_are_of_five_or_more(careful: Facilitator, batches: list[int]) -> None:
    poll = careful.ask("choice")
    seen, numbers = [0], [0]
    for size in batches:
        crowd(careful, poll, size)
        snapshot = careful.sees(poll)
        seen.append(snapshot.participants or 0)
        numbers.append(snapshot.number)
    careful.close()
    seen.append(careful.sees(poll).participants or 0)
    numbers.append(careful.sees(poll).number)
    steps = [after - before for before, after in itertools.pairwise(seen)]
    assert all(step == 0 or step >= K for step in steps)
    assert numbers == sorted(numbers)
    assert all((after > before) == (step > 0) for before, after, step in zip(numbers, numbers[1:], steps, strict=False))


def test_a_restart_loses_no_step_and_shows_none_early(careful: Facilitator, database: Database) -> None:
    poll = careful.ask("choice")
    one_by_one(careful, poll, 9)
    database.engine.dispose()
    assert careful.sees(poll).participants is None
    crowd(careful, poll, 1)
    assert careful.sees(poll).participants == 5


def test_a_published_text_that_was_taken_back_can_still_be_removed(careful: Facilitator) -> None:
    poll = careful.ask("open_text")
    writers = [careful.let_in() for _ in range(10)]
    for number, writer in enumerate(writers):
        writer.answer(poll, f"Answer {number}")
    gone = careful.sees(poll).results["texts"][0]
    writer = writers[int(gone["text"].removeprefix("Answer "))]
    writer.answer(poll, None, revision=2)
    careful.remove(poll, gone["id"])
    assert gone["text"] not in {text["text"] for text in careful.sees(poll).results["texts"]}
    assert writer.own(poll)[0].is_removed


def test_a_published_text_can_be_removed_after_the_seal(careful: Facilitator) -> None:
    poll = careful.ask("open_text")
    for number in range(5):
        careful.let_in().answer(poll, f"Answer {number}")
    careful.close()
    careful.end()
    careful.seal()
    gone = careful.sees(poll).results["texts"][0]
    careful.remove(poll, gone["id"])
    assert gone["text"] not in {text["text"] for text in careful.sees(poll).results["texts"]}
    with pytest.raises(NotFound):
        careful.remove(poll, gone["id"])


@pytest.mark.parametrize(
    ("answers", "unanimous"),
    [
        ([["yes"]] * 5, True),
        ([["yes"]] * 4 + [["no"]], False),
        ([["yes", "no"]] * 3, True),
        ([["yes", "no"], ["yes"]], False),
        ([["yes"]], False),
        ([], False),
    ],
)
def test_unanimity_is_when_everybody_gave_the_same_answer(
    facilitator: Facilitator, answers: list[list[str]], unanimous: bool
) -> None:
    poll = facilitator.ask("choice", most=3)
    for answer in answers:
        facilitator.let_in().answer(poll, answer)
    assert facilitator.sees(poll).unanimous is unanimous


def test_unanimity_is_judged_by_what_is_published(careful: Facilitator) -> None:
    poll = careful.ask("choice")
    for _ in range(10):
        careful.let_in().answer(poll, ["yes"])
    careful.let_in().answer(poll, ["no"])
    assert careful.sees(poll).unanimous


def test_texts_are_never_called_unanimous(facilitator: Facilitator) -> None:
    poll = facilitator.ask("open_text")
    for _ in range(3):
        facilitator.let_in().answer(poll, "The same")
    assert not facilitator.sees(poll).unanimous
