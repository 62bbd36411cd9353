"""The phone's socket: join once, answer, and follow the stage.

Handlers are registered on the Socket.IO server itself: no request context is made per message (docs/architecture.md).
"""

import time
from collections.abc import Callable
from typing import Any

from flask import current_app
from flask_babel import force_locale
from socketio.exceptions import ConnectionRefusedError as Refused
from werkzeug.http import parse_cookie

from pollapp import locales, replies
from pollapp.errors import BadAnswer, DomainError, MeetingFull, MeetingLocked, NotJoined, SlowDown, TooManyAtOnce
from pollapp.extensions import hub, socketio
from pollapp.live import figures, rooms
from pollapp.live.limits import Bucket
from pollapp.live.sockets import Reply, quick_handlers
from pollapp.meetings import Meeting, Scene
from pollapp.meetings.stage import News
from pollapp.messages import snapshot_message
from pollapp.participant import casting, phone, playing, rendering
from pollapp.participant.admission import admission
from pollapp.participant.forms import MOST_REVISION, MOST_ROUND_ID
from pollapp.participant.phone import Phone
from pollapp.participant.playing import Pulse
from pollapp.participant.showing import showing

NAMESPACE = "/participant"

BURST = 4
"""Messages at once, in seconds' worth: a person with ten entries needs ten, and retries after an outage come on top."""

MOST_SLOT = 99


class Connected:
    """A phone's open connection."""

    __slots__ = ("bucket", "locale", "phone", "place", "pulse")

    def __init__(self, joined: Phone, locale: str, messages_per_s: int, place: bytes) -> None:
        self.place = place
        self.phone = joined
        self.locale = locale
        self.pulse = Pulse()
        self.bucket = Bucket(messages_per_s, BURST * messages_per_s)


_connected: dict[str, Connected] = {}


def init_app() -> None:
    """Register the events on the Socket.IO server and ask the hub for news."""
    for name, handler in HANDLERS.items():
        socketio.server.on(name, handler, namespace=NAMESPACE)
    quick_handlers[NAMESPACE, "answer"] = _answer_quickly
    quick_handlers[NAMESPACE, "pulse"] = _pulse_quickly
    hub.on_stage(_send_stage)
    hub.on_phone_news(_send_news)
    hub.on_look_again(_send_again)


def _connect(sid: str, environ: dict[str, Any], auth: object = None) -> None:
    """Let a phone in that holds the meeting's cookie; it is asked for nothing else."""
    with hub.app_context():
        wanted = auth if isinstance(auth, dict) else {}
        try:
            meeting = showing.meeting(str(wanted.get("code", "")))
            joined = _recognise(meeting, environ)
            place = admission.enter(environ.get("REMOTE_ADDR", ""))
        except DomainError as error:
            if isinstance(error, MeetingFull | TooManyAtOnce):
                figures.dropped("too_many")
            raise Refused(error.code, {"code": error.code, **error.params}) from None
        locale = locales.nearest(str(wanted.get("lang", "")))
        messages_per_s = current_app.config["POLLAPP"].messages_per_s
    _connected[sid] = Connected(joined, locale, messages_per_s, place)
    socketio.server.enter_room(sid, rooms.phones(joined.meeting_id, locale), namespace=NAMESPACE)
    hub.phone_came(joined.meeting_id)


def _recognise(meeting: Meeting, environ: dict[str, Any]) -> Phone:
    cookies = parse_cookie(environ)  # the same parser as for pages: other programs' odd cookies do not stop it
    for secure in (True, False):
        joined = phone.recognise(meeting, cookies.get(phone.cookie_name(meeting.code, secure=secure)))
        if joined:
            return joined
    raise MeetingLocked() if meeting.locked else NotJoined()


def _disconnect(sid: str, _reason: object = None) -> None:
    gone = _connected.pop(sid, None)
    if gone is not None:
        admission.leave(gone.place)
        hub.phone_went(gone.phone.meeting_id)


def _join(sid: str, _message: object = None) -> dict[str, Any]:
    """Tell a phone what the meeting shows and what it has answered itself."""
    return reply_to(sid, _tell_place)


def _tell_place(connected: Connected) -> dict[str, Any]:
    found = phone.place(connected.phone)
    with hub.app_context():
        return {
            "ok": True,
            "stage": found.shown.stage_message(connected.locale),
            "mine": {
                str(round_id): {str(own.slot): phone.own_state(own) for own in owns}
                for round_id, owns in found.own.items()
            },
            "snapshot": found.shown.snapshot_message(connected.locale),
            "board": found.shown.board._asdict(),
        }


