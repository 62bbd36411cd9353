"""Store a batch of answers: ballots and tally increments in one transaction, whoever sends them how often.

The primary key of a ballot is the whole protection against double votes: see `docs/architecture.md`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, Row, and_, bindparam, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pollapp import kinds
from pollapp.ballots import publishing
from pollapp.ballots.counting import BALLOTS, PARTICIPANTS, RESERVED, REVISION, WITHDRAWN, decode
from pollapp.ballots.models import OPEN, Ballot, Round, TallyCount
from pollapp.database import Base

MOST_PARAMETERS = 400

T = TypeVar("T")
Code = Literal["saved", "closed", "superseded", "removed", "unknown_round"]


@dataclass(frozen=True, slots=True)
class Cast:
    """An answer on its way to the store: parsed, with what it adds to the tally."""

    round_id: int
    ballot_id: bytes
    slot: int
    revision: int
    answer: str
    keys: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Outcome:
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


def store_batch(connection: Connection, casts: Sequence[Cast]) -> list[Outcome]:
    """Store casts in order and return what became of each. The caller commits, and only then says so.

    Locks in one order everywhere (rounds, ballots, tallies, each by key), so that servers do not deadlock. Raises
    `StoredMeanwhile` when the transaction is to be rolled back and tried again.
    """
    rounds = _lock_rounds(connection, {cast.round_id for cast in casts})
    stored = _lock_ballots(connection, {cast.ballot_id for cast in casts})
    increments: defaultdict[tuple[int, str], int] = defaultdict(int)
    polls = {round_id: _Poll.of(row) for round_id, row in rounds.items()}
    outcomes = [_decide(cast, polls.get(cast.round_id), stored, increments) for cast in casts]
    _write_ballots(connection, casts, stored)
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
    cast: Cast, poll: _Poll | None, stored: dict[bytes, _Stored], increments: defaultdict[tuple[int, str], int]
) -> Outcome:
    """Apply the rules of one ballot (DESIGN.md section 3) and note what changes."""
    if poll is None:
        return Outcome("unknown_round")
    before = stored.get(cast.ballot_id)
    if before is None:
        if not poll.is_open:
            return Outcome("closed")
        stored[cast.ballot_id] = _Stored(cast.revision, cast.answer, is_new=True)
        _count(increments, cast.round_id, cast.slot, cast.answer, cast.keys, +1)
        return Outcome("saved", cast.revision, cast.answer)
    if before.answer is None:
        return Outcome("removed", before.revision)
    if before.revision > cast.revision or (before.revision == cast.revision and before.answer == cast.answer):
        return Outcome("saved", before.revision, before.answer)
    if before.revision == cast.revision:
        return Outcome("superseded", before.revision, before.answer)
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


def _lock_rounds(connection: Connection, round_ids: set[int]) -> dict[int, Row[Any]]:
    columns = (Round.id, Round.state, Round.kind, Round.settings, Round.preset)
    query = select(*columns).where(Round.id.in_(sorted(round_ids))).order_by(Round.id).with_for_update(read=True)
    return {row.id: row for row in connection.execute(query)}


def _lock_ballots(connection: Connection, ballot_ids: Iterable[bytes]) -> dict[bytes, _Stored]:
    stored = {}
    for chunk in _chunks(sorted(ballot_ids)):
        query = (
            select(Ballot.id, Ballot.revision, Ballot.answer)
            .where(Ballot.id.in_(chunk))
            .order_by(Ballot.id)
            .with_for_update()
        )
        for row in connection.execute(query):
            stored[row.id] = _Stored(row.revision, row.answer)
    return stored


def _write_ballots(connection: Connection, casts: Sequence[Cast], stored: dict[bytes, _Stored]) -> None:
    """Write in the order of ids: the order of arrival is not to be read from the rows."""
    round_of = {cast.ballot_id: cast.round_id for cast in casts}
    new, changed = [], []
    for ballot_id in sorted(stored):
        ballot = stored[ballot_id]
        if ballot.is_new:
            new.append(
                {
                    "id": ballot_id,
                    "round_id": round_of[ballot_id],
                    "revision": ballot.revision,
                    "answer": ballot.answer,
                }
            )
        elif ballot.is_changed:
            changed.append({"ballot": ballot_id, "revision": ballot.revision, "answer": ballot.answer})
    if new:
        # A conflict is no error to PostgreSQL this way: its log would name the ballot, beside the time.
        insert = _insert(connection, Ballot).on_conflict_do_nothing().returning(Ballot.id)
        if len(connection.execute(insert, new).all()) < len(new):
            raise StoredMeanwhile
    if changed:
        connection.execute(update(Ballot.__table__).where(Ballot.id == bindparam("ballot")), changed)  # type: ignore[arg-type]  # the same


def write_tally(connection: Connection, increments: Mapping[tuple[int, str], int]) -> None:
    """Add increments to the tallies and drop keys that nobody stands behind any more."""
    rows = [
        {"round_id": round_id, "key": key, "count": count}
        for (round_id, key), count in sorted(increments.items())
        if count
    ]
    if not rows:
        return
    insert = _insert(connection, TallyCount)
    upsert = insert.on_conflict_do_update(
        index_elements=[TallyCount.round_id, TallyCount.key],
        set_={"count": TallyCount.count + insert.excluded["count"]},
    )
    connection.execute(upsert, rows)
    taken_off = sorted(place for place, count in increments.items() if count < 0 and place[1] not in RESERVED)
    for chunk in _chunks(taken_off):
        gone = or_(*(and_(TallyCount.round_id == round_id, TallyCount.key == key) for round_id, key in chunk))
        connection.execute(delete(TallyCount).where(gone, TallyCount.count <= 0))


def _insert(connection: Connection, model: type[Base]) -> Any:
    """Return an insert that may say what to do on a conflict: the same words in both dialects, but not one function."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(model)


def _chunks(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + MOST_PARAMETERS] for start in range(0, len(items), MOST_PARAMETERS))
