"""What the editor shows: as a page, or as the parts a script puts in."""

from typing import Any, NamedTuple

from flask import current_app, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import TemplateNotFound
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from pollapp.ballots import rounds
from pollapp.errors import NotFound
from pollapp.facilitator.authority import wants_json
from pollapp.facilitator.preview import preview_of
from pollapp.facilitator.slide_forms import SlideForms
from pollapp.kinds import all_kinds
from pollapp.meetings import Meeting, Slide, agenda, stage
from pollapp.rights import read_as

REFUSED = 422


class Editor(NamedTuple):
    """A meeting with its agenda, and the slide that is being edited (none in an empty meeting).

    Once a slide was `asked`, only its wording may change.
    """

    meeting: Meeting
    slides: list[Slide]
    slide: Slide | None
    asked: bool


def load(session: Session, meeting_id: str, slide_id: str | None) -> Editor:
    """Read what the editor shows; without a slide id, the first slide. Raises `NotFound`."""
    meeting = stage.scene(session, meeting_id).meeting
    slides = agenda.slides_of(session, meeting_id)
    chosen = [slide for slide in slides if slide_id in (None, slide.id)]
    if slide_id is not None and not chosen:
        raise NotFound
    slide = chosen[0] if chosen else None
    asked = slide is not None and rounds.latest(session, slide.id) is not None
    return Editor(meeting, slides, slide, asked)


def show(meeting_id: str, slide_id: str | None, **more: Any) -> Response:
    """Show a slide in the editor; a script gets the slide list, the form and the preview."""
    editor = read_as("build", load, meeting_id, slide_id)
    forms = SlideForms.of(editor.slide) if editor.slide else None
    if not wants_json():
        return make_response(_page(editor, forms))
    parts = _words(editor, forms)
    return jsonify(
        ok=True,
        url=_address(editor),
        list=render_template("facilitator/slide_list.html", **parts),
        form=render_template("facilitator/slide_form.html", **parts),
        preview=_preview(editor),
        **more,
    )


def saved(meeting_id: str, slide_id: str) -> Response:
    """Answer a save: with what the script needs to go on, or with the page."""
    if not wants_json():
        return redirect(url_for("facilitator.slide", meeting_id=meeting_id, slide_id=slide_id, saved=1))
    if "with_form" in request.args:
        return show(meeting_id, slide_id)
    editor = read_as("build", load, meeting_id, slide_id)
    forms = SlideForms.of(editor.slide) if editor.slide else None
    return jsonify(
        ok=True, hidden=forms.hidden() if forms else {}, beside=_beside(editor, forms), preview=_preview(editor)
    )


def _beside(editor: Editor, forms: SlideForms | None) -> str | None:
    """Return what the form shows of the meeting's settings beside the kind's own, None for most kinds."""
    if forms is None:
        return None
    try:
        template = current_app.jinja_env.get_template(f"kinds/{forms.module.NAME}/beside.html")
    except TemplateNotFound:
        return None
    return render_template(template, **_words(editor, forms))


def refused(meeting_id: str, slide_id: str, forms: SlideForms, message: str) -> Response:
    """Say what is wrong and where; what was typed stays."""
    if wants_json():
        return make_response(jsonify(ok=False, message=message, errors=forms.errors()), REFUSED)
    editor = read_as("build", load, meeting_id, slide_id)
    return make_response(_page(editor, forms, refusal=message), REFUSED)


def went(
    meeting_id: str, slide_id: str | None, *, undo: str, fields: dict[str, Any] | None = None, said: str = ""
) -> Response:
    """Answer a change of the agenda: show the slide, and how to take the change back."""
    steps = {"url": undo, "fields": fields or {}, "said": said}
    if wants_json():
        return show(meeting_id, slide_id, undo=steps)
    if said:
        flash(steps, "undo")  # type: ignore[arg-type]  # kept as JSON; the page makes a form of it
    if slide_id is None:
        return redirect(url_for("facilitator.meeting", meeting_id=meeting_id))
    return redirect(url_for("facilitator.slide", meeting_id=meeting_id, slide_id=slide_id))


def _page(editor: Editor, forms: SlideForms | None, refusal: str | None = None) -> str:
    return render_template("facilitator/editor.html", refusal=refusal, **_words(editor, forms))


def _words(editor: Editor, forms: SlideForms | None) -> dict[str, Any]:
    kinds = all_kinds()
    return {
        "meeting": editor.meeting,
        "slides": editor.slides,
        "slide": editor.slide,
        "asked": editor.asked,
        "forms": forms,
        "kinds": kinds,
        "kind_titles": {kind.NAME: kind.TITLE for kind in kinds},
        "csrf": generate_csrf(),
    }


def _preview(editor: Editor) -> dict[str, Any] | None:
    return preview_of(editor.meeting, editor.slides, editor.slide) if editor.slide else None


def _address(editor: Editor) -> str:
    if editor.slide is None:
        return url_for("facilitator.meeting", meeting_id=editor.meeting.id)
    return url_for("facilitator.slide", meeting_id=editor.meeting.id, slide_id=editor.slide.id)
