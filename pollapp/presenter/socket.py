"""The presenter screen's socket: watch a meeting, and give commands that carry the stage's version."""

from collections.abc import Callable
from typing import Any, TypeGuard

from flask_babel import force_locale
from flask_login import current_user
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import join_room
from sqlalchemy.orm import Session

from pollapp import replies
from pollapp.ballots import RoundSnapshot, rounds, take
from pollapp.errors import BadCommand, DomainError, NotFound
from pollapp.extensions import database, hub, socketio
from pollapp.kinds import Table
from pollapp.live import figures, rooms
from pollapp.meetings import Meeting, Scene, agenda, ending, stage
from pollapp.meetings.stage import News
from pollapp.messages import snapshot_message, table_message
from pollapp.presenter import rendering

NAMESPACE = "/presenter"

MOST_NUMBER = 2**53
"""The largest whole number that JavaScript counts exactly; databases take it too."""

Reply = dict[str, Any]


def init_app() -> None:
    """Register the events, and ask the hub for news."""
    handlers: dict[str, Callable[..., Reply | None]] = {
        "connect": _connect,
        "disconnect": _disconnect,
        "watch": _watch,
        "table": _table,
        "command": _command,
        "remove": _remove,
    }
    for name, handler in handlers.items():
        socketio.on_event(name, handler, namespace=NAMESPACE)
    hub.on_stage(_send_stage)
    hub.on_presence(_send_presence)
    hub.on_screen_news(_send_news)


def _connect(_auth: object = None) -> None:
    if not current_user.is_authenticated:
        raise Refused("sign_in", {"code": "sign_in"})
    figures.screen_came()


def _disconnect(_reason: object = None) -> None:
    figures.screen_went()


def _owned(act: Callable[[Meeting, dict[str, Any]], Reply], message: object) -> Reply:
    """Act on one's own meeting. The right to do so is looked up anew for every message."""
    sent = message if isinstance(message, dict) else {}
    try:
        if not current_user.is_authenticated:
            raise NotFound()
        meeting = database.read(agenda.get_meeting, _name(sent.get("meeting")), int(current_user.id))
        return act(meeting, sent)
    except DomainError as error:
        return {**replies.ack(error), "message": replies.message(error)}


def _watch(message: object = None) -> Reply:
    """Follow a meeting: reply with what it shows, and send every change from now on."""

    def act(meeting: Meeting, _sent: dict[str, Any]) -> Reply:
        join_room(rooms.screens(meeting.id))
        scene, snapshot = database.read(_look, meeting.id)
        locale = rendering.locale_of(meeting)
        return {
            "ok": True,
            "stage": rendering.stage_message(scene, hub.phones_in(meeting.id)),
            "snapshot": snapshot_message(snapshot, locale) if snapshot else None,
        }

    return _owned(act, message)


def _look(session: Session, meeting_id: str) -> tuple[Scene, RoundSnapshot | None]:
    scene = stage.scene(session, meeting_id)
    return scene, take(session, scene.poll) if scene.poll else None


def _table(message: object = None) -> Reply:
    """Reply with the whole table of what is on stage; with every change only its first rows are sent."""

    def act(meeting: Meeting, _sent: dict[str, Any]) -> Reply:
        found = database.read(_whole_table, meeting.id)
        if found is None:
            return {"ok": True, "round": None, "table": None}
        round_id, table = found
        with force_locale(rendering.locale_of(meeting)):
            return {"ok": True, "round": round_id, "table": table_message(table)}

    return _owned(act, message)


def _whole_table(session: Session, meeting_id: str) -> tuple[int, Table] | None:
    poll = stage.scene(session, meeting_id).poll
    return (poll.id, take(session, poll).table) if poll else None


def _command(message: object = None) -> Reply:
    """Change the stage, unless it changed since the screen last heard of it."""

    def act(meeting: Meeting, sent: dict[str, Any]) -> Reply:
        version, action = sent.get("version"), sent.get("action")
        if not _is_whole(version) or not isinstance(action, str):
            raise BadCommand()
        if action == "end":
            scene = database.run(_end, meeting.id)
        else:
            params = {**sent, "slide": _name(sent.get("slide"))}
            scene = database.run(stage.command, meeting.id, version, action, params)
        hub.stage_changed(scene)
        return {"ok": True, "version": scene.stage.version}

    return _owned(act, message)


def _end(session: Session, meeting_id: str) -> Scene:
    ending.end(session, meeting_id)
    return stage.scene(session, meeting_id)


def _remove(message: object = None) -> Reply:
    """Take an open answer off the screen for good; its writer is told."""

    def act(meeting: Meeting, sent: dict[str, Any]) -> Reply:
        round_id, text_id = sent.get("round"), sent.get("text")
        if not _is_whole(round_id) or not isinstance(text_id, str):
            raise BadCommand()
        hub.text_removed(database.run(rounds.remove_text, meeting.id, round_id, text_id))
        return {"ok": True}

    return _owned(act, message)


def _name(value: object) -> str:
    """Return a value that can name a meeting or slide; anything else is looked for as "" and not found."""
    return value if isinstance(value, str) and value.isascii() and value.isalnum() else ""


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_NUMBER


def _send_stage(scene: Scene) -> None:
    message = rendering.stage_message(scene, hub.phones_in(scene.meeting.id))
    socketio.server.emit("stage", message, room=rooms.screens(scene.meeting.id), namespace=NAMESPACE)


def _send_presence(scene: Scene) -> None:
    """Send how many phones there are, where that is told. Elsewhere a message alone would say that somebody came."""
    if scene.meeting.preset == "standard":
        _send_stage(scene)


def _send_news(news: News) -> None:
    message = {"snapshot": snapshot_message(news.snapshot, rendering.locale_of(news.meeting))}
    socketio.server.emit("results", message, room=rooms.screens(news.meeting.id), namespace=NAMESPACE)
