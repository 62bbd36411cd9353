"""Edge of the presenter: the projected screen, and the remote in the facilitator's hand."""

from flask import Flask

from pollapp.presenter import remote, socket  # noqa: F401  # the remote adds its page
from pollapp.presenter.views import blueprint


def init_app(app: Flask) -> None:
    """Add the pages of screen and remote, and their socket."""
    app.register_blueprint(blueprint)
    socket.init_app()
