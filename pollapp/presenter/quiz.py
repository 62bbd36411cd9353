"""A quiz on the screen: who plays, who leads; and what is mended there: nicknames, and answers that count after all."""

from typing import Any

from flask_socketio import join_room
from sqlalchemy.orm import Session

from pollapp import rights
from pollapp.accounts import permits
from pollapp.errors import BadCommand
from pollapp.extensions import database, hub, socketio
from pollapp.live import rooms
from pollapp.meetings import Part, judging, quizzing, stage
from pollapp.messages import quiz_message

NAMESPACE = "/presenter"

MOST_ROUND_ID = 2**31 - 1
"""What fits into the databases' integers."""

Reply = dict[str, Any]


def init_app() -> None:
    """Ask for news of quizzes."""
    hub.on_quiz(_send)


def show(part: Part, _sent: dict[str, Any]) -> Reply:
    """Reply with who plays or leads, as the slide on the screen shows it; every change follows."""
    meeting, role = part
    join_room(rooms.screens(meeting.id) if permits(role, "present") else rooms.watchers(meeting.id))
    return {"ok": True, "quiz": rights.read_as("watch", _message, meeting.id)}


def take_nickname(part: Part, sent: dict[str, Any]) -> Reply:
    """Give a player another nickname, for good."""
    name = sent.get("player")
    if not isinstance(name, str):
        raise BadCommand()
    rights.run_as("moderate", "nicknames_taken", judging.take_nickname, part.meeting.id, name)
    hub.quiz_changed(part.meeting.id)
    hub.clear_deleted()
    return {"ok": True}


def accept(part: Part, sent: dict[str, Any]) -> Reply:
    """Have an answer count, or no more."""
    round_id, answer, accepted = sent.get("round"), sent.get("answer"), sent.get("accepted", True)
    if (
        type(round_id) is not int
        or not 0 < round_id <= MOST_ROUND_ID
        or not isinstance(answer, str)
        or not isinstance(accepted, bool)
    ):
        raise BadCommand()
    polls, _label = rights.run_as(
        "present", "answers_judged", judging.accept, part.meeting.id, round_id, answer, accepted=accepted
    )
    hub.answers_judged(part.meeting.id, polls)
    return {"ok": True}


def _message(session: Session, meeting_id: str) -> Reply | None:
    scene = stage.scene(session, meeting_id)
    kind = scene.slide.kind if scene.slide else ""
    return quiz_message(kind, quizzing.look(session, meeting_id)) if quizzing.is_about_players(kind) else None


def _send(meeting_id: str) -> None:
    """Send who plays or leads, while a slide shows it."""
    message = database.read(_message, meeting_id)
    if message is not None:
        to = [rooms.screens(meeting_id), rooms.watchers(meeting_id)]
        socketio.server.emit("quiz", message, room=to, namespace=NAMESPACE)
