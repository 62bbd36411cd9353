"""The presenter screen's page: empty until its socket tells it what to show."""

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_login import current_user
from werkzeug.wrappers import Response

from pollapp import playing, rights
from pollapp.errors import InvitationInvalid, NotFound
from pollapp.extensions import database, limiter, login_manager
from pollapp.meetings import links
from pollapp.presenter import rendering
from pollapp.qr import qr_svg
from pollapp.rights import needs
from pollapp.security import address
from pollapp.words import direction

COOKIE_DAYS = 30
"""A screen's link ends with its meeting; the browser forgets it then, or after so long."""

TRIES = "30 per minute"
"""Links that open nothing, from one address."""

blueprint = Blueprint("presenter", __name__)


@blueprint.before_request
def let_in() -> ResponseReturnValue | None:
    """Let in who may watch, and have others sign in; a screen whose link has ended is told so."""
    meeting_id = (request.view_args or {}).get("meeting_id")
    is_screen = meeting_id is not None and rights.screen_cookie(meeting_id) in request.cookies
    if meeting_id is None or current_user.is_authenticated:
        rights.guard()
        return None
    if not is_screen:
        asked: ResponseReturnValue = login_manager.unauthorized()
        return asked
    try:
        rights.guard()
    except NotFound:
        raise InvitationInvalid from None
    return None


def _failed(response: Response) -> bool:
    return response.status_code >= 400


@blueprint.get("/screen/<secret>")
@limiter.limit(TRIES, deduct_when=_failed)
def open_screen(secret: str) -> ResponseReturnValue:
    """Make this browser a screen of the meeting. The secret goes into a cookie: a projected address bar is read by all."""
    meeting = database.read(links.open_screen, secret)
    response = redirect(url_for("presenter.screen", meeting_id=meeting.id))
    response.set_cookie(
        rights.screen_cookie(meeting.id),
        secret,
        max_age=COOKIE_DAYS * 24 * 3600,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response


@blueprint.get("/present/<meeting_id>")
@needs("watch")
def screen(meeting_id: str) -> ResponseReturnValue:  # noqa: ARG001  # `let_in` has found the meeting
    """Show the screen of a meeting, with the commands that the reader's role permits."""
    meeting = rights.here()
    base = address(current_app.config["POLLAPP"])
    join_url = f"{base}/m/{meeting.code}"
    language = rendering.locale_of(meeting)
    playing.allow_on_this_page(meeting)
    with force_locale(language):
        return render_template(
            "presenter/screen.html",
            meeting=meeting,
            role=g.part.role,
            language=language,
            join_url=join_url,
            join_address=base.partition("://")[2],
            qr_svg=qr_svg(join_url),
            page_theme=meeting.theme,
            page_accent=meeting.accent,
            page_dir=direction(meeting.language),
            plays=playing.hosts_line(meeting),
        )
