"""Who shares a meeting: its people, the links that let more of them in, and what was done."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from pollapp import replies
from pollapp.accounts import Role, permits, roles
from pollapp.errors import BadEmail, BadSettings, MeetingEnded, TooMany
from pollapp.extensions import database, hub, limiter
from pollapp.facilitator import blueprint
from pollapp.facilitator.authority import owner_id
from pollapp.facilitator.forms import InvitationForm, text_of
from pollapp.meetings import DRAFT, LIVE, Meeting, audit, links, members
from pollapp.meetings.audit import Line
from pollapp.rights import here, may, needs, read_as, run_as
from pollapp.security import address

PEOPLE = "/meetings/<meeting_id>/people"
INVITATION = "/invitations/<secret>"
TRIES = "30 per minute"
"""Links that open nothing, from one address."""

REFUSED = 422


@blueprint.get(PEOPLE)
@needs("people")
def people(meeting_id: str) -> ResponseReturnValue:
    """Show who shares a meeting; to its owner also the links and what was done."""
    return _page(meeting_id, InvitationForm(formdata=None))


@blueprint.post(f"{PEOPLE}/<int:member_id>/role")
@needs("share")
def change_role(meeting_id: str, member_id: int) -> ResponseReturnValue:
    """Give somebody another role."""
    run_as("share", None, members.change_role, meeting_id, member_id, request.form.get("role", ""), by=owner_id())
    hub.rights_changed(meeting_id)
    flash(_("The role is changed."), "good")
    return redirect(url_for("facilitator.people", meeting_id=meeting_id))


@blueprint.post(f"{PEOPLE}/<int:member_id>/remove")
@needs("share")
def remove_member(meeting_id: str, member_id: int) -> ResponseReturnValue:
    """Take somebody's part in a meeting away."""
    run_as("share", None, members.remove, meeting_id, member_id, by=owner_id())
    hub.rights_changed(meeting_id)
    flash(_("This person can no longer open the meeting."), "good")
    return redirect(url_for("facilitator.people", meeting_id=meeting_id))


@blueprint.post(f"{PEOPLE}/leave")
@needs("people")
def leave(meeting_id: str) -> ResponseReturnValue:
    """Give up one's own part in somebody else's meeting."""
    run_as("people", None, members.remove, meeting_id, owner_id(), by=owner_id())
    hub.rights_changed(meeting_id)
    flash(_("You have left “%(title)s”.", title=here().title), "good")
    return redirect(url_for("facilitator.meetings"))


@blueprint.post("/meetings/<meeting_id>/links")
@needs("share")
def make_link(meeting_id: str) -> ResponseReturnValue:
    """Make a link and show it, this once: only a fingerprint of it is kept."""
    form = InvitationForm()
    if not form.validate():
        return _page(meeting_id, form), REFUSED
    role, email = text_of(form.role), text_of(form.email).strip()
    try:
        secret = run_as("share", None, links.make, meeting_id, role, email, by=owner_id())
    except BadEmail as error:
        form.email.errors = [replies.message(error)]
        return _page(meeting_id, form), REFUSED
    except (BadSettings, MeetingEnded, TooMany) as error:
        return _page(meeting_id, form, replies.message(error)), error.status
    page = "presenter.open_screen" if role == links.SCREEN else "facilitator.invitation"
    url = address(current_app.config["POLLAPP"]) + url_for(page, secret=secret)
    flash({"url": url, "role": role, "email": email}, "link")  # type: ignore[arg-type]  # kept as JSON; the page shows it
    return redirect(url_for("facilitator.people", meeting_id=meeting_id, _anchor="new-link"))


@blueprint.post("/meetings/<meeting_id>/links/<link_id>/revoke")
@needs("share")
def revoke_link(meeting_id: str, link_id: str) -> ResponseReturnValue:
    """Make a link worth nothing; a screen that came by it goes dark."""
    run_as("share", None, links.revoke, meeting_id, link_id, by=owner_id())
    hub.rights_changed(meeting_id)
    flash(_("The link is withdrawn."), "good")
    return redirect(url_for("facilitator.people", meeting_id=meeting_id))


def _failed(response: Response) -> bool:
    return response.status_code >= 400


@blueprint.get(INVITATION)
@limiter.limit(TRIES, deduct_when=_failed)
def invitation(secret: str) -> ResponseReturnValue:
    """Show what an invitation offers; nothing is used up by looking."""
    offer = database.read(links.look, secret, owner_id())
    home = home_of(offer.meeting, offer.now) if offer.now else None
    return render_template("facilitator/invitation.html", offer=offer, words=roles.WORDS, home=home)


@blueprint.post(INVITATION)
@limiter.limit(TRIES, deduct_when=_failed)
def accept_invitation(secret: str) -> ResponseReturnValue:
    """Take part in a meeting from now on."""
    meeting, role = database.run(links.accept, secret, owner_id())
    hub.rights_changed(meeting.id)
    flash(_("You take part in “%(title)s” now.", title=meeting.title), "good")
    return redirect(home_of(meeting, role))


def home_of(meeting: Meeting, role: Role) -> str:
    """Return the page of a meeting on which somebody's work in it begins."""
    if not permits(role, "build"):
        return url_for("facilitator.review", meeting_id=meeting.id)
    page = "facilitator.meeting" if meeting.state in (DRAFT, LIVE) else "facilitator.results"
    return url_for(page, meeting_id=meeting.id)


def _page(meeting_id: str, form: InvitationForm, refusal: str | None = None) -> str:
    shares = may("share")
    return render_template(
        "facilitator/people.html",
        meeting=here(),
        people=read_as("people", members.people_of, meeting_id),
        links=read_as("share", links.of_meeting, meeting_id) if shares else [],
        lines=[_in_words(line) for line in read_as("share", audit.lines, meeting_id)] if shares else [],
        form=form,
        refusal=refusal,
        words=roles.WORDS,
        choices=roles.OF_ACCOUNTS,
        me=owner_id(),
        invitation_days=links.INVITATION_DAYS,
    )


def _in_words(line: Line) -> dict[str, Any]:
    """Return a line of what was done, as it is read."""
    about = dict(line.about)
    exact = f"{line.action}.email" if "email" in about else line.action
    if "role" in about:
        about["role"] = _(roles.WORDS[about["role"]].title)  # type: ignore[index]  # a role, as it was stored
    did = _(audit.SENTENCES[exact], **about) if about else _(audit.SENTENCES[exact])
    return {"who": line.who, "did": did, "on": line.on, "at": line.at, "times": line.times}
