"""The phone's pages: the front page, joining, and the meeting as plain forms that also work without JavaScript."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from pollapp import kinds, replies, stored
from pollapp.ballots import Round, rounds
from pollapp.errors import BadAnswer, DomainError, MeetingLocked, NotJoined, UnknownMeeting
from pollapp.extensions import csrf, database, limiter
from pollapp.meetings import Meeting, joining, presets
from pollapp.participant import casting, forms, rendering
from pollapp.participant.forms import SlotForm
from pollapp.participant.phone import Phone, Place, give_token, here, meeting_of, own_state, place

blueprint = Blueprint("participant", __name__)
csrf.exempt(blueprint)  # these forms carry a proof of their own, made from the phone's cookie (forms.py)

WRONG_CODES_PER_ADDRESS = "60 per minute"
WRONG_CODES_IN_ALL = "1000 per minute"
"""Wrong guesses only: a hall of phones behind one address joins unhindered."""


def _was_wrong_guess(response: Response) -> bool:
    return response.status_code == UnknownMeeting.status


_limit_address = limiter.limit(WRONG_CODES_PER_ADDRESS, deduct_when=_was_wrong_guess)
_limit_all = limiter.shared_limit(
    WRONG_CODES_IN_ALL, scope="wrong codes", key_func=lambda: "everybody", deduct_when=_was_wrong_guess
)


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
@_limit_address
@_limit_all
def join() -> ResponseReturnValue:
    """Go to the meeting of a code, or say that there is none."""
    typed = request.args.get("code", "")[:40]
    try:
        code = meeting_of(typed).code
    except UnknownMeeting as error:
        return render_template("front.html", code=typed, problem=replies.message(error)), error.status
    return redirect(url_for("participant.meeting", code=code))


@blueprint.get("/m/<code>")
@_limit_address
@_limit_all
def meeting(code: str) -> ResponseReturnValue:
    """Show what the meeting shows, or what is stored before a phone joins."""
    found = meeting_of(code)
    phone = here(found)
    return _meeting_page(found, phone) if phone else _card_page(found)


@blueprint.post("/m/<code>/enter")
@_limit_address
@_limit_all
def enter(code: str) -> ResponseReturnValue:
    """Let a phone in and give it its token."""
    found = meeting_of(code)
    response = current_app.make_response(redirect(url_for("participant.meeting", code=found.code)))
    if here(found) is None:
        joining.require_running(found)
        if found.locked:
            raise MeetingLocked()
        give_token(response, found)
    return response


@blueprint.post("/m/<code>/answer")
def answer(code: str) -> ResponseReturnValue:
    """Store the answers of a plain form, then show them; what was wrong comes back as it was typed."""
    found = meeting_of(code)
    phone = here(found)
    if phone is None:
        raise NotJoined()
    if not forms.is_own_form(phone.key, phone.identity, request.form):
        return replies.page(400, replies.words("csrf", {}), "csrf")
    poll = database.read(rounds.get, found.id, forms.round_id(request.form))
    sent = forms.read_slots(poll, request.form)
    problems, notice = _store(phone, poll, sent)
    if problems or notice:
        typed = {slot.slot: slot.raw for slot in sent if slot.raw is not None}
        return _meeting_page(found, phone, typed=typed, problems=problems, notice=notice), BadAnswer.status
    return redirect(url_for("participant.meeting", code=found.code))


def _store(phone: Phone, poll: Round, sent: list[SlotForm]) -> tuple[dict[int, str], str | None]:
    """Store what changed; return what is wrong by slot, and what there is to say of the whole."""
    place_now = database.read(place, phone)
    own = {one.slot: one for one in place_now.own.get(poll.id, [])}
    kind = kinds.get(poll.kind)
    settings = kinds.load_settings(poll.kind, poll.settings)
    problems: dict[int, str] = {}
    notice = None
    if all(slot.raw is None for slot in sent) and not own:
        return {
            0: replies.words("bad_answer", {"reason": "empty" if kind.RAW == "text" else "too_few", "limit": 1})
        }, None
    for slot in sent:
        stored = own.get(slot.slot)
        if slot.raw is None and (stored is None or stored.answer is None):
            continue
        try:
            if stored is not None and slot.raw is not None and kind.parse(settings, slot.raw) == stored.answer:
                continue
            outcome = casting.cast(phone, poll.id, slot.slot, slot.shown_revision + 1, slot.raw)
        except BadAnswer as error:
            problems[slot.slot] = replies.message(error)
        except DomainError as error:
            notice = replies.message(error)
        else:
            if outcome.code != "saved":
                earlier = outcome.code == "closed" and outcome.revision is not None
                notice = replies.words("closed_earlier_counts" if earlier else outcome.code, {})
    return problems, notice


def _card_page(found: Meeting) -> ResponseReturnValue:
    joining.require_running(found)
    if found.locked:
        raise MeetingLocked()
    return render_template("participant/card.html", meeting=found, **_privacy(found))


def _meeting_page(
    found: Meeting,
    phone: Phone,
    *,
    typed: dict[int, Any] | None = None,
    problems: dict[int, str] | None = None,
    notice: str | None = None,
) -> str:
    now: Place = database.read(place, phone)
    shown = rendering.view(now.scene)
    poll = now.scene.poll
    mine = {own.slot: own_state(own) for own in now.own.get(poll.id, [])} if poll else {}
    return render_template(
        "participant/meeting.html",
        **shown._asdict(),
        mine=mine,
        typed=typed,
        problems=problems,
        notice=notice,
        csrf=forms.csrf_value(phone.key, phone.identity),
        shared=now.shared.table if now.shared and now.shared.table.columns else None,
        **_privacy(found),
    )


def _privacy(found: Meeting) -> dict[str, Any]:
    return {"preset": presets.PRESETS[found.preset], "plain_http": not request.is_secure}
