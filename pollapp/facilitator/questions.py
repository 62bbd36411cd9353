"""The board at the desk: everything asked, to be approved, answered, shown large, labelled, mended, merged or taken away."""

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from pollapp import replies
from pollapp.errors import DomainError
from pollapp.extensions import hub
from pollapp.facilitator import blueprint, questions_page
from pollapp.facilitator.authority import wants_json
from pollapp.meetings import board
from pollapp.rights import needs, run_as

BOARD = "/meetings/<meeting_id>/questions"


@blueprint.get(BOARD)
@needs("moderate")
def questions(meeting_id: str) -> ResponseReturnValue:
    """Show the board, or for a script what changes in it."""
    page = questions_page.load(meeting_id, request.args)
    return jsonify(ok=True, **page.parts()) if wants_json() else page.render()


@blueprint.post(BOARD)
@needs("moderate")
def moderate_questions(meeting_id: str) -> ResponseReturnValue:
    """Do something to a question or to the board, and show what came of it."""
    action, name = request.form.get("act", ""), request.form.get("question", "")
    try:
        said = _carry_out(meeting_id, action, name)
    except DomainError as error:
        if error.status in (403, 404) and not wants_json():
            raise
        return _refused(meeting_id, error)
    hub.boards.changed({meeting_id})
    if action in ("remove", "edit"):
        hub.clear_deleted()
    page = questions_page.load(meeting_id, request.form)
    if wants_json():
        return jsonify(ok=True, said=said, **page.parts())
    flash(said, "good")
    return redirect(url_for("facilitator.questions", meeting_id=meeting_id, **page.kept(), _anchor=f"q-{name}"))


def _carry_out(meeting_id: str, action: str, name: str) -> str:
    """Do it and say what was done."""
    if action == "open":
        run_as("present", "board_set_up", board.open_board, meeting_id)
    elif action == "close":
        run_as("present", "board_set_up", board.close_board, meeting_id)
    elif action == "set_up":
        per_person = request.form.get("per_person", 0, type=int)
        approve_first = "approve_first" in request.form
        run_as("present", "board_set_up", board.set_up, meeting_id, approve_first=approve_first, per_person=per_person)
    elif action in ("highlight", "unhighlight"):
        scene = run_as("present", "presented", board.highlight, meeting_id, name if action == "highlight" else None)
        hub.stage_changed(scene)
    else:
        run_as("moderate", "questions_moderated", board.act, meeting_id, action, name, request.form)
    return questions_page.said(action)


def _refused(meeting_id: str, error: DomainError) -> ResponseReturnValue:
    if wants_json():
        return jsonify(ok=False, code=error.code, message=replies.message(error)), error.status
    page = questions_page.load(meeting_id, request.form, refusal=replies.message(error))
    return page.render(), error.status
