"""Moderation laid over what was counted in a round: what is hidden or waits is taken out, offensive words are masked.

`moderating` has what changes it.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select

from pollapp import moderation
from pollapp.ballots import decisions
from pollapp.ballots.models import Round
from pollapp.kinds import WRITTEN, Counted, Text
from pollapp.moderation import (
    AS_WRITTEN,
    FIRST,
    HIDDEN,
    HOLD,
    MASK,
    OFF,
    SHOWN,
    WAITING,
    Moderation,
    Rules,
    Verdict,
    judge,
    standing,
)
from pollapp.words import Finder, Spans, fold, mask, merged_spans, offensive_finder

FOLDED = "="
"""First character of entries that are words as they are counted. (`WRITTEN`: as somebody wrote them.)"""


class Mark(NamedTuple):
    """A row of the table `moderation`."""

    entry: str
    fingerprint: str = ""
    state: str | None = None
    masks: list[list[int]] = []  # noqa: RUF012  # a row's, never changed


NO_MARK = Mark("")


class Passed(NamedTuple):
    """What may be shown of what was counted, offensive words still in it; how many entries were taken out.

    `to_approve` of these wait for approval. `as_written` are entries in which nothing is masked.
    """

    counted: Counted
    withheld: int = 0
    to_approve: int = 0
    as_written: frozenset[str] = frozenset()


class Moderated(NamedTuple):
    """The rules of a round and what was decided about its entries."""

    rules: Rules
    language: str
    marks: Mapping[str, Mark]
    find: Finder | None
    """What finds offensive words, where they are looked for."""

    @property
    def changes_nothing(self) -> bool:
        """Whether there is neither a rule nor a decision, as in most meetings."""
        return not self.marks and self.rules.mode != FIRST and self.find is None

    def text(self, text_id: str, text: str) -> Verdict:
        """Return the verdict about an open answer."""
        mark = self.about(text_id, text)
        return judge(self.rules, mark.state, self.offensive(text, mark), was_hidden=self.was_hidden(text_id, mark))

    def word(self, word: str) -> Verdict:
        """Return the verdict about a word as it was written."""
        return judge(self.rules, self.state_of(word), self.offensive(word, self.marks.get(WRITTEN + word, NO_MARK)))

    def about(self, text_id: str, text: str) -> Mark:
        """Return what is stored about an open answer as it reads now."""
        mark = self.marks.get(text_id, NO_MARK)
        return mark if mark is not NO_MARK and mark.fingerprint == decisions.fingerprint(text) else NO_MARK

    def was_hidden(self, text_id: str, mark: Mark) -> bool:
        """Tell whether an open answer about which `mark` is stored was hidden before it was changed."""
        return mark is NO_MARK and self.marks.get(text_id, NO_MARK).state == HIDDEN

    def state_of(self, word: str) -> str | None:
        """Return what was decided about a word: as it was written, else as it is counted."""
        if not self.marks:
            return None
        written = self.marks.get(WRITTEN + word, NO_MARK)
        return written.state or self.marks.get(FOLDED + fold(word, self.language), NO_MARK).state

    def offensive(self, text: str, mark: Mark) -> Spans:
        """Return where offensive words stand in a text, with what the seal wrote down."""
        found = self.find(text) if self.find else ()
        return merged_spans([*found, *((start, end) for start, end in mark.masks)]) if mark.masks else found


def concern(poll: Row[Any] | Round) -> bool:
    """Tell whether a round's answers hold words that people wrote, so that they are moderated."""
    return decisions.concern(poll)


def of_round(connection: Connection, poll: Row[Any] | Round) -> Moderated:
    """Return the rules of a round and what was decided about its entries."""
    rules = moderation.of_meeting(connection, poll.meeting_id)
    find = None if rules.offensive == OFF else offensive_finder(poll.language, rules.own_words)
    return Moderated(rules, poll.language, marks_of(connection, poll.id), find)


def marks_of(connection: Connection, round_id: int) -> dict[str, Mark]:
    """Return what is stored about the entries of a round."""
    table = Moderation.__table__.c
    query = select(table.entry, table.fingerprint, table.state, table.masks).where(table.round_id == round_id)
    return {row.entry: Mark(*row) for row in connection.execute(query)}


