"""Number: however it is written it is the same; bins are round and stay safe; the median is the middle one."""

from collections import Counter
from statistics import median
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.errors import BadAnswer
from pollapp.kinds import Counted, load_settings, number
from tests.forms import fill

CITY = number.Settings(least=0, most=1_000_000, unit="people", correct=203_840, tolerance=10_000)
TOWER = number.Settings(least=-50, most=500, decimals=2, unit="m")
CUPS = number.Settings(least=0, most=10)

RAWS = st.integers(0, 100).map(lambda value: [str(value)])
"""What phones that mean well send."""


def counted(*values: float, settings: number.Settings = CITY) -> Counted:
    tally = Counter(key for value in values for key in number.keys(settings, number.parse(settings, [str(value)])))
    return Counted(len(values), len(values), dict(tally))


def bins(settings: number.Settings, *values: float) -> list[tuple[float | None, float | None, int]]:
    found = number.results(settings, counted(*values, settings=settings), "en")["bins"]
    return [(one["from"], one["to"], one["count"]) for one in found]


def form_of(settings: number.Settings = CITY, **more: Any) -> Any:
    return fill(number, {**number.from_settings(settings), **more})


@pytest.mark.parametrize(
    ("settings", "written", "meant"),
    [
        (CITY, "203840", "203840"),
        (CITY, " 203 840 ", "203840"),
        (CITY, "203,840", "203840"),
        (CITY, "203.840", "203840"),
        (CITY, "203’840 People", "203840"),
        (CITY, "203\u202f840", "203840"),
        (CITY, "٢٠٣٬٨٤٠", "203840"),
        (CITY, "２０３８４０", "203840"),
        (CITY, "0042", "42"),
        (CITY, "42.00", "42"),
        (CITY, "+42", "42"),
        (CITY, "-0", "0"),
        (TOWER, "1,5", "1.5"),
        (TOWER, "1.50 m", "1.5"),
        (TOWER, "−12,25", "-12.25"),
        (TOWER, "٣٫٥", "3.5"),
        (msgspec.structs.replace(TOWER, most=5000), "1.234,5", "1234.5"),
        (msgspec.structs.replace(TOWER, most=5000), "1,234.5", "1234.5"),
    ],
)
def test_a_number_is_the_same_however_it_is_written(settings: number.Settings, written: str, meant: str) -> None:
    assert number.parse(settings, [written]) == [meant]


@pytest.mark.parametrize(
    ("settings", "raw", "reason"),
    [
        (CITY, [], "not_a_number"),
        (CITY, [""], "not_a_number"),
        (CITY, ["many"], "not_a_number"),
        (CITY, ["1e5"], "not_a_number"),
        (CITY, ["0x10"], "not_a_number"),
        (CITY, ["½"], "not_a_number"),
        (CITY, ["1,2,3"], "not_a_number"),
        (CITY, ["12 - 15"], "not_a_number"),
        (CITY, ["NaN"], "not_a_number"),
        (CITY, ["9" * 41], "not_a_number"),
        (CITY, ["1", "2"], "not_a_number"),
        (CITY, [1], "not_a_number"),
        (CITY, "1", "not_a_number"),
        (CITY, None, "not_a_number"),
        (CITY, ["1.5"], "not_whole"),
        (TOWER, ["0.123"], "too_exact"),
        (CITY, ["-1"], "out_of_range"),
        (CITY, ["1000001"], "out_of_range"),
        (TOWER, ["500.01"], "out_of_range"),
    ],
)
def test_what_is_no_number_of_the_range_is_refused_with_its_reason(
    settings: number.Settings, raw: object, reason: str
) -> None:
    with pytest.raises(BadAnswer) as refused:
        number.parse(settings, raw)
    assert refused.value.reason == reason


def test_a_refusal_tells_the_range() -> None:
    with pytest.raises(BadAnswer) as refused:
        number.parse(TOWER, ["501"])
    assert refused.value.params == {"reason": "out_of_range", "least": "-50", "most": "500"}


@pytest.mark.parametrize(("settings", "ends"), [(CITY, ("0", "1000000")), (TOWER, ("-50", "500"))])
def test_both_ends_of_the_range_can_be_answered(settings: number.Settings, ends: tuple[str, str]) -> None:
    assert [number.parse(settings, [end]) for end in ends] == [[end] for end in ends]


@given(st.text(max_size=45))
def test_whatever_is_typed_is_a_number_in_its_normal_form_or_refused(text: str) -> None:
    try:
        answer = number.parse(TOWER, [text])
    except BadAnswer:
        return
    assert number.parse(TOWER, answer) == answer


def test_before_five_have_answered_bins_are_those_of_the_range_and_there_is_no_median() -> None:
    results = number.results(CITY, counted(203_841, 777_777, 3, 4), "en")
    assert results["median"] is None
    assert [(one["from"], one["to"]) for one in results["bins"]] == [
        (place * 200_000, place * 200_000 + 199_999) for place in range(6)
    ]
    assert number.table(CITY, counted(1, 2, 3, 4), "en").rows[0][3] == ""
    assert number.results(CITY, counted(1, 2, 3, 4, 5), "en")["median"] == 3


