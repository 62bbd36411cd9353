"""What a batch of answers says to the database, as ready texts: building and compiling them cost more than running them.

SQLite runs a statement once per row, in one call; PostgreSQL gets columns as arrays and runs it once for all rows.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, CursorResult

MOST_PARAMETERS = 1000
"""Keys in one question, of two parameters each. SQLite takes 32,766 parameters, since version 3.32."""

BallotKey = tuple[int, bytes]
"""Round and id of a ballot: its primary key."""

BallotRow = tuple[int, bytes, int, str | None]
TallyRow = tuple[int, str, int]


class Statement(NamedTuple):
    """The same in both dialects: for one row of values, and for all rows as arrays of values."""

    sqlite: str
    postgresql: str

    def run(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> int:
        """Run it for these rows, of which there must be some, in their order. Return how many rows it wrote."""
        if connection.dialect.name == "postgresql":
            columns = tuple(list(column) for column in zip(*rows, strict=True))
            return connection.exec_driver_sql(self.postgresql, columns).rowcount
        return connection.exec_driver_sql(self.sqlite, list(rows)).rowcount


class Lookup(NamedTuple):
    """A question about keys in both dialects: as a list of `VALUES` in place of `{}`, and as arrays of values."""

    sqlite: str
    postgresql: str

    def run(self, connection: Connection, wanted: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
        """Yield what is found for these keys, asked for `MOST_PARAMETERS` at a time in their order."""
        for start in range(0, len(wanted), MOST_PARAMETERS):
            yield from self._run(connection, wanted[start : start + MOST_PARAMETERS]).all()

    def _run(self, connection: Connection, some: Sequence[tuple[Any, ...]]) -> CursorResult[Any]:
        if connection.dialect.name == "postgresql":
            columns = tuple(list(column) for column in zip(*some, strict=True))
            return connection.exec_driver_sql(self.postgresql, columns)
        width, places = len(some[0]), _rounded_up(len(some))
        nothing = (None,) * (width * (places - len(some)))  # in place of keys that nothing has
        row = f"({', '.join('?' * width)})"
        return connection.exec_driver_sql(self.sqlite.format(", ".join([row] * places)), (*chain(*some), *nothing))


# A conflict is no error to PostgreSQL this way: its log would name the ballot, beside the time.
_INSERT = Statement(
    "INSERT INTO ballot (round_id, id, revision, answer) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
    "INSERT INTO ballot (round_id, id, revision, answer)"
    " SELECT * FROM unnest(%s::integer[], %s::bytea[], %s::integer[], %s::text[]) ON CONFLICT DO NOTHING",
)

_CHANGE = Statement(
    "UPDATE ballot SET revision = ?, answer = ? WHERE round_id = ? AND id = ?",
    "UPDATE ballot SET revision = new.revision, answer = new.answer"
    " FROM unnest(%s::integer[], %s::text[], %s::integer[], %s::bytea[]) AS new (revision, answer, round_id, id)"
    " WHERE ballot.round_id = new.round_id AND ballot.id = new.id",
)

_COUNT = Statement(
    "INSERT INTO tally (round_id, key, count) VALUES (?, ?, ?)"
    " ON CONFLICT (round_id, key) DO UPDATE SET count = tally.count + excluded.count",
    "INSERT INTO tally (round_id, key, count) SELECT * FROM unnest(%s::integer[], %s::text[], %s::integer[])"
    " ON CONFLICT (round_id, key) DO UPDATE SET count = tally.count + excluded.count",
)

_CLEAR = Statement(
    "DELETE FROM tally WHERE round_id = ? AND key = ? AND count <= 0",
    "DELETE FROM tally USING unnest(%s::integer[], %s::text[]) AS gone (round_id, key)"
    " WHERE tally.round_id = gone.round_id AND tally.key = gone.key AND tally.count <= 0",
)

# CROSS JOIN makes SQLite look each key up. With `(round_id, id) IN (VALUES ...)` it reads the whole table instead.
_READ = Lookup(
    "WITH wanted (round_id, id) AS (VALUES {})"
    " SELECT round_id, id, revision, answer FROM wanted CROSS JOIN ballot USING (round_id, id)",
    "SELECT round_id, id, revision, answer"
    " FROM unnest(%s::integer[], %s::bytea[]) AS wanted (round_id, id) JOIN ballot USING (round_id, id)",
)
_LOCK = _READ._replace(postgresql=_READ.postgresql + " ORDER BY round_id, id FOR UPDATE OF ballot")


def read_ballots(
    connection: Connection, ballot_keys: Iterable[BallotKey], *, lock: bool = False
) -> Iterator[tuple[BallotKey, int, str | None]]:
    """Yield key, revision and answer of those ballots that are stored; locked, if wanted, until the transaction ends."""
    for round_id, ballot_id, revision, answer in (_LOCK if lock else _READ).run(connection, sorted(ballot_keys)):
        yield (round_id, ballot_id), revision, answer


def insert_ballots(connection: Connection, rows: Sequence[BallotRow]) -> int:
    """Store new ballots, and return how many were new indeed."""
    return _INSERT.run(connection, rows) if rows else 0


def change_ballots(connection: Connection, rows: Sequence[tuple[int, str | None, int, bytes]]) -> None:
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
