"""From what a phone sent to a stored answer: the same for a socket message and for a plain form."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeGuard

from sqlalchemy.orm import Session

from pollapp import kinds, replies
from pollapp.ballots import WITHDRAWN, Cast, Outcome, decode, encode, ids, rounds
from pollapp.errors import BadAnswer, TryAgain, Unavailable
from pollapp.extensions import hub
from pollapp.kinds import Kind
from pollapp.live import figures
from pollapp.live.remembering import Remembered
from pollapp.live.writer import Result
from pollapp.participant.phone import Phone
from pollapp.quizzes import Play
from pollapp.quizzes import ids as quiz_ids

REMEMBERED_S = 5.0
"""How old a round's settings in memory may be. They are frozen but for mended labels and larger limits."""


class _Poll(NamedTuple):
    kind: Kind
    settings: Any
    slots: int
    is_timed: bool


class _Polls:
    """The rounds that are being answered, by meeting and number."""

    def init(self) -> None:
        """Know none yet."""
        self._known: Remembered[tuple[str, int], _Poll] = hub.remember(_load, REMEMBERED_S)

    def get(self, meeting_id: str, round_id: int) -> _Poll:
        """Return a round's settings. Raises `UnknownRound`."""
        return self._known.get((meeting_id, round_id))

    def peek(self, meeting_id: str, round_id: int) -> _Poll | None:
        """Return a round's settings if that takes no waiting."""
        return self._known.peek((meeting_id, round_id))


def _load(session: Session, place: tuple[str, int]) -> _Poll:
    found = rounds.get(session, *place)
    kind = kinds.get(found.kind)
    settings = kinds.load_settings(found.kind, found.settings)
    return _Poll(kind, settings, kind.slots(settings), kinds.is_question(kind))


polls = _Polls()


@figures.counts_refusals
def cast(phone: Phone, round_id: int, slot: int, revision: int, raw: object, latency_s: float = 0.0) -> Outcome:
    """Store an answer and return what became of it.

    `raw` None withdraws what is in the slot; `latency_s` is what the network took, where time counts. Raises `BadAnswer`,
    `UnknownRound`, and `TryAgain` when it is unknown whether it was stored, or the database cannot be asked.
    """
    sent_at = time.time() - latency_s
    try:
        poll = polls.get(phone.meeting_id, round_id)
    except Unavailable as error:
        raise TryAgain() from error
    return _known(hub.store(_prepare(phone, poll, round_id, slot, revision, raw, sent_at)))


@figures.counts_refusals
def cast_soon(
    phone: Phone,
    round_id: int,
    slot: int,
    revision: int,
    raw: object,
    done: Callable[[Result], None],
    latency_s: float = 0.0,
) -> bool:
    """Store an answer without waiting; `done` is called in the loop with what became of it.

    Returns False, and has done nothing, when the round has to be read from the database first. Raises `BadAnswer`.
    """
    poll = polls.peek(phone.meeting_id, round_id)
    if poll is not None:
        sent_at = time.time() - latency_s
        hub.store_soon(_prepare(phone, poll, round_id, slot, revision, raw, sent_at), done)
    return poll is not None


def _prepare(
    phone: Phone, poll: _Poll, round_id: int, slot: int, revision: int, raw: object, sent_at: float
) -> Cast | Play:
    """Return what the store is given. Raises `BadAnswer`."""
    if not 0 <= slot < poll.slots:
        raise BadAnswer("unknown_slot")
    if raw is None and poll.is_timed:  # the first answer counts: there is none to take back
        raise BadAnswer("empty")
    if raw is None:
        answer, keys = WITHDRAWN, {}
    else:
        parsed = poll.kind.parse(poll.settings, raw)
        answer, keys = encode(parsed), poll.kind.keys(poll.settings, parsed)
    key = phone.key
    ballot_id = ids.ballot_id(key, phone.identity, round_id, slot)
    cast = Cast(round_id, ballot_id, slot, revision, answer, keys)
    if not poll.is_timed:
        return cast
    return Play(cast, phone.meeting_id, quiz_ids.player_id(key, phone.identity), sent_at)


def _known(result: Result) -> Outcome:
    """Return the outcome. Raises `TryAgain` when it is unknown."""
    if not isinstance(result, Outcome):
        raise TryAgain()
    return result


def ack(result: Result, revision: int) -> dict[str, Any]:
    """Return the socket ack for what became of an answer; what is stored is told whenever it is not what was sent."""
    if not isinstance(result, Outcome):
        figures.refused("try_again")
        return replies.ack(TryAgain())
    outcome = result
    reply: dict[str, Any] = {"ok": outcome.code == "saved", "code": outcome.code}
    if outcome.revision is not None:
        reply["revision"] = outcome.revision
    if outcome.revision != revision or outcome.code == "superseded":
        reply["answer"] = decode(outcome.answer)
    return reply


def is_whole(number: object, most: int) -> TypeGuard[int]:
    """Tell whether a value from a phone is a whole number from 0 to `most` (True and False are not)."""
    return type(number) is int and 0 <= number <= most
