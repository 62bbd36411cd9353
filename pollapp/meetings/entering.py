"""The check that everything done in a meeting passes first: which part who asks has in it, and what that permits."""

from typing import NamedTuple, cast

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from pollapp.accounts import Permission, Role, digest_of, permits, unix_now
from pollapp.errors import NotAllowed, NotFound
from pollapp.meetings.models import DRAFT, ENDED, LIVE, Meeting
from pollapp.meetings.sharing import MeetingLink, Member

_BEFORE_THE_SEAL = (DRAFT, LIVE, ENDED)


class Asker(NamedTuple):
    """Who asks: a facilitator, the secret of a screen's link, both or neither."""

    facilitator_id: int | None = None
    screen: str | None = None


class Part(NamedTuple):
    """A meeting, and the part somebody has in it."""

    meeting: Meeting
    role: Role


def enter(session: Session, meeting_id: str, asker: Asker, permission: Permission) -> Part:
    """Return a meeting and the role that permits something in it.

    Raises `NotFound` for who has no part in it, as if there were none, and `NotAllowed` for a role that does not do.
    """
    meeting = session.get(Meeting, meeting_id)
    role = role_in(session, meeting, asker) if meeting is not None else None
    if meeting is None or role is None:
        raise NotFound()
    if not permits(role, permission):
        raise NotAllowed()
    return Part(meeting, role)


def role_in(session: Session, meeting: Meeting, asker: Asker) -> Role | None:
    """Return the part somebody has in a meeting; an account's comes before a screen's."""
    if asker.facilitator_id is not None:
        if meeting.owner_id == asker.facilitator_id:
            return "owner"
        member = session.get(Member, (meeting.id, asker.facilitator_id))
        if member is not None:
            return cast(Role, member.role)
    if asker.screen is not None:
        shown = screen_meeting(session, asker.screen)
        if shown is not None and shown.id == meeting.id:
            return "screen"
    return None


def screen_meeting(session: Session, secret: str) -> Meeting | None:
    """Return the meeting that a screen's link shows, until it is sealed."""
    link = find_link(session, secret)
    meeting = session.get(Meeting, link.meeting_id) if link is not None and link.role == "screen" else None
    return meeting if meeting is not None and meeting.state in _BEFORE_THE_SEAL else None


def find_link(session: Session, secret: str) -> MeetingLink | None:
    """Return the link with this secret, if it still works."""
    is_good = or_(MeetingLink.expires_at.is_(None), MeetingLink.expires_at > unix_now())
    return session.scalars(select(MeetingLink).where(MeetingLink.digest == digest_of(secret), is_good)).one_or_none()
