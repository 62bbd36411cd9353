"""A phone in a meeting: its cookie, and what it has answered."""

from typing import Any, NamedTuple

from flask import request
from werkzeug.wrappers import Response

from pollapp.ballots import Own, ids, rounds
from pollapp.errors import KeyDestroyed
from pollapp.extensions import keys
from pollapp.meetings import Meeting
from pollapp.participant.showing import Shown, showing

COOKIE_DAYS = 30


class Phone(NamedTuple):
    """A phone that proved it joined; `identity` is the random part of its token."""

    meeting_id: str
    code: str
    identity: bytes

    @property
    def key(self) -> bytes:
        """The meeting's key, looked up at each use: a connected phone must not keep one that was destroyed.

        Raises `KeyDestroyed`.
        """
        return keys.get(self.meeting_id)


class Place(NamedTuple):
    """Where a phone is: what the meeting shows, and what this phone has stored there, by round."""

    shown: Shown
    own: dict[int, list[Own]]


def cookie_name(code: str, *, secure: bool) -> str:
    """Return the name of the cookie that holds the token for this meeting."""
    return f"__Host-meeting-{code}" if secure else f"meeting-{code}"


def recognise(meeting: Meeting, cookie: str | None) -> Phone | None:
    """Return the phone behind a cookie, or None: no cookie, a foreign one, or a meeting whose key is gone."""
    if not cookie:
        return None
    try:
        key = keys.get(meeting.id)
    except KeyDestroyed:
        return None
    identity = ids.read_token(key, cookie)
    return Phone(meeting.id, meeting.code, identity) if identity else None


def here(meeting: Meeting) -> Phone | None:
    """Return the phone that sent this request, if it has joined the meeting."""
    return recognise(meeting, request.cookies.get(cookie_name(meeting.code, secure=request.is_secure)))


def new_token(meeting: Meeting) -> str:
    """Return the token of a phone that joins. Raises `KeyDestroyed`."""
    return ids.new_token(keys.get(meeting.id))


def give_token(response: Response, meeting: Meeting, token: str) -> None:
    """Let a phone in: its token travels in a cookie of its own and is kept nowhere else."""
    response.set_cookie(
        cookie_name(meeting.code, secure=request.is_secure),
        token,
        max_age=COOKIE_DAYS * 24 * 3600,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )


def place(phone: Phone) -> Place:
    """Return what the phone is to show, with its own answers in every round of the meeting."""
    shown = showing.of(phone.meeting_id)
    places = rounds.places_of(phone.key, phone.identity, shown.slots)
    return Place(shown, rounds.own_in(places, showing.stored(places)) if places else {})


def own_state(own: Own) -> dict[str, Any]:
    """Return one stored answer as pages and sockets show it."""
    return {"revision": own.revision, "answer": own.answer, "state": "removed" if own.is_removed else "saved"}
