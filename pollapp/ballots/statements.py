"""What a batch of answers says to the database, as ready texts: building and compiling them cost more than running them.

SQLite runs a statement once per row, in one call; PostgreSQL gets columns as arrays and runs it once for all rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

MOST_PARAMETERS = 1000
"""Ids in one question. SQLite takes 32,766 parameters, since version 3.32."""

BallotRow = tuple[bytes, int, int, str | None]
TallyRow = tuple[int, str, int]


class _Statement(NamedTuple):
    """The same in both dialects: for one row of values, and for all rows as arrays of values."""

    sqlite: str
    postgresql: str

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> int:
        """Run it for these rows, of which there must be some, in their order. Return how many rows it wrote."""
        if connection.dialect.name == "postgresql":
            columns = tuple(list(column) for column in zip(*rows, strict=True))
            return connection.exec_driver_sql(self.postgresql, columns).rowcount
        return connection.exec_driver_sql(self.sqlite, list(rows)).rowcount


# A conflict is no error to PostgreSQL this way: its log would name the ballot, beside the time.
_INSERT = _Statement(
    "INSERT INTO ballot (id, round_id, revision, answer) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    "INSERT INTO ballot (id, round_id, revision, answer)"
    " SELECT * FROM unnest(%s::bytea[], %s::integer[], %s::integer[], %s::text[]) ON CONFLICT DO NOTHING",
)

_CHANGE = _Statement(
    "UPDATE ballot SET revision = ?, answer = ? WHERE id = ?",
    "UPDATE ballot SET revision = new.revision, answer = new.answer"
    " FROM unnest(%s::integer[], %s::text[], %s::bytea[]) AS new (revision, answer, id) WHERE ballot.id = new.id",
)

_COUNT = _Statement(
    "INSERT INTO tally (round_id, key, count) VALUES (?, ?, ?)"
    " ON CONFLICT (round_id, key) DO UPDATE SET count = tally.count + excluded.count",
    "INSERT INTO tally (round_id, key, count) SELECT * FROM unnest(%s::integer[], %s::text[], %s::integer[])"
    " ON CONFLICT (round_id, key) DO UPDATE SET count = tally.count + excluded.count",
)

_CLEAR = _Statement(
    "DELETE FROM tally WHERE round_id = ? AND key = ? AND count <= 0",
    "DELETE FROM tally USING unnest(%s::integer[], %s::text[]) AS gone (round_id, key)"
    " WHERE tally.round_id = gone.round_id AND tally.key = gone.key AND tally.count <= 0",
)

_READ_SQLITE = "SELECT id, revision, answer FROM ballot WHERE id IN ({})"
_READ_POSTGRESQL = "SELECT id, revision, answer FROM ballot WHERE id = ANY(%s)"
_LOCK = " ORDER BY id FOR UPDATE"


def read_ballots(
    connection: Connection, ballot_ids: Iterable[bytes], *, lock: bool = False
) -> Iterator[tuple[bytes, int, str | None]]:
    """Yield id, revision and answer of those ballots that are stored; locked, if wanted, until the transaction ends."""
    ids = sorted(ballot_ids)
    for start in range(0, len(ids), MOST_PARAMETERS):
        some = ids[start : start + MOST_PARAMETERS]
        if connection.dialect.name == "postgresql":
            yield from connection.exec_driver_sql(_READ_POSTGRESQL + (_LOCK if lock else ""), (some,))
        else:
            some += some[-1:] * (_rounded_up(len(some)) - len(some))
            query = _READ_SQLITE.format(", ".join("?" * len(some)))
            yield from connection.exec_driver_sql(query, tuple(some))


def insert_ballots(connection: Connection, rows: Sequence[BallotRow]) -> int:
    """Store new ballots, and return how many were new indeed."""
    return _INSERT.run(connection, rows) if rows else 0


def change_ballots(connection: Connection, rows: Sequence[tuple[int, str | None, bytes]]) -> None:
    """Store another revision and answer in ballots that are stored."""
    if rows:
        _CHANGE.run(connection, rows)


def add_to_tally(connection: Connection, rows: Sequence[TallyRow]) -> None:
    """Add counts to the keys of rounds."""
    if rows:
        _COUNT.run(connection, rows)


def clear_tally(connection: Connection, places: Sequence[tuple[int, str]]) -> None:
    """Drop those of these keys that nobody stands behind any more."""
    if places:
        _CLEAR.run(connection, places)


def _rounded_up(number: int) -> int:
    """Return the next power of two: SQLite keeps a few statements prepared, not one for each length."""
    return 1 << (number - 1).bit_length()
