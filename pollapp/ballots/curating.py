"""Curate the cloud of a round: hide words, join them, give them another name, and take each of it back."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select

from pollapp.ballots import curated, publishing
from pollapp.ballots.curated import ACTS, MERGE, RENAME, Change, Shown, Stored
from pollapp.ballots.models import Curation, Round
from pollapp.ballots.numbering import raise_number
from pollapp.errors import BadCuration, NotFound, Outdated
from pollapp.words import clean

NAME_LENGTH = 60
"""Characters of a name that a facilitator gives a word: as many as an entry may have."""

ID_BYTES = 4
"""An id that was taken back comes never again: what was meant for it is refused and done to no other change."""

MOST_CHANGES = 500
"""Changes that one cloud takes."""

MOST_AT_ONCE = 50
"""Words that one change may be about."""

MOST_DISMISSED = 1000
"""Pairs that are remembered as not being the same; the oldest is forgotten first."""


class Look(NamedTuple):
    """A cloud as its facilitator curates it: words as shown, the most frequent first, and the changes made so far.

    It is the cloud of this `number`. `written` has the words as they were written, by their names: for changes to be read
    by people.
    """

    number: int
    words: list[Shown]
    changes: tuple[Change, ...]
    dismissed: frozenset[tuple[str, str]]
    written: dict[str, str]


def look(connection: Connection, poll: Row[Any] | Round) -> Look:
    """Return what can be curated of a round, drawn from what may be shown and from nothing else."""
    stored = curated.of_round(connection, poll.id)
    number, counted, *_ = publishing.before_curation(connection, poll)
    tally = curated.cloud(poll, counted)
    named = {word for change in stored.changes for word in (*change.words, change.into)}
    written = {each.key: each.word for each in curated.words_of(tally, (), poll.language, named)}
    words = curated.words_of(tally, stored.changes, poll.language)
    return Look(number, words, stored.changes, frozenset(stored.dismissed), written)


def change(connection: Connection, poll: Row[Any] | Round, act: str, words: Sequence[str], into: str = "") -> Change:
    """Hide words, join them to the word `into`, or call them `into`; return the change. Raises `BadCuration`, `Outdated`.

    `Outdated` when one of the words is not shown any more, so that what somebody meant is not done to something else.
    """
    stored = _locked(connection, poll)
    chosen = tuple(sorted(set(words) - ({into} if act == MERGE else set())))
    if act not in ACTS or not chosen:
        raise BadCuration(reason="nothing")
    if len(chosen) > MOST_AT_ONCE:
        raise BadCuration(reason="too_many_words", limit=MOST_AT_ONCE)
    if len(stored.changes) >= MOST_CHANGES:
        raise BadCuration(reason="too_many", limit=MOST_CHANGES)
    shown = _shown(connection, poll, stored, {*chosen, *([into] if act == MERGE else [])})
    target = _name(into) if act == RENAME else into if act == MERGE else ""
    if act == RENAME and {shown[word] for word in chosen} == {target}:
        raise BadCuration(reason="same")
    new = Change(secrets.token_hex(ID_BYTES), act, chosen, target)
    _store(connection, poll.id, stored._replace(changes=(*stored.changes, new)))
    raise_number(connection, poll)
    return new


def _shown(connection: Connection, poll: Row[Any] | Round, stored: Stored, words: Collection[str]) -> dict[str, str]:
    """Return what these words are called now. Raises `Outdated` when one of them is not shown."""
    tally = curated.cloud(poll, publishing.before_curation(connection, poll).counted)
    shown = {each.key: each.word for each in curated.words_of(tally, stored.changes, poll.language, words)}
    if len(shown) < len(set(words)):
        raise Outdated(reason="word")
    return shown


def _name(text: str) -> str:
    name = clean(text)
    if not name:
        raise BadCuration(reason="no_name")
    if len(name) > NAME_LENGTH:
        raise BadCuration(reason="too_long", limit=NAME_LENGTH, length=len(name))
    return name


def undo(connection: Connection, poll: Row[Any] | Round, change_id: str) -> Change:
    """Take one change back, as if it had never been made: later ones stay. Raises `Outdated` when it is gone already."""
    stored = _locked(connection, poll)
    undone = next((each for each in stored.changes if each.id == change_id), None)
    if undone is None:
        raise Outdated(reason="undone")
    rest = tuple(each for each in stored.changes if each.id != change_id)
    _store(connection, poll.id, stored._replace(changes=rest))
    raise_number(connection, poll)
    return undone


def dismiss(connection: Connection, poll: Row[Any] | Round, one: str, other: str) -> None:
    """Remember that two words are not the same. Raises `Outdated` when one of them is not shown any more."""
    stored = _locked(connection, poll)
    _shown(connection, poll, stored, {one, other})
    pairs = [each for each in stored.dismissed if each != pair(one, other)]
    kept = (*pairs, pair(one, other))[-MOST_DISMISSED:]
    _store(connection, poll.id, stored._replace(dismissed=kept))


def pair(one: str, other: str) -> tuple[str, str]:
    """Return two words as they are remembered together, whichever comes first."""
    return (one, other) if one < other else (other, one)


def is_news(connection: Connection, poll: Row[Any] | Round, number: int) -> bool:
    """Tell whether the cloud has changed since it had this number."""
    return publishing.number(connection, poll) != number


def concern(poll: Row[Any] | Round) -> bool:
    """Tell whether a round's results are words that can be curated."""
    return curated.concern(poll)


def _locked(connection: Connection, poll: Row[Any] | Round) -> Stored:
    """Return what is stored, which nobody can change until the transaction ends. Raises `NotFound`."""
    if not concern(poll):
        raise NotFound()
    connection.execute(select(Round.id).where(Round.id == poll.id).with_for_update())
    return curated.of_round(connection, poll.id)


def _store(connection: Connection, round_id: int, stored: Stored) -> None:
    connection.execute(delete(Curation).where(Curation.round_id == round_id))
    if stored.changes or stored.dismissed:
        changes, dismissed = _plain(stored.changes), _plain(stored.dismissed)
        connection.execute(insert(Curation).values(round_id=round_id, changes=changes, dismissed=dismissed))


def _plain(rows: Iterable[Collection[Any]]) -> list[list[Any]]:
    return [list(row) for row in rows]


def settle(connection: Connection, poll: Row[Any] | Round) -> None:
    """Keep, at the seal, what changes come to: for words that are there, in an order that means nothing. May run again.

    A word that was withdrawn, dropped or blacked out is named nowhere any more.
    """
    stored = curated.of_round(connection, poll.id)
    if stored == Stored():
        return
    # Also of texts that are shown in another way by now: what is stored names words all the same.
    tally = curated.cloud(poll, publishing.before_curation(connection, poll).counted)
    _store(connection, poll.id, Stored(curated.settled(tally, stored.changes, poll.language)))
