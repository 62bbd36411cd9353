"""Erase a meeting when its day has come. One line stays in its owner's list: days and counts, no words."""

import secrets
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from pollapp.ballots import published_total, rounds
from pollapp.errors import NotFound
from pollapp.meetings.models import ErasedMeeting, Meeting


def erase(session: Session, meeting_id: str) -> None:
    """Delete a meeting with everything in it; nothing happens when it is gone already."""
    meeting = session.get(Meeting, meeting_id, with_for_update=True)
    if meeting is None:
        return
    if meeting.owner_id is not None:
        polls = rounds.of_meeting(session, meeting_id)
        session.add(
            ErasedMeeting(
                id=secrets.token_hex(8),
                owner_id=meeting.owner_id,
                held_on=min((poll.opened_on for poll in polls), default=meeting.created_on),
                erased_on=date.today(),
                polls=len({poll.slide_id for poll in polls}),
                answers=published_total(session.connection(), meeting_id),
            )
        )
    session.delete(meeting)


def erased_of(session: Session, owner_id: int) -> list[ErasedMeeting]:
    """Return what is left of a facilitator's erased meetings, the latest first."""
    query = select(ErasedMeeting).where(ErasedMeeting.owner_id == owner_id)
    return list(session.scalars(query.order_by(ErasedMeeting.held_on.desc(), ErasedMeeting.id)))


def remove_line(session: Session, line_id: str, owner_id: int) -> None:
    """Take such a line off the list too. Raises `NotFound`, also for somebody else's."""
    gone = session.execute(delete(ErasedMeeting).where(ErasedMeeting.id == line_id, ErasedMeeting.owner_id == owner_id))
    if not gone.rowcount:  # type: ignore[attr-defined]  # a delete gives a cursor's result
        raise NotFound()
