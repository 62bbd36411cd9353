"""Links into a meeting: invitations, which an account uses once, and screens, which need none."""

import secrets
from datetime import UTC, date, datetime
from typing import NamedTuple, cast

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from pollapp.accounts import Facilitator, Role, new_secret, normalise, roles, unix_now
from pollapp.errors import BadSettings, InvitationInvalid, MeetingEnded, NotFound, TooMany
from pollapp.meetings import audit, members
from pollapp.meetings.agenda import lock
from pollapp.meetings.entering import Asker, Part, find_link, role_in, screen_meeting
from pollapp.meetings.models import DRAFT, LIVE, Meeting
from pollapp.meetings.sharing import MeetingLink

INVITATION_DAYS = 7
MOST_LINKS = 30
"""Links of one meeting that work at the same time."""

SCREEN: Role = "screen"


class Link(NamedTuple):
    """A link that works, as its owner sees it: for whom, if that was said, and until when, if it ends by itself."""

    id: str
    role: Role
    email: str | None
    until: date | None


class Offer(NamedTuple):
    """What an invitation gives whoever opens it; `now` is the role that person has already."""

    meeting: Meeting
    owner: str
    role: Role
    now: Role | None


def make(session: Session, meeting_id: str, role: str, email: str = "", *, by: int) -> str:
    """Make a link and return its secret, which is stored nowhere.

    With an e-mail address only an account with this address can use it. Whether there is one is not looked up: an
    answer to that would tell who has an account. Raises `BadSettings`, `BadEmail`, `TooMany`, `MeetingEnded` (screens).
    """
    if role not in (*roles.OF_ACCOUNTS, SCREEN):
        raise BadSettings(reason="unknown_choice", setting="role")
    lock(session, meeting_id)
    is_screen = role == SCREEN
    if is_screen and session.get_one(Meeting, meeting_id).state not in (DRAFT, LIVE):
        raise MeetingEnded()
    address = normalise(email) if email.strip() and not is_screen else None
    session.execute(
        delete(MeetingLink).where(MeetingLink.meeting_id == meeting_id, MeetingLink.expires_at <= unix_now())
    )
    count = select(func.count()).select_from(MeetingLink).where(MeetingLink.meeting_id == meeting_id)
    if (session.scalar(count) or 0) >= MOST_LINKS:
        raise TooMany(reason="links", limit=MOST_LINKS)
    secret, digest = new_secret()
    session.add(
        MeetingLink(
            id=secrets.token_hex(8),
            digest=digest,
            meeting_id=meeting_id,
            role=role,
            email=address,
            expires_at=None if is_screen else unix_now() + INVITATION_DAYS * 24 * 3600,
        )
    )
    audit.note(session, meeting_id, by, "link_made", role=role, **({"email": address} if address else {}))
    return secret


def of_meeting(session: Session, meeting_id: str) -> list[Link]:
    """Return the links that work: invitations, those that stop first first, then screens."""
    found = session.scalars(select(MeetingLink).where(MeetingLink.meeting_id == meeting_id))
    good = [link for link in found if link.expires_at is None or link.expires_at > unix_now()]
    good.sort(key=lambda link: (link.role == SCREEN, link.expires_at or 0, link.id))
    return [Link(link.id, cast(Role, link.role), link.email, _day(link.expires_at)) for link in good]


def _day(moment: int | None) -> date | None:
    return None if moment is None else datetime.fromtimestamp(moment, UTC).date()


def revoke(session: Session, meeting_id: str, link_id: str, *, by: int) -> None:
    """Make a link worth nothing. Raises `NotFound`."""
    lock(session, meeting_id)
    link = session.get(MeetingLink, link_id, populate_existing=True)
    if link is None or link.meeting_id != meeting_id:
        raise NotFound()
    session.delete(link)
    audit.note(session, meeting_id, by, "link_revoked", role=link.role, **({"email": link.email} if link.email else {}))


def look(session: Session, secret: str, facilitator_id: int) -> Offer:
    """Return what an invitation offers this facilitator, without using it.

    Raises `InvitationInvalid`: unknown, used, withdrawn, too old, and meant for another address all look the same.
    """
    link = _invitation(session, secret, facilitator_id)
    meeting = session.get_one(Meeting, link.meeting_id)
    owner = session.get(Facilitator, meeting.owner_id)
    if owner is None:
        raise InvitationInvalid()
    now = role_in(session, meeting, Asker(facilitator_id))
    return Offer(meeting, owner.name, cast(Role, link.role), now)


def accept(session: Session, secret: str, facilitator_id: int) -> Part:
    """Use an invitation up, and return the part it gave. Raises `InvitationInvalid` and `TooMany`.

    Of two uses at once, one is refused. The owner's own use of it changes nothing.
    """
    link = _invitation(session, secret, facilitator_id)
    meeting_id, role = link.meeting_id, link.role
    lock(session, meeting_id)
    meeting = session.get_one(Meeting, meeting_id)
    if meeting.owner_id == facilitator_id:
        return Part(meeting, "owner")
    gone = session.execute(delete(MeetingLink).where(MeetingLink.id == link.id).returning(MeetingLink.id)).all()
    if not gone:
        raise InvitationInvalid()
    members.add(session, meeting_id, facilitator_id, role)
    audit.note(session, meeting_id, facilitator_id, "member_joined", role=role)
    return Part(meeting, cast(Role, role))


def open_screen(session: Session, secret: str) -> Meeting:
    """Return the meeting of a screen's link. Raises `InvitationInvalid`."""
    meeting = screen_meeting(session, secret)
    if meeting is None:
        raise InvitationInvalid()
    return meeting


def close_screens(session: Session, meeting_id: str) -> None:
    """Make every screen's link worth nothing: the meeting is over."""
    session.execute(delete(MeetingLink).where(MeetingLink.meeting_id == meeting_id, MeetingLink.role == SCREEN))


def _invitation(session: Session, secret: str, facilitator_id: int) -> MeetingLink:
    link = find_link(session, secret)
    facilitator = session.get(Facilitator, facilitator_id)
    if link is None or facilitator is None or link.role == SCREEN or link.email not in (None, facilitator.email):
        raise InvitationInvalid()
    return link