def _answer(sid: str, message: object = None) -> dict[str, Any]:
    """Store an answer; the reply comes after the commit."""

    def store(connected: Connected) -> dict[str, Any]:
        round_id, slot, revision, raw = _read(message)
        return casting.ack(
            casting.cast(connected.phone, round_id, slot, revision, raw, connected.pulse.latency_s), revision
        )

    return reply_to(sid, store)


def _answer_quickly(sid: str, message: Any, reply: Reply) -> bool:
    """Do as `_answer` does, without waiting; False when it takes a look into the database first."""
    connected = _connected.get(sid)
    if connected is None:
        return False
    try:
        if not connected.bucket.take():
            figures.refused("slow_down")
            raise SlowDown()
        round_id, slot, revision, raw = _read(message)
        is_on_its_way = casting.cast_soon(
            connected.phone,
            round_id,
            slot,
            revision,
            raw,
            lambda result: reply(casting.ack(result, revision)),
            connected.pulse.latency_s,
        )
    except DomainError as error:
        reply(replies.ack(error))
        return True
    return is_on_its_way


def _pulse(sid: str, message: object = None) -> dict[str, Any]:
    """Tell a phone a number to say back, which measures how long messages take."""
    number = message.get("number") if isinstance(message, dict) else None
    return reply_to(sid, lambda connected: {"ok": True, "number": connected.pulse.hear(number, time.monotonic())})


def _pulse_quickly(sid: str, message: Any, reply: Reply) -> bool:
    """Do as `_pulse` does, at once."""
    reply(_pulse(sid, message))
    return True


def _player(sid: str, _message: object = None) -> dict[str, Any]:
    """Tell a phone its nickname, its points and its place."""
    return reply_to(sid, lambda connected: {"ok": True, **playing.look(connected.phone).message()})


def _nickname(sid: str, message: object = None) -> dict[str, Any]:
    """Give a phone the nickname it chose, or the one it was offered."""
    raw = message.get("nickname") if isinstance(message, dict) else None

    def give(connected: Connected) -> dict[str, Any]:
        try:
            return {"ok": True, "nickname": playing.name(connected.phone, raw).nickname}
        except DomainError as error:
            with hub.app_context(), force_locale(connected.locale):
                return {**replies.ack(error), "message": replies.message(error)}

    return reply_to(sid, give)


def _read(message: object) -> tuple[int, int, int, object]:
    """Return round, slot, revision and raw answer of a message. Raises `BadAnswer` when it is none."""
    sent = message if isinstance(message, dict) else {}
    round_id, slot, revision = sent.get("round"), sent.get("slot"), sent.get("revision")
    if (
        casting.is_whole(round_id, MOST_ROUND_ID)
        and casting.is_whole(slot, MOST_SLOT)
        and casting.is_whole(revision, MOST_REVISION)
    ):
        return round_id, slot, revision, sent.get("raw")
    figures.refused("bad_answer")
    raise BadAnswer("malformed")


def reply_to(sid: str, act: Callable[[Connected], dict[str, Any]]) -> dict[str, Any]:
    """Act for a connected phone, within its rate; errors become codes."""
    connected = _connected.get(sid)
    try:
        if connected is None:
            raise NotJoined()
        if not connected.bucket.take():
            figures.refused("slow_down")
            raise SlowDown()
        return act(connected)
    except DomainError as error:
        return replies.ack(error)


def _send_stage(scene: Scene) -> None:
    """Send a stage to every phone of the meeting: rendered once per language, with nothing of any phone in it."""
    for locale in locales.offered():
        socketio.server.emit(
            "stage",
            rendering.stage_message(scene, locale),
            room=rooms.phones(scene.meeting.id, locale),
            namespace=NAMESPACE,
        )


def _send_news(news: News) -> None:
    """Send results to the phones, while the facilitator shares them."""
    if not news.stage.results_on_phones or not news.latest:
        return
    for locale in locales.offered():
        socketio.server.emit(
            "results",
            {"snapshot": snapshot_message(news.snapshot, locale)},
            room=rooms.phones(news.meeting.id, locale),
            namespace=NAMESPACE,
        )


def _send_again(meeting_id: str, within_ms: int) -> None:
    """Ask every phone of a meeting to join anew, at a random moment within so many milliseconds."""
    for locale in locales.offered():
        socketio.server.emit(
            "again", {"within_ms": within_ms}, room=rooms.phones(meeting_id, locale), namespace=NAMESPACE
        )


HANDLERS: dict[str, Callable[..., Any]] = {
    "connect": _connect,
    "disconnect": _disconnect,
    "join": _join,
    "answer": _answer,
    "pulse": _pulse,
    "player": _player,
    "nickname": _nickname,
}
