"""The editor: the agenda of a meeting, one slide at a time, each change saved as it is made."""

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pollapp import replies
from pollapp.errors import DomainError, NotFound
from pollapp.extensions import database, hub
from pollapp.facilitator import blueprint, editor_page, steps
from pollapp.facilitator.authority import owner_id
from pollapp.facilitator.preview import preview_of
from pollapp.facilitator.slide_forms import SlideForms
from pollapp.meetings import LIVE, agenda, stage
from pollapp.playing import is_this_server
from pollapp.qr import qr_svg
from pollapp.rights import needs, read_as, run_as
from pollapp.security import address
from pollapp.words import direction

SLIDE = "/meetings/<meeting_id>/slides/<slide_id>"


@blueprint.get("/meetings/<meeting_id>", endpoint="meeting")
@blueprint.get(SLIDE, endpoint="slide")
@needs("build")
def edit(meeting_id: str, slide_id: str | None = None) -> ResponseReturnValue:
    """Edit a slide of a meeting, the first one unless told which."""
    return editor_page.show(meeting_id, slide_id)


@blueprint.post(SLIDE, endpoint="save_slide")
@needs("build")
def save_slide(meeting_id: str, slide_id: str) -> ResponseReturnValue:
    """Store what was typed, or say what stands in the way."""
    forms = SlideForms.posted(read_as("build", agenda.get_slide, meeting_id, slide_id))
    if not forms.validate():
        return editor_page.refused(meeting_id, slide_id, forms, _("Please mend what is marked."))
    try:
        run_as("build", "slides_changed", steps.change_slide, meeting_id, slide_id, forms.changes())
    except DomainError as error:
        return editor_page.refused(meeting_id, slide_id, forms, replies.message(error))
    hub.agenda_changed(meeting_id)
    _show_if_on_stage(meeting_id, slide_id)
    return editor_page.saved(meeting_id, slide_id)


def _show_if_on_stage(meeting_id: str, slide_id: str) -> None:
    """Send a mended slide to screen and phones when it is what they show."""
    scene = database.read(stage.scene, meeting_id)
    if scene.meeting.state == LIVE and scene.slide is not None and scene.slide.id == slide_id:
        hub.stage_changed(scene)


@blueprint.post("/meetings/<meeting_id>/slides")
@needs("build")
def add_slide(meeting_id: str) -> ResponseReturnValue:
    """Add a slide behind the one being edited."""
    slide = run_as(
        "build",
        "slides_changed",
        steps.insert_slide,
        meeting_id,
        request.form.get("kind", ""),
        request.form.get("after"),
    )
    hub.agenda_changed(meeting_id)
    undo = url_for("facilitator.delete_slide", meeting_id=meeting_id, slide_id=slide.id)
    return editor_page.went(meeting_id, slide.id, undo=undo)


@blueprint.post(f"{SLIDE}/duplicate")
@needs("build")
def duplicate_slide(meeting_id: str, slide_id: str) -> ResponseReturnValue:
    """Add a copy of a slide behind it."""
    copy = run_as("build", "slides_changed", agenda.duplicate_slide, meeting_id, slide_id)
    hub.agenda_changed(meeting_id)
    undo = url_for("facilitator.delete_slide", meeting_id=meeting_id, slide_id=copy.id)
    return editor_page.went(meeting_id, copy.id, undo=undo)


@blueprint.post(f"{SLIDE}/move")
@needs("build")
def move_slide(meeting_id: str, slide_id: str) -> ResponseReturnValue:
    """Move a slide to another place in the agenda."""
    before = run_as(
        "build", "slides_changed", steps.move_slide, meeting_id, slide_id, request.form.get("position", 0, type=int)
    )
    hub.agenda_changed(meeting_id)
    undo = url_for("facilitator.move_slide", meeting_id=meeting_id, slide_id=slide_id)
    return editor_page.went(meeting_id, slide_id, undo=undo, fields={"position": before})


@blueprint.post(f"{SLIDE}/delete")
@needs("build")
def delete_slide(meeting_id: str, slide_id: str) -> ResponseReturnValue:
    """Take a slide off the agenda; it can be put back."""
    neighbour = run_as("build", "slides_changed", steps.delete_slide, meeting_id, slide_id)
    hub.agenda_changed(meeting_id)
    undo = url_for("facilitator.restore_slide", meeting_id=meeting_id, slide_id=slide_id)
    return editor_page.went(meeting_id, neighbour, undo=undo, said=_("The slide is deleted."))


@blueprint.post(f"{SLIDE}/restore")
@needs("build")
def restore_slide(meeting_id: str, slide_id: str) -> ResponseReturnValue:
    """Put a deleted slide back where it was."""
    run_as("build", "slides_changed", agenda.restore_slide, meeting_id, slide_id)
    hub.agenda_changed(meeting_id)
    undo = url_for("facilitator.delete_slide", meeting_id=meeting_id, slide_id=slide_id)
    return editor_page.went(meeting_id, slide_id, undo=undo)


@blueprint.post(f"{SLIDE}/allow-video")
@needs("build")
def allow_video(meeting_id: str, slide_id: str) -> ResponseReturnValue:
    """Let the screen of the meeting play videos of a host, or no longer."""
    allowed = "allow" in request.form
    host = request.form.get("allow" if allowed else "withdraw", "")
    if is_this_server(host):
        raise NotFound()
    run_as("build", "settings_changed", agenda.allow_host, meeting_id, owner_id(), host, allowed=allowed)
    hub.stage_changed(database.read(stage.scene, meeting_id))
    undo = url_for("facilitator.allow_video", meeting_id=meeting_id, slide_id=slide_id)
    return editor_page.went(meeting_id, slide_id, undo=undo, fields={"withdraw" if allowed else "allow": host})


@blueprint.get(f"{SLIDE}/preview")
@needs("build")
def preview(meeting_id: str, slide_id: str) -> ResponseReturnValue:
    """Show a slide as the presenter screen will, with made-up answers."""
    editor = read_as("build", editor_page.load, meeting_id, slide_id)
    first = preview_of(editor.meeting, editor.slides, editor.slide) if editor.slide else None
    base = address(current_app.config["POLLAPP"])
    return render_template(
        "presenter/preview.html",
        meeting=editor.meeting,
        first=first,
        join_address=base.partition("://")[2],
        qr_svg=qr_svg(f"{base}/m/{editor.meeting.code}"),
        page_dir=direction(editor.meeting.language),
    )
