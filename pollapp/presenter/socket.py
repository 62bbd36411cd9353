"""The socket of screens and remotes: watch a meeting, and give commands that carry the stage's version."""

from collections.abc import Callable
from typing import Any, TypeGuard

from flask_babel import force_locale
from flask_login import current_user
from flask_socketio import ConnectionRefusedError as Refused
from flask_socketio import join_room
from sqlalchemy.orm import Session

from pollapp import kinds, replies, rights
from pollapp.accounts import Permission, permits
from pollapp.ballots import RoundSnapshot, rounds, take
from pollapp.errors import BadCommand, DomainError, NotFound
from pollapp.extensions import hub, socketio
from pollapp.kinds import Table
from pollapp.live import figures, rooms
from pollapp.meetings import Meeting, Part, Scene, Stage, apart, audit, ending, stage
from pollapp.meetings.stage import News
from pollapp.messages import snapshot_message, table_message
from pollapp.presenter import board, quiz, remote, rendering

NAMESPACE = "/presenter"

MOST_NUMBER = 2**53
"""The largest whole number that JavaScript counts exactly; databases take it too."""

SHOWING = frozenset({"show_results", "share_results"})
"""Commands that the list of what was done tells apart from the others."""

Reply = dict[str, Any]
Sent = dict[str, Any]
Act = Callable[[Part, Sent], Reply]


def init_app() -> None:
    """Register the events, and ask the hub for news."""
    socketio.on_event("connect", _connect, namespace=NAMESPACE)
    socketio.on_event("disconnect", _disconnect, namespace=NAMESPACE)
    for name, handler in HANDLERS.items():
        socketio.on_event(name, handler, namespace=NAMESPACE)
    hub.on_stage(_send_stage)
    hub.on_presence(_send_presence)
    hub.on_screen_news(_send_news)
    hub.on_phone_news(_send_figures)
    hub.on_agenda(_send_agenda)
    board.init_app()
    quiz.init_app()
    hub.on_rights(_let_all_ask_again)


def _connect(auth: object = None) -> None:
    """Let facilitators in, and browsers that opened a screen's link of the meeting they name."""
    if not current_user.is_authenticated:
        try:
            rights.part_as("watch", _name(auth.get("meeting")) if isinstance(auth, dict) else "")
        except NotFound:
            raise Refused("sign_in", {"code": "sign_in"}) from None
    figures.screen_came()


def _disconnect(_reason: object = None) -> None:
    figures.screen_went()


def _permitted(permission: Permission, act: Act) -> Callable[..., Reply]:
    """Return a handler that acts if the sender's role permits it. The role is looked up anew for every message."""

    @rights.needs(permission)
    def handle(message: object = None) -> Reply:
        sent = message if isinstance(message, dict) else {}
        try:
            return act(rights.part_as(permission, _name(sent.get("meeting"))), sent)
        except DomainError as error:
            return {**replies.ack(error), "message": replies.message(error)}

    return handle


def _watch(part: Part, sent: Sent) -> Reply:
    """Follow a meeting: reply with what it shows, and send every change from now on. A remote is sent less."""
    meeting, role = part
    presents = permits(role, "present")
    is_remote = presents and sent.get("remote") is True
    join_room((rooms.remotes if is_remote else rooms.screens if presents else rooms.watchers)(meeting.id))
    scene, snapshot = rights.read_as("watch", _look, meeting.id, presents)
    locale = rendering.locale_of(meeting)
    message = rendering.stage_message(scene, hub.phones_in(meeting.id))
    return {
        "ok": True,
        "role": role,
        "stage": message if presents else rendering.for_the_room(message),
        "snapshot": (remote.figures_message if is_remote else snapshot_message)(snapshot, locale) if snapshot else None,
        "to_approve": _to_approve(meeting, snapshot) if snapshot else None,
        "text": _apart(scene.stage, snapshot) if snapshot else None,
    }


