"""Word cloud and open text: what is accepted, what is counted, what the screen gets, what may still change."""

from typing import Any

import pytest

from pollapp.errors import BadAnswer
from pollapp.kinds import Counted, Text, heading, open_text, text, word_cloud
from tests.forms import fill

CLOUD, OPEN = word_cloud.Settings(), open_text.Settings(limit=250)


@pytest.mark.parametrize(("kind", "settings", "limit"), [(word_cloud, CLOUD, 60), (open_text, OPEN, 250)])
def test_an_entry_fits_up_to_its_limit_and_a_longer_one_is_refused_whole(kind: Any, settings: Any, limit: int) -> None:
    assert kind.parse(settings, "x" * limit) == "x" * limit
    assert kind.parse(settings, "  " + "x" * limit + "\n") == "x" * limit
    with pytest.raises(BadAnswer) as refused:
        kind.parse(settings, "x" * (limit + 1))
    assert refused.value.params == {"reason": "too_long", "limit": limit, "length": limit + 1}


@pytest.mark.parametrize(("kind", "settings"), [(word_cloud, CLOUD), (open_text, OPEN)])
@pytest.mark.parametrize(
    ("raw", "reason"), [("", "empty"), (" \u200b\n", "empty"), (7, "not_text"), (["a"], "not_text"), (None, "not_text")]
)
def test_what_is_no_text_is_refused_with_its_reason(kind: Any, settings: Any, raw: object, reason: str) -> None:
    with pytest.raises(BadAnswer) as refused:
        kind.parse(settings, raw)
    assert refused.value.reason == reason


@pytest.mark.parametrize(("kind", "settings"), [(word_cloud, CLOUD), (open_text, OPEN)])
def test_an_empty_field_of_a_form_is_no_answer(kind: Any, settings: Any) -> None:
    assert kind.from_form(settings, []) is None
    assert kind.from_form(settings, ["  "]) is None
    assert kind.from_form(settings, ["trust"]) == "trust"


def test_words_are_counted_as_written_and_drawn_as_most_people_wrote_them() -> None:
    tally = {"~Trust": 2, "~trust": 1, "~remedy": 1}
    results = word_cloud.results(CLOUD, Counted(4, 4, tally), "en")
    assert [(word["word"], word["count"]) for word in results["words"]] == [("Trust", 3), ("remedy", 1)]
    assert (results["distinct"], results["entries"]) == (2, 4)


def test_a_screen_gets_the_two_hundred_most_frequent_words_and_is_told_of_the_rest() -> None:
    tally = {f"~word{number:03}x": 1000 - number for number in range(250)}
    results = word_cloud.results(CLOUD, Counted(1, 250, tally), "en")
    assert len(results["words"]) == 200
    assert results["distinct"] == 250
    assert len(word_cloud.table(CLOUD, Counted(1, 250, tally), "en").rows) == 250


def test_a_word_that_looks_like_a_reserved_key_is_a_word() -> None:
    assert word_cloud.keys(CLOUD, "#ballots") == {"~#ballots": 1}


def test_texts_keep_their_names_on_every_screen() -> None:
    texts = (Text("0a", "One"), Text("0b", "Two"))
    results = open_text.results(OPEN, Counted(2, 2, {}, texts), "en")
    assert results == {
        "display": "cards",
        "texts": [{"id": "0a", "text": "One"}, {"id": "0b", "text": "Two"}],
        "total": 2,
    }


@pytest.mark.parametrize("display", ["bubbles", "grid", "ticker"])
def test_each_other_way_to_show_texts_gets_the_same_texts(display: Any) -> None:
    counted = Counted(2, 2, {}, (Text("0a", "One"), Text("0b", "Two")))
    results = open_text.results(open_text.Settings(display=display), counted, "en")
    assert results == open_text.results(OPEN, counted, "en") | {"display": display}


