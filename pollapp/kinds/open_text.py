"""Open text: answers in people's own words, shown in several ways, or as a word cloud."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from wtforms import BooleanField, Form, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from pollapp.errors import BadAnswer
from pollapp.gettext import N_
from pollapp.kinds.base import (
    FIRST_ROWS,
    WRITTEN,
    Column,
    Counted,
    KindSettings,
    Table,
    Tally,
    Text,
    most_upvoted_first,
)
from pollapp.kinds.word_cloud import entries_of
from pollapp.words import clean, cloud_words, merge, merge_most_frequent

NAME = "open_text"
TITLE = N_("Open text")
SUMMARY = N_("People answer in their own words, shown together, one by one, or as a cloud.")
TAKES_ANSWERS = True
KEEPS_TEXTS = True
CURATED = True
RAW = "text"
RANK = 3

LEAST_LIMIT = 250
MOST_LIMIT = 1000
MOST_ENTRIES = 10
WORDS_SHOWN = 200
TEXTS_SHOWN = 500
ANSWER = Column(N_("Answer"), "text")
UPVOTES = Column(N_("Upvotes"), "count", compared=False)
WORD_COLUMNS = (Column(N_("Word"), "text"), Column(N_("Answers"), "count"))
DISPLAYS = {
    "cards": N_("Cards"),
    "bubbles": N_("Speech bubbles"),
    "grid": N_("Even tiles"),
    "one": N_("One at a time"),
    "ticker": N_("Moving band"),
    "cloud": N_("Word cloud"),
}
WORDS = {
    "open_text_close": N_("Back to all answers"),
    "open_text_large": N_("Show large"),
    "open_text_next": N_("Next answer"),
    "open_text_place": N_("{place} of {total}"),
    "open_text_previous": N_("Previous answer"),
    "open_text_back": N_("Back to the answers before"),
    "open_text_on": N_("On to the next answers"),
    "open_text_pause": N_("Stop the band"),
    "open_text_play": N_("Let the band move"),
    "open_text_upvotes": N_("Upvotes: {number}"),
}


class Settings(KindSettings, frozen=True):
    """Entries per person, characters per entry, how the screen shows them, and whether people can upvote them."""

    entries: Annotated[int, msgspec.Meta(ge=1, le=MOST_ENTRIES)] = 1
    limit: Annotated[int, msgspec.Meta(ge=LEAST_LIMIT, le=MOST_LIMIT)] = 500
    display: Literal["cards", "bubbles", "grid", "one", "ticker", "cloud"] = "cards"
    upvotes: bool = False


class EditForm(Form):
    """Edits the settings of an open text."""

    entries = IntegerField(
        N_("Answers per person"),
        [InputRequired(), NumberRange(1, MOST_ENTRIES, message=N_("Choose a number from %(min)d to %(max)d."))],
        default=1,
    )
    limit = IntegerField(
        N_("Characters per answer"),
        [InputRequired(), NumberRange(LEAST_LIMIT, MOST_LIMIT, message=N_("Choose a number from %(min)d to %(max)d."))],
        default=500,
    )
    display = RadioField(N_("Show answers as"), choices=DISPLAYS, default="cards")
    upvotes = BooleanField(
        N_("People can upvote answers on their phones"),
        description=N_(
            "Phones show the answers while the screen does. An upvote can be taken back, and nobody can see who gave it. It stays as it is once people have answered."
        ),
    )


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return data


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(form.entries.data or 1, form.limit.data or LEAST_LIMIT, form.display.data, form.upvotes.data)


def slots(settings: Settings) -> int:
    """Return one slot per answer, so that answers of one person are not tied together."""
    return settings.entries


def parse(settings: Settings, raw: object) -> str:
    """Return the answer as cleaned, whole: a longer one is refused, never cut."""
    if not isinstance(raw, str):
        raise BadAnswer("not_text")
    answer = clean(raw)
    if not answer:
        raise BadAnswer("empty")
    if len(answer) > settings.limit:
        raise BadAnswer("too_long", limit=settings.limit, length=len(answer))
    return answer


def from_form(settings: Settings, values: Sequence[str]) -> str | None:
    """Return the answer, or None when the field was left empty."""
    return values[0] if values and values[0].strip() else None


def keys(settings: Settings, answer: str) -> dict[str, int]:
    """Count nothing but the ballot itself: texts are read from the ballots."""
    return {}


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return the first texts, or the words they all are made of."""
    more = {"upvotes": True} if settings.upvotes else {}
    if settings.display == "cloud":
        merged = merge_most_frequent(_words(counted, language), language, WORDS_SHOWN)
        return {
            "display": "cloud",
            "words": [word._asdict() for word in merged.words],
            "distinct": merged.distinct,
            "entries": merged.entries,
            "total": len(counted.texts),
            **more,
        }
    shown = {"display": settings.display, "total": len(counted.texts), **more}
    if not settings.upvotes:
        return shown | {"texts": [text._asdict() for text in counted.texts[:TEXTS_SHOWN]]}
    votes = counted.votes
    return shown | {"texts": [text._asdict() | {"votes": votes.get(text.id)} for text in _most_wanted(counted)]}


