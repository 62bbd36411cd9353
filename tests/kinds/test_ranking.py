"""Ranking: places are given once, points are a Borda count, and no order that one person gave is in the tally."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.errors import BadAnswer
from pollapp.kinds import Counted, load_settings, ranking
from pollapp.kinds.options import Option
from tests.forms import fill

RAWS = st.permutations("abc").map(lambda order: [f"{item}:{place}" for place, item in enumerate(order, start=1)])
"""What a phone that means well sends to the settings of a new slide."""

FOUR = ranking.Settings(items=tuple(Option(name[0], name) for name in ("alpha", "beta", "gamma", "delta")))
TOP_TWO = msgspec.structs.replace(FOUR, places=2)
SOME = msgspec.structs.replace(FOUR, give="some")


def rows(*labels: str) -> list[dict[str, str]]:
    return [{"id": "", "label": label} for label in labels]


def form(**more: Any) -> Any:
    return fill(ranking, {"items": rows("one", "two", "three"), "places": "", "give": "all", **more})


def count(settings: ranking.Settings, *answers: list[str]) -> Counted:
    tally: dict[str, int] = {}
    for answer in answers:
        for key, number in ranking.keys(settings, ranking.parse(settings, answer)).items():
            tally[key] = tally.get(key, 0) + number
    return Counted(len(answers), len(answers), tally)


@pytest.mark.parametrize(
    ("settings", "raw", "params"),
    [
        (FOUR, ["a:1", "b:2", "g:3"], {"reason": "too_few", "limit": 4, "length": 3}),
        (TOP_TWO, ["a:1"], {"reason": "too_few", "limit": 2, "length": 1}),
        (TOP_TWO, ["a:1", "b:2", "g:3"], {"reason": "too_many", "limit": 2, "length": 3}),
        (SOME, [], {"reason": "too_few", "limit": 1, "length": 0}),
        (SOME, ["a:2", "b:2"], {"reason": "same_place", "limit": 2}),
        (SOME, ["a:1", "a:2"], {"reason": "unknown_option"}),
        (SOME, ["z:1"], {"reason": "unknown_option"}),
        (SOME, ["a"], {"reason": "no_place"}),
        (SOME, ["a:0"], {"reason": "no_place"}),
        (SOME, ["a:21"], {"reason": "no_place"}),
        (SOME, ["a:1:2"], {"reason": "no_place"}),
        (SOME, ["a:²"], {"reason": "no_place"}),
        (SOME, ["a:" + "1" * 5000], {"reason": "no_place"}),
        (SOME, [1], {"reason": "no_place"}),
        (SOME, "a:1", {"reason": "no_place"}),
    ],
)
def test_what_is_no_ranking_is_refused_with_its_reason(
    settings: ranking.Settings, raw: object, params: dict[str, Any]
) -> None:
    with pytest.raises(BadAnswer) as refused:
        ranking.parse(settings, raw)
    assert refused.value.params == params


def test_gaps_between_places_close_up() -> None:
    assert ranking.parse(SOME, ["g:4", "a:2"]) == ["a:1", "g:2"]


def test_the_first_place_is_worth_as_many_points_as_there_are_places() -> None:
    figures = count(FOUR, ["a:1", "b:2", "g:3", "d:4"], ["b:1", "a:2", "d:3", "g:4"], ["b:1", "g:2", "a:3", "d:4"])
    drawn = ranking.results(FOUR, figures, "en")["items"]
    assert [(row["id"], row["points"], row["average"], row["place"]) for row in drawn] == [
        ("b", 11, 1.33, 1),
        ("a", 9, 2.0, 2),
        ("g", 6, 3.0, 3),
        ("d", 4, 3.67, 4),
    ]
    assert drawn[0]["share"] == round(11 / 12, 4)
    assert [row["firsts"] for row in drawn] == [2, 1, 0, 0]


def test_an_item_left_out_gets_nothing_and_the_average_is_of_those_who_ranked_it() -> None:
    figures = count(TOP_TWO, ["a:1", "b:2"], ["a:1", "g:2"])
    drawn = ranking.results(TOP_TWO, figures, "en")["items"]
    assert [(row["id"], row["points"], row["average"], row["ranked"], row["place"]) for row in drawn] == [
        ("a", 4, 1.0, 2, 1),
        ("b", 1, 2.0, 1, 2),
        ("g", 1, 2.0, 1, 2),
        ("d", 0, None, 0, 4),
    ]
    assert ranking.table(TOP_TWO, figures, "en").rows[-1] == ("delta", 0, "", 0, 0)


def test_of_equal_points_the_better_average_goes_first_but_shares_the_place() -> None:
    figures = count(SOME, ["d:1"], ["b:1", "g:2", "a:3"], ["b:1", "g:2", "a:3"])
    drawn = ranking.results(SOME, figures, "en")["items"]
    assert [(row["id"], row["points"], row["place"]) for row in drawn] == [
        ("b", 8, 1),
        ("g", 6, 2),
        ("d", 4, 3),
        ("a", 4, 3),
    ]


def test_before_anybody_answered_all_share_the_first_place() -> None:
    drawn = ranking.results(FOUR, Counted(0, 0, {}), "en")["items"]
    assert [(row["id"], row["place"], row["share"]) for row in drawn] == [(id_, 1, 0.0) for id_ in "abgd"]


@given(st.lists(st.permutations("abgd"), min_size=1, max_size=12))
def test_full_rankings_give_out_the_same_points_whatever_the_order(orders: list[list[str]]) -> None:
    figures = count(FOUR, *([f"{item}:{place}" for place, item in enumerate(order, start=1)] for order in orders))
    drawn = ranking.results(FOUR, figures, "en")["items"]
    assert sum(row["points"] for row in drawn) == len(orders) * (4 + 3 + 2 + 1)
    assert [row["points"] for row in drawn] == sorted((row["points"] for row in drawn), reverse=True)


def test_two_crowds_that_gave_other_orders_can_have_the_same_tally() -> None:
    one = count(FOUR, ["a:1", "b:2", "g:3", "d:4"], ["b:1", "a:2", "d:3", "g:4"])
    other = count(FOUR, ["a:1", "b:2", "d:3", "g:4"], ["b:1", "a:2", "g:3", "d:4"])
    assert one == other


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({"places": "1"}, True),
        ({"places": "3"}, True),
        ({"places": "4"}, False),
        ({"places": "0"}, False),
        ({"places": "-1"}, False),
        ({"places": "many"}, False),
        ({"give": "none"}, False),
        ({"items": rows("one", "two")}, True),
        ({"items": rows("one", " ")}, False),
        ({"items": rows("one", " one ")}, False),
        ({"items": rows("x" * 200, "two")}, True),
        ({"items": rows("x" * 201, "two")}, False),
        ({"items": rows(*map(str, range(20))), "places": "20"}, True),
        ({"items": rows(*map(str, range(21)))}, False),
    ],
)
def test_limits_hold_at_their_edge(more: dict[str, Any], fits: bool) -> None:
    filled = form(**more)
    assert filled.validate() is fits, filled.errors
    if fits:
        settings = ranking.to_settings(filled, None)
        assert load_settings("ranking", msgspec.to_builtins(settings)) == settings


def test_without_a_number_of_places_an_item_that_is_added_is_ranked_too() -> None:
    settings = ranking.to_settings(form(), None)
    assert (settings.places, settings.least, settings.most) == (0, 3, 3)
    assert ranking.to_settings(form(items=rows("one", "two", "three", "four")), settings).least == 4


@pytest.mark.parametrize(
    ("after", "is_frozen"),
    [
        (msgspec.structs.replace(FOUR, items=tuple(reversed(FOUR.items))), False),
        (msgspec.structs.replace(FOUR, items=(*FOUR.items[:3], Option("d", "Delta"))), False),
        (msgspec.structs.replace(FOUR, places=4), False),
        (msgspec.structs.replace(FOUR, items=FOUR.items[:3]), True),
        (TOP_TWO, True),
        (SOME, True),
    ],
)
def test_what_people_ranked_may_not_change(after: ranking.Settings, is_frozen: bool) -> None:
    assert ranking.frozen(FOUR, after) is is_frozen
