"""Store a batch of answers: ballots and tally increments in one transaction, whoever sends them how often.

The primary key of a ballot is the whole protection against double votes: see `docs/architecture.md`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, bindparam, select

from pollapp import kinds
from pollapp.ballots import publishing, statements
from pollapp.ballots.counting import BALLOTS, PARTICIPANTS, RESERVED, REVISION, WITHDRAWN, decode
from pollapp.ballots.models import OPEN, Round
from pollapp.ballots.statements import BallotKey

Code = Literal["saved", "closed", "superseded", "removed", "unknown_round"]

_LOCK_ROUNDS = (
    select(Round.id, Round.state, Round.kind, Round.settings, Round.language, Round.preset)
    .where(Round.id.in_(bindparam("round_ids", expanding=True)))
    .order_by(Round.id)
    .with_for_update(read=True)
)


class Cast(NamedTuple):
    """An answer on its way to the store: parsed, with what it adds to the tally.

    One that `is_late` came after its time was up: it is refused, unless it is stored already.
    """

    round_id: int
    ballot_id: bytes
    slot: int
    revision: int
    answer: str
    keys: Mapping[str, int]
    is_late: bool = False

    @property
    def ballot(self) -> BallotKey:
        """The primary key of the ballot it is for."""
        return self.round_id, self.ballot_id


class Outcome(NamedTuple):
    """What became of a cast; `revision` and `answer` are what is stored now (None: nothing is)."""

    code: Code
    revision: int | None = None
    answer: str | None = None


class StoredMeanwhile(Exception):
    """Another server stored one of these ballots for the first time since they were read. Store the batch again."""


@dataclass(slots=True)
class _Stored:
    revision: int
    answer: str | None
    is_new: bool = False
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class _Poll:
    """A round as a batch needs it, its settings read once."""

    is_open: bool
    kind: kinds.Kind
    settings: Any

    @classmethod
    def of(cls, row: Row[Any]) -> "_Poll":
        return cls(row.state == OPEN, kinds.get(row.kind), kinds.load_settings(row.kind, row.settings))

    def keys(self, answer: str) -> dict[str, int]:
        """Return what a stored answer added to the round's tally."""
        return {} if answer == WITHDRAWN else self.kind.keys(self.settings, decode(answer))


def store_batch(
    connection: Connection, casts: Sequence[Cast], rounds: Mapping[int, Row[Any]] | None = None
) -> list[Outcome]:
    """Store casts in order and return what became of each. The caller commits, and only then says so.

    Locks in one order everywhere (rounds, ballots, tallies, each by key), so that servers do not deadlock; `rounds` are
    theirs, where the caller has locked them already. Raises `StoredMeanwhile` when the transaction is to be rolled back and
    tried again.
    """
    if rounds is None:
        rounds = lock_rounds(connection, {cast.round_id for cast in casts})
    stored = _lock_ballots(connection, {cast.ballot for cast in casts})
    increments: defaultdict[tuple[int, str], int] = defaultdict(int)
    polls = {round_id: _Poll.of(row) for round_id, row in rounds.items()}
    outcomes = [_decide(cast, polls.get(cast.round_id), stored, increments) for cast in casts]
    _write_ballots(connection, stored)
    changed = {round_id for round_id, _ in increments}
    for round_id in changed:
        increments[round_id, REVISION] = 1
    write_tally(connection, increments)
    # From here on this is the one transaction that changes these rounds: each batch raises `REVISION`, so its row in
    # the tally is locked until the commit. Steps of publishing follow from counts that nobody else can change now.
    for round_id in sorted(changed):
        publishing.advance(connection, rounds[round_id])
    return outcomes


def _decide(
    cast: Cast, poll: _Poll | None, stored: dict[BallotKey, _Stored], increments: defaultdict[tuple[int, str], int]
) -> Outcome:
    """Apply the rules of one ballot (DESIGN.md section 3) and note what changes."""
    if poll is None:
        return Outcome("unknown_round")
    before = stored.get(cast.ballot)
    if before is None:
        if not poll.is_open or cast.is_late:
            return Outcome("closed")
        stored[cast.ballot] = _Stored(cast.revision, cast.answer, is_new=True)
        _count(increments, cast.round_id, cast.slot, cast.answer, cast.keys, +1)
        return Outcome("saved", cast.revision, cast.answer)
    if before.answer is None:
        return Outcome("removed", before.revision)
    if before.revision > cast.revision or (before.revision == cast.revision and before.answer == cast.answer):
        return Outcome("saved", before.revision, before.answer)
    if before.revision == cast.revision:
        return Outcome("superseded", before.revision, before.answer)
    if kinds.is_question(poll.kind):  # the first answer counts
        code: Code = "saved" if before.answer == cast.answer else "superseded"
        return Outcome(code, before.revision, before.answer)
    if not poll.is_open:
        return Outcome("closed", before.revision, before.answer)
    _count(increments, cast.round_id, cast.slot, before.answer, poll.keys(before.answer), -1)
    _count(increments, cast.round_id, cast.slot, cast.answer, cast.keys, +1)
    before.revision, before.answer, before.is_changed = cast.revision, cast.answer, True
    return Outcome("saved", cast.revision, cast.answer)


def _count(
    increments: defaultdict[tuple[int, str], int],
    round_id: int,
    slot: int,
    answer: str,
    keys: Mapping[str, int],
    sign: int,
) -> None:
    increments[round_id, REVISION] = 1
    if answer == WITHDRAWN:
        return
    increments[round_id, BALLOTS] += sign
    if slot == 0:
        increments[round_id, PARTICIPANTS] += sign
    for key, count in keys.items():
        increments[round_id, key] += sign * count


def lock_rounds(connection: Connection, round_ids: Iterable[int]) -> dict[int, Row[Any]]:
    """Lock these rounds as a batch does, and return what it needs of them: `state`, `kind`, `settings`, `language`, `preset`."""
    return {row.id: row for row in connection.execute(_LOCK_ROUNDS, {"round_ids": sorted(round_ids)})}


def _lock_ballots(connection: Connection, ballots: set[BallotKey]) -> dict[BallotKey, _Stored]:
    found = statements.read_ballots(connection, ballots, lock=True)
    return {ballot: _Stored(revision, answer) for ballot, revision, answer in found}


def _write_ballots(connection: Connection, stored: dict[BallotKey, _Stored]) -> None:
    """Write in the order of rounds and ids: the order of arrival is not to be read from the rows."""
    ballots = sorted(stored.items(), key=itemgetter(0))
    new = [(*key, ballot.revision, ballot.answer) for key, ballot in ballots if ballot.is_new]
    if statements.insert_ballots(connection, new) < len(new):
        raise StoredMeanwhile
    changed = [
        (ballot.revision, ballot.answer, *key) for key, ballot in ballots if ballot.is_changed and not ballot.is_new
    ]
    statements.change_ballots(connection, changed)


def write_tally(connection: Connection, increments: Mapping[tuple[int, str], int]) -> None:
    """Add increments to the tallies and drop keys that nobody stands behind any more."""
    rows = sorted((round_id, key, count) for (round_id, key), count in increments.items() if count)
    statements.add_to_tally(connection, rows)
    taken_off = [(round_id, key) for round_id, key, count in rows if count < 0 and key not in RESERVED]
    statements.clear_tally(connection, taken_off)
