"""From what a phone sent to a stored answer: the same for a socket message and for a plain form."""

import time
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from pollapp import kinds
from pollapp.ballots import WITHDRAWN, Cast, Outcome, decode, encode, ids, rounds
from pollapp.errors import BadAnswer, TryAgain, Unavailable
from pollapp.extensions import database, hub
from pollapp.kinds import Kind
from pollapp.participant.phone import Phone

REMEMBERED_S = 5.0
"""How long a round's settings are kept in memory. They are frozen but for mended labels and larger limits."""

MOST_REMEMBERED = 2000


class _Poll(NamedTuple):
    meeting_id: str
    kind: Kind
    settings: Any
    slots: int
    until: float


_polls: dict[int, _Poll] = {}


def cast(phone: Phone, round_id: int, slot: int, revision: int, raw: object) -> Outcome:
    """Store an answer and return what became of it.

    `raw` None withdraws what is in the slot. Raises `BadAnswer`, `UnknownRound`, and `TryAgain` when it is unknown
    whether it was stored, or the database cannot be asked.
    """
    try:
        poll = _poll(phone.meeting_id, round_id)
    except Unavailable as error:
        raise TryAgain() from error
    if not 0 <= slot < poll.slots:
        raise BadAnswer("unknown_slot")
    if raw is None:
        answer, keys = WITHDRAWN, {}
    else:
        parsed = poll.kind.parse(poll.settings, raw)
        answer, keys = encode(parsed), poll.kind.keys(poll.settings, parsed)
    ballot_id = ids.ballot_id(phone.key, phone.identity, round_id, slot)
    result = hub.store(Cast(round_id, ballot_id, slot, revision, answer, keys))
    if not isinstance(result, Outcome):
        raise TryAgain()
    return result


def _poll(meeting_id: str, round_id: int) -> _Poll:
    poll = _polls.get(round_id)
    if poll is None or poll.meeting_id != meeting_id or poll.until < time.monotonic():
        if len(_polls) >= MOST_REMEMBERED:
            _polls.clear()
        poll = _polls[round_id] = database.read(_load, meeting_id, round_id)
    return poll


def _load(session: Session, meeting_id: str, round_id: int) -> _Poll:
    found = rounds.get(session, meeting_id, round_id)
    kind = kinds.get(found.kind)
    settings = kinds.load_settings(found.kind, found.settings)
    return _Poll(meeting_id, kind, settings, kind.slots(settings), time.monotonic() + REMEMBERED_S)


def ack(outcome: Outcome, revision: int) -> dict[str, Any]:
    """Return the socket ack for an outcome; what is stored is told whenever it is not what was sent."""
    reply: dict[str, Any] = {"ok": outcome.code == "saved", "code": outcome.code}
    if outcome.revision is not None:
        reply["revision"] = outcome.revision
    if outcome.revision != revision or outcome.code == "superseded":
        reply["answer"] = decode(outcome.answer)
    return reply


def is_whole(number: object, most: int) -> bool:
    """Tell whether a value from a phone is a whole number from 0 to `most` (True and False are not)."""
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= most
