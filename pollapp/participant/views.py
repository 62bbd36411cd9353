"""The phone's pages: the front page, joining, and the meeting as plain forms that also work without JavaScript."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address

from pollapp import locales, replies, stored
from pollapp.ballots import rounds
from pollapp.errors import (
    BadAnswer,
    BadNickname,
    DomainError,
    MeetingLocked,
    NotJoined,
    TryAgain,
    Unavailable,
    UnknownMeeting,
)
from pollapp.extensions import csrf, database
from pollapp.meetings import Meeting, joining, presets
from pollapp.participant import doorway, forms, guessing, plain, playing, rendering
from pollapp.participant.admission import admission
from pollapp.participant.phone import Phone, give_token, here, new_token, own_state, place, recognise
from pollapp.participant.showing import Shown, showing
from pollapp.security import nonce_to_come, with_nonce

blueprint = Blueprint("participant", __name__)
csrf.exempt(blueprint)  # these forms carry a proof of their own, made from the phone's cookie (forms.py)

PLACE_OF_PROOF = secrets.token_hex(16)
"""Stands in a page that is rendered for everybody, where a form has the value that proves whose it is."""


@blueprint.get("/")
def front() -> ResponseReturnValue:
    """Show the field for the join code."""
    return render_template("front.html")


@blueprint.get("/what-we-store")
def what_we_store() -> ResponseReturnValue:
    """Show what the server keeps, table by table."""
    return render_template(
        "participant/stored.html", groups=stored.groups(), presets=presets.PRESETS, least_days=presets.LEAST_DAYS
    )


@blueprint.get("/join")
def join() -> ResponseReturnValue:
    """Go to the meeting of a code, or say that there is none."""
    typed = request.args.get("code", "")[:40]
    try:
        code = meeting_of(typed).code
    except UnknownMeeting as error:
        return render_template("front.html", code=typed, problem=replies.message(error)), error.status
    return redirect(url_for("participant.meeting", code=code))


@blueprint.get("/m/<code>")
def meeting(code: str) -> ResponseReturnValue:
    """Show what the meeting shows, or what is stored before a phone joins."""
    found = meeting_of(code)
    phone = here(found)
    return _meeting_page(found, phone) if phone else _card_page(showing.of(found.id))


@blueprint.post("/m/<code>")
@blueprint.get("/m/<code>/enter")
def again(code: str) -> ResponseReturnValue:
    """Show the meeting to those who load the page anew that came in reply to `enter`."""
    return redirect(url_for("participant.meeting", code=code), 303)


@blueprint.post("/m/<code>/enter")
def enter(code: str) -> ResponseReturnValue:
    """Let a phone in and give it its token.

    One with scripts gets the meeting in reply: a request less on a weak network, and in a hall that joins at once. The
    script then gives the page its proper address; without one, a page in reply to a form would be in people's way.
    """
    found = meeting_of(code)
    phone, token = here(found), None
    if phone is None:
        joining.require_running(found)
        if found.locked:
            raise MeetingLocked()
        admission.require_room()
        token = new_token(found)
        phone = recognise(found, token)
    response = current_app.make_response(
        _meeting_page(found, phone)
        if phone and "show" in request.form
        else redirect(url_for("participant.meeting", code=found.code))
    )
    if token:
        give_token(response, found, token)
    return response


@blueprint.post("/m/<code>/answer")
def answer(code: str) -> ResponseReturnValue:
    """Store the answers of a plain form, then show them; what was wrong comes back as it was typed."""
    try:
        return _store_form(code)
    except Unavailable as error:
        raise TryAgain(reason="by_form") from error


def _sender(code: str) -> tuple[Meeting, Phone]:
    """Return the meeting of a form and the phone that sent it. Raises `NotJoined`."""
    found = showing.meeting(code)
    phone = here(found)
    if phone is None:
        raise NotJoined()
    return found, phone


def _store_form(code: str) -> ResponseReturnValue:
    found, phone = _sender(code)
    if not forms.is_own_form(phone.key, phone.identity, request.form):
        return replies.page(400, replies.words("csrf", {}), "csrf")
    poll = database.read(rounds.get, found.id, forms.round_id(request.form))
    sent = forms.read_slots(poll, request.form)
    own = place(phone).own.get(poll.id, [])
    problems, notice = plain.store(phone, poll, sent, own)
    if problems or notice:
        typed = {slot.slot: slot.raw for slot in sent if slot.raw is not None}
        return _meeting_page(found, phone, typed=typed, problems=problems, notice=notice), BadAnswer.status
    return redirect(url_for("participant.meeting", code=found.code))


@blueprint.post("/m/<code>/nickname")
def nickname(code: str) -> ResponseReturnValue:
    """Take the nickname of a plain form, then show the meeting; what was wrong comes back as it was typed."""
    found, phone = _sender(code)
    if not forms.is_own_form(phone.key, phone.identity, request.form):
        return replies.page(400, replies.words("csrf", {}), "csrf")
    typed = request.form.get("nickname", "")
    try:
        playing.name(phone, typed)
    except Unavailable as error:
        raise TryAgain(reason="by_form") from error
    except DomainError as error:
        refused = {"nickname": typed, "problem": replies.message(error)}
        return _meeting_page(found, phone, refused=refused), BadNickname.status
    return redirect(url_for("participant.meeting", code=found.code))


def meeting_of(code: str) -> Meeting:
    """Return the meeting of a code; whoever guesses too often is refused."""
    return guessing.meeting_of(code, get_remote_address())


def _card_page(shown: Shown) -> ResponseReturnValue:
    found = shown.scene.meeting
    joining.require_running(found)
    if found.locked:
        raise MeetingLocked()
    doorway.share_answer(found.id, shown)
    return _page_for_all(
        shown.pages, "card", lambda: render_template("participant/card.html", meeting=found, **_privacy(found))
    )


def _meeting_page(
    found: Meeting,
    phone: Phone,
    *,
    typed: dict[int, Any] | None = None,
    problems: dict[int, str] | None = None,
    notice: str | None = None,
    refused: dict[str, str] | None = None,
) -> str:
    """Return the page of a meeting; `refused` is a nickname that could not be taken, and why."""
    shown, own = place(phone)
    poll = shown.scene.poll
    mine = {one.slot: own_state(one) for one in own.get(poll.id, [])} if poll else {}
    player = playing.look(phone) if playing.is_on(shown.scene) else None
    proof = forms.csrf_value(phone.key, phone.identity)

    def render(csrf: str) -> str:
        return render_template(
            "participant/meeting.html",
            **rendering.view(shown.scene)._asdict(),
            mine=mine,
            typed=typed,
            problems=problems,
            notice=notice,
            csrf=csrf,
            player=player,
            refused=refused,
            board=shown.board,
            shared=shown.shared.first_rows if shown.shared and shown.shared.first_rows.columns else None,
            **_privacy(found),
        )

    if mine or typed or problems or notice or player:
        return render(proof)
    return _page_for_all(shown.pages, "meeting", lambda: render(PLACE_OF_PROOF)).replace(PLACE_OF_PROOF, proof)


def _page_for_all(pages: dict[tuple[str, ...], str], name: str, render: Callable[[], str]) -> str:
    """Return a page that holds nothing of this phone, rendered once for all that read it in the same way."""
    key = (name, locales.select(), request.scheme)
    if key not in pages:
        with nonce_to_come():
            pages[key] = render()
    return with_nonce(pages[key])


def _privacy(found: Meeting) -> dict[str, Any]:
    return {"preset": presets.PRESETS[found.preset], "plain_http": not request.is_secure}
