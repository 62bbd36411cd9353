"""The board on the screen, and for whoever moderates: what is shown of it, and what can be done to a question.

These events are for the screen, for the desk's page of questions, and for a remote.
"""

from typing import Any

from flask_socketio import join_room

from pollapp import rights
from pollapp.accounts import permits
from pollapp.errors import BadCommand
from pollapp.extensions import hub, socketio
from pollapp.live import rooms
from pollapp.live.boards import Delta, LiveBoard
from pollapp.meetings import Part
from pollapp.meetings import board as meeting_board
from pollapp.questions import WAITING

NAMESPACE = "/presenter"

MOST_SHOWN = 12
"""Questions the screen is sent: more than fit, so that it can choose by their length."""

Reply = dict[str, Any]


def init_app() -> None:
    """Ask for news of boards."""
    hub.boards.on_delta(_send)
    hub.boards.on_change(_nudge)
    hub.boards.on_change(_send_remotes)


def board_message(board: LiveBoard) -> Reply:
    """Return the `board` message for screens: the question shown large, and those most wanted."""
    shown = sorted(board.items.values(), key=lambda item: (item["answered"], -(item["votes"] or 0), item["id"]))
    highlighted = next((item for item in shown if item["highlighted"]), None)
    return {
        "epoch": board.epoch,
        "version": board.version,
        "state": board.now.state,
        "total": len(shown),
        "highlighted": highlighted,
        "questions": [item for item in shown if not item["answered"]][:MOST_SHOWN],
    }


def remote_message(board: LiveBoard) -> Reply:
    """Return the `board` message for remotes: as for screens, with how many questions wait to be approved."""
    return {**board_message(board), "waiting": sum(seen.state == WAITING for seen in board.now.questions)}


def show(part: Part, sent: dict[str, Any]) -> Reply:
    """Reply with what the screen shows of the board; every change follows. Remotes hear of it where they follow the stage."""
    meeting, role = part
    if permits(role, "present") and sent.get("remote") is True:
        return {"ok": True, "board": remote_message(hub.boards.told(meeting.id))}
    join_room(rooms.screens(meeting.id) if permits(role, "present") else rooms.watchers(meeting.id))
    return {"ok": True, "board": board_message(hub.boards.told(meeting.id))}


def follow(part: Part, _sent: dict[str, Any]) -> Reply:
    """Have this page told when something changed, so that it asks for what it shows anew."""
    join_room(rooms.moderators(part.meeting.id))
    hub.boards.told(part.meeting.id)
    return {"ok": True}


def act(part: Part, sent: dict[str, Any]) -> Reply:
    """Do something to a question: `highlight`, `unhighlight` (for who presents), or what the desk can do."""
    meeting_id, action, name = part.meeting.id, sent.get("act"), sent.get("question")
    if not isinstance(action, str) or not isinstance(name, str | None):
        raise BadCommand()
    if action in ("highlight", "unhighlight"):
        shown = name if action == "highlight" else None
        scene = rights.run_as("present", "presented", meeting_board.highlight, meeting_id, shown)
        hub.stage_changed(scene)
    else:
        rights.run_as("moderate", "questions_moderated", meeting_board.act, meeting_id, action, name or "", sent)
    hub.boards.changed({meeting_id})
    if action in ("remove", "edit"):
        hub.clear_deleted()
    return {"ok": True}


def _send(meeting_id: str, _delta: Delta) -> None:
    message = board_message(hub.boards.told(meeting_id))
    to = [rooms.screens(meeting_id), rooms.watchers(meeting_id)]
    socketio.server.emit("board", message, room=to, namespace=NAMESPACE)


def _send_remotes(meeting_id: str) -> None:
    message = remote_message(hub.boards.told(meeting_id))
    socketio.server.emit("board", message, room=rooms.remotes(meeting_id), namespace=NAMESPACE)


def _nudge(meeting_id: str) -> None:
    socketio.server.emit("board_changed", {}, room=rooms.moderators(meeting_id), namespace=NAMESPACE)
