"""Grid: an item has both values or none, means are of those who placed it, and few people show no spread."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.errors import BadAnswer
from pollapp.kinds import Counted, grid, load_settings
from pollapp.kinds.options import Option
from tests.forms import fill

steps = st.integers(0, 10)
RAWS = st.dictionaries(st.sampled_from("abc"), st.tuples(steps, steps), min_size=1).map(
    lambda places: [part for item, (x, y) in places.items() for part in (f"{item}.x:{x}", f"{item}.y:{y}")]
)
"""What a phone that means well sends to the settings of a new slide."""

PLAN = grid.Settings()
ALL = msgspec.structs.replace(PLAN, skippable=False)


def put(**places: tuple[int, int]) -> list[str]:
    return [part for item, (x, y) in places.items() for part in (f"{item}.x:{x}", f"{item}.y:{y}")]


def count(*answers: list[str]) -> Counted:
    tally: dict[str, int] = {}
    for answer in answers:
        for key, number in grid.keys(PLAN, grid.parse(PLAN, answer)).items():
            tally[key] = tally.get(key, 0) + number
    return Counted(len(answers), len(answers), tally)


@pytest.mark.parametrize(
    ("settings", "raw", "params"),
    [
        (PLAN, [], {"reason": "unplaced", "left": 3}),
        (ALL, put(a=(1, 2)), {"reason": "unplaced", "left": 2}),
        (PLAN, ["a.x:1"], {"reason": "half_placed"}),
        (PLAN, ["a.y:1"], {"reason": "half_placed"}),
        (PLAN, ["a.x:11", "a.y:1"], {"reason": "off_grid"}),
        (PLAN, ["a.x:-1", "a.y:1"], {"reason": "off_grid"}),
        (PLAN, ["a.x:01", "a.y:1"], {"reason": "off_grid"}),
        (PLAN, ["a.x:1", "a.x:1", "a.y:1"], {"reason": "off_grid"}),
        (PLAN, ["a.z:1"], {"reason": "unknown_option"}),
        (PLAN, put(z=(1, 1)), {"reason": "unknown_option"}),
        (PLAN, [1], {"reason": "off_grid"}),
        (PLAN, "a.x:1", {"reason": "off_grid"}),
    ],
)
def test_what_is_no_place_is_refused_with_its_reason(settings: grid.Settings, raw: object, params: Any) -> None:
    with pytest.raises(BadAnswer) as refused:
        grid.parse(settings, raw)
    assert refused.value.params == params


def test_places_are_kept_in_the_order_of_the_items() -> None:
    assert grid.parse(PLAN, put(c=(0, 10), a=(3, 4))) == ["a.x:3", "a.y:4", "c.x:0", "c.y:10"]


def test_means_are_of_those_who_placed_an_item() -> None:
    drawn = grid.results(PLAN, count(put(a=(2, 8)), put(a=(5, 9), b=(0, 0))), "en")["items"]
    assert [(item["count"], item["x"], item["y"]) for item in drawn] == [(2, 3.5, 8.5), (1, 0.0, 0.0), (0, None, None)]
    assert grid.table(PLAN, count(put(a=(2, 8))), "en").rows[1] == ("Second idea", "", "", 0)


def test_the_spread_is_shown_of_five_people_and_not_of_four() -> None:
    people = [put(a=(x, 5)) for x in (1, 3, 5, 7, 9)]
    assert grid.results(PLAN, count(*people[:4]), "en")["items"][0]["spread"] is None
    assert grid.results(PLAN, count(*people), "en")["items"][0]["spread"] == [2.83, 0.0]


@given(st.lists(st.tuples(steps, steps), min_size=1, max_size=20))
def test_an_item_stands_where_the_means_of_all_places_say(places: list[tuple[int, int]]) -> None:
    item = grid.results(PLAN, count(*(put(a=place) for place in places)), "en")["items"][0]
    assert item["x"] == pytest.approx(sum(x for x, _ in places) / len(places), abs=0.006)
    assert item["y"] == pytest.approx(sum(y for _, y in places) / len(places), abs=0.006)


def test_no_tally_holds_all_that_one_person_said() -> None:
    assert count(put(a=(1, 1), b=(2, 2)), put(a=(3, 3), b=(4, 4))) == count(
        put(a=(1, 1), b=(4, 4)), put(a=(3, 3), b=(2, 2))
    )


def rows(number: int) -> list[dict[str, str]]:
    return [{"id": "", "label": f"item {index}"} for index in range(number)]


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({"items": rows(1)}, True),
        ({"items": rows(12)}, True),
        ({"items": rows(13)}, False),
        ({"items": [{"id": "", "label": " "}]}, False),
        ({"items": rows(1) * 2}, False),
        ({"x_name": "x" * 30}, True),
        ({"x_name": "x" * 31}, False),
        ({"y_high": ""}, True),
        ({"y_high": "x" * 31}, False),
        ({"y_name": " "}, False),
        ({"y_name": "Effort"}, False),
    ],
)
def test_limits_hold_at_their_edge(more: dict[str, Any], fits: bool) -> None:
    form = fill(grid, grid.from_settings(PLAN) | more)
    assert form.validate() is fits, form.errors
    if fits:
        settings = grid.to_settings(form, PLAN)
        assert load_settings("grid", msgspec.to_builtins(settings)) == settings


@pytest.mark.parametrize(
    ("before", "after", "is_frozen"),
    [
        (PLAN, msgspec.structs.replace(PLAN, x_name="Cost", x_low=""), False),
        (PLAN, msgspec.structs.replace(PLAN, items=(Option("c", "x"), Option("b", "y"), Option("a", "z"))), False),
        (PLAN, msgspec.structs.replace(PLAN, items=PLAN.items[:2]), True),
        (PLAN, ALL, True),
        (ALL, PLAN, False),
    ],
)
def test_what_people_placed_may_not_change(before: grid.Settings, after: grid.Settings, is_frozen: bool) -> None:
    assert grid.frozen(before, after) is is_frozen
