"""Edge of the presenter: the projected screen."""

from flask import Flask

from pollapp.presenter import socket
from pollapp.presenter.views import blueprint


def init_app(app: Flask) -> None:
    """Add the screen's page and its socket."""
    app.register_blueprint(blueprint)
    socket.init_app()
