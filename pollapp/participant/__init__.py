"""Edge of the participant: the phone."""

from flask import Flask

from pollapp.participant import (
    board_socket,
    board_views,  # noqa: F401  # adds its pages to the blueprint
    socket,
    upvote_socket,
    upvote_views,  # noqa: F401  # the same
)
from pollapp.participant.admission import admission
from pollapp.participant.casting import polls
from pollapp.participant.doorway import Doorway
from pollapp.participant.playing import playing
from pollapp.participant.showing import showing
from pollapp.participant.views import blueprint


def init_app(app: Flask) -> None:
    """Add the phone's pages and its socket."""
    app.register_blueprint(blueprint)
    app.wsgi_app = Doorway(app.wsgi_app)  # type: ignore[method-assign]  # as Flask's documentation does it
    admission.init(app.config["POLLAPP"])
    showing.init()
    polls.init()
    playing.init()
    socket.init_app()
    board_socket.init_app()
    upvote_socket.init_app()
