"""Open and close rounds, and read what belongs to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select, update
from sqlalchemy.orm import Session

from pollapp import kinds
from pollapp.ballots import counting, decisions, moderated, publishing, review, statements, upvoting
from pollapp.ballots.ids import ballot_id
from pollapp.ballots.models import CLOSED, OPEN, Ballot, Round
from pollapp.ballots.numbering import raise_number
from pollapp.ballots.statements import BallotKey
from pollapp.ballots.store import write_tally
from pollapp.errors import NotFound, UnknownRound
from pollapp.kinds import Text


class Asked(NamedTuple):
    """What a new round asks: it is frozen into the round."""

    meeting_id: str
    slide_id: str
    kind: str
    prompt: str
    settings: dict[str, Any]
    language: str
    preset: str


Places = dict[BallotKey, int]
"""Slots of ballots, by their keys."""

Stored = tuple[int, str | None]
"""Revision and answer of a ballot as they are stored."""


class Own(NamedTuple):
    """A participant's own stored answer in one slot."""

    slot: int
    revision: int
    answer: Any
    is_removed: bool


def latest(session: Session, slide_id: str) -> Round | None:
    """Return the newest round of a slide."""
    return session.scalars(
        select(Round).where(Round.slide_id == slide_id).order_by(Round.number.desc()).limit(1)
    ).first()


def of_meeting(session: Session, meeting_id: str) -> list[Round]:
    """Return every round of a meeting, oldest first."""
    return list(session.scalars(select(Round).where(Round.meeting_id == meeting_id).order_by(Round.id)))


def of_slide(session: Session, slide_id: str) -> list[Round]:
    """Return every round of a slide, oldest first."""
    return list(session.scalars(select(Round).where(Round.slide_id == slide_id).order_by(Round.number)))


def get(session: Session, meeting_id: str, round_id: int) -> Round:
    """Return a round of this meeting. Raises `UnknownRound`."""
    found = session.get(Round, round_id)
    if found is None or found.meeting_id != meeting_id:
        raise UnknownRound(round=round_id)
    return found


def start(session: Session, asked: Asked, today: date) -> Round:
    """Open a new round, numbered after the slide's earlier ones."""
    number = session.scalar(select(func.max(Round.number)).where(Round.slide_id == asked.slide_id)) or 0
    new = Round(**asked._asdict(), number=number + 1, state=OPEN, opened_on=today)
    session.add(new)
    session.flush()
    return new


def reopen(session: Session, round_id: int) -> None:
    """Take answers again; those who answered may change theirs."""
    _lock(session, round_id).state = OPEN


def close(session: Session, round_id: int) -> None:
    """Take no more answers, and publish what is due at the end."""
    poll = _lock(session, round_id)
    if poll.state == CLOSED:
        return
    poll.state = CLOSED
    session.flush()
    publishing.advance(session.connection(), poll)
    _pause_upvotes(session, poll)


def leave(session: Session, poll: Round) -> None:
    """Publish what is due of the upvotes when a round leaves the stage, where people can give no more."""
    if upvoting.are_on(poll):
        _pause_upvotes(session, _lock(session, poll.id))


def _pause_upvotes(session: Session, poll: Round) -> None:
    if upvoting.pause(session.connection(), poll):
        raise_number(session.connection(), poll)


def reveal(session: Session, round_id: int, revealed: bool) -> None:
    """Let everybody see which answer is correct, or nobody again."""
    _lock(session, round_id).revealed = revealed


def delete_rounds(session: Session, round_ids: Collection[int]) -> bool:
    """Delete rounds with everything that belongs to them, and tell whether anybody had answered in one.

    A batch under way is stored before and goes too; whatever comes later finds no round.
    """
    session.execute(select(Round.id).where(Round.id.in_(round_ids)).order_by(Round.id).with_for_update())
    was_answered = session.execute(select(Ballot.round_id).where(Ballot.round_id.in_(round_ids)).limit(1)).first()
    session.execute(delete(Round).where(Round.id.in_(round_ids)))
    return was_answered is not None


def has_ballots(session: Session, meeting_id: str) -> bool:
    """Tell whether anybody has answered anything in this meeting."""
    query = select(Ballot.round_id).join(Round, Ballot.round_id == Round.id).where(Round.meeting_id == meeting_id)
    return session.execute(query.limit(1)).first() is not None


