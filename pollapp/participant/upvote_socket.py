"""Answers of others on the phone's socket: look at them and follow them, upvote."""

from typing import Any

from pollapp.errors import BadUpvote
from pollapp.extensions import hub, socketio
from pollapp.live import rooms
from pollapp.live.texts import Delta
from pollapp.participant import casting, upvoting
from pollapp.participant.forms import MOST_REVISION, MOST_ROUND_ID
from pollapp.participant.socket import NAMESPACE, Connected, reply_to

Reply = dict[str, Any]


def init_app() -> None:
    """Register the events on the Socket.IO server and ask for news of answers."""
    for name, handler in {"texts": _texts, "texts_left": _leave, "upvote_text": _upvote}.items():
        socketio.server.on(name, handler, namespace=NAMESPACE)
    hub.texts.on_delta(_send_delta)


def _texts(sid: str, message: object = None) -> Reply:
    """Reply with a page of the answers; with the first, follow them from now on and tell what is this phone's own."""

    def act(connected: Connected) -> Reply:
        after = _sent(message).get("after")
        if isinstance(after, str) and after:
            texts = hub.texts.told(connected.phone.meeting_id)
            mine: Reply = {}
        else:
            # First the room, then the list: what changes in between is heard.
            socketio.server.enter_room(sid, rooms.texts(connected.phone.meeting_id), namespace=NAMESPACE)
            texts, upvotes, own = upvoting.follow(connected.phone)
            after = ""
            mine = {"upvotes": {name: each._asdict() for name, each in upvotes.items()}, "own": own}
        page = texts.page(after)
        told = {
            "round": texts.round_id,
            "epoch": texts.epoch,
            "version": texts.version,
            "total": texts.total,
            "stepped": texts.now is not None and texts.now.stepped,
        }
        return {"ok": True, **told, "texts": page.items, "after": page.after, **mine}

    return reply_to(sid, act)


def _leave(sid: str, _message: object = None) -> Reply:
    """Follow the answers no longer."""

    def act(connected: Connected) -> Reply:
        socketio.server.leave_room(sid, rooms.texts(connected.phone.meeting_id), namespace=NAMESPACE)
        return {"ok": True}

    return reply_to(sid, act)


def _upvote(sid: str, message: object = None) -> Reply:
    """Store an upvote, or that it was taken back; the reply comes after the commit."""

    def act(connected: Connected) -> Reply:
        sent = _sent(message)
        round_id, revision, given = sent.get("round"), sent.get("revision"), sent.get("given")
        text_id, seen = sent.get("text"), sent.get("seen")
        if (
            not casting.is_whole(round_id, MOST_ROUND_ID)
            or not casting.is_whole(revision, MOST_REVISION)
            or not isinstance(text_id, str)
            or not isinstance(seen, str)
            or not isinstance(given, bool)
        ):
            raise BadUpvote()
        return upvoting.ack(upvoting.upvote(connected.phone, round_id, text_id, seen, revision, given=given))

    return reply_to(sid, act)


def _sent(message: object) -> dict[str, Any]:
    return message if isinstance(message, dict) else {}


def _send_delta(meeting_id: str, delta: Delta) -> None:
    """Send what changed to the phones that look at the answers: the same to all, whatever language they read."""
    socketio.server.emit("texts", delta.message(), room=rooms.texts(meeting_id), namespace=NAMESPACE)
