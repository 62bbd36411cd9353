"""Review: what people wrote, one entry at a time, to be kept, blacked out or dropped."""

from typing import Any

from flask import flash, jsonify, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pollapp import replies
from pollapp.errors import BadDecision, DomainError, TextChanged
from pollapp.extensions import hub, keys
from pollapp.facilitator import blueprint, review_page
from pollapp.facilitator.authority import wants_json
from pollapp.meetings import reviewing
from pollapp.meetings.reviewing import Written
from pollapp.rights import needs, run_as

REVIEW = "/meetings/<meeting_id>/review"
UNDO = "undo"


@blueprint.get(REVIEW)
@needs("moderate")
def review(meeting_id: str) -> ResponseReturnValue:
    """Show an entry, the first that waits for a decision unless told which."""
    page = review_page.load(meeting_id, request.args.get("entry"))
    if wants_json():
        return jsonify(ok=True, **page.parts())
    return page.render()


@blueprint.post(REVIEW)
@needs("moderate")
def decide(meeting_id: str) -> ResponseReturnValue:
    """Keep, black out or drop an entry, or take that back, and go on to the next."""
    asked = request.form.get("decision", "")
    words = request.form["words"].splitlines() if asked == "redact" and "words" in request.form else None
    place = f"{request.form.get('round', '')}.{request.form.get('key', '')}"
    try:
        decided = run_as(
            "moderate",
            "texts_reviewed",
            reviewing.decide,
            meeting_id,
            keys,
            round_id=request.form.get("round", 0, type=int),
            key=request.form.get("key", ""),
            fingerprint=request.form.get("fingerprint", ""),
            decision=None if asked == UNDO else asked or "nothing",
            words=words,
        )
    except (BadDecision, TextChanged) as error:
        return _refused(meeting_id, place, error)
    if decided.poll is not None:
        hub.rounds_changed({decided.poll.id})
    elif decided.is_nickname:
        hub.quiz_changed(meeting_id)
    else:
        hub.boards.changed({meeting_id})
    return _decided(meeting_id, place, decided)


@blueprint.post(f"{REVIEW}/names")
@needs("moderate")
def keep_names(meeting_id: str) -> ResponseReturnValue:
    """Keep the list of names to look for."""
    lines = request.form.get("names", "").splitlines()
    try:
        count = run_as("moderate", "names_kept", reviewing.keep_names, meeting_id, keys, lines)
    except DomainError as error:
        page = review_page.load(meeting_id, None, names_typed=lines, refusal=replies.message(error))
        return page.render(), error.status
    flash(_("The list is saved. Names on it: %(count)s.", count=count), "good")
    return redirect(url_for("facilitator.review", meeting_id=meeting_id))


def _decided(meeting_id: str, place: str, decided: Written) -> ResponseReturnValue:
    """Say what happened, and show the entry that comes next: after an undo, the same again."""
    taken_back = decided.entry.decision is None
    page = review_page.load(meeting_id, decided.place if taken_back else None, after=place)
    is_done = page.sealed or decided.poll is None  # what is decided about a question is carried out at once
    if is_done:
        hub.clear_deleted()
    said = f"{review_page.said(decided.entry.decision)} {page.progress()}"
    undo = _undo_fields(decided) if not taken_back and (not is_done or decided.entry.decision == "keep") else None
    if wants_json():
        state = review_page.state(decided.entry)
        changed = {"place": place, "state": state, "label": review_page.label(state)}
        listed = {"list": page.listed()} if is_done and not undo else {}
        return jsonify(ok=True, said=said, undo=undo, changed=changed, **listed, **page.parts())
    if undo:
        flash({"url": url_for("facilitator.decide", meeting_id=meeting_id), "fields": undo, "said": said}, "undo")  # type: ignore[arg-type]  # kept as JSON; the page makes a form of it
    else:
        flash(said, "good")
    return redirect(url_for("facilitator.review", meeting_id=meeting_id, entry=page.place))


def _undo_fields(decided: Written) -> dict[str, Any]:
    entry = decided.entry
    return {"round": decided.round_id, "key": entry.key, "fingerprint": entry.fingerprint, "decision": UNDO}


def _refused(meeting_id: str, place: str, error: DomainError) -> ResponseReturnValue:
    """Say why, and show the entry as it is now."""
    page = review_page.load(meeting_id, place, refusal=replies.message(error))
    if wants_json():
        return make_response(jsonify(ok=False, message=replies.message(error), **page.parts()), error.status)
    return page.render(), error.status
