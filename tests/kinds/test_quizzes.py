"""Kinds of a quiz: what their forms refuse, what is right, and that nothing of it is told before it is revealed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp import kinds
from pollapp.errors import BadAnswer
from pollapp.kinds import Counted, quiz_choice, quiz_type
from pollapp.kinds.base import WRITTEN
from tests.forms import fill

ROWS = [{"id": "", "label": label, "correct": label == "b"} for label in "abc"]


def errors_of(kind: Any, **changes: Any) -> set[str]:
    form = fill(kind, kind.from_settings(kind.Settings()) | changes)
    return set() if form.validate() else set(form.errors)


def test_lobby_and_leaderboard_belong_to_a_quiz_and_ask_nothing() -> None:
    found = {kind.NAME: kinds.is_question(kind) for kind in kinds.all_kinds() if kinds.is_in_quiz(kind)}
    assert found == {"quiz_choice": True, "quiz_type": True, "quiz_lobby": False, "leaderboard": False}


@pytest.mark.parametrize(("seconds", "fits"), [(4, False), (5, True), (240, True), (241, False), ("", False)])
@pytest.mark.parametrize("kind", [quiz_choice, quiz_type], ids=lambda kind: kind.NAME)
def test_people_have_from_five_seconds_to_four_minutes(kind: Any, seconds: object, fits: bool) -> None:
    assert ("seconds" not in errors_of(kind, seconds=seconds)) is fits


@pytest.mark.parametrize(
    ("rows", "fits"),
    [
        (ROWS, True),
        ([row | {"correct": True} for row in ROWS], True),
        ([row | {"correct": False} for row in ROWS], False),
        (ROWS[1:2], False),
        ([*ROWS, ROWS[0]], False),
        ([*ROWS, *({"id": "", "label": str(number)} for number in range(5))], True),
        ([*ROWS, *({"id": "", "label": str(number)} for number in range(6))], False),
    ],
)
def test_a_question_has_two_to_eight_options_and_one_that_is_correct(rows: list[dict[str, Any]], fits: bool) -> None:
    assert ("options" not in errors_of(quiz_choice, options=rows)) is fits


@pytest.mark.parametrize(
    ("lines", "fits"),
    [
        (["x" * 60], True),
        (["x" * 61], False),
        (list("abcdefghijklmnopqrst"), True),
        (list("abcdefghijklmnopqrstu"), False),
    ],
)
def test_up_to_twenty_answers_of_up_to_sixty_characters_are_accepted(lines: list[str], fits: bool) -> None:
    assert ("accepted" not in errors_of(quiz_type, accepted="\n".join(lines))) is fits


@pytest.mark.parametrize("raw", [["a", "b"], [], ["z"], "a", [1], None])
def test_one_option_is_picked_and_no_other(raw: object) -> None:
    assert quiz_choice.parse(quiz_choice.Settings(), ["b"]) == ["b"]
    with pytest.raises(BadAnswer):
        quiz_choice.parse(quiz_choice.Settings(), raw)


@given(accepted=st.lists(st.sampled_from(["Berne", "The Hague", "42"]), unique=True), typed=st.text(max_size=60))
def test_an_answer_is_right_if_it_is_accepted_and_drawn_so_once_that_is_revealed(
    accepted: list[str], typed: str
) -> None:
    settings = quiz_type.Settings(accepted=tuple(accepted))
    for each in accepted:
        assert quiz_type.is_right(settings, quiz_type.entry(settings, f" {each.upper()}! ", "en"), "en")
    counted = Counted(2, 2, {WRITTEN + each: 1 for each in {"berne", typed} if each})
    right = {option["label"] for option in quiz_type.results(settings, counted, "en")["options"] if option["correct"]}
    assert ("berne" in right or any(each.lower() == "berne" for each in right)) is ("Berne" in accepted)
    veiled = kinds.concealed(kinds.get("quiz_type"), settings)
    assert not any(option["correct"] for option in quiz_type.results(veiled, counted, "en")["options"])
    assert quiz_type.results(veiled, counted, "en")["accepted"] == []


def test_of_typed_answers_the_most_frequent_are_drawn_and_all_are_in_the_table() -> None:
    tally = {f"{WRITTEN}answer {number}": number for number in range(1, 12)}
    counted = Counted(66, 66, tally)
    results = quiz_type.results(quiz_type.Settings(), counted, "en")
    assert ([option["count"] for option in results["options"]], results["more"]) == ([11, 10, 9, 8, 7, 6, 5, 4], 3)
    assert len(quiz_type.table(quiz_type.Settings(), counted, "en").rows) == 11