def test_texts_may_be_drawn_as_a_cloud_that_counts_each_word_once_a_text() -> None:
    texts = (Text("0a", "remedy, remedy, remedy"), Text("0b", "access to remedy"))
    results = open_text.results(open_text.Settings(display="cloud"), Counted(2, 2, {}, texts), "en")
    assert (results["display"], results["total"]) == ("cloud", 2)
    assert results["words"][0]["count"] == 2


@pytest.mark.parametrize(
    ("before", "after", "is_frozen"),
    [
        (OPEN, open_text.Settings(limit=500), False),
        (open_text.Settings(limit=500), OPEN, True),
        (OPEN, open_text.Settings(limit=250, display="cloud"), False),
        (OPEN, open_text.Settings(limit=250, display="ticker"), False),
        (OPEN, open_text.Settings(limit=250, entries=2), True),
    ],
)
def test_room_to_write_may_grow_but_not_shrink(before: Any, after: Any, is_frozen: bool) -> None:
    assert open_text.frozen(before, after) is is_frozen


def test_the_number_of_entries_is_frozen() -> None:
    assert word_cloud.frozen(CLOUD, word_cloud.Settings(entries=4))


@pytest.mark.parametrize(
    ("kind", "name", "value", "fits"),
    [
        (word_cloud, "entries", 1, True),
        (word_cloud, "entries", 10, True),
        (word_cloud, "entries", 0, False),
        (word_cloud, "entries", 11, False),
        (open_text, "limit", 250, True),
        (open_text, "limit", 1000, True),
        (open_text, "limit", 249, False),
        (open_text, "limit", 1001, False),
        (open_text, "entries", 11, False),
        *((open_text, "display", display, True) for display in open_text.DISPLAYS),
        (open_text, "display", "hologram", False),
        (heading, "subtitle", "x" * 300, True),
        (heading, "subtitle", "x" * 301, False),
        (text, "body", "x" * 5000, True),
        (text, "body", "x" * 5001, False),
    ],
)
def test_limits_of_settings_hold_at_their_edge(kind: Any, name: str, value: object, fits: bool) -> None:
    form = fill(kind, {**kind.from_settings(kind.Settings()), name: value})
    assert form.validate() is fits
    if fits:
        assert getattr(kind.to_settings(form, None), name) == value


def test_content_asks_nothing() -> None:
    for kind in (heading, text):
        with pytest.raises(BadAnswer):
            kind.parse(kind.Settings(), "hello")
        assert kind.table(kind.Settings(), kind.sample(kind.Settings()), "en").columns == ()


def test_upvotes_are_told_where_people_can_give_them_and_stay_as_they_were_asked() -> None:
    upvoted = open_text.Settings(upvotes=True)
    texts = tuple(Text(f"{number:02}", f"Text {number}") for number in range(open_text.TEXTS_SHOWN + 2))
    counted = Counted(9, len(texts), {}, texts, {"00": 1, "01": None, texts[-1].id: 7})
    plain = open_text.results(OPEN, counted, "en")
    assert "upvotes" not in plain
    assert open_text.table(OPEN, counted, "en").rows[0] == ("Text 0",)
    shown = open_text.results(upvoted, counted, "en")
    assert shown["upvotes"] is True
    assert len(shown["texts"]) == open_text.TEXTS_SHOWN
    assert [text["id"] for text in shown["texts"]][-1] == texts[-1].id, "the most upvoted are among those shown"
    assert [text["votes"] for text in shown["texts"]][:2] == [1, None]
    rows = open_text.first_rows(counted, shown).rows
    assert rows[:3] == ((texts[-1].text, 7), ("Text 0", 1), ("Text 1", ""))
    assert open_text.table(upvoted, counted, "en").rows[:200] == rows
    assert open_text.frozen(upvoted, OPEN)
    assert not open_text.frozen(upvoted, open_text.Settings(upvotes=True, display="one"))


def test_the_form_of_an_open_text_offers_upvotes() -> None:
    data = {"entries": "1", "limit": "500", "display": "cards"}
    form = fill(open_text, {**data, "upvotes": "y"})
    assert open_text.to_settings(form, None).upvotes
    assert not open_text.to_settings(fill(open_text, data), None).upvotes