def _most_wanted(counted: Counted) -> Sequence[Text]:
    """Return as many texts as are shown, the most upvoted of them, in the order in which they came."""
    if len(counted.texts) <= TEXTS_SHOWN:
        return counted.texts
    kept = {text.id for text in most_upvoted_first(counted.texts, counted.votes)[:TEXTS_SHOWN]}
    return [text for text in counted.texts if text.id in kept]


def is_cloud(settings: Settings) -> bool:
    """Tell whether it is shown as a cloud, whose words can be curated."""
    return settings.display == "cloud"


def cloud(counted: Counted, language: str) -> Tally:
    """Return the words of all answers, each counted once per answer."""
    return {
        WRITTEN + word: count for word, count in cloud_words([text.text for text in counted.texts], language).items()
    }


def _words(counted: Counted, language: str) -> dict[str, int]:
    return entries_of(cloud(counted, language) if counted.words is None else counted.words)


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return every answer: in an order that means nothing, or the most upvoted first."""
    return _rows(counted, len(counted.texts), upvotes=settings.upvotes)


def figures(settings: Settings, counted: Counted, language: str) -> Table | None:
    """Return every word of a cloud with its count."""
    if not is_cloud(settings):
        return None
    return Table(WORD_COLUMNS, tuple((word.word, word.count) for word in merge(_words(counted, language), language)))


def first_rows(counted: Counted, results: dict[str, Any]) -> Table:
    """Return the rows of the first answers, or of the words that are shown: most are sent already."""
    if results["display"] == "cloud":
        rows = tuple((word["word"], word["count"]) for word in results["words"])
        return Table(WORD_COLUMNS, rows, results["distinct"])
    return _rows(counted, FIRST_ROWS, upvotes="upvotes" in results)._replace(total=len(counted.texts))


def _rows(counted: Counted, most: int, *, upvotes: bool) -> Table:
    if not upvotes:
        return Table((ANSWER,), tuple((text.text,) for text in counted.texts[:most]))
    texts = most_upvoted_first(counted.texts, counted.votes)[:most]
    return Table((ANSWER, UPVOTES), tuple((text.text, _told(counted.votes.get(text.id))) for text in texts))


def _told(number: int | None) -> int | str:
    """Return a number of upvotes as it stands in a table: nothing where it may not be told."""
    return "" if number is None else number


def one_at_a_time(settings: Settings) -> bool:
    """Tell whether the screen shows one answer at a time."""
    return settings.display == "one"


def upvoted(settings: Settings) -> bool:
    """Tell whether people can upvote the answers."""
    return settings.upvotes


def frozen(before: Settings, after: Settings) -> bool:
    """How it is shown may change at any time; entries, a smaller limit and whether people can upvote may not."""
    return (before.entries, before.upvotes) != (after.entries, after.upvotes) or after.limit < before.limit


def sample(settings: Settings) -> Counted:
    """Return a few made-up answers."""
    words = (
        N_("To hear how others begin."),
        N_("Practical steps we can take back to our team."),
        N_("I would like to understand what remedy means for digital services."),
        N_("Meeting peers who face the same questions."),
    )
    texts = tuple(Text(f"sample{index}", words[index]) for index in range(len(words)))
    return Counted(len(texts), len(texts), {}, texts, {text.id: index * 2 for index, text in enumerate(texts)})
