"""What every slide kind has: the shape that `registry` finds and that all other code relies on."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import msgspec
from wtforms import Form

Answer = str | int | float | list[str]
"""A parsed, normalised answer: plain JSON, the same for the same meaning."""

Tally = Mapping[str, int]
"""Counted keys of one round."""


WRITTEN = "~"
"""First character of tally keys that are words people wrote. It sets them apart from reserved keys, and review finds them by it."""


class Column(NamedTuple):
    """A column of a table; `unit` is "text", "count", "number" (with decimals) or "percent" (0 to 1).

    `round`: of which round, where several are compared. One that says nothing beside another round's is not `compared`.
    """

    label: str
    unit: str
    round: int | None = None
    compared: bool = True


class Table(NamedTuple):
    """The figures of a round as rows; labels are message ids, to be translated where shown.

    `total` is the number of rows of the whole table, when these are only the first of them.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
    total: int | None = None


class Text(NamedTuple):
    """One open answer. `id` is stable and random and means nothing."""

    id: str
    text: str


class Counted(NamedTuple):
    """What was counted in a round, without reserved keys.

    `words`: those that texts are made of, as the facilitator curated them; None where nobody did.
    """

    participants: int
    ballots: int
    tally: Tally
    texts: Sequence[Text] = ()
    votes: Mapping[str, int | None] = {}
    """Upvotes of texts, by their ids, where people can upvote them; None where the number may not be told (yet)."""
    words: Tally | None = None


class KindSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every kind's settings: typed, immutable, with limits in the types."""


class Kind(Protocol):
    """A module of `pollapp.kinds` with these names is a slide kind.

    One whose table has no end also has `first_rows(counted, results) -> Table`: what of it is sent with every change of
    the results, made without the rest. See `first_rows` below. One that refuses answers for reasons of its own has
    `MESSAGES`: reason -> sentence, see `messages` below. One whose drawing has words in it has `WORDS`: key -> words, see
    `words` below. `RANK` puts one before others in the picker.
    One whose results are words that a facilitator may hide, join and rename has `CURATED = True`: its tally holds nothing
    else, or it keeps texts and has `cloud(counted, language) -> tally` of the words they are made of. One that is such for
    some settings only has `is_cloud(settings) -> bool`; one whose table holds something else than its picture then has
    `figures(settings, counted, language) -> Table | None`. One with a correct answer has `conceal(settings) -> settings`, see `concealed` below. One whose answers hold words
    that people wrote for some settings only has `writes(settings) -> bool`, see `writes` below. One that can show texts one by
    one has `one_at_a_time(settings) -> bool`, and one whose texts people can upvote `upvoted(settings) -> bool`.
    """

    @property
    def NAME(self) -> str: ...

    @property
    def TITLE(self) -> str: ...

    @property
    def SUMMARY(self) -> str: ...

    @property
    def TAKES_ANSWERS(self) -> bool: ...

    @property
    def KEEPS_TEXTS(self) -> bool: ...

    @property
    def RAW(self) -> str: ...

    @property
    def Settings(self) -> type[Any]: ...

    @property
    def EditForm(self) -> type[Form]: ...

    def from_settings(self, settings: Any) -> dict[str, Any]:
        """Return the data that fills the edit form."""

    def to_settings(self, form: Any, before: Any | None) -> Any:
        """Return the settings a validated form describes, keeping stable ids of `before`."""

    def slots(self, settings: Any) -> int:
        """Return how many ballots one participant may cast (0 for slides that ask nothing)."""

    def parse(self, settings: Any, raw: object) -> Answer:
        """Return the normalised answer. Raises `BadAnswer` and nothing else, whatever `raw` is."""

    def from_form(self, settings: Any, values: Sequence[str]) -> object:
        """Return the `raw` that a plain form's values stand for, or None for an empty slot."""

    def keys(self, settings: Any, answer: Any) -> dict[str, int]:
        """Return what the answer adds to the tally."""

    def results(self, settings: Any, counted: Counted, language: str) -> dict[str, Any]:
        """Return what the screen's module draws; pure."""

    def table(self, settings: Any, counted: Counted, language: str) -> Table:
        """Return the same figures as a table; pure."""

    def frozen(self, before: Any, after: Any) -> bool:
        """Tell whether going from one to the other would alter what people already answered."""

    def sample(self, settings: Any) -> Counted:
        """Return made-up figures for the preview."""


