"""Facilitators with a part in a meeting: who they are, and how that changes."""

from typing import NamedTuple, cast

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from pollapp.accounts import Facilitator, Role, roles
from pollapp.errors import BadSettings, NotFound, TooMany
from pollapp.meetings import audit
from pollapp.meetings.agenda import lock
from pollapp.meetings.models import Meeting
from pollapp.meetings.sharing import Member

MOST_MEMBERS = 50


class Person(NamedTuple):
    """A facilitator with a part in a meeting."""

    facilitator_id: int
    name: str
    email: str
    role: Role


class Shared(NamedTuple):
    """A meeting in a facilitator's list: the role there, and whose meeting it is."""

    meeting: Meeting
    role: Role
    owner: str


def meetings_for(session: Session, facilitator_id: int) -> list[Shared]:
    """Return the meetings a facilitator owns or shares, the one used last first."""
    query = (
        select(Meeting, Member.role, Facilitator.name)
        .join(Facilitator, Facilitator.id == Meeting.owner_id)
        .outerjoin(Member, and_(Member.meeting_id == Meeting.id, Member.facilitator_id == facilitator_id))
        .where(or_(Meeting.owner_id == facilitator_id, Member.role.is_not(None)))
        .order_by(Meeting.active_at.desc(), Meeting.id)
    )
    return [
        Shared(meeting, "owner" if meeting.owner_id == facilitator_id else cast(Role, role), owner)
        for meeting, role, owner in session.execute(query)
    ]


def people_of(session: Session, meeting_id: str) -> list[Person]:
    """Return everybody with a part in a meeting: the owner, then the others by role and name."""
    owner = session.execute(
        select(Facilitator).join(Meeting, Meeting.owner_id == Facilitator.id).where(Meeting.id == meeting_id)
    ).scalar_one()
    query = (
        select(Facilitator, Member.role)
        .join(Member, Member.facilitator_id == Facilitator.id)
        .where(Member.meeting_id == meeting_id)
        .order_by(Member.role, Facilitator.name, Facilitator.id)
    )
    helpers = [Person(each.id, each.name, each.email, cast(Role, role)) for each, role in session.execute(query)]
    return [Person(owner.id, owner.name, owner.email, "owner"), *helpers]


def add(session: Session, meeting_id: str, facilitator_id: int, role: str) -> None:
    """Give a facilitator a part in a meeting, or another one. Raises `TooMany`."""
    lock(session, meeting_id)  # so that the limit holds when several come at once
    member = session.get(Member, (meeting_id, facilitator_id), populate_existing=True)
    if member is not None:
        member.role = role
        return
    count = session.scalar(select(func.count()).select_from(Member).where(Member.meeting_id == meeting_id)) or 0
    if count >= MOST_MEMBERS:
        raise TooMany(reason="members", limit=MOST_MEMBERS)
    session.add(Member(meeting_id=meeting_id, facilitator_id=facilitator_id, role=role))
    session.flush()


def change_role(session: Session, meeting_id: str, member_id: int, role: str, *, by: int) -> None:
    """Give a member another role. Raises `BadSettings` and `NotFound`; the owner is none."""
    if role not in roles.OF_ACCOUNTS:
        raise BadSettings(reason="unknown_choice", setting="role")
    member = _member(session, meeting_id, member_id)
    if member.role != role:
        member.role = role
        audit.note(session, meeting_id, by, "role_changed", name=_name(session, member_id), role=role)


def remove(session: Session, meeting_id: str, member_id: int, *, by: int) -> None:
    """Take a member's part away. Raises `NotFound`."""
    _member(session, meeting_id, member_id)
    session.execute(delete(Member).where(Member.meeting_id == meeting_id, Member.facilitator_id == member_id))
    if by == member_id:
        audit.note(session, meeting_id, by, "member_left")
    else:
        audit.note(session, meeting_id, by, "member_removed", name=_name(session, member_id))


def _member(session: Session, meeting_id: str, member_id: int) -> Member:
    lock(session, meeting_id)
    member = session.get(Member, (meeting_id, member_id), populate_existing=True)
    if member is None:
        raise NotFound()
    return member


def _name(session: Session, facilitator_id: int) -> str:
    return session.get_one(Facilitator, facilitator_id).name
