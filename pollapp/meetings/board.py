"""The board as its facilitator runs it: what may be done in which state of the meeting, and what the screen shows of it."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from pollapp.errors import MeetingEnded, NotFound, UnknownAction
from pollapp.meetings.agenda import lock, now
from pollapp.meetings.models import DRAFT, LIVE, Meeting
from pollapp.meetings.stage import Scene, scene
from pollapp.questions import moderating

Act = Callable[[Session, str, str, Mapping[str, Any]], None]


def open_board(session: Session, meeting_id: str) -> None:
    """Take questions and upvotes from now on. Raises `MeetingEnded`."""
    moderating.open_board(session, meeting_id, _running(session, meeting_id).preset)


def close_board(session: Session, meeting_id: str) -> None:
    """Take no more. Raises `MeetingEnded`."""
    _running(session, meeting_id)
    moderating.close_board(session, meeting_id)


def set_up(session: Session, meeting_id: str, *, approve_first: bool, per_person: int) -> None:
    """Change the rules. Raises `MeetingEnded`, `NotFound` before the board was opened, and `BadQuestion`."""
    _running(session, meeting_id)
    moderating.set_up(session, meeting_id, approve_first=approve_first, per_person=per_person)


def act(session: Session, meeting_id: str, action: str, name: str, params: Mapping[str, Any]) -> None:
    """Do something to a question. Raises `UnknownAction`, `NotFound`, `BadQuestion`.

    Most may be done after the end too, until the meeting is erased: labels, replies, and taking away.
    """
    carry_out = ACTS.get(action)
    if carry_out is None:
        raise UnknownAction(action=action)
    lock(session, meeting_id)  # against a seal, which gives questions new names
    if session.get(Meeting, meeting_id) is None:
        raise NotFound()
    carry_out(session, meeting_id, name, params)


def highlight(session: Session, meeting_id: str, name: str | None) -> Scene:
    """Show a question large on the screen, or the whole board again, and return the new scene. Raises `MeetingEnded`."""
    meeting = _running(session, meeting_id)
    moderating.highlight(session, meeting_id, name)
    shown = scene(session, meeting_id)
    if name is not None:
        shown.stage.questions_visible = True
        shown.stage.version += 1
    meeting.active_at = now()
    session.flush()
    return shown


def _running(session: Session, meeting_id: str) -> Meeting:
    lock(session, meeting_id)
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound()
    if meeting.state not in (DRAFT, LIVE):
        raise MeetingEnded()
    meeting.active_at = now()
    return meeting


def _text(params: Mapping[str, Any], name: str) -> str:
    value = params.get(name)
    return value if isinstance(value, str) else ""


def _plain(do: Callable[[Session, str, str], None]) -> Act:
    """Make an act of one that needs nothing but the question."""
    return lambda session, meeting_id, name, _params: do(session, meeting_id, name)


def _answered(*, answered: bool) -> Act:
    return lambda session, meeting_id, name, _params: moderating.mark_answered(
        session, meeting_id, name, answered=answered
    )


ACTS: dict[str, Act] = {
    "approve": _plain(moderating.approve),
    "hide": _plain(moderating.hide),
    "restore": _plain(moderating.restore),
    "remove": _plain(moderating.remove),
    "answered": _answered(answered=True),
    "unanswered": _answered(answered=False),
    "label": lambda session, meeting_id, name, params: moderating.label(
        session, meeting_id, name, _text(params, "labels").split(",")
    ),
    "reply": lambda session, meeting_id, name, params: moderating.reply(
        session, meeting_id, name, _text(params, "text")
    ),
    "edit": lambda session, meeting_id, name, params: moderating.edit(session, meeting_id, name, _text(params, "text")),
    "merge": lambda session, meeting_id, name, params: moderating.merge(
        session, meeting_id, name, _text(params, "into")
    ),
}
"""What can be done to a question by its name; `highlight` also changes the stage."""
