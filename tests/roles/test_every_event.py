"""Every event of every socket, sent by every role and by nobody."""

from typing import Any

import pytest
from flask import Flask
from flask_socketio import SocketIOTestClient

from pollapp.accounts import RIGHTS, Permission, permits
from pollapp.extensions import socketio
from pollapp.presenter.socket import HANDLERS, NAMESPACE
from pollapp.rights import needed_by
from tests.roles.conftest import ROLES, Cast

EVENTS: dict[str, Permission] = {
    "watch": "watch",
    "table": "watch",
    "rounds": "watch",
    "cue": "present",
    "command": "present",
    "remove": "moderate",
    "board": "watch",
    "moderate": "moderate",
    "question": "moderate",
    "quiz": "watch",
    "take_nickname": "moderate",
    "accept": "present",
}

OF_PHONES = {
    "connect",
    "disconnect",
    "join",
    "answer",
    "board",
    "board_left",
    "ask",
    "upvote",
    "texts",
    "texts_left",
    "upvote_text",
    "pulse",
    "player",
    "nickname",
}
"""Events of `/participant`, where a phone's token decides and no role does: tests/participant/test_socket.py."""


def connect(app: Flask, cast: Cast, role: str) -> SocketIOTestClient:
    return SocketIOTestClient(
        app, socketio, namespace=NAMESPACE, flask_test_client=cast.browsers[role], auth={"meeting": cast.host.id}
    )


def message_of(cast: Cast, event: str) -> dict[str, Any]:
    more = {
        "command": {"version": cast.host.version, "action": "blank"},
        "remove": {"round": cast.round, "text": cast.text},
        "question": {"act": "hide", "question": cast.question},
        "take_nickname": {"player": cast.player},
        "accept": {"round": cast.quiz, "answer": "Geneva"},
    }
    return {"meeting": cast.host.id, **more.get(event, {})}


@pytest.mark.parametrize("role", ROLES)
def test_an_event_is_for_those_whose_role_permits_it(app: Flask, cast: Cast, role: str) -> None:
    socket = connect(app, cast, role)
    assert socket.is_connected(NAMESPACE) is (role != "stranger")
    for event, needed in EVENTS.items() if role != "stranger" else ():
        before = cast.state()
        reply = socket.emit(event, message_of(cast, event), namespace=NAMESPACE, callback=True)
        if role in RIGHTS and permits(role, needed):
            assert reply["ok"], event
        else:
            assert reply["code"] == ("not_found" if role == "nobody" else "not_allowed"), event
            assert reply["message"]
            assert cast.state() == before


@pytest.mark.parametrize("role", ["owner", "co_facilitator", "moderator", "screen"])
def test_the_end_is_a_command_of_its_own(app: Flask, cast: Cast, role: str) -> None:
    message = {"meeting": cast.host.id, "version": 1, "action": "end"}
    reply = connect(app, cast, role).emit("command", message, namespace=NAMESPACE, callback=True)
    assert reply["ok"] is permits(role, "end")
    assert cast.host.look().meeting.state == ("ended" if permits(role, "end") else "live")


@pytest.mark.parametrize("role", ["owner", "co_facilitator", "moderator", "screen"])
def test_showing_a_question_large_moves_the_screen_so_it_is_for_who_presents(app: Flask, cast: Cast, role: str) -> None:
    message = {"meeting": cast.host.id, "act": "highlight", "question": cast.question}
    reply = connect(app, cast, role).emit("question", message, namespace=NAMESPACE, callback=True)
    assert reply["ok"] is permits(role, "present")
    assert cast.host.look().stage.questions_visible is permits(role, "present")


def test_no_event_is_missing_here(app: Flask) -> None:
    found: dict[str, set[str]] = {}
    for name, _, namespace in socketio.handlers:
        found.setdefault(namespace, set()).add(name)
    for namespace, handlers in socketio.server.handlers.items():
        found.setdefault(namespace, set()).update(handlers)
    assert found == {"/participant": OF_PHONES, NAMESPACE: {"connect", "disconnect", *EVENTS}}
    assert {name: needed_by(handler) for name, handler in HANDLERS.items()} == EVENTS
