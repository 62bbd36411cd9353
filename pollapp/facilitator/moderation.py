"""Taking open answers off the screen and out of the files, at the desk."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pollapp.ballots import rounds
from pollapp.extensions import hub
from pollapp.facilitator import blueprint
from pollapp.rights import here, needs, read_as, run_as


@blueprint.get("/meetings/<meeting_id>/rounds/<int:round_id>/texts")
@needs("moderate")
def texts(meeting_id: str, round_id: int) -> ResponseReturnValue:
    """List the open answers of a round that its facilitator may read, each with a way to remove it."""
    poll, shown = read_as("moderate", rounds.readable_texts, meeting_id, round_id)
    return render_template("facilitator/texts.html", meeting=here(), poll=poll, texts=shown)


@blueprint.post("/meetings/<meeting_id>/rounds/<int:round_id>/texts/<text_id>/remove")
@needs("moderate")
def remove_text(meeting_id: str, round_id: int, text_id: str) -> ResponseReturnValue:
    """Remove an open answer; its writer's phone is told."""
    hub.text_removed(run_as("moderate", "texts_removed", rounds.remove_text, meeting_id, round_id, text_id))
    flash(_("The answer is removed."), "good")
    return redirect(url_for("facilitator.texts", meeting_id=meeting_id, round_id=round_id))