def lock_all(session: Session, meeting_id: str) -> None:
    """Let nobody answer anything in this meeting until the transaction ends."""
    session.execute(select(Round.id).where(Round.meeting_id == meeting_id).order_by(Round.id).with_for_update())


def change_preset(session: Session, meeting_id: str, preset: str) -> None:
    """Publish a meeting's rounds by another preset from now on. Only while nobody has answered anything."""
    session.execute(update(Round).where(Round.meeting_id == meeting_id).values(preset=preset))


def own_answers(connection: Connection, key: bytes, identity: bytes, slots: Mapping[int, int]) -> dict[int, list[Own]]:
    """Return what this participant has stored in each of the rounds; `slots` tells how many slots each has."""
    places = places_of(key, identity, slots)
    return own_in(places, stored(connection, places))


def places_of(key: bytes, identity: bytes, slots: Mapping[int, int]) -> Places:
    """Return where each ballot belongs that this participant may have stored."""
    return {
        (round_id, ballot_id(key, identity, round_id, slot)): slot
        for round_id, count in slots.items()
        for slot in range(count)
    }


def stored(connection: Connection, ballots: Iterable[BallotKey]) -> dict[BallotKey, Stored]:
    """Return revision and answer of those of these ballots that are stored, whosever they are."""
    return {ballot: (revision, answer) for ballot, revision, answer in statements.read_ballots(connection, ballots)}


def own_in(places: Places, found: Mapping[BallotKey, Stored]) -> dict[int, list[Own]]:
    """Return what is stored of one participant, by round and in the order of slots."""
    owns: dict[int, list[Own]] = {}
    for ballot, slot in places.items():
        if ballot in found:
            revision, answer = found[ballot]
            owns.setdefault(ballot[0], []).append(Own(slot, revision, counting.decode(answer), answer is None))
    return owns


def remove_text(session: Session, meeting_id: str, round_id: int, text_id: str) -> Round:
    """Empty the ballot behind an open answer, on a moderator's word, and return its round.

    The ballot's row stays, so its writer is told. What review and moderation store about it goes. An answer that was published
    goes from there too, also when its writer took it back or the seal reduced its ballot.
    Raises `UnknownRound`, `NotFound`.
    """
    poll = _lock(session, round_id)
    if poll.meeting_id != meeting_id or not kinds.get(poll.kind).KEEPS_TEXTS:
        raise NotFound()
    ballot = next(
        (
            ballot
            for ballot in session.scalars(select(Ballot).where(Ballot.round_id == round_id, Ballot.answer.is_not(None)))
            if counting.text_id(ballot.id) == text_id
        ),
        None,
    )
    connection = session.connection()
    was_published = publishing.forget_text(connection, round_id, text_id)
    upvoting.forget(connection, round_id, text_id)
    review.forget(connection, round_id, [text_id])
    moderated.forget(connection, round_id, [text_id])
    if ballot is None:
        if not was_published:
            raise NotFound()
        return poll
    counted = -1 if ballot.answer != counting.WITHDRAWN else 0
    ballot.answer = None
    session.flush()
    write_tally(connection, {(round_id, counting.BALLOTS): counted, (round_id, counting.REVISION): 1})
    return poll


def readable_texts(session: Session, meeting_id: str, round_id: int) -> tuple[Round, Sequence[Text]]:
    """Return a round with its open answers that its facilitator may read, hidden ones too. Raises `UnknownRound`."""
    poll = get(session, meeting_id, round_id)
    connection = session.connection()
    counted = publishing.before_review(connection, poll).counted
    if counted is None:
        return poll, ()
    return poll, decisions.apply(counted, decisions.of_round(connection, round_id))[0].texts


def slots_of(polls: Iterable[Round]) -> dict[int, int]:
    """Return how many ballots one participant may cast in each round."""
    return {poll.id: kinds.get(poll.kind).slots(kinds.load_settings(poll.kind, poll.settings)) for poll in polls}


def _lock(session: Session, round_id: int) -> Round:
    """Return the round, locked against batches that are being stored. Raises `UnknownRound`."""
    query = select(Round).where(Round.id == round_id).with_for_update().execution_options(populate_existing=True)
    found: Sequence[Round] = session.scalars(query).all()
    if not found:
        raise UnknownRound(round=round_id)
    return found[0]