@pytest.mark.parametrize(("values", "middle"), [((1, 2, 3, 4, 100), 3), ((1, 2, 3, 4, 5, 100), 3.5), ((7,) * 6, 7)])
def test_the_median_is_the_middle_one(values: tuple[int, ...], middle: float) -> None:
    assert number.results(CITY, counted(*values), "en")["median"] == middle


def test_a_small_range_has_a_bin_for_every_number() -> None:
    assert bins(CUPS, 2, 2, 3) == [(value, value, {2: 2, 3: 1}.get(value, 0)) for value in range(11)]


def test_an_outlier_is_told_as_far_away_and_no_more() -> None:
    shown = bins(number.conceal(CITY), *range(100, 140), 987_654)
    assert shown[-1][1:] == (None, 1)
    assert shown[-1][0] == shown[-2][1] + 1
    assert shown[-1][0] < 200


@given(st.lists(st.integers(0, 1_000_000), max_size=60))
def test_every_answer_is_in_one_bin_of_a_round_width(values: list[int]) -> None:
    shown = bins(CITY, *values)
    assert len(shown) <= number.MOST_BINS + 2
    assert sum(count for *_, count in shown) == len(values)
    for least, most, count in shown:
        inside = [value for value in values if (least is None or least <= value) and (most is None or value <= most)]
        assert len(inside) == count
    widths = {most - least + 1 for least, most, _ in shown if least is not None and most is not None}
    assert len(widths) == 1
    assert str(int(widths.pop())).rstrip("0") in {"1", "2", "5"}


@given(st.lists(st.integers(0, 1_000_000), min_size=5, max_size=60))
def test_the_median_agrees_with_the_standard_library(values: list[int]) -> None:
    assert number.results(CITY, counted(*values), "en")["median"] == median(values)


def test_nobody_hears_the_correct_value_before_it_is_revealed() -> None:
    figures = counted(200_000, 210_000, 213_841, 1, 2)
    hidden, shown = number.conceal(CITY), CITY
    assert "20384" not in repr(number.results(hidden, figures, "en")) + repr(number.table(hidden, figures, "en"))
    assert number.results(shown, figures, "en")["correct"] == {"value": 203_840, "tolerance": 10_000, "within": 2}
    assert number.table(shown, figures, "en").rows[0][-2:] == (203_840, 2)


def test_the_correct_value_is_in_the_picture_once_it_is_revealed() -> None:
    shown = bins(CITY, *range(100, 140))
    assert any(least <= 203_840 <= most for least, most, _ in shown if least is not None and most is not None)


def test_the_table_begins_with_the_whole_range() -> None:
    table = number.table(CUPS, counted(2, 2, 3, 3, 9, settings=CUPS), "en")
    assert table.rows[0] == ("0 – 10", 5, 1.0, 3)
    assert table.rows[3] == ("2", 2, 0.4, "")


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({"least": 0, "most": 1, "correct": ""}, True),
        ({"least": -1e12, "most": 1e12}, True),
        ({"most": 1e12 + 1}, False),
        ({"least": -1e12 - 1}, False),
        ({"least": 5, "most": 5}, False),
        ({"least": 6, "most": 5}, False),
        ({"least": "nan"}, False),
        ({"most": "inf"}, False),
        ({"least": 0.5}, False),
        ({"least": 0.25, "decimals": 2}, True),
        ({"least": 0.255, "decimals": 2}, False),
        ({"decimals": 3}, False),
        ({"unit": "x" * 20}, True),
        ({"unit": "x" * 21}, False),
        ({"correct": ""}, True),
        ({"correct": 1_000_000}, True),
        ({"correct": 1_000_001}, False),
        ({"correct": 1.5}, False),
        ({"tolerance": -1}, False),
        ({"tolerance": ""}, True),
    ],
)
def test_limits_of_settings_hold_at_their_edge(more: dict[str, Any], fits: bool) -> None:
    form = form_of(**more)
    assert form.validate() is fits, form.errors
    if fits:
        settings = number.to_settings(form, CITY)
        assert load_settings("number", msgspec.to_builtins(settings)) == settings


@pytest.mark.parametrize("stored", [{"least": 5, "most": 5}, {"most": 1e13}, {"decimals": 3}, {"tolerance": -1}])
def test_settings_nobody_could_answer_are_refused_when_read(stored: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        load_settings("number", stored)


@pytest.mark.parametrize(
    ("change", "is_frozen"),
    [
        ({"unit": "inhabitants"}, False),
        ({"correct": 5.0, "tolerance": 1.0}, False),
        ({"least": 1.0}, True),
        ({"most": 10.0}, True),
        ({"decimals": 1}, True),
    ],
)
def test_which_numbers_could_be_answered_may_not_change(change: dict[str, Any], is_frozen: bool) -> None:
    assert number.frozen(CITY, msgspec.structs.replace(CITY, **change)) is is_frozen
