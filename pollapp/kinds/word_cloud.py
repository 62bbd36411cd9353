"""Word cloud: a few short entries per person, folded together for counting, shown as most people wrote them."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from wtforms import Form, IntegerField
from wtforms.validators import InputRequired, NumberRange

from pollapp.errors import BadAnswer
from pollapp.gettext import N_
from pollapp.kinds.base import WRITTEN, Column, Counted, KindSettings, Table, Tally
from pollapp.words import clean, merge, merge_most_frequent

NAME = "word_cloud"
TITLE = N_("Word cloud")
SUMMARY = N_("People enter words or short phrases; the most frequent grow.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
CURATED = True
RAW = "text"
RANK = 2

ENTRY_LENGTH = 60
MOST_ENTRIES = 10
WORDS_SHOWN = 200
COLUMNS = (Column(N_("Word"), "text"), Column(N_("Entries"), "count"))


class Settings(KindSettings, frozen=True):
    """How many entries one person may make."""

    entries: Annotated[int, msgspec.Meta(ge=1, le=MOST_ENTRIES)] = 3


class EditForm(Form):
    """Edits the settings of a word cloud."""

    entries = IntegerField(
        N_("Entries per person"),
        [InputRequired(), NumberRange(1, MOST_ENTRIES, message=N_("Choose a number from %(min)d to %(max)d."))],
        default=3,
    )


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    return {"entries": settings.entries}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(entries=form.entries.data or 1)


def slots(settings: Settings) -> int:
    """Return one slot per entry, so that entries of one person are not tied together."""
    return settings.entries


def parse(settings: Settings, raw: object) -> str:
    """Return the entry as cleaned, whole."""
    if not isinstance(raw, str):
        raise BadAnswer("not_text")
    entry = clean(raw)
    if not entry:
        raise BadAnswer("empty")
    if len(entry) > ENTRY_LENGTH:
        raise BadAnswer("too_long", limit=ENTRY_LENGTH, length=len(entry))
    return entry


def from_form(settings: Settings, values: Sequence[str]) -> str | None:
    """Return the entry, or None when the field was left empty."""
    return values[0] if values and values[0].strip() else None


def keys(settings: Settings, answer: str) -> dict[str, int]:
    """Count the entry as written: folding happens when results are read.

    A word keeps its own key even if someone enters "#ballots": `WRITTEN` sets entries apart from reserved keys.
    """
    return {WRITTEN + answer: 1}


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return the most frequent words, and how many there are in all."""
    merged = merge_most_frequent(entries_of(counted.tally), language, WORDS_SHOWN)
    return {
        "words": [word._asdict() for word in merged.words],
        "distinct": merged.distinct,
        "entries": merged.entries,
    }


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return every word with its count."""
    return Table(COLUMNS, tuple((word.word, word.count) for word in merge(entries_of(counted.tally), language)))


def first_rows(counted: Counted, results: dict[str, Any]) -> Table:
    """Return the rows of the words that are shown."""
    return Table(COLUMNS, tuple((word["word"], word["count"]) for word in results["words"]), results["distinct"])


def frozen(before: Settings, after: Settings) -> bool:
    """Fewer entries would orphan what people wrote; more would be unfair to those who are done."""
    return before.entries != after.entries


def sample(settings: Settings) -> Counted:
    """Return a few words of different weight."""
    words = {"listening": 9, "trust": 7, "practice": 6, "remedy": 5, "people": 4, "due diligence": 4, "courage": 3}
    rest = {"network": 2, "questions": 2, "openness": 2, "time": 1, "patience": 1, "evidence": 1}
    tally = {WRITTEN + word: count for word, count in (words | rest).items()}
    return Counted(18, sum(tally.values()), tally)


def entries_of(tally: Tally) -> dict[str, int]:
    """Return the entries of a tally as they were written."""
    return {key[len(WRITTEN) :]: count for key, count in tally.items() if key.startswith(WRITTEN)}