FIRST_ROWS = 200
"""Rows of a table that has no end which are sent with every change."""


def first_rows(kind: Kind, settings: Any, counted: Counted, language: str, results: dict[str, Any]) -> Table:
    """Return the table as it is sent with every change: whole where it is short, else its first rows."""
    shorten = getattr(kind, "first_rows", None)
    table: Table = shorten(counted, results) if shorten else kind.table(settings, counted, language)
    return table


def messages(kind: Kind) -> dict[str, str]:
    """Return what a kind says when it refuses an answer, by the reason of its `BadAnswer`; message ids.

    They may name `%(limit)s`, `%(least)s`, `%(most)s`, `%(length)s` and `%(left)s`, as far as the error gives them.
    """
    found: dict[str, str] = getattr(kind, "MESSAGES", {})
    return found


def words(kind: Kind) -> dict[str, str]:
    """Return what the kind's drawing says, by key; message ids. Blanks are in braces, as in `static/src/lib/words.js`."""
    found: dict[str, str] = getattr(kind, "WORDS", {})
    return found


def writes(kind: Kind, settings: Any) -> bool:
    """Tell whether answers hold words that people write, so that they are moderated, reviewed and searched at the seal.

    So are texts, unless the kind says otherwise. What is not kept as a text is counted under keys that begin with `WRITTEN`.
    """
    own = getattr(kind, "writes", None)
    return bool(own(settings)) if own else kind.RAW == "text"


def can_be_curated(kind: Kind) -> bool:
    """Tell whether its results are words that a facilitator may hide, join and rename, for some settings at least."""
    return bool(getattr(kind, "CURATED", False))


def is_curated(kind: Kind, settings: Any) -> bool:
    """Tell whether a facilitator may hide, join and rename the words that its results are made of."""
    decide = getattr(kind, "is_cloud", None)
    return can_be_curated(kind) and (decide is None or bool(decide(settings)))


def cloud(kind: Kind, counted: Counted, language: str) -> Tally:
    """Return the words that can be curated, as people wrote them; pure."""
    make = getattr(kind, "cloud", None)
    tally: Tally = make(counted, language) if make else counted.tally
    return tally


def with_cloud(kind: Kind, counted: Counted, words: Tally) -> Counted:
    """Return what was counted with other words in its cloud; texts stay as they are."""
    return counted._replace(words=words) if kind.KEEPS_TEXTS else counted._replace(tally=words)


def figures(kind: Kind, settings: Any, counted: Counted, language: str) -> Table:
    """Return the figures of the picture: the kind's table, unless the kind has another one for it; pure."""
    make = getattr(kind, "figures", None)
    table: Table | None = make(settings, counted, language) if make else None
    return table or kind.table(settings, counted, language)


def concealed(kind: Kind, settings: Any) -> Any:
    """Return the settings without what is correct: all that screens, phones and files are made from until it is revealed."""
    conceal = getattr(kind, "conceal", None)
    return conceal(settings) if conceal else settings


def is_one_at_a_time(kind: Kind, settings: Any) -> bool:
    """Tell whether the screen shows texts one by one, so that the stage says which."""
    decide = getattr(kind, "one_at_a_time", None)
    return bool(decide and decide(settings))


def is_upvoted(kind: Kind, settings: Any) -> bool:
    """Tell whether people can upvote each other's texts."""
    decide = getattr(kind, "upvoted", None)
    return bool(decide and decide(settings))


def most_upvoted_first(texts: Sequence[Text], votes: Mapping[str, int | None]) -> list[Text]:
    """Return texts in the order of their upvotes; equals, and those of which nothing may be told, stay as they were."""
    return sorted(texts, key=lambda text: -(votes.get(text.id) or 0))


def has_correct(kind: Kind, settings: Any) -> bool:
    """Tell whether there is anything to reveal."""
    return bool(concealed(kind, settings) != settings)
