"""End a meeting, undo that for an hour, then seal it: keys destroyed, ballots reduced. What is due, and when."""

from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from pollapp import questions
from pollapp.ballots import OPEN, KeyRing, Round, reduce_ballots, rounds
from pollapp.errors import MeetingEnded, NotFound, UndoExpired
from pollapp.meetings import apart, links, quizzing, reviewing
from pollapp.meetings.agenda import lock, now
from pollapp.meetings.models import DRAFT, ENDED, LIVE, SEALED, Meeting, Stage

UNDO_WINDOW = timedelta(hours=1)
"""How long an end can be undone; the seal runs after it."""

IDLE_WINDOW = timedelta(hours=72)
"""A meeting in which nothing was done and nothing answered for so long ends by itself."""


def end(session: Session, meeting_id: str) -> None:
    """Close every round and make the meeting read-only. Raises `MeetingEnded` when it is already."""
    _end(session, meeting_id, date.today())


def end_idle(session: Session, meeting_id: str) -> None:
    """End a meeting that was left alone. Its answers are erased as if that had happened when it was due.

    So neither a server that was switched off nor an old backup makes answers outlive what their writers were promised.
    """
    meeting = _lock(session, meeting_id)
    _end(session, meeting_id, min(_idle_at(meeting).date(), date.today()))


def _end(session: Session, meeting_id: str, ended_on: date) -> None:
    meeting = _lock(session, meeting_id)
    if meeting.state not in (DRAFT, LIVE):
        raise MeetingEnded()
    for poll in rounds.of_meeting(session, meeting_id):
        if poll.state == OPEN:
            quizzing.finish(session, poll, reveal=True)
            rounds.close(session, poll.id)
    questions.moderating.close_board(session, meeting_id)
    meeting.state, meeting.ended_at, meeting.answered_on = ENDED, now(), None
    meeting.erase_on = ended_on + timedelta(days=meeting.keep_days)
    _change_stage(session, meeting_id)


def undo_end(session: Session, meeting_id: str, keys: KeyRing) -> None:
    """Take the end back. Its rounds stay closed.

    Raises `UndoExpired` after the hour, and once a seal has begun: without its key a meeting knows no phone any more.
    """
    meeting = _lock(session, meeting_id)
    is_late = meeting.ended_at is None or now() - meeting.ended_at > UNDO_WINDOW
    if meeting.state != ENDED or is_late or not keys.has(meeting_id):
        raise UndoExpired()
    meeting.state, meeting.ended_at, meeting.erase_on = LIVE, None, None
    meeting.active_at = now()
    _change_stage(session, meeting_id)


def seal(session: Session, keys: KeyRing, meeting_id: str) -> None:
    """Take the steps of the seal, each committed before the next begins.

    Each step may run again, so a seal that was cut short anywhere is finished by the next run.
    """
    for step in SEAL_STEPS:
        meeting = _lock(session, meeting_id)
        if meeting.state != ENDED:
            return
        step(session, keys, meeting)
        session.commit()


def _flag_texts(session: Session, keys: KeyRing, meeting: Meeting) -> None:
    reviewing.flag(session, keys, meeting.id)


def _destroy_key(_session: Session, keys: KeyRing, meeting: Meeting) -> None:
    keys.destroy(meeting.id)


def _reduce_ballots(session: Session, _keys: KeyRing, meeting: Meeting) -> None:
    """Carry out what was decided and mark the meeting in one: a decision in between would never be carried out."""
    reduce_ballots(session.connection(), meeting.id)
    quizzing.reduce(session, meeting.id)
    links.close_screens(session, meeting.id)
    questions.reduce_board(session.connection(), meeting.id)
    meeting.state = SEALED
    _change_stage(session, meeting.id)


SEAL_STEPS: tuple[Callable[[Session, KeyRing, Meeting], None], ...] = (
    _flag_texts,
    _destroy_key,
    _reduce_ballots,
)
"""In this order: what comes before the key is destroyed may still use it; what comes after needs nothing of it."""


class Due(NamedTuple):
    """What happens next to a meeting by itself (`end`, `seal` or `erase`), and when: UTC, or a day for an erasure."""

    meeting_id: str
    preset: str
    state: str
    step: str
    at: datetime | date


def calendar(session: Session) -> list[Due]:
    """Return what is to come for every meeting that has begun, by meeting. A draft stays until somebody acts."""
    query = select(Meeting).where(Meeting.state != DRAFT).order_by(Meeting.created_on, Meeting.id)
    return [Due(meeting.id, meeting.preset, meeting.state, *_next_step(meeting)) for meeting in session.scalars(query)]


def is_due(at: datetime | date) -> bool:
    """Tell whether a time of the calendar has come."""
    return at <= now() if isinstance(at, datetime) else at <= date.today()


def _next_step(meeting: Meeting) -> tuple[str, datetime | date]:
    if meeting.state == SEALED and meeting.erase_on is not None:
        return "erase", meeting.erase_on
    if meeting.ended_at is not None:
        return "seal", meeting.ended_at + UNDO_WINDOW
    return "end", _idle_at(meeting)


def _idle_at(meeting: Meeting) -> datetime:
    """Return when a meeting will have been left alone for `IDLE_WINDOW`. Of answers only the day is known."""
    idle_at = meeting.active_at + IDLE_WINDOW
    if meeting.answered_on is None:
        return idle_at
    return max(idle_at, datetime.combine(meeting.answered_on + timedelta(days=1), time()) + IDLE_WINDOW)


def idle(session: Session) -> list[str]:
    """Return live meetings in which nothing was done or answered for `IDLE_WINDOW`."""
    before = now() - IDLE_WINDOW
    nobody_answered = or_(Meeting.answered_on.is_(None), Meeting.answered_on < before.date())
    return list(
        session.scalars(select(Meeting.id).where(Meeting.state == LIVE, Meeting.active_at < before, nobody_answered))
    )


def due_for_seal(session: Session) -> list[str]:
    """Return ended meetings whose undo window is over."""
    query = select(Meeting.id).where(Meeting.state == ENDED, Meeting.ended_at < now() - UNDO_WINDOW)
    return list(session.scalars(query))


def due_for_erasure(session: Session) -> list[str]:
    """Return sealed meetings whose erasure date has come."""
    query = select(Meeting.id).where(Meeting.state == SEALED, Meeting.erase_on <= date.today())
    return list(session.scalars(query))


def note_answers(session: Session, round_ids: set[int], board_ids: Collection[str] = ()) -> None:
    """Remember that today somebody answered in the meetings of these rounds, or did something on the boards of these.

    It is the day (UTC), and nothing else.
    """
    today = now().date()
    polled = Meeting.id.in_(select(Round.meeting_id).where(Round.id.in_(round_ids)))
    is_news = or_(Meeting.answered_on.is_(None), Meeting.answered_on < today)
    query = select(Meeting.id).where(or_(polled, Meeting.id.in_(board_ids)), Meeting.state == LIVE, is_news)
    noted = session.scalars(query.order_by(Meeting.id).with_for_update()).all()  # in one order: servers do so at once
    session.execute(update(Meeting).where(Meeting.id.in_(noted)).values(answered_on=today))


def _lock(session: Session, meeting_id: str) -> Meeting:
    """Return the meeting, as it is now and held until the transaction ends. Raises `NotFound`."""
    lock(session, meeting_id)
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound()
    return meeting


def _change_stage(session: Session, meeting_id: str) -> None:
    stage = session.get_one(Stage, meeting_id)
    stage.version += 1
    stage.countdown_ends_at = None
    apart.hold(stage, apart.NONE)
    session.flush()