def apply(counted: Counted, moderated: Moderated) -> Passed:
    """Return what may be shown; pure. The numbers of participants and ballots stay."""
    if moderated.changes_nothing:
        return Passed(counted)
    out: dict[str, set[str]] = {HIDDEN: set(), WAITING: set()}
    as_written: set[str] = set()
    texts: list[Text] = []
    for text_id, text in counted.texts:
        verdict = moderated.text(text_id, text)
        if verdict.standing == SHOWN:
            texts.append(Text(text_id, text))
            as_written |= {text_id} if verdict.state == AS_WRITTEN else set()
        else:
            out[verdict.standing].add(text_id)
    tally: dict[str, int] = {}
    for key, count in counted.tally.items():
        stands, state = _word_standing(key, moderated)
        if stands == SHOWN:
            tally[key] = count
            as_written |= {key} if state == AS_WRITTEN else set()
        elif count > 0:
            out[stands].add(fold(key.removeprefix(WRITTEN), moderated.language))
    rest = counted._replace(tally=tally, texts=tuple(texts))
    return Passed(rest, len(out[HIDDEN] | out[WAITING]), len(out[WAITING]), frozenset(as_written))


def _word_standing(key: str, moderated: Moderated) -> tuple[str, str | None]:
    """Return where a counted key stands, and what was decided about it. A screen asks for thousands, ten times a second."""
    if not key.startswith(WRITTEN):
        return SHOWN, None
    word = key[len(WRITTEN) :]
    state = moderated.state_of(word)
    find = moderated.find if moderated.rules.offensive == HOLD else None
    is_offensive = bool(find(word)) if find else False
    return standing(moderated.rules, state, was_hidden=False, is_offensive=is_offensive), state


def masked(counted: Counted, moderated: Moderated, as_written: frozenset[str]) -> tuple[Counted, int]:
    """Return what is shown, offensive words masked, and in how many entries; pure."""
    if moderated.rules.offensive != MASK:
        return counted, 0
    changed = 0
    texts: list[Text] = []
    for text_id, text in counted.texts:
        spans = () if text_id in as_written else moderated.offensive(text, moderated.about(text_id, text))
        changed += bool(spans)
        texts.append(Text(text_id, mask(text, spans)) if spans else Text(text_id, text))
    tally: dict[str, int] = {}
    for key, count in counted.tally.items():
        seen_key = key
        if key.startswith(WRITTEN) and key not in as_written:
            word = key[len(WRITTEN) :]
            spans = moderated.offensive(word, moderated.marks.get(key, NO_MARK))
            if spans:
                seen_key = WRITTEN + mask(word, spans)
                changed += 1
        tally[seen_key] = tally.get(seen_key, 0) + count
    return counted._replace(tally=tally, texts=tuple(texts)), changed


def store(connection: Connection, round_id: int, marks: Iterable[Mark]) -> None:
    """Write rows in the place of those about the same entries, in the order of their entries."""
    rows = list(marks)
    forget(connection, round_id, [mark.entry for mark in rows])
    _insert(connection, round_id, rows)


def store_all(connection: Connection, round_id: int, marks: Iterable[Mark]) -> None:
    """Write these rows in the place of all those of a round, in the order of their entries."""
    rows = list(marks)
    connection.execute(delete(Moderation).where(Moderation.round_id == round_id))
    _insert(connection, round_id, rows)


def _insert(connection: Connection, round_id: int, marks: Iterable[Mark]) -> None:
    rows = sorted(marks)
    kept = [{"round_id": round_id, **mark._asdict()} for mark in rows if mark.state or mark.masks]
    if kept:
        connection.execute(insert(Moderation), kept)


def forget(connection: Connection, round_id: int, entries: Iterable[str]) -> None:
    """Forget what was decided about entries."""
    for entry in sorted(entries):
        connection.execute(delete(Moderation).where(Moderation.round_id == round_id, Moderation.entry == entry))
