"""Find a meeting by its join code, and tell what a phone may do there."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from pollapp.errors import MeetingEnded, UnknownMeeting
from pollapp.meetings.models import DRAFT, LIVE, Meeting

CODE_LENGTH = 8


def read_code(text: str) -> str:
    """Return the digits of a code as typed. Raises `UnknownMeeting` when it cannot be one."""
    digits = "".join(character for character in text if not character.isspace() and character not in "-.")
    if len(digits) != CODE_LENGTH or not digits.isdecimal():
        raise UnknownMeeting()
    return "".join(str(int(digit)) for digit in digits)


def by_code(session: Session, code: str) -> Meeting:
    """Return the meeting of a join code. Raises `UnknownMeeting`, also for one that was erased."""
    meeting = session.scalars(select(Meeting).where(Meeting.code == code)).one_or_none()
    if meeting is None:
        raise UnknownMeeting()
    return meeting


def require_running(meeting: Meeting) -> None:
    """Raise `MeetingEnded` unless the meeting still takes phones in."""
    if meeting.state not in (DRAFT, LIVE):
        raise MeetingEnded()
