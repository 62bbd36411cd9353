"""Meetings: the list, a new one, its settings, its end."""

from textwrap import shorten

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from pollapp import replies
from pollapp.accounts import roles
from pollapp.errors import DomainError
from pollapp.extensions import database, hub, keys
from pollapp.facilitator import blueprint, steps
from pollapp.facilitator.authority import owner_id
from pollapp.facilitator.forms import MeetingForm, NewMeetingForm, text_of
from pollapp.facilitator.people import home_of
from pollapp.kinds import all_kinds
from pollapp.meetings import Meeting, agenda, ending, erasing, members, presets, retention, stage, templates
from pollapp.meetings.agenda import TITLE_LENGTH
from pollapp.rights import here, needs, run_as
from pollapp.words import LANGUAGES

REFUSED = 422


@blueprint.get("/")
def meetings() -> ResponseReturnValue:
    """List the meetings that the facilitator owns or shares, the newest first."""
    return render_template(
        "facilitator/meetings.html",
        meetings=database.read(members.meetings_for, owner_id()),
        erased=database.read(erasing.erased_of, owner_id()),
        home_of=home_of,
        words=roles.WORDS,
    )


@blueprint.post("/meetings/erased/<line_id>/remove")
def remove_erased(line_id: str) -> ResponseReturnValue:
    """Take the line that an erased meeting left off the list."""
    database.run(erasing.remove_line, line_id, owner_id())
    flash(_("The line is removed."), "good")
    return redirect(url_for("facilitator.meetings"))


@blueprint.route("/meetings/new", methods=["GET", "POST"])
def new_meeting() -> ResponseReturnValue:
    """Make a meeting from a first prompt."""
    polls = [kind for kind in all_kinds() if kind.TAKES_ANSWERS]
    form = NewMeetingForm().offer_kinds(kind.NAME for kind in polls)
    if form.validate_on_submit():
        prompt = text_of(form.prompt).strip()
        title = text_of(form.title).strip() or shorten(prompt, TITLE_LENGTH, placeholder="…") or _("Untitled meeting")
        meeting, slide = database.run(
            steps.start_meeting,
            keys,
            owner_id(),
            title=title,
            language=_language_here(),
            kind=text_of(form.kind),
            prompt=prompt,
        )
        return redirect(url_for("facilitator.slide", meeting_id=meeting.id, slide_id=slide.id))
    shown = render_template("facilitator/new_meeting.html", form=form, polls=polls, templates=templates.TEMPLATES)
    return shown, REFUSED if form.errors else 200


@blueprint.post("/meetings/from-template")
def new_from_template() -> ResponseReturnValue:
    """Make a meeting from a template, or a blank one."""
    template = templates.TEMPLATES.get(request.form.get("template", ""))
    meeting = database.run(
        agenda.create_meeting,
        keys,
        owner_id=owner_id(),
        title=_(template.title) if template else _("Untitled meeting"),
        language=template.language if template else _language_here(),
        preset=template.preset if template else "standard",
        template=template.key if template else None,
    )
    return redirect(url_for("facilitator.meeting", meeting_id=meeting.id))


@blueprint.get("/meetings/<meeting_id>/settings")
@needs("build")
def settings(meeting_id: str) -> ResponseReturnValue:  # noqa: ARG001  # `guard` has found the meeting
    """Show the settings of a meeting."""
    return _settings_page(here(), _meeting_form(MeetingForm(formdata=None, obj=here())))


@blueprint.post("/meetings/<meeting_id>/settings")
@needs("build")
def save_settings(meeting_id: str) -> ResponseReturnValue:
    """Change the settings of a meeting."""
    meeting = here()
    form = _meeting_form(MeetingForm())
    for name in ("preset", "keep_days"):
        if name not in request.form:
            del form[name]
    if form.video_hosts.data is None:
        form.video_hosts.data = meeting.video_hosts
    if not form.validate():
        return _settings_page(meeting, form), REFUSED
    changes = {name: value for name, value in form.data.items() if name != "csrf_token"}
    try:
        run_as("build", None, steps.change_meeting, meeting_id, owner_id(), changes)
    except DomainError as error:
        words = replies.message(error)
        wrong = str(error.params.get("setting", ""))
        if wrong in form:
            form[wrong].errors = [words]
        return _settings_page(meeting, form, words), error.status
    hub.stage_changed(database.read(stage.scene, meeting_id))
    flash(_("The settings are saved."), "good")
    return redirect(url_for("facilitator.settings", meeting_id=meeting_id))


def _meeting_form(form: MeetingForm) -> MeetingForm:
    form.language.choices = {code: language.own_name for code, language in LANGUAGES.items()}
    form.theme.choices = {theme: theme for theme in agenda.THEMES}
    form.accent.choices = {accent: accent for accent in agenda.ACCENTS}
    form.preset.choices = {name: name for name in presets.PRESETS}
    return form


def _settings_page(meeting: Meeting, form: MeetingForm, refusal: str | None = None) -> str:
    frozen = database.read(retention.is_promised, meeting)
    return render_template(
        "facilitator/settings.html",
        meeting=meeting,
        form=form,
        presets=presets.PRESETS,
        least_days=presets.LEAST_DAYS,
        days={name: retention.days_for(meeting, name) for name in presets.PRESETS},
        preset_frozen=frozen,
        refusal=refusal,
    )


@blueprint.route("/meetings/<meeting_id>/end", methods=["GET", "POST"])
@needs("end")
def end_meeting(meeting_id: str) -> ResponseReturnValue:
    """End a meeting, after asking."""
    if request.method == "GET":
        return render_template("facilitator/end.html", meeting=here())
    run_as("end", "ended", ending.end, meeting_id)
    hub.stage_changed(database.read(stage.scene, meeting_id))
    return redirect(url_for("facilitator.results", meeting_id=meeting_id))


@blueprint.post("/meetings/<meeting_id>/undo-end")
@needs("end")
def undo_end(meeting_id: str) -> ResponseReturnValue:
    """Go on with a meeting that was ended less than an hour ago."""
    run_as("end", "end_undone", ending.undo_end, meeting_id, keys)
    hub.stage_changed(database.read(stage.scene, meeting_id))
    flash(_("The meeting goes on."), "good")
    return redirect(url_for("facilitator.meeting", meeting_id=meeting_id))


@blueprint.route("/meetings/<meeting_id>/delete", methods=["GET", "POST"])
@needs("delete")
def delete_meeting(meeting_id: str) -> ResponseReturnValue:
    """Delete a meeting with everything in it, after asking."""
    meeting = here()
    if request.method == "GET":
        return render_template("facilitator/delete.html", meeting=meeting)
    database.run(agenda.delete_meeting, keys, meeting_id, owner_id())
    hub.clear_deleted()
    flash(_("“%(title)s” is deleted.", title=meeting.title), "good")
    return redirect(url_for("facilitator.meetings"))


def _language_here() -> str:
    """Return the language of the page, if answers can be counted in it."""
    code = str(getattr(get_locale(), "language", "en"))
    return code if code in LANGUAGES else "en"
