"""Edge of the facilitator: sign in, build meetings, read results, take files home."""

from flask import Blueprint, Flask
from werkzeug.wrappers import Response

from pollapp import rights
from pollapp.extensions import login_manager
from pollapp.facilitator import authority

blueprint = Blueprint("facilitator", __name__, url_prefix="/desk")


@blueprint.before_request
def require_sign_in() -> Response | None:
    """Close every page of the desk to strangers, except those that let people in, and hold the others to their role."""
    if not authority.is_open_page():
        return authority.ask_to_sign_in()
    rights.guard()
    return None


def init_app(app: Flask) -> None:
    """Register the desk's pages and the way facilitators are recognised."""
    from pollapp.facilitator import (  # noqa: F401  # they add their views
        clearing,
        editor,
        meetings,
        moderation,
        people,
        pictures,
        players,
        questions,
        queue,
        remote,
        results,
        review,
        sign_in,
        words,
    )

    authority.set_up(login_manager)
    app.register_blueprint(blueprint)
