"""Phones in the running application, without a browser: pages, plain forms and sockets."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask_socketio import SocketIOTestClient

from pollapp.ballots import Own, Round, ids, rounds
from pollapp.extensions import database, keys, socketio
from pollapp.participant.phone import cookie_name
from pollapp.participant.socket import NAMESPACE
from tests.actors import Facilitator


class Phone:
    """A browser that has joined a meeting (or not)."""

    def __init__(self, app: Flask, code: str, *, joins: bool = True) -> None:
        self.app, self.code = app, code
        self.browser = app.test_client()
        if joins:
            assert self.browser.post(f"/m/{code}/enter").status_code == 302
        self._socket: SocketIOTestClient | None = None

    @property
    def socket(self) -> SocketIOTestClient:
        """The phone's connection, made when first asked for."""
        if self._socket is None:
            self._socket = SocketIOTestClient(
                self.app, socketio, namespace=NAMESPACE, auth={"code": self.code}, flask_test_client=self.browser
            )
        return self._socket

    def is_let_in(self) -> bool:
        return bool(self.socket.is_connected(NAMESPACE))

    def ask(self, event: str, message: Any) -> dict[str, Any]:
        return self.socket.emit(event, message, namespace=NAMESPACE, callback=True)

    def heard(self, name: str) -> list[dict[str, Any]]:
        """Return the messages of a name since the last call."""
        return [each["args"][0] for each in self.socket.get_received(NAMESPACE) if each["name"] == name]

    def page(self) -> str:
        return self.browser.get(f"/m/{self.code}").text

    def send(self, poll: Round, *answers: str, revisions: dict[int, int] | None = None):
        """Send the plain form with these answers, one per slot, as the page with these revisions had it."""
        token = self.page().partition('name="csrf_token" value="')[2].partition('"')[0]
        form = {"csrf_token": token, "round": str(poll.id)}
        for slot, answer in enumerate(answers):
            form |= {f"answer.{slot}": answer, f"revision.{slot}": str((revisions or {}).get(slot, 0))}
        return self.browser.post(f"/m/{self.code}/answer", data=form)

    def own(self, facilitator: Facilitator, poll: Round) -> list[Own]:
        """Return what is stored for this phone."""
        key = keys.get(facilitator.id)
        cookie = self.browser.get_cookie(cookie_name(self.code, secure=False))
        assert cookie is not None
        identity = ids.read_token(key, cookie.value)
        return database.read(
            lambda session: rounds.own_answers(session.connection(), key, identity, rounds.slots_of([poll]))
        ).get(poll.id, [])


@pytest.fixture
def join(app: Flask, host: Facilitator) -> Callable[..., Phone]:
    """Call to get a phone in the host's meeting, or in that of another facilitator."""
    return lambda facilitator=host, **how: Phone(app, facilitator.meeting.code, **how)
