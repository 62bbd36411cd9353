"""Taking open answers off the screen and out of the files, at the desk."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pollapp.ballots import rounds
from pollapp.extensions import database, hub
from pollapp.facilitator import blueprint
from pollapp.facilitator.authority import owner_id, read_owned, run_owned
from pollapp.meetings import SEALED, agenda


@blueprint.get("/meetings/<meeting_id>/rounds/<int:round_id>/texts")
def texts(meeting_id: str, round_id: int) -> ResponseReturnValue:
    """List the open answers of a round that may be shown, each with a way to remove it."""
    meeting = database.read(agenda.get_meeting, meeting_id, owner_id())
    poll, shown = read_owned(rounds.shown_texts, meeting_id, round_id)
    return render_template("facilitator/texts.html", meeting=meeting, poll=poll, texts=shown)


@blueprint.post("/meetings/<meeting_id>/rounds/<int:round_id>/texts/<text_id>/remove")
def remove_text(meeting_id: str, round_id: int, text_id: str) -> ResponseReturnValue:
    """Remove an open answer; its writer's phone is told."""
    run_owned(rounds.remove_text, meeting_id, round_id, text_id)
    hub.text_removed(meeting_id, round_id)
    if database.read(agenda.get_meeting, meeting_id, owner_id()).state == SEALED:
        hub.clear_deleted()
    flash(_("The answer is removed."), "good")
    return redirect(url_for("facilitator.texts", meeting_id=meeting_id, round_id=round_id))
