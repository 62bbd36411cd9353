"""Edge of the participant: the phone."""

from flask import Flask

from pollapp.participant import socket
from pollapp.participant.views import blueprint


def init_app(app: Flask) -> None:
    """Add the phone's pages and its socket."""
    app.register_blueprint(blueprint)
    socket.init_app()
