"""Scales: ratings are kept per statement, what was skipped is missing, averages are of those who rated."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.errors import BadAnswer
from pollapp.kinds import Counted, load_settings, scales
from pollapp.kinds.options import Option
from tests.forms import fill

TEAM = scales.Settings(statements=(Option("a", "Clear"), Option("b", "Fair"), Option("c", "Fun")))
STRICT = msgspec.structs.replace(TEAM, skippable=False)

RAWS = st.dictionaries(st.sampled_from("abc"), st.sampled_from("12345"), min_size=1).map(
    lambda given: [f"{statement}:{value}" for statement, value in given.items()]
)
"""What phones that mean well send."""


def rows(*labels: str, ids: str = "") -> list[dict[str, str]]:
    return [{"id": ids[place : place + 1], "label": label} for place, label in enumerate(labels)]


def form_of(**more: Any) -> Any:
    return fill(scales, {**scales.from_settings(TEAM), **more})


def test_ratings_are_kept_in_the_order_of_the_statements() -> None:
    assert scales.parse(TEAM, ["c:1", "a:5"]) == ["a:5", "c:1"]


@pytest.mark.parametrize(
    ("settings", "raw", "reason"),
    [
        (TEAM, [], "nothing_rated"),
        (TEAM, ["a:6"], "unknown_rating"),
        (TEAM, ["a:0"], "unknown_rating"),
        (TEAM, ["a:"], "unknown_rating"),
        (TEAM, ["a:03"], "unknown_rating"),
        (TEAM, ["a"], "unknown_rating"),
        (TEAM, ["z:3"], "unknown_option"),
        (TEAM, "a:3", "not_options"),
        (TEAM, [["a", 3]], "not_options"),
        (TEAM, None, "not_options"),
        (STRICT, ["a:1", "b:2"], "unrated"),
    ],
)
def test_what_is_no_rating_is_refused_with_its_reason(settings: scales.Settings, raw: object, reason: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        scales.parse(settings, raw)
    assert refused.value.reason == reason


def test_a_refusal_says_how_many_are_still_to_rate() -> None:
    with pytest.raises(BadAnswer) as refused:
        scales.parse(STRICT, ["b:2"])
    assert refused.value.params == {"reason": "unrated", "left": 2}


def test_an_empty_plain_form_is_refused_in_words_of_its_own() -> None:
    assert scales.from_form(TEAM, []) == []
    assert {"nothing_rated", "unrated", "unknown_rating"} == set(scales.MESSAGES)


def test_the_same_answer_sent_twice_for_a_statement_counts_once() -> None:
    assert scales.parse(TEAM, ["a:2", "a:2"]) == ["a:2"]


@pytest.mark.parametrize(("least", "most"), [(-10, -9), (-10, 0), (0, 10), (9, 10), (-3, 3)])
def test_every_value_of_the_range_can_be_given(least: int, most: int) -> None:
    settings = msgspec.structs.replace(TEAM, least=least, most=most)
    for value in range(least, most + 1):
        assert scales.parse(settings, [f"a:{value}"]) == [f"a:{value}"]


def test_averages_are_of_those_who_rated_and_skips_are_told() -> None:
    counted = Counted(4, 4, {"a:1": 1, "a:4": 2, "b:5": 4})
    results = scales.results(TEAM, counted, "en")
    assert results["values"] == [1, 2, 3, 4, 5]
    assert [(one["counts"], one["average"]) for one in results["statements"]] == [
        ([1, 0, 0, 2, 0], 3.0),
        ([0, 0, 0, 0, 4], 5.0),
        ([0, 0, 0, 0, 0], None),
    ]
    table = scales.table(TEAM, counted, "en")
    assert table.rows == (
        ("Clear", 3.0, 3, 1, 1, 0, 0, 2, 0),
        ("Fair", 5.0, 4, 0, 0, 0, 0, 0, 4),
        ("Fun", "", 0, 4, *[0] * 5),
    )
    assert [column.label for column in table.columns][4:] == ["1: Not at all", "2", "3", "4", "5: Fully"]


@given(st.lists(RAWS, min_size=1))
def test_the_average_is_that_of_the_ratings_given(sent: list[list[str]]) -> None:
    tally: dict[str, int] = {}
    for raw in sent:
        for key in scales.keys(TEAM, scales.parse(TEAM, raw)):
            tally[key] = tally.get(key, 0) + 1
    results = scales.results(TEAM, Counted(len(sent), len(sent), tally), "en")
    for one in results["statements"]:
        given = [int(item[2:]) for raw in sent for item in raw if item.startswith(f"{one['id']}:")]
        assert one["average"] == (round(sum(given) / len(given), 2) if given else None)


def test_a_radar_of_two_statements_is_drawn_as_bars() -> None:
    radar = msgspec.structs.replace(TEAM, display="radar")
    two = msgspec.structs.replace(radar, statements=TEAM.statements[:2])
    nobody = Counted(0, 0, {})
    assert [scales.results(one, nobody, "en")["display"] for one in (radar, two)] == ["radar", "bars"]


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({"least": -10, "most": 0}, True),
        ({"least": 0, "most": 10}, True),
        ({"least": 0, "most": 1}, True),
        ({"least": 0, "most": 11}, False),
        ({"least": -11, "most": 0}, False),
        ({"least": -1, "most": 10}, False),
        ({"least": 3, "most": 3}, False),
        ({"least": 4, "most": 3}, False),
        ({"least": "", "most": 3}, False),
        ({"least_label": "x" * 60}, True),
        ({"least_label": "x" * 61}, False),
        ({"most_label": "x" * 61}, False),
        ({"display": "hologram"}, False),
        ({"statements": rows("Only one")}, True),
        ({"statements": rows("")}, False),
        ({"statements": rows("Same", " Same ")}, False),
        ({"statements": rows(*(f"Statement {number}" for number in range(12)))}, True),
        ({"statements": rows(*(f"Statement {number}" for number in range(13)))}, False),
        ({"statements": rows("x" * 200)}, True),
        ({"statements": rows("x" * 201)}, False),
    ],
)
def test_limits_of_settings_hold_at_their_edge(more: dict[str, Any], fits: bool) -> None:
    form = form_of(**more)
    assert form.validate() is fits
    if fits:
        settings = scales.to_settings(form, TEAM)
        assert load_settings("scales", msgspec.to_builtins(settings)) == settings


@pytest.mark.parametrize("stored", [{"least": 0, "most": 11}, {"least": 5, "most": 5}, {"statements": []}])
def test_settings_that_no_phone_could_show_are_refused_when_read(stored: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        load_settings("scales", stored)


def test_a_mended_statement_keeps_its_id() -> None:
    after = scales.to_settings(form_of(statements=rows("Clear to all", "Fair", "New", ids="ab")), TEAM)
    assert [one.id for one in after.statements[:2]] == ["a", "b"]
    assert after.statements[2].id not in "abc"


@pytest.mark.parametrize(
    ("before", "change", "is_frozen"),
    [
        (TEAM, {"least_label": "Never", "most_label": ""}, False),
        (TEAM, {"display": "radar"}, False),
        (TEAM, {"statements": tuple(reversed(TEAM.statements))}, False),
        (TEAM, {"statements": TEAM.statements[:2]}, True),
        (TEAM, {"least": 0}, True),
        (TEAM, {"most": 6}, True),
        (TEAM, {"skippable": False}, True),
        (STRICT, {"skippable": True}, False),
    ],
)
def test_what_people_rated_may_not_change(before: scales.Settings, change: dict[str, Any], is_frozen: bool) -> None:
    assert scales.frozen(before, msgspec.structs.replace(before, **change)) is is_frozen
