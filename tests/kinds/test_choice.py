"""Choice: options keep their identity, limits hold at their edge, shares are of the people who answered."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp import kinds
from pollapp.errors import BadAnswer
from pollapp.kinds import Counted, choice, has_correct, load_settings
from tests.forms import fill

COLOURS = choice.Settings(
    options=tuple(choice.Option(name[0], name) for name in ("red", "green", "blue", "yellow")), least=2, most=3
)


def options(*labels: str, ids: str = "") -> list[dict[str, str]]:
    return [{"id": ids[index : index + 1], "label": label} for index, label in enumerate(labels)]


def edit(before: choice.Settings | None, rows: list[dict[str, str]], **more: Any) -> choice.Settings:
    form = fill(choice, {"options": rows, "least": 1, "most": 1, "unit": "percent", **more})
    assert form.validate(), form.errors
    return choice.to_settings(form, before)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (["r"], "too_few"),
        (["r", "g", "b", "y"], "too_many"),
        (["r", "purple"], "unknown_option"),
        ([], "too_few"),
        ("r", "not_options"),
        (["r", 1], "not_options"),
        ({"r": True, "g": True}, "not_options"),
        (None, "not_options"),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_its_reason(raw: object, reason: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        choice.parse(COLOURS, raw)
    assert refused.value.reason == reason


def test_a_refusal_tells_the_limit() -> None:
    with pytest.raises(BadAnswer) as refused:
        choice.parse(COLOURS, ["r"])
    assert refused.value.params == {"reason": "too_few", "limit": 2, "length": 1}


def test_picks_are_kept_in_the_order_of_the_options_and_once() -> None:
    assert choice.parse(COLOURS, ["b", "r", "b"]) == ["r", "b"]


def test_each_option_picked_counts_once() -> None:
    assert choice.keys(COLOURS, ["r", "b"]) == {"r": 1, "b": 1}


def test_shares_are_of_people_and_may_add_up_to_more_than_all() -> None:
    results = choice.results(COLOURS, Counted(3, 3, {"r": 3, "b": 2, "y": 1}), "en")
    assert [(each["id"], each["count"], round(each["share"], 2)) for each in results["options"]] == [
        ("r", 3, 1.0),
        ("g", 0, 0.0),
        ("b", 2, 0.67),
        ("y", 1, 0.33),
    ]
    assert results["multiple"] is True


def test_nobody_answering_is_no_division_by_zero() -> None:
    results = choice.results(COLOURS, Counted(0, 0, {}), "en")
    assert {each["share"] for each in results["options"]} == {0.0}


def test_mending_a_label_keeps_the_options_id() -> None:
    before = edit(None, options("Yse", "No"))
    rows = [{"id": before.options[0].id, "label": "Yes"}, {"id": before.options[1].id, "label": "No"}]
    after = edit(before, rows)
    assert [option.id for option in after.options] == [option.id for option in before.options]
    assert after.options[0].label == "Yes"
    assert not choice.frozen(before, after)


def test_reordering_keeps_ids_with_their_labels() -> None:
    before = edit(None, options("Yes", "No", "So so"))
    rows = [{"id": option.id, "label": option.label} for option in reversed(before.options)]
    assert edit(before, rows).options == tuple(reversed(before.options))


def test_an_id_that_was_made_up_or_sent_twice_is_replaced() -> None:
    before = edit(None, options("Yes", "No"))
    known = before.options[0].id
    after = edit(before, [{"id": known, "label": "A"}, {"id": known, "label": "B"}, {"id": "hacked", "label": "C"}])
    ids = [option.id for option in after.options]
    assert ids[0] == known
    assert "hacked" not in ids
    assert len(set(ids)) == 3


def test_an_empty_row_is_dropped() -> None:
    assert [option.label for option in edit(None, options("Yes", "  ", "No")).options] == ["Yes", "No"]


@pytest.mark.parametrize(
    ("rows", "more"),
    [
        (options("Only one", ""), {}),
        (options("Same", " Same "), {}),
        (options("a" * 201, "b"), {}),
        (options(*(f"Option {number}" for number in range(31))), {}),
        (options("Yes", "No"), {"least": 2, "most": 1}),
        (options("Yes", "No"), {"most": 3}),
        (options("Yes", "No"), {"least": 0}),
        (options("Yes", "No"), {"unit": "parsecs"}),
        (options("Yes", "No"), {"display": "hologram"}),
        (options("Yes", "No"), {"most": 2, "display": "donut"}),
        (options(*"ABCDEFGHI"), {"display": "pie"}),
    ],
    ids=[
        "too few",
        "equal",
        "too long",
        "too many",
        "most below least",
        "most above options",
        "none",
        "unit",
        "display",
        "slices of no whole",
        "too many slices",
    ],
)
def test_the_form_refuses_what_could_not_be_answered(rows: list[dict[str, str]], more: dict[str, Any]) -> None:
    assert not fill(choice, {"options": rows, "least": 1, "most": 1, "unit": "percent", **more}).validate()


@pytest.mark.parametrize("display", ["bars", "donut", "pie", "dots"])
def test_a_choice_can_be_drawn_in_several_ways(display: str) -> None:
    settings = edit(None, options(*"ABCDEFGH"), display=display)
    assert choice.results(settings, choice.sample(settings), "en")["display"] == display
    assert not choice.frozen(settings, msgspec.structs.replace(settings, display="bars"))


@pytest.mark.parametrize(("length", "number"), [(200, 2), (1, 30)])
def test_limits_of_options_hold_at_their_edge(length: int, number: int) -> None:
    labels = [f"{index:02}"[-length:].rjust(length, "x") if length > 1 else chr(65 + index) for index in range(number)]
    settings = edit(None, options(*labels))
    assert len(settings.options) == number
    assert load_settings("choice", msgspec.to_builtins(settings)) == settings


def test_one_more_than_the_limit_is_refused_when_read() -> None:
    stored = {"options": [{"id": f"o{number}", "label": "x"} for number in range(31)]}
    with pytest.raises(msgspec.ValidationError):
        load_settings("choice", stored)


@pytest.mark.parametrize(
    ("change", "is_frozen"),
    [
        ({"unit": "count"}, False),
        ({"display": "dots"}, False),
        ({"shuffled": True}, False),
        ({"options": COLOURS.options[:3]}, True),
        ({"least": 1}, True),
        ({"most": 2}, True),
    ],
)
def test_what_people_chose_from_may_not_change(change: dict[str, Any], is_frozen: bool) -> None:
    assert choice.frozen(COLOURS, msgspec.structs.replace(COLOURS, **change)) is is_frozen


CAPITAL = choice.Settings(options=(choice.Option("a", "Bern", True), choice.Option("b", "Basel")))


def test_what_is_correct_can_be_marked_and_is_concealed_until_it_is_revealed() -> None:
    form = fill(choice, choice.from_settings(CAPITAL))
    assert form.validate(), form.errors
    assert choice.to_settings(form, CAPITAL) == CAPITAL
    hidden, figures = choice.conceal(CAPITAL), Counted(3, 3, {"a": 2, "b": 1})
    assert has_correct(choice, CAPITAL)
    assert not has_correct(choice, hidden)
    assert [each["correct"] for each in choice.results(CAPITAL, figures, "en")["options"]] == [True, False]
    assert [each["correct"] for each in choice.results(hidden, figures, "en")["options"]] == [False, False]
    assert choice.table(CAPITAL, figures, "en").rows == (("Bern", 2, 0.6667, "✓"), ("Basel", 1, 0.3333, ""))
    assert choice.table(hidden, figures, "en").rows == (("Bern", 2, 0.6667), ("Basel", 1, 0.3333))
    assert not choice.frozen(CAPITAL, hidden)


OWN = choice.Settings(options=COLOURS.options[:2], most=2, other=True, other_label="Something else")
WORDS = (
    st.sampled_from(["", "  ", "Mauve", "mauve ", "Sea\u200b green", "#ballots", "other:", "g", "x" * 60]) | st.text()
)


@given(raw=st.lists(st.sampled_from(["r", "g", "b"]) | WORDS.map("other:".__add__) | WORDS, max_size=4) | WORDS)
def test_whatever_is_written_beside_the_options_is_an_answer_in_its_normal_form_or_refused(raw: object) -> None:
    try:
        answer = choice.parse(OWN, raw)
    except BadAnswer as error:
        assert error.reason
        return
    assert choice.parse(OWN, answer) == answer
    counted = choice.keys(OWN, answer)
    assert 1 <= sum(not key.startswith("~") for key in counted) <= 2
    assert sum(key.startswith("~") for key in counted) == counted.get("other:", 0)
    assert all(number == 1 and key[0] != "#" for key, number in counted.items())


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (["other:"], "other_empty"),
        (["other: \u200b "], "other_empty"),
        (["other:" + "x" * 61], "other_too_long"),
        (["other:one", "other:two"], "unknown_option"),
        (["r", "g", "other:mauve"], "other_too_many"),
        (["r", "mauve"], "unknown_option"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_reason(raw: list[str], reason: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        choice.parse(OWN, raw)
    assert refused.value.reason == reason
    assert reason in {**choice.MESSAGES, "unknown_option": ""}


def test_what_is_written_is_cleaned_and_counted_apart_from_its_option() -> None:
    assert choice.parse(OWN, ["other:  Sea   green ", "g"]) == ["g", "other:Sea green"]
    assert choice.keys(OWN, ["g", "other:Sea green"]) == {"g": 1, "other:": 1, "~Sea green": 1}
    assert choice.parse(OWN, ["other:" + "x" * 60]) == ["other:" + "x" * 60]
    without = msgspec.structs.replace(OWN, other=False)
    with pytest.raises(BadAnswer):
        choice.parse(without, ["other:mauve"])
    assert (kinds.writes(kinds.get("choice"), OWN), kinds.writes(kinds.get("choice"), without)) == (True, False)


@pytest.mark.parametrize(
    ("values", "raw"),
    [
        ([], None),
        (["r"], ["r"]),
        (["", "other:mauve"], ["other:", "other:mauve"]),
        (["other:mauve"], ["other:mauve"]),
        ([""], ["other:"]),
    ],
)
def test_a_plain_form_says_the_same(values: list[str], raw: list[str] | None) -> None:
    assert choice.from_form(OWN, values) == raw


def test_other_is_the_last_row_and_what_was_written_stands_below_it_folded() -> None:
    counted = Counted(5, 5, {"r": 2, "other:": 4, "~mauve": 1, "~Mauve": 2, "~teal": 1})
    results = choice.results(OWN, counted, "en")
    assert [(each["label"], each["count"]) for each in results["options"]][-1] == ("Something else", 4)
    assert [(each["word"], each["count"]) for each in results["written"]["words"]] == [("Mauve", 3), ("teal", 1)]
    table = choice.table(OWN, counted, "en")
    assert [column.label for column in table.columns] == ["Option", "Written", "Answers", "Share"]
    assert table.rows == (
        ("red", "", 2, 0.4), ("green", "", 0, 0.0), ("Something else", "", 4, 0.8),
        ("Something else", "Mauve", 3, 0.6), ("Something else", "teal", 1, 0.2),
    )  # fmt: skip
    assert choice.first_rows(counted, results) == table._replace(total=5)
    many = Counted(1000, 1000, {"other:": 1000} | {f"~word{number}x": 1 for number in range(1000)})
    first = choice.first_rows(many, choice.results(OWN, many, "en"))
    assert (len(first.rows), first.total) == (3 + choice.WRITTEN_SHOWN, 1003)
    marked = msgspec.structs.replace(OWN, options=(choice.Option("r", "red", True), OWN.options[1]))
    assert [row[-1] for row in choice.table(marked, counted, "en").rows] == ["✓", "", "", "", ""]


@pytest.mark.parametrize(
    ("rows", "more", "is_valid"),
    [
        (options("Yes", "No"), {"other": "y", "other_label": "Other"}, True),
        (options("Yes", "No"), {"other": "y", "other_label": " "}, False),
        (options("Yes", "No"), {"other_label": ""}, True),
        (options("Yes", "No"), {"other": "y", "other_label": "No"}, False),
        (options("Yes", "No"), {"other": "y", "other_label": "x" * 201}, False),
        (options("Yes", "No"), {"other": "y", "other_label": "Other", "most": 3}, True),
        (options("Yes", "No"), {"other": "y", "other_label": "Other", "most": 4}, False),
        (options(*"ABCDEFG"), {"other": "y", "other_label": "Other", "display": "pie"}, True),
        (options(*"ABCDEFGH"), {"other": "y", "other_label": "Other", "display": "pie"}, False),
        ([{"id": "", "label": "Yes", "picture": f"{'0' * 32}-640x480"}, *options("No")], {}, True),
        ([{"id": "", "label": "Yes", "picture": "../secret"}, *options("No")], {}, False),
    ],
)
def test_an_option_of_ones_own_and_pictures_in_the_form(
    rows: list[dict[str, str]], more: dict[str, Any], is_valid: bool
) -> None:
    form = fill(choice, {"options": rows, "least": 1, "most": 1, "unit": "percent", **more})
    assert form.validate() is is_valid, form.errors
    if is_valid:
        settings = choice.to_settings(form, None)
        assert load_settings("choice", msgspec.to_builtins(settings)) == settings
        assert settings.other is ("other" in more)
        assert settings.options[0].picture == rows[0].get("picture", "")
        assert choice.results(settings, choice.sample(settings), "en")["options"][0]["picture"] == rows[0].get(
            "picture", ""
        )


def test_whether_people_may_write_and_which_options_have_pictures_is_fixed() -> None:
    assert choice.frozen(OWN, msgspec.structs.replace(OWN, other=False))
    assert not choice.frozen(OWN, msgspec.structs.replace(OWN, other_label="Another"))
    red = choice.Option("r", "red", True, f"{'0' * 32}-640x480")
    pictured = msgspec.structs.replace(OWN, options=(red, OWN.options[1]))
    assert choice.conceal(pictured).options[0] == msgspec.structs.replace(red, correct=False)
    exchanged = msgspec.structs.replace(red, picture=f"{'1' * 32}-640x480")
    assert not choice.frozen(pictured, msgspec.structs.replace(OWN, options=(exchanged, OWN.options[1])))
    assert choice.frozen(OWN, pictured)
