"""What a batch of upvotes says to the database, as ready texts: see `pollapp.ballots.statements`."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection

from pollapp.ballots.ids import ID_BYTES
from pollapp.ballots.statements import Statement

MOST_AT_ONCE = 500
"""Rows in one question, of four parameters each at most."""

UpvoteKey = tuple[int, bytes]
TextKey = tuple[int, str]
UpvoteRow = tuple[int, bytes, str, str, int, bool]

_INSERT = Statement(
    "INSERT INTO text_upvote (round_id, id, text, words, revision, given) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    "INSERT INTO text_upvote (round_id, id, text, words, revision, given) SELECT * FROM unnest(%s::integer[],"
    " %s::bytea[], %s::text[], %s::text[], %s::integer[], %s::boolean[]) ON CONFLICT DO NOTHING",
)

_CHANGE = Statement(
    "UPDATE text_upvote SET revision = ?, given = ? WHERE round_id = ? AND id = ?",
    "UPDATE text_upvote SET revision = new.revision, given = new.given"
    " FROM unnest(%s::integer[], %s::boolean[], %s::integer[], %s::bytea[]) AS new (revision, given, round_id, id)"
    " WHERE text_upvote.round_id = new.round_id AND text_upvote.id = new.id",
)

_COUNT = Statement(
    "INSERT INTO text_votes (round_id, text, words, votes, shown_votes) VALUES (?, ?, ?, ?, 0)"
    " ON CONFLICT (round_id, text, words) DO UPDATE SET votes = text_votes.votes + excluded.votes",
    "INSERT INTO text_votes (round_id, text, words, votes, shown_votes)"
    " SELECT *, 0 FROM unnest(%s::integer[], %s::text[], %s::text[], %s::integer[])"
    " ON CONFLICT (round_id, text, words) DO UPDATE SET votes = text_votes.votes + excluded.votes",
)

# CROSS JOIN makes SQLite look each key up, as in `pollapp.ballots.statements`.
_READ_SQLITE = (
    "WITH wanted (round_id, id) AS (VALUES {})"
    " SELECT round_id, id, revision, given FROM wanted CROSS JOIN text_upvote USING (round_id, id)"
)
_READ_POSTGRESQL = (
    "SELECT round_id, id, revision, given FROM unnest(%s::integer[], %s::bytea[]) AS wanted (round_id, id)"
    " JOIN text_upvote USING (round_id, id)"
)
_LOCK = " ORDER BY round_id, id FOR UPDATE OF text_upvote"
_ANSWERS_SQLITE = (
    "WITH wanted (round_id, name, low, high) AS (VALUES {}) SELECT wanted.round_id, name, answer FROM wanted"
    " CROSS JOIN ballot ON ballot.round_id = wanted.round_id AND ballot.id BETWEEN low AND high"
)
_ANSWERS_POSTGRESQL = (
    "SELECT wanted.round_id, name, answer"
    " FROM unnest(%s::integer[], %s::text[], %s::bytea[], %s::bytea[]) AS wanted (round_id, name, low, high)"
    " JOIN ballot ON ballot.round_id = wanted.round_id AND ballot.id BETWEEN low AND high"
)


def read_upvotes(
    connection: Connection, keys: Iterable[UpvoteKey], *, lock: bool = False
) -> Iterator[tuple[UpvoteKey, int, bool]]:
    """Yield key, revision and state of those upvotes that are stored; locked, if wanted, until the transaction ends."""
    postgresql = _READ_POSTGRESQL + (_LOCK if lock else "")
    for round_id, upvote_id, revision, given in _ask(connection, _READ_SQLITE, postgresql, sorted(keys)):
        yield (round_id, bytes(upvote_id)), revision, bool(given)


def read_answers(connection: Connection, texts: Iterable[TextKey]) -> Iterator[tuple[TextKey, str | None]]:
    """Yield what is stored of those of these answers that have a ballot."""
    rest = ID_BYTES - 8
    wanted = [
        (round_id, name, bytes.fromhex(name) + bytes(rest), bytes.fromhex(name) + b"\xff" * rest)
        for round_id, name in sorted(texts)
    ]
    for round_id, name, answer in _ask(connection, _ANSWERS_SQLITE, _ANSWERS_POSTGRESQL, wanted):
        yield (round_id, name), answer


def insert_upvotes(connection: Connection, rows: Sequence[UpvoteRow]) -> int:
    """Store new upvotes, and return how many were new indeed."""
    return _INSERT.run(connection, rows) if rows else 0


def change_upvotes(connection: Connection, rows: Sequence[tuple[int, bool, int, bytes]]) -> None:
    """Store another revision and state in upvotes that are stored."""
    if rows:
        _CHANGE.run(connection, rows)


def count(connection: Connection, rows: Sequence[tuple[int, str, str, int]]) -> None:
    """Add to the numbers of answers' words."""
    if rows:
        _COUNT.run(connection, rows)


def _ask(connection: Connection, sqlite: str, postgresql: str, keys: Sequence[tuple[Any, ...]]) -> Iterator[Any]:
    """Yield the rows for these keys. On SQLite a few prepared lengths serve all, filled up with keys that nothing has."""
    rest = iter(keys)
    while some := list(islice(rest, MOST_AT_ONCE)):
        if connection.dialect.name == "postgresql":
            yield from connection.exec_driver_sql(postgresql, tuple(map(list, zip(*some, strict=True))))
            continue
        width, places = len(some[0]), 1 << (len(some) - 1).bit_length()
        values = ", ".join([f"({', '.join('?' * width)})"] * places)
        parameters = (*chain(*some), *(None,) * (width * (places - len(some))))
        yield from connection.exec_driver_sql(sqlite.format(values), parameters)