def _look(session: Session, meeting_id: str, presents: bool) -> tuple[Scene, RoundSnapshot | None]:
    scene = stage.scene(session, meeting_id)
    if scene.poll is None:
        return scene, None
    snapshot = take(session, scene.poll)
    return scene, snapshot if presents else stage.in_the_room(scene.stage, scene.poll, snapshot)


def _table(part: Part, _sent: Sent) -> Reply:
    """Reply with the whole table of what is on stage; with every change only its first rows are sent."""
    meeting, role = part
    found = rights.read_as("watch", _whole_table, meeting.id, permits(role, "present"))
    if found is None:
        return {"ok": True, "round": None, "table": None}
    round_id, table = found
    with force_locale(rendering.locale_of(meeting)):
        return {"ok": True, "round": round_id, "table": table_message(table)}


def _whole_table(session: Session, meeting_id: str, presents: bool) -> tuple[int, Table] | None:
    scene = stage.scene(session, meeting_id)
    if scene.poll is None or not (presents or scene.stage.results_visible):
        return None
    return scene.poll.id, take(session, scene.poll).table


def _rounds(part: Part, _sent: Sent) -> Reply:
    """Reply with the rounds that stand side by side, oldest first, and with one table of them all."""
    meeting, role = part
    shown = rights.read_as("watch", _compared, meeting.id, permits(role, "present"))
    locale = rendering.locale_of(meeting)
    table = kinds.compare([(each.round_number, each.table) for each in shown if each.results is not None])
    with force_locale(locale):
        figures = table_message(table) if table else None
    return {"ok": True, "snapshots": [snapshot_message(each, locale) for each in shown], "table": figures}


def _compared(session: Session, meeting_id: str, presents: bool) -> list[RoundSnapshot]:
    scene = stage.scene(session, meeting_id)
    if not (presents or scene.stage.results_visible):
        return []
    return [take(session, poll) for poll in stage.compared(session, scene)]


def _cue(part: Part, _sent: Sent) -> Reply:
    """Reply with what only facilitators read: notes, and what comes next. It is sent to nobody unasked."""
    return {"ok": True, **remote.cue_message(rights.read_as("present", stage.cue, part.meeting.id))}


def _command(part: Part, sent: Sent) -> Reply:
    """Change the stage, unless it changed since the screen last heard of it."""
    version, action = sent.get("version"), sent.get("action")
    if not _is_whole(version) or not isinstance(action, str):
        raise BadCommand()
    if action == "end":
        scene = rights.run_as("end", "ended", _end, part.meeting.id)
    else:
        params = {**sent, "slide": _name(sent.get("slide"))}
        noted: audit.Action = "results_shown" if action in SHOWING else "presented"
        scene = rights.run_as("present", noted, stage.command, part.meeting.id, version, action, params)
    hub.stage_changed(scene)
    return {"ok": True, "version": scene.stage.version}


def _end(session: Session, meeting_id: str) -> Scene:
    ending.end(session, meeting_id)
    return stage.scene(session, meeting_id)


def _remove(part: Part, sent: Sent) -> Reply:
    """Take an open answer off the screen for good; its writer is told."""
    round_id, text_id = sent.get("round"), sent.get("text")
    if not _is_whole(round_id) or not isinstance(text_id, str):
        raise BadCommand()
    poll = rights.run_as("moderate", "texts_removed", rounds.remove_text, part.meeting.id, round_id, text_id)
    hub.text_removed(poll)
    return {"ok": True}


HANDLERS: dict[str, Callable[..., Reply]] = {
    "watch": _permitted("watch", _watch),
    "table": _permitted("watch", _table),
    "rounds": _permitted("watch", _rounds),
    "cue": _permitted("present", _cue),
    "command": _permitted("present", _command),
    "remove": _permitted("moderate", _remove),
    "board": _permitted("watch", board.show),
    "moderate": _permitted("moderate", board.follow),
    "question": _permitted("moderate", board.act),
    "quiz": _permitted("watch", quiz.show),
    "take_nickname": _permitted("moderate", quiz.take_nickname),
    "accept": _permitted("present", quiz.accept),
}
"""What a screen or a remote may ask for, and what its role must permit for that."""


