"""The board as a page of plain forms: for phones without JavaScript."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from pollapp import replies
from pollapp.errors import (
    BadQuestion,
    BoardClosed,
    BoardFull,
    DomainError,
    NoQuestionsLeft,
    NotJoined,
    TryAgain,
    Unavailable,
)
from pollapp.meetings import Meeting, joining
from pollapp.participant import asking, forms
from pollapp.participant.phone import Phone, here
from pollapp.participant.views import blueprint, meeting_of
from pollapp.questions import Fate, free_slot, ids, limits

BOARD = "/m/<code>/questions"


@blueprint.get(BOARD)
def board(code: str) -> ResponseReturnValue:
    """Show the board to a phone that joined; send any other to the card first.

    With `panel`, what the page's script shows beside the slide: without anything of this phone.
    """
    found = meeting_of(code)
    joining.require_running(found)
    phone = here(found)
    if phone is None:
        return redirect(url_for("participant.meeting", code=found.code))
    return render_template("participant/board.html", meeting=found) if "panel" in request.args else _page(found, phone)


@blueprint.post(f"{BOARD}/ask")
def ask(code: str) -> ResponseReturnValue:
    """Ask a question, then show the board; what was wrong comes back as it was typed."""
    found, phone = _own_phone(code)
    typed = request.form.get("text", "")
    try:
        place = asking.look(phone)
        slot = free_slot(place.own.questions, place.board.now.per_person)
        _require_saved(asking.ask(phone, limits.MOST_PER_PERSON if slot is None else slot, typed))
    except (BadQuestion, BoardClosed, BoardFull, NoQuestionsLeft) as error:
        return _page(found, phone, typed=typed, problem=replies.message(error)), error.status
    except Unavailable as error:
        raise TryAgain(reason="by_form") from error
    return _back(found)


@blueprint.post(f"{BOARD}/upvote")
def upvote(code: str) -> ResponseReturnValue:
    """Upvote a question or take that back; of two that were merged, the one that stands for both."""
    found, phone = _own_phone(code)
    given = request.form.get("given") == "1"
    name = request.form.get("question", "")
    if ids.bounds_of(name) is None:
        raise BadQuestion(reason="malformed")
    place = asking.look(phone)
    name = place.board.now.gone.get(name, name)
    stored = place.own.upvotes.get(name)
    revision = stored.revision if stored else 0
    try:
        if stored is None or stored.given != given:
            _require_saved(asking.upvote(phone, name, revision + 1, given=given))
    except (BoardClosed, BadQuestion) as error:
        return _page(found, phone, problem=replies.message(error)), error.status
    return _back(found)


@blueprint.post(f"{BOARD}/withdraw")
def withdraw(code: str) -> ResponseReturnValue:
    """Take back a question of one's own."""
    found, phone = _own_phone(code)
    slot = request.form.get("slot", "")
    if not (slot.isascii() and slot.isdecimal() and len(slot) <= 2 and int(slot) < limits.MOST_PER_PERSON):
        raise BadQuestion(reason="malformed")
    asking.ask(phone, int(slot), None)
    return _back(found)


def _own_phone(code: str) -> tuple[Meeting, Phone]:
    """Return the meeting and the phone whose own page sent this form. Raises `NotJoined`, `BadQuestion`."""
    found = meeting_of(code)
    joining.require_running(found)
    phone = here(found)
    if phone is None:
        raise NotJoined()
    if not forms.is_own_form(phone.key, phone.identity, request.form):
        raise CSRFError
    return found, phone


def _require_saved(fate: Fate) -> None:
    """Raise what is to be said when something was not stored."""
    problems: dict[str, DomainError] = {
        "closed": BoardClosed(),
        "full": BoardFull(limit=limits.MOST_QUESTIONS),
        "unknown_question": BadQuestion(reason="gone"),
        "merged": BadQuestion(reason="gone"),
    }
    if fate.code in problems:
        raise problems[fate.code]


def _back(found: Meeting) -> ResponseReturnValue:
    return redirect(url_for("participant.board", code=found.code), 303)


def _page(found: Meeting, phone: Phone, *, typed: str = "", problem: str | None = None) -> str:
    place = asking.look(phone)
    shown: list[dict[str, Any]] = sorted(place.board.items.values(), key=_most_wanted_first)
    slots = {own.name: own.slot for own in place.own.questions}
    aside = [own for own in place.own.questions if own.name not in place.board.items and own.state != "withdrawn"]
    return render_template(
        "participant/questions.html",
        meeting=found,
        board=place.board.summary,
        rules=place.board.rules,
        shown=shown,
        slots=slots,
        aside=aside,
        gone=place.board.now.gone,
        upvotes=place.own.upvotes,
        left=place.left,
        typed=typed,
        problem=problem,
        csrf=forms.csrf_value(phone.key, phone.identity),
    )


def _most_wanted_first(item: dict[str, Any]) -> tuple[bool, int, str]:
    return item["answered"], -(item["votes"] or 0), item["id"]
