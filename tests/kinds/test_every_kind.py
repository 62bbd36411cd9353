"""What holds for every kind: parsing never surprises, counting adds up, drawing is pure, forms lose nothing."""

import copy
import json
from collections import Counter
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp import kinds
from pollapp.errors import BadAnswer, UnknownKind
from pollapp.kinds import WRITTEN, Counted, Kind, Text
from pollapp.kinds.base import FIRST_ROWS
from tests.forms import fill

FOLDER = Path(kinds.__file__).parent
NOT_KINDS = {
    "__init__",
    "base",
    "comparing",
    "content",
    "markdown",
    "options",
    "pictures",
    "players",
    "quiz",
    "registry",
}
ALL = pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.NAME)
POLLS = pytest.mark.parametrize(
    "kind", [kind for kind in kinds.all_kinds() if kind.TAKES_ANSWERS], ids=lambda kind: kind.NAME
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def own_raws() -> dict[str, st.SearchStrategy[Any]]:
    """Return the strategies of kinds whose tests have some. Now: while a property is tried no test may be loaded."""
    found = {}
    for kind in kinds.all_kinds():
        with suppress(ModuleNotFoundError):
            found[kind.NAME] = getattr(import_module(f"tests.kinds.test_{kind.NAME}"), "RAWS", None)
    return {name: strategy for name, strategy in found.items() if strategy is not None}


OWN_RAWS = own_raws()


def raws(kind: Kind) -> st.SearchStrategy[Any]:
    """Return what a phone that means well sends: as the tests of the kind say in `RAWS`, if they do."""
    if kind.NAME in OWN_RAWS:
        return OWN_RAWS[kind.NAME]
    if kind.RAW == "list":
        return st.lists(st.sampled_from([option.id for option in kind.Settings().options]), min_size=1, max_size=1)
    return st.text(min_size=1, max_size=60)


def answers_of(kind: Kind, sent: list[Any]) -> list[Any]:
    """Return the answers among what was sent."""
    answers = []
    for raw in sent:
        try:
            answers.append(kind.parse(kind.Settings(), raw))
        except BadAnswer:
            continue
    return answers


def count(kind: Kind, answers: list[Any]) -> Counter[str]:
    tally: Counter[str] = Counter()
    for answer in answers:
        tally.update(kind.keys(kind.Settings(), answer))
    return tally


def counted(kind: Kind, answers: list[Any]) -> Counted:
    texts = tuple(Text(f"{index:016x}", answer) for index, answer in enumerate(answers)) if kind.KEEPS_TEXTS else ()
    return Counted(len(answers), len(answers), dict(count(kind, answers)), texts)


def test_the_registry_finds_every_module_that_is_a_kind() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - NOT_KINDS
    assert {kind.NAME for kind in kinds.all_kinds()} == modules
    assert all(name == kinds.get(name).NAME for name in modules)


def test_polls_come_before_content_in_the_picker() -> None:
    takes_answers = [kind.TAKES_ANSWERS for kind in kinds.all_kinds()]
    assert takes_answers == sorted(takes_answers, reverse=True)


def test_what_most_meetings_need_comes_first_in_the_picker() -> None:
    names = [kind.NAME for kind in kinds.all_kinds()]
    assert names[:3] == ["choice", "word_cloud", "open_text"]
    assert names[names.index("heading") :][:3] == ["heading", "text", "image"]


def test_an_unknown_kind_is_told_so() -> None:
    with pytest.raises(UnknownKind):
        kinds.get("base")


@ALL
def test_a_kind_has_every_name_that_others_rely_on(kind: Kind) -> None:
    names = {name for name in vars(kinds.Kind) if not name.startswith("_")}
    assert [name for name in sorted(names) if not hasattr(kind, name)] == []
    assert kind.RAW in {"list", "text", "none"}
    assert bool(kind.slots(kind.Settings())) is kind.TAKES_ANSWERS


@POLLS
@given(sent=st.data())
def test_words_that_people_wrote_are_declared_so_that_they_are_reviewed(kind: Kind, sent: st.DataObject) -> None:
    settings = kind.Settings()
    answers = answers_of(kind, sent.draw(st.lists(raws(kind), min_size=1, max_size=6)))
    are_written = kind.KEEPS_TEXTS or any(key.startswith(WRITTEN) for key in count(kind, answers))
    assert not answers or kinds.writes(kind, settings) is are_written


@ALL
@given(raw=json_values)
def test_any_json_is_an_answer_or_a_bad_answer(kind: Kind, raw: Any) -> None:
    before = copy.deepcopy(raw)
    try:
        answer = kind.parse(kind.Settings(), raw)
    except BadAnswer as error:
        assert error.reason
        json.dumps(error.params)
    else:
        assert kind.parse(kind.Settings(), answer) == answer, "a parsed answer is its own normal form"
        assert all(type(key) is str and number > 0 for key, number in kind.keys(kind.Settings(), answer).items())
    assert raw == before


@ALL
@given(values=st.lists(st.text(), max_size=4))
def test_whatever_a_plain_form_sends_can_be_parsed_or_refused(kind: Kind, values: list[str]) -> None:
    raw = kind.from_form(kind.Settings(), values)
    if raw is not None:
        try:
            kind.parse(kind.Settings(), raw)
        except BadAnswer as error:
            assert error.reason


@POLLS
@given(sent=st.data())
def test_counting_two_crowds_together_is_adding_their_tallies(kind: Kind, sent: st.DataObject) -> None:
    first, second = (answers_of(kind, sent.draw(st.lists(raws(kind), max_size=6))) for _ in range(2))
    assert count(kind, first + second) == count(kind, first) + count(kind, second)


@POLLS
@given(sent=st.data())
def test_keys_of_answers_are_not_reserved(kind: Kind, sent: st.DataObject) -> None:
    answers = answers_of(
        kind, sent.draw(st.lists(raws(kind) | st.sampled_from(["#ballots", "#participants", "#revision"])))
    )
    assert not any(key.startswith("#") for key in count(kind, answers))


@ALL
@given(sent=st.data())
def test_results_and_table_are_pure_and_json(kind: Kind, sent: st.DataObject) -> None:
    answers = answers_of(kind, sent.draw(st.lists(raws(kind), max_size=8))) if kind.TAKES_ANSWERS else []
    figures, settings = counted(kind, answers), kind.Settings()
    before = copy.deepcopy(figures)
    for draw in (kind.results, kind.table):
        once, again = draw(settings, figures, "en"), draw(settings, figures, "en")
        assert json.loads(json.dumps(once)) == json.loads(json.dumps(again))
    assert figures == before
    table = kind.table(settings, figures, "en")
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert {column.unit for column in table.columns} <= {"text", "count", "number", "percent"}


@ALL
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_the_sample_can_be_drawn(kind: Kind, language: str) -> None:
    sample = kind.sample(kind.Settings())
    json.dumps([kind.results(kind.Settings(), sample, language), kind.table(kind.Settings(), sample, language)])


@ALL
def test_settings_survive_the_edit_form(kind: Kind) -> None:
    settings = kind.Settings()
    form = fill(kind, kind.from_settings(settings))
    assert form.validate(), form.errors
    after = kind.to_settings(form, settings)
    assert after == settings
    assert kind.from_settings(after) == kind.from_settings(settings)


@ALL
def test_the_edit_form_has_a_field_for_every_setting(kind: Kind) -> None:
    form = kind.EditForm()
    assert {field.name for field in form} == set(kind.Settings.__struct_fields__)


@ALL
def test_stored_settings_are_read_back(kind: Kind) -> None:
    settings = kind.Settings()
    assert kinds.load_settings(kind.NAME, msgspec.to_builtins(settings)) == settings


@ALL
@pytest.mark.parametrize("stored", [{"surprise": 1}, {"entries": "many", "options": 3, "subtitle": 4, "body": 5}])
def test_settings_that_do_not_fit_are_refused(kind: Kind, stored: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        kinds.load_settings(kind.NAME, stored)


@ALL
def test_settings_left_as_they_are_are_never_frozen(kind: Kind) -> None:
    assert not kind.frozen(kind.Settings(), kind.Settings())


@POLLS
@given(sent=st.data())
def test_the_first_rows_are_those_of_the_table(kind: Kind, sent: st.DataObject) -> None:
    figures, settings = counted(kind, answers_of(kind, sent.draw(st.lists(raws(kind), max_size=8)))), kind.Settings()
    first = kinds.first_rows(kind, settings, figures, "en", kind.results(settings, figures, "en"))
    whole = kind.table(settings, figures, "en")
    assert first.columns == whole.columns
    assert first.rows == whole.rows[: len(first.rows)]
    assert len(whole.rows) == (len(first.rows) if first.total is None else first.total)


@pytest.mark.parametrize("name", ["word_cloud", "open_text"])
def test_of_a_long_table_a_limited_part_is_sent(name: str) -> None:
    kind = kinds.get(name)
    figures = counted(kind, [f"word{number}x" for number in range(1000)])
    first = kinds.first_rows(kind, kind.Settings(), figures, "en", kind.results(kind.Settings(), figures, "en"))
    assert (len(first.rows), first.total) == (FIRST_ROWS, 1000)
