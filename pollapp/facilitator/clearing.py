"""Clearing what was answered, at the desk: a slide, or the whole meeting. The results page asks before."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pollapp.extensions import hub
from pollapp.facilitator import blueprint
from pollapp.meetings import clearing
from pollapp.rights import needs, run_as


@blueprint.post("/meetings/<meeting_id>/slides/<slide_id>/clear")
@needs("present")
def clear_slide(meeting_id: str, slide_id: str) -> ResponseReturnValue:
    """Delete every answer to a slide."""
    scene = run_as("present", "answers_cleared", clearing.clear_slide, meeting_id, slide_id, seen=_seen())
    hub.answers_cleared(scene)
    flash(_("The answers to this slide are cleared."), "good")
    return redirect(url_for("facilitator.results", meeting_id=meeting_id))


@blueprint.post("/meetings/<meeting_id>/clear")
@needs("present")
def clear_all(meeting_id: str) -> ResponseReturnValue:
    """Delete every answer of a meeting."""
    hub.answers_cleared(run_as("present", "answers_cleared", clearing.clear_all, meeting_id, seen=_seen()))
    flash(_("All answers of this meeting are cleared."), "good")
    return redirect(url_for("facilitator.results", meeting_id=meeting_id))


def _seen() -> int:
    """Return the newest round that was on the page."""
    return request.form.get("seen", 0, type=int)
