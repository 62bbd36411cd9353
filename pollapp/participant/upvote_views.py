"""Answers of others as a page of plain forms: for phones without JavaScript."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from pollapp import replies
from pollapp.errors import BadUpvote, NotJoined, TryAgain, Unavailable
from pollapp.meetings import Meeting, joining
from pollapp.participant import forms, upvoting
from pollapp.participant.phone import Phone, here
from pollapp.participant.showing import showing
from pollapp.participant.views import blueprint, meeting_of

ANSWERS = "/m/<code>/answers"

REFUSED = ("closed", "unknown_text", "removed")


@blueprint.get(ANSWERS)
def answers(code: str) -> ResponseReturnValue:
    """Show answers of others to a phone that joined; send any other to the card first."""
    found = meeting_of(code)
    joining.require_running(found)
    phone = here(found)
    if phone is None:
        return redirect(url_for("participant.meeting", code=found.code))
    return _page(found, phone)


@blueprint.post(f"{ANSWERS}/upvote")
def upvote_answer(code: str) -> ResponseReturnValue:
    """Upvote an answer or take that back."""
    found = meeting_of(code)
    joining.require_running(found)
    phone = here(found)
    if phone is None:
        raise NotJoined()
    if not forms.is_own_form(phone.key, phone.identity, request.form):
        raise CSRFError
    text_id, seen, given = (request.form.get(name, "") for name in ("text", "seen", "given"))
    try:
        _upvote(phone, forms.round_id(request.form), text_id, seen, given=given == "1")
    except BadUpvote as error:
        return _page(found, phone, problem=replies.message(error)), error.status
    except Unavailable as error:
        raise TryAgain(reason="by_form") from error
    return redirect(url_for("participant.answers", code=found.code, _anchor=f"answer-{text_id}"), 303)


def _upvote(phone: Phone, round_id: int, text_id: str, seen: str, *, given: bool) -> None:
    stored = upvoting.look(phone).upvotes.get(text_id)
    if stored is not None and stored.given == given:
        return
    revision = stored.revision if stored else 0
    fate = upvoting.upvote(phone, round_id, text_id, seen, revision + 1, given=given)
    if fate.code in REFUSED:
        raise BadUpvote(reason=fate.code)


def _page(found: Meeting, phone: Phone, *, problem: str | None = None) -> str:
    place = upvoting.look(phone)
    now = place.texts.now
    scene = showing.of(found.id).scene
    return render_template(
        "participant/answers.html",
        meeting=found,
        board=showing.of(found.id).board,
        prompt=scene.slide.prompt if scene.slide and now else "",
        now=now,
        shown=sorted(place.texts.items.values(), key=lambda item: (-(item["votes"] or 0), item["id"])),
        total=place.texts.total,
        upvotes=place.upvotes,
        own=place.own,
        problem=problem,
        csrf=forms.csrf_value(phone.key, phone.identity),
    )
