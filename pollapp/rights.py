"""The one way from an edge to a meeting: through what the role of whoever asks permits.

A view says what it needs with `needs`, and `guard` holds everybody to it before the view runs; a view of a meeting that
says nothing is closed. What a view then reads or changes goes through `read_as` and `run_as`, which look the role up
again in the same transaction: it may just have been taken away.
"""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Flask, current_app, g, request
from flask_login import current_user
from sqlalchemy.orm import Session

from pollapp.accounts import Permission, permits
from pollapp.extensions import database
from pollapp.meetings import Asker, Meeting, Part, audit, enter

P = ParamSpec("P")
T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    """Let pages ask what the reader may do."""
    app.jinja_env.globals.update(may=may, permits=permits)


def needs(permission: Permission) -> Callable[[View], View]:
    """Declare what a view of a meeting, or a socket's event, needs."""

    def mark(view: View) -> View:
        vars(view)["needs"] = permission
        return view

    return mark


def needed_by(view: Callable[..., Any]) -> Permission | None:
    """Return what a view or an event needs, None if nobody said."""
    permission: Permission | None = getattr(view, "needs", None)
    return permission


def guard() -> None:
    """Let nobody into a view of a meeting whose role does not permit it. Raises `NotFound` and `NotAllowed`."""
    meeting_id = (request.view_args or {}).get("meeting_id")
    if meeting_id is None:
        return
    permission = needed_by(current_app.view_functions[str(request.endpoint)])
    if permission is None:
        raise RuntimeError(f"{request.endpoint} does not say what it needs")
    g.part = part_as(permission, meeting_id)


def here() -> Meeting:
    """Return the meeting of this request, as it was when `guard` let the reader in."""
    meeting: Meeting = g.part.meeting
    return meeting


def may(permission: Permission) -> bool:
    """Tell whether the reader's role in the meeting of this request permits something: what a page offers goes by it."""
    return "part" in g and permits(g.part.role, permission)


def part_as(permission: Permission, meeting_id: str) -> Part:
    """Return a meeting and the part in it that permits something. Raises `NotFound` and `NotAllowed`."""
    return database.read(enter, meeting_id, asker(meeting_id), permission)


def read_as(
    permission: Permission,
    function: Callable[Concatenate[Session, str, P], T],
    meeting_id: str,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Read something of a meeting, if the role of whoever asks permits it. Raises `NotFound` and `NotAllowed`."""
    who = asker(meeting_id)

    def read(session: Session) -> T:
        enter(session, meeting_id, who, permission)
        return function(session, meeting_id, *args, **kwargs)

    return database.read(read)


def run_as(
    permission: Permission,
    action: audit.Action | None,
    function: Callable[Concatenate[Session, str, P], T],
    meeting_id: str,
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Change something in a meeting, if the role of whoever asks permits it, and note `action` for the owner to read.

    Nothing is noted (None) where the function does so itself, or where nothing is left to read it in.
    """
    who = asker(meeting_id)

    def run(session: Session) -> T:
        enter(session, meeting_id, who, permission)
        value = function(session, meeting_id, *args, **kwargs)
        if action is not None:
            audit.note(session, meeting_id, who.facilitator_id, action)
        return value

    return database.run(run)


def asker(meeting_id: str) -> Asker:
    """Return who asks: the account that is signed in here, and the link that opened a screen of this meeting here."""
    facilitator_id = int(current_user.id) if current_user.is_authenticated else None
    return Asker(facilitator_id, request.cookies.get(screen_cookie(meeting_id)))


def screen_cookie(meeting_id: str) -> str:
    """Return the name of the cookie with which a browser without an account shows the screen of a meeting."""
    return f"__Host-screen-{meeting_id}" if request.is_secure else f"screen-{meeting_id}"
