"""The board on the phone's socket: look at it and follow it, ask, take back, upvote."""

from typing import Any

from pollapp.errors import BadQuestion
from pollapp.extensions import hub, socketio
from pollapp.live import rooms
from pollapp.live.boards import Delta
from pollapp.locales import offered
from pollapp.participant import asking, casting
from pollapp.participant.forms import MOST_REVISION
from pollapp.participant.socket import NAMESPACE, Connected, reply_to
from pollapp.questions import OwnQuestion, Summary, ids, limits

Reply = dict[str, Any]

NAME_LENGTH = 2 * ids.NAME_BYTES


def init_app() -> None:
    """Register the events on the Socket.IO server and ask for news of boards."""
    handlers = {"board": _board, "board_left": _leave, "ask": _ask, "upvote": _upvote}
    for name, handler in handlers.items():
        socketio.server.on(name, handler, namespace=NAMESPACE)
    hub.boards.on_delta(_send_delta)
    hub.boards.on_summary(_send_summary)


def _board(sid: str, message: object = None) -> Reply:
    """Reply with a page of the board; with the first, follow it from now on and tell what is this phone's own."""

    def act(connected: Connected) -> Reply:
        after = _sent(message).get("after")
        if isinstance(after, str) and after:
            board = hub.boards.told(connected.phone.meeting_id)
            mine: Reply = {}
        else:
            # First the room, then the board: what changes in between is heard.
            socketio.server.enter_room(sid, rooms.board(connected.phone.meeting_id), namespace=NAMESPACE)
            board, own = asking.follow(connected.phone)
            after = ""
            mine = {
                "merged": board.now.gone,
                "mine": {
                    "questions": [own_question(each) for each in own.questions],
                    "upvotes": {name: upvote._asdict() for name, upvote in own.upvotes.items()},
                },
            }
        page = board.page(after)
        told = {"epoch": board.epoch, "version": board.version, "rules": board.rules}
        return {"ok": True, **told, "questions": page.items, "after": page.after, **mine}

    return reply_to(sid, act)


def own_question(own: OwnQuestion) -> Reply:
    """Return a phone's own question as it is told to that phone."""
    return {"slot": own.slot, "id": own.name, "state": own.state, "text": own.text}


def _leave(sid: str, _message: object = None) -> Reply:
    """Follow the board no longer."""

    def act(connected: Connected) -> Reply:
        socketio.server.leave_room(sid, rooms.board(connected.phone.meeting_id), namespace=NAMESPACE)
        return {"ok": True}

    return reply_to(sid, act)


def _ask(sid: str, message: object = None) -> Reply:
    """Store a question or take it back (`text` null); the reply comes after the commit."""

    def act(connected: Connected) -> Reply:
        sent = _sent(message)
        slot = sent.get("slot")
        if not isinstance(slot, int) or not casting.is_whole(slot, limits.MOST_PER_PERSON - 1):
            raise BadQuestion(reason="malformed")
        fate = asking.ask(connected.phone, slot, sent.get("text"))
        name = ids.name_of(ids.question_id(connected.phone.key, connected.phone.identity, slot))
        return {**asking.ack(fate), "id": name}

    return reply_to(sid, act)


def _upvote(sid: str, message: object = None) -> Reply:
    """Store an upvote, or that it was taken back; the reply comes after the commit."""

    def act(connected: Connected) -> Reply:
        sent = _sent(message)
        name, revision, given = sent.get("question"), sent.get("revision"), sent.get("given")
        is_name = isinstance(name, str) and ids.bounds_of(name) is not None
        if not is_name or not casting.is_whole(revision, MOST_REVISION) or not isinstance(given, bool):
            raise BadQuestion(reason="malformed")
        return asking.ack(asking.upvote(connected.phone, str(name), int(str(revision)), given=given))

    return reply_to(sid, act)


def _sent(message: object) -> dict[str, Any]:
    return message if isinstance(message, dict) else {}


def _send_delta(meeting_id: str, delta: Delta) -> None:
    """Send what changed to the phones that look at the board: the same to all, whatever language they read."""
    socketio.server.emit("board", delta.message(), room=rooms.board(meeting_id), namespace=NAMESPACE)


def _send_summary(meeting_id: str, summary: Summary) -> None:
    """Tell every phone of the meeting that the board opened or closed, or how many questions there are."""
    for locale in offered():
        socketio.server.emit("questions", summary._asdict(), room=rooms.phones(meeting_id, locale), namespace=NAMESPACE)
