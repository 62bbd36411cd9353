"""End a meeting, undo that for an hour, then seal it and, when its time has come, erase it."""

from datetime import date, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from pollapp.ballots import OPEN, KeyRing, Round, reduce_ballots, rounds
from pollapp.errors import MeetingEnded, NotFound, UndoExpired
from pollapp.meetings.agenda import lock, now
from pollapp.meetings.models import DRAFT, ENDED, ERASED, LIVE, SEALED, Meeting, Slide, Stage
from pollapp.meetings.presets import PRESETS

UNDO_WINDOW = timedelta(hours=1)
"""How long an end can be undone; the seal runs after it."""

IDLE_WINDOW = timedelta(hours=72)
"""A meeting in which nothing was done for so long ends by itself."""


def end(session: Session, meeting_id: str) -> None:
    """Close every round and make the meeting read-only. Raises `MeetingEnded` when it is already."""
    meeting = _get(session, meeting_id)
    if meeting.state not in (DRAFT, LIVE):
        raise MeetingEnded()
    for poll in rounds.of_meeting(session, meeting_id):
        if poll.state == OPEN:
            rounds.close(session, poll.id)
    meeting.state, meeting.ended_at = ENDED, now()
    meeting.erase_on = date.today() + PRESETS[meeting.preset].keeps_for
    _change_stage(session, meeting_id)


def undo_end(session: Session, meeting_id: str) -> None:
    """Take the end back. Its rounds stay closed. Raises `UndoExpired` after the hour, or once sealed."""
    meeting = _get(session, meeting_id)
    if meeting.state != ENDED or meeting.ended_at is None or now() - meeting.ended_at > UNDO_WINDOW:
        raise UndoExpired()
    meeting.state, meeting.ended_at, meeting.erase_on = LIVE, None, None
    meeting.active_at = now()
    _change_stage(session, meeting_id)


def idle(session: Session) -> list[str]:
    """Return live meetings in which nothing was done for `IDLE_WINDOW`."""
    query = select(Meeting.id).where(Meeting.state == LIVE, Meeting.active_at < now() - IDLE_WINDOW)
    return list(session.scalars(query))


def due_for_seal(session: Session) -> list[str]:
    """Return ended meetings whose undo window is over."""
    query = select(Meeting.id).where(Meeting.state == ENDED, Meeting.ended_at < now() - UNDO_WINDOW)
    return list(session.scalars(query))


def seal(session: Session, keys: KeyRing, meeting_id: str) -> None:
    """Destroy the key, then reduce the ballots. A run that was cut short is finished by the next."""
    meeting = _get(session, meeting_id)
    if meeting.state != ENDED:
        return
    keys.destroy(meeting_id)
    reduce_ballots(session.connection(), meeting_id)
    meeting.state = SEALED
    _change_stage(session, meeting_id)


def due_for_erasure(session: Session) -> list[str]:
    """Return sealed meetings whose erasure date has come."""
    query = select(Meeting.id).where(Meeting.state == SEALED, Meeting.erase_on <= date.today())
    return list(session.scalars(query))


def erase(session: Session, meeting_id: str) -> None:
    """Delete everything that was asked and answered; title and dates stay in the owner's list."""
    meeting = _get(session, meeting_id)
    session.execute(delete(Round).where(Round.meeting_id == meeting_id))
    session.execute(update(Stage).where(Stage.meeting_id == meeting_id).values(slide_id=None))
    session.execute(delete(Slide).where(Slide.meeting_id == meeting_id))
    meeting.state = ERASED


def _get(session: Session, meeting_id: str) -> Meeting:
    lock(session, meeting_id)
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound()
    return meeting


def _change_stage(session: Session, meeting_id: str) -> None:
    stage = session.get_one(Stage, meeting_id)
    stage.version += 1
    stage.countdown_ends_at = None
    session.flush()
