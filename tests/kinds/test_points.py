"""Points: everybody has the same number of them, in steps; averages are of all who answered."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.ballots.counting import is_unanimous
from pollapp.errors import BadAnswer
from pollapp.kinds import Counted, load_settings, points
from pollapp.kinds.options import Option
from tests.forms import fill

THREE = points.Settings(items=(Option("a", "Time"), Option("b", "Tools"), Option("c", "Training")))
ONES = msgspec.structs.replace(THREE, step=1)
LOOSE = msgspec.structs.replace(THREE, spend_all=False)
DOTS = msgspec.structs.replace(ONES, total=10)

RAWS = st.lists(st.sampled_from("abc"), min_size=10, max_size=10).map(
    lambda tens: [f"{item}:{10 * tens.count(item)}" for item in "cab"]
)
"""What phones that mean well send."""


def rows(*labels: str, ids: str = "") -> list[dict[str, str]]:
    return [{"id": ids[place : place + 1], "label": label} for place, label in enumerate(labels)]


def form_of(**more: Any) -> Any:
    return fill(points, {**points.from_settings(THREE), **more})


def test_points_are_kept_in_the_order_of_the_items_without_those_that_got_none() -> None:
    assert points.parse(THREE, ["c:40", "b:0", "a:60"]) == ["a:60", "c:40"]


def test_a_number_is_written_in_one_way() -> None:
    assert points.parse(ONES, ["a:07", "b:93"]) == ["a:7", "b:93"]


@pytest.mark.parametrize(
    ("settings", "raw", "reason"),
    [
        (THREE, [], "no_points"),
        (THREE, ["a:0", "b:0"], "no_points"),
        (THREE, ["a:90"], "points_left"),
        (THREE, ["a:60", "b:50"], "points_over"),
        (THREE, ["a:110"], "points_over"),
        (LOOSE, ["a:60", "b:50"], "points_over"),
        (THREE, ["a:95", "b:5"], "points_step"),
        (THREE, ["a:-10", "b:110"], "points_step"),
        (THREE, ["a:1e2"], "points_step"),
        (THREE, ["a:"], "points_step"),
        (THREE, ["a"], "points_step"),
        (THREE, ["a:99999"], "points_step"),
        (THREE, ["a:١٠٠"], "points_step"),
        (THREE, ["a:100", "z:0"], "unknown_option"),
        (THREE, "a:100", "not_options"),
        (THREE, [100], "not_options"),
        (THREE, None, "not_options"),
    ],
)
def test_what_cannot_be_given_is_refused_with_its_reason(settings: points.Settings, raw: object, reason: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        points.parse(settings, raw)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("raw", "params"),
    [
        (["a:60", "b:10"], {"reason": "points_left", "limit": 100, "left": 30}),
        (["a:60", "b:60"], {"reason": "points_over", "limit": 100, "length": 120}),
        (["a:5"], {"reason": "points_step", "limit": 10}),
    ],
)
def test_a_refusal_tells_the_numbers(raw: list[str], params: dict[str, object]) -> None:
    with pytest.raises(BadAnswer) as refused:
        points.parse(THREE, raw)
    assert refused.value.params == params


@pytest.mark.parametrize(
    ("settings", "raw"),
    [(LOOSE, ["a:10"]), (LOOSE, ["a:100"]), (ONES, ["a:1", "b:99"]), (DOTS, ["a:3", "b:7"]), (THREE, ["c:100"])],
)
def test_what_keeps_the_rules_is_taken(settings: points.Settings, raw: list[str]) -> None:
    assert points.parse(settings, raw) == raw


@given(st.lists(RAWS, min_size=1))
def test_averages_of_all_items_add_up_to_what_a_person_has(sent: list[list[str]]) -> None:
    tally: dict[str, int] = {}
    for raw in sent:
        for key in points.keys(THREE, points.parse(THREE, raw)):
            tally[key] = tally.get(key, 0) + 1
    counted = Counted(len(sent), len(sent), tally)
    results = points.results(THREE, counted, "en")
    assert sum(item["average"] for item in results["items"]) == pytest.approx(100, abs=0.02)
    table = points.table(THREE, counted, "en")
    assert sum(row[2] for row in table.rows) == 100 * len(sent)
    assert sum(row[3] for row in table.rows) == pytest.approx(1, abs=0.001)


def test_who_gives_an_item_nothing_counts_in_its_average() -> None:
    counted = Counted(4, 4, {"a:100": 1, "a:40": 1, "b:60": 1, "b:100": 2})
    assert points.table(THREE, counted, "en").rows == (
        ("Time", 35.0, 140, 0.35, 2),
        ("Tools", 65.0, 260, 0.65, 3),
        ("Training", 0.0, 0, 0.0, 0),
    )


def test_nobody_answering_is_no_division_by_zero() -> None:
    assert {item["average"] for item in points.results(THREE, Counted(0, 0, {}), "en")["items"]} == {0.0}
    assert {row[3] for row in points.table(THREE, Counted(0, 0, {}), "en").rows} == {0.0}


def test_the_same_answer_of_everybody_is_noticed() -> None:
    same, other = ({"a:70": 2, "b:30": 2}, {"a:70": 1, "b:30": 1, "a:30": 1, "b:70": 1})
    assert is_unanimous(Counted(2, 2, same))
    assert not is_unanimous(Counted(2, 2, other))


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({"total": 10}, True),
        ({"total": 100}, True),
        ({"total": 0}, False),
        ({"total": 110}, False),
        ({"total": 15}, False),
        ({"total": ""}, False),
        ({"step": 1}, True),
        ({"step": 5}, False),
        ({"items": rows("One", "Two")}, True),
        ({"items": rows("One", "")}, False),
        ({"items": rows("Same", " Same")}, False),
        ({"items": rows(*(f"Item {number}" for number in range(20)))}, True),
        ({"items": rows(*(f"Item {number}" for number in range(21)))}, False),
        ({"items": rows("x" * 200, "y")}, True),
        ({"items": rows("x" * 201, "y")}, False),
    ],
)
def test_limits_of_settings_hold_at_their_edge(more: dict[str, Any], fits: bool) -> None:
    form = form_of(**more)
    assert form.validate() is fits
    if fits:
        settings = points.to_settings(form, THREE)
        assert load_settings("points", msgspec.to_builtins(settings)) == settings


@pytest.mark.parametrize("stored", [{"total": 110}, {"total": 15}, {"step": 5}, {"items": []}])
def test_settings_that_do_not_add_up_are_refused_when_read(stored: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        load_settings("points", stored)


@pytest.mark.parametrize("settings", [THREE, ONES, LOOSE, DOTS, msgspec.structs.replace(THREE, total=10)])
def test_the_sample_falls_whatever_the_rules(settings: points.Settings) -> None:
    averages = [item["average"] for item in points.results(settings, points.sample(settings), "en")["items"]]
    assert averages == sorted(averages, reverse=True)
    assert min(averages) > 0


@pytest.mark.parametrize(
    ("change", "is_frozen"),
    [
        ({"items": tuple(reversed(THREE.items))}, False),
        ({"items": (Option("a", "Time together"), *THREE.items[1:])}, False),
        ({"items": THREE.items[:2]}, True),
        ({"total": 50}, True),
        ({"step": 1}, True),
        ({"spend_all": False}, True),
    ],
)
def test_the_rules_people_gave_points_by_may_not_change(change: dict[str, Any], is_frozen: bool) -> None:
    assert points.frozen(THREE, msgspec.structs.replace(THREE, **change)) is is_frozen