def _name(value: object) -> str:
    """Return a value that can name a meeting or slide; anything else is looked for as "" and not found."""
    return value if isinstance(value, str) and value.isascii() and value.isalnum() else ""


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_NUMBER


def _send_stage(scene: Scene) -> None:
    message = rendering.stage_message(scene, hub.phones_in(scene.meeting.id))
    _send("stage", message, rooms.screens(scene.meeting.id), rooms.remotes(scene.meeting.id))
    _send("stage", rendering.for_the_room(message), rooms.watchers(scene.meeting.id))


def _send_presence(scene: Scene) -> None:
    """Send how many phones there are, where that is told. Elsewhere a message alone would say that somebody came."""
    if scene.meeting.preset == "standard":
        _send_stage(scene)


def _to_approve(meeting: Meeting, snapshot: RoundSnapshot) -> int | None:
    """Return how many entries wait for approval, where such numbers are told and somebody is to approve any."""
    is_told = meeting.preset == "standard" and (snapshot.approves_first or snapshot.to_approve)
    return snapshot.to_approve if is_told else None


def _send_news(news: News) -> None:
    """Send results to who presents, and as much of them as the room sees to who watches."""
    meeting, locale = news.meeting, rendering.locale_of(news.meeting)
    to_approve = _to_approve(meeting, news.snapshot)
    message = _results(news, news.snapshot, locale) | {"to_approve": to_approve}
    if news.in_the_room is news.snapshot:
        _send("results", message, rooms.screens(meeting.id), rooms.watchers(meeting.id))
        return
    _send("results", message, rooms.screens(meeting.id))
    in_the_room = _results(news, news.in_the_room, locale) | {"to_approve": to_approve}
    _send("results", in_the_room, rooms.watchers(meeting.id))


def _results(news: News, snapshot: RoundSnapshot, locale: str) -> dict[str, Any]:
    text = _apart(news.stage, snapshot) if news.latest else None
    return {"snapshot": snapshot_message(snapshot, locale), "text": text}


def _apart(shown: Stage, snapshot: RoundSnapshot) -> dict[str, Any] | None:
    """Return the answer that stands apart, as it may be shown."""
    seen = apart.seen(shown, snapshot)
    return seen and {name: value for name, value in seen._asdict().items() if name != "votes" or value is not None}


def _let_all_ask_again(meeting_id: str) -> None:
    """Send nothing more to whoever follows a meeting until it has asked again, and was let in again."""
    for room in (*_all_rooms(meeting_id), rooms.moderators(meeting_id)):
        _send("again", {}, room)
        socketio.server.close_room(room, namespace=NAMESPACE)


def _send_figures(news: News) -> None:
    """Send remotes the figures of the latest round alone, as seldom as phones: what draws them is on the big screen."""
    if not news.latest:
        return
    message = {
        "snapshot": remote.figures_message(news.snapshot, rendering.locale_of(news.meeting)),
        "to_approve": _to_approve(news.meeting, news.snapshot),
        "text": _apart(news.stage, news.snapshot),
    }
    _send("results", message, rooms.remotes(news.meeting.id))


def _send_agenda(meeting_id: str) -> None:
    """Tell remotes to ask what comes next. The notes themselves are told only to who asks."""
    _send("agenda", {}, rooms.remotes(meeting_id))


def _all_rooms(meeting_id: str) -> tuple[str, ...]:
    return rooms.screens(meeting_id), rooms.remotes(meeting_id), rooms.watchers(meeting_id)


def _send(name: str, message: dict[str, Any], *to: str) -> None:
    socketio.server.emit(name, message, room=list(to), namespace=NAMESPACE)
