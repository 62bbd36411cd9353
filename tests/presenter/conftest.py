"""Presenter screens in the running application, without a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_socketio import SocketIOTestClient

from pollapp.extensions import socketio
from pollapp.presenter.socket import NAMESPACE
from tests.actors import Facilitator


class Screen:
    """A socket of `/presenter`; `ask` waits for the ack."""

    def __init__(self, app: Flask, browser: FlaskClient, meeting: str = "") -> None:
        self.browser = browser
        self.socket = SocketIOTestClient(
            app, socketio, namespace=NAMESPACE, flask_test_client=browser, auth={"meeting": meeting}
        )

    @property
    def is_connected(self) -> bool:
        """Whether the server let it in."""
        return self.socket.is_connected(NAMESPACE)

    def ask(self, event: str, message: Any) -> dict[str, Any]:
        return self.socket.emit(event, message, namespace=NAMESPACE, callback=True)

    def command(self, meeting: str, version: int, action: str, **params: Any) -> dict[str, Any]:
        return self.ask("command", {"meeting": meeting, "version": version, "action": action, **params})

    def heard(self, name: str) -> list[dict[str, Any]]:
        """Return the messages of a name since the last call."""
        return [each["args"][0] for each in self.socket.get_received(NAMESPACE) if each["name"] == name]


@pytest.fixture
def open_screen(app: Flask, signed_in: Callable[[int], FlaskClient]) -> Callable[[int], Screen]:
    """Call with an account's id to get its screen's socket."""
    return lambda account_id: Screen(app, signed_in(account_id))


@pytest.fixture
def screen(open_screen: Callable[[int], Screen], host: Facilitator) -> Screen:
    """The socket of the host's screen."""
    return open_screen(host.owner_id)
