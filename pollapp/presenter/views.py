"""The presenter screen's page: empty until its socket tells it what to show."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_login import current_user, login_required

from pollapp.extensions import database
from pollapp.meetings import agenda
from pollapp.presenter import rendering
from pollapp.qr import qr_svg
from pollapp.security import address

blueprint = Blueprint("presenter", __name__)


@blueprint.get("/present/<meeting_id>")
@login_required  # type: ignore[untyped-decorator]  # flask-login carries no types
def screen(meeting_id: str) -> ResponseReturnValue:
    """Show the presenter screen of one's own meeting."""
    meeting = database.read(agenda.get_meeting, meeting_id, int(current_user.id))
    base = address(current_app.config["POLLAPP"])
    join_url = f"{base}/m/{meeting.code}"
    language = rendering.locale_of(meeting)
    with force_locale(language):
        return render_template(
            "presenter/screen.html",
            meeting=meeting,
            language=language,
            join_url=join_url,
            join_address=base.partition("://")[2],
            qr_svg=qr_svg(join_url),
            page_theme=meeting.theme,
            page_accent=meeting.accent,
        )
