"""Where a facilitator's phone becomes the remote of a meeting: at the desk, which the room does not see."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from pollapp.facilitator import blueprint
from pollapp.qr import qr_svg
from pollapp.rights import here, needs
from pollapp.security import address


@blueprint.get("/meetings/<meeting_id>/remote")
@needs("present")
def remote(meeting_id: str) -> ResponseReturnValue:
    """Show how to open the remote on a phone. The code holds an address and no secret: who scans it must sign in."""
    url = f"{address(current_app.config['POLLAPP'])}/present/{meeting_id}/remote"
    return render_template("facilitator/remote.html", meeting=here(), url=url, qr_svg=qr_svg(url))
