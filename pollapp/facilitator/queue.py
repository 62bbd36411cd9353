"""The queue of moderation: what people write, to be approved, hidden and brought back while the meeting runs."""

from collections.abc import Sequence

from flask import flash, jsonify, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pollapp import replies
from pollapp.ballots.moderating import Named
from pollapp.errors import BadDecision, DomainError, NotFound, NothingToDo, TextChanged
from pollapp.extensions import hub
from pollapp.facilitator import blueprint, queue_page
from pollapp.facilitator.authority import wants_json
from pollapp.facilitator.queue_page import QueuePage
from pollapp.meetings import moderating, stage
from pollapp.moderation import Decided
from pollapp.rights import needs, run_as

MODERATE = "/meetings/<meeting_id>/moderate"
NONE = "none"
"""How a form says that nothing is decided about an entry any more."""


@blueprint.get(MODERATE)
@needs("moderate")
def moderate(meeting_id: str) -> ResponseReturnValue:
    """Show the queue, or tell a script what is in it now."""
    page = queue_page.load(meeting_id, request.args.get("show"))
    return jsonify(ok=True, **page.parts()) if wants_json() else page.render()


@blueprint.post(MODERATE)
@needs("moderate")
def moderate_entries(meeting_id: str) -> ResponseReturnValue:
    """Approve or hide entries, or take that back."""
    asked = request.form.get("decision", "")
    entries = [line for value in request.form.getlist("entry") for line in value.split("\n") if line]
    show = request.form.get("show")
    try:
        decided = _decide(meeting_id, entries, None if asked == NONE else asked)
    except (BadDecision, NotFound, TextChanged) as error:
        page = queue_page.load(meeting_id, show, refusal=replies.message(error))
        if wants_json():
            return make_response(jsonify(ok=False, message=replies.message(error), **page.parts()), error.status)
        return page.render(), error.status
    hub.rounds_changed(moderating.rounds_of(decided))
    hub.boards.changed({meeting_id})
    return _said(meeting_id, show, decided)


def _decide(meeting_id: str, entries: Sequence[str], state: str | None) -> list[Decided]:
    """Decide about entries as forms name them, those of one source and group together."""
    groups: dict[tuple[str, str], list[Named]] = {}
    for entry in entries:
        source, group, fingerprint, key = queue_page.read_name(entry)
        groups.setdefault((source, group), []).append(Named(key, fingerprint))
    if not groups:
        raise NotFound()
    return [
        each
        for (source, group), named in groups.items()
        for each in run_as("moderate", "texts_moderated", moderating.decide, meeting_id, source, group, named, state)
    ]


def _said(meeting_id: str, show: str | None, decided: list[Decided]) -> ResponseReturnValue:
    page = queue_page.load(meeting_id, show)
    said = queue_page.said(decided)
    undo = _undo_fields(page, decided)
    if wants_json():
        return jsonify(ok=True, said=said, undo=undo, **page.parts())
    if undo:
        form = {"url": url_for("facilitator.moderate_entries", meeting_id=meeting_id), "fields": undo, "said": said}
        flash(form, "undo")  # type: ignore[arg-type]  # kept as JSON; the page makes a form of it
    else:
        flash(said, "good")
    return redirect(url_for("facilitator.moderate", meeting_id=meeting_id, show=page.show))


def _undo_fields(page: QueuePage, decided: list[Decided]) -> dict[str, str] | None:
    """Return the fields of the form that takes a decision back, if all entries were in the same state before."""
    before = {each.before for each in decided}
    if len(before) != 1:
        return None
    names = "\n".join(queue_page.name(each.entry) for each in decided)
    return {"entry": names, "decision": before.pop() or NONE, "show": page.show}


@blueprint.post(f"{MODERATE}/screen")
@needs("present")
def show_entry(meeting_id: str) -> ResponseReturnValue:
    """Show an open answer large on the screen; without one, show none large any more."""
    show = request.form.get("show")
    try:
        scene = run_as("present", "presented", stage.show_text, meeting_id, request.form.get("text") or None)
    except NothingToDo as error:
        page = queue_page.load(meeting_id, show, refusal=replies.message(error))
        if wants_json():
            return make_response(jsonify(ok=False, message=replies.message(error), **page.parts()), error.status)
        return page.render(), error.status
    hub.stage_changed(scene)
    if wants_json():
        page = queue_page.load(meeting_id, show)
        return jsonify(
            ok=True, said=_("On the screen.") if scene.stage.text_large else _("Off the screen."), **page.parts()
        )
    return redirect(url_for("facilitator.moderate", meeting_id=meeting_id, show=show))


@blueprint.post(f"{MODERATE}/rules")
@needs("moderate")
def keep_moderation_rules(meeting_id: str) -> ResponseReturnValue:
    """Set when entries are looked at, what becomes of offensive words, and the meeting's own list."""
    mode, offensive = request.form.get("mode", ""), request.form.get("offensive", "")
    lines = request.form.get("own_words", "").splitlines()
    try:
        changed = run_as("moderate", "rules_kept", moderating.keep_rules, meeting_id, mode, offensive, lines)
    except DomainError as error:
        page = queue_page.load(meeting_id, None, refusal=replies.message(error), typed=(mode, offensive, lines))
        return page.render(), error.status
    hub.rounds_changed(changed)
    hub.boards.changed({meeting_id})
    flash(_("The rules are saved."), "good")
    return redirect(url_for("facilitator.moderate", meeting_id=meeting_id))
