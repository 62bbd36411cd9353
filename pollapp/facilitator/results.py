"""After (or during) a meeting: every slide as chart and table, and files to take home."""

from datetime import date, timedelta

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_translations
from flask_babel import gettext as _

from pollapp import exports, kinds
from pollapp.extensions import database, hub, keys
from pollapp.facilitator import blueprint, steps
from pollapp.facilitator.authority import owner_id
from pollapp.kinds import Column
from pollapp.meetings import DRAFT, ENDED, LIVE, SEALED, Meeting, agenda, ending, judging, quizzing, reviewing
from pollapp.meetings import results as meeting_results
from pollapp.questions import look
from pollapp.rights import here, may, needs, read_as, run_as


@blueprint.get("/meetings/<meeting_id>/results")
@needs("results")
def results(meeting_id: str) -> ResponseReturnValue:
    """Show what was answered, as far as it may be shown."""
    meeting = here()
    slides = read_as("results", meeting_results.meeting_results, meeting_id)
    review = read_as("results", reviewing.look, meeting_id, keys)
    return render_template(
        "facilitator/results.html",
        meeting=meeting,
        slides=slides,
        answered=[each for each in slides if each.rounds],
        formats=exports.all_formats(),
        to_review=len(review.written),
        pending=review.pending - review.pending_nicknames,
        pending_nicknames=review.pending_nicknames,
        board=read_as("results", look, meeting_id),
        undo_minutes=_undo_minutes(meeting),
        heading=_heading,
        leaders=read_as("results", quizzing.look, meeting_id).standings,
        judged=read_as("results", judging.judged, meeting_id),
        may_accept=may("present") and meeting.state != SEALED,
        may_clear=may("present") and meeting.state in (DRAFT, LIVE),
        newest=max((each.round_id for slide in slides for each in slide.rounds), default=0),
    )


@blueprint.post("/meetings/<meeting_id>/rounds/<int:round_id>/accept")
@needs("present")
def accept_answer(meeting_id: str, round_id: int) -> ResponseReturnValue:
    """Have an answer of a quiz count, or no more; points follow."""
    answer, accepted = request.form.get("answer", ""), "not" not in request.form
    polls, label = run_as("present", "answers_judged", judging.accept, meeting_id, round_id, answer, accepted=accepted)
    hub.answers_judged(meeting_id, polls)
    said = _("“%(answer)s” counts now, and the points have followed.", answer=label)
    flash(said if accepted else _("“%(answer)s” counts no more, and the points have followed.", answer=label), "good")
    return redirect(url_for("facilitator.results", meeting_id=meeting_id, _anchor=f"round-{round_id}"))


@blueprint.get("/meetings/<meeting_id>/export/<file_format>")
@needs("results")
def export(meeting_id: str, file_format: str) -> ResponseReturnValue:
    """Download a meeting's results in one of the formats."""
    words = get_translations().ugettext  # fetched here: the file is made in a thread that knows no request
    file = database.read(exports.make, keys, meeting_id, owner_id(), file_format, today=date.today(), translate=words)
    run_as("results", None, steps.note_download, meeting_id, owner_id(), file_format)
    reply = Response(file.content, mimetype=file.media_type)
    reply.headers.set("Content-Disposition", "attachment", filename=file.name)
    return reply


def _heading(column: Column) -> str:
    return kinds.column_heading(column, _)


def _undo_minutes(meeting: Meeting) -> int:
    """Return for how many more minutes the end can be undone, 0 if it cannot."""
    if meeting.state != ENDED or meeting.ended_at is None:
        return 0
    left = meeting.ended_at + ending.UNDO_WINDOW - agenda.now()
    return max(0, -(-left // timedelta(minutes=1)))
