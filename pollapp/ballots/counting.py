"""What is counted in a round, read from its tally and, for open text, from its ballots."""

from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Row, select

from pollapp import kinds
from pollapp.ballots.models import Ballot, Round, TallyCount
from pollapp.kinds import WRITTEN, Counted, Text

BALLOTS = "#ballots"
PARTICIPANTS = "#participants"
REVISION = "#revision"
RESERVED = (BALLOTS, PARTICIPANTS, REVISION)
"""Tally keys that no kind makes: ballots, ballots in slot 0, and stored batches that changed the round."""

WITHDRAWN = ""
"""The stored form of an answer its writer took back. (A moderator's removal is NULL.)"""

TEXT_ID_BYTES = 8


class Count(NamedTuple):
    """Everything counted in a round, and the revision it is of."""

    revision: int
    counted: Counted


def encode(answer: object) -> str:
    """Return the stored form of an answer; the same answer has the same form."""
    return orjson.dumps(answer, option=orjson.OPT_SORT_KEYS).decode()


def decode(stored: str | None) -> Any:
    """Return the answer of a stored form, or None when it was withdrawn or removed."""
    return orjson.loads(stored) if stored else None


def text_id(ballot_id: bytes) -> str:
    """Return the name under which a screen keeps an open answer in place."""
    return ballot_id[:TEXT_ID_BYTES].hex()


def participants(connection: Connection, round_id: int) -> int:
    """Return how many participants stand behind the round's tally."""
    query = select(TallyCount.count).where(TallyCount.round_id == round_id, TallyCount.key == PARTICIPANTS)
    return connection.execute(query).scalar() or 0


def count_all(connection: Connection, poll: Row[Any] | Round) -> Count:
    """Return everything counted in a round: keys in the order of their letters, texts in that of their random ids.

    Not as the rows lie: PostgreSQL keeps them as they came, and a snapshot would remember it.
    """
    query = select(TallyCount.key, TallyCount.count).where(TallyCount.round_id == poll.id).order_by(TallyCount.key)
    tally: dict[str, int] = {key: count for key, count in connection.execute(query)}  # noqa: C416  # dict() has no types for rows
    reserved = {key: tally.pop(key, 0) for key in RESERVED}
    texts = _texts(connection, poll.id) if kinds.get(poll.kind).KEEPS_TEXTS else ()
    return Count(reserved[REVISION], Counted(reserved[PARTICIPANTS], reserved[BALLOTS], tally, texts))


def is_unanimous(counted: Counted) -> bool:
    """Tell whether everybody gave the same answer, so that showing it tells what each person answered.

    So it is when no key was counted for some and not for others. Texts are not compared, nor what was written beside
    options.
    """
    picked = [count for key, count in counted.tally.items() if not key.startswith(WRITTEN)]
    counts = picked or counted.tally.values()
    return counted.participants > 1 and any(counts) and all(count in (0, counted.ballots) for count in counts)


def _texts(connection: Connection, round_id: int) -> tuple[Text, ...]:
    query = (
        select(Ballot.id, Ballot.answer)
        .where(Ballot.round_id == round_id, Ballot.answer != WITHDRAWN)
        .order_by(Ballot.id)
    )
    return tuple(Text(text_id(row.id), decode(row.answer)) for row in connection.execute(query))
