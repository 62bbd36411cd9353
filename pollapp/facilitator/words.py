"""The words of a cloud: hidden, joined, renamed, and all of it taken back, while people write and afterwards."""

from flask import flash, jsonify, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from pollapp import replies
from pollapp.ballots.curated import HIDE, MERGE, RENAME
from pollapp.errors import BadCuration, DomainError, NotFound
from pollapp.extensions import hub
from pollapp.facilitator import blueprint, words_page
from pollapp.facilitator.authority import wants_json
from pollapp.meetings import curating
from pollapp.rights import needs, read_as, run_as

WORDS = "/meetings/<meeting_id>/words"
LONGEST_NUMBER = 9


@blueprint.get(WORDS)
@needs("present")
def words(meeting_id: str) -> ResponseReturnValue:
    """Show the words of a cloud, or tell a script what they are now; nothing where it has them already."""
    round_id = _number(request.args.get("round"))
    if _has_it(meeting_id, round_id, _number(request.args.get("since"))):
        return jsonify(ok=True)
    page = words_page.load(meeting_id, round_id, request.args.get("find", ""))
    return jsonify(ok=True, **page.parts()) if wants_json() else page.render()


@blueprint.post(WORDS)
@needs("present")
def curate(meeting_id: str) -> ResponseReturnValue:
    """Hide, join or rename words, take that back, or put a suggestion aside."""
    form = request.form
    round_id, find = _number(form.get("round")), form.get("find", "")
    if round_id is None:
        raise NotFound()
    try:
        said, name = _do(meeting_id, round_id, form.get("act", ""))
    except DomainError as error:
        page = words_page.load(meeting_id, round_id, find, refusal=replies.message(error))
        if wants_json():
            return make_response(jsonify(ok=False, message=page.refusal, **page.parts()), error.status)
        return page.render(), error.status
    hub.rounds_changed({round_id})
    if wants_json():
        page = words_page.load(meeting_id, round_id, find)
        return jsonify(ok=True, said=said, became=page.called(name), **page.parts())
    flash(said, "good")
    return redirect(url_for("facilitator.words", meeting_id=meeting_id, round=round_id, find=find or None))


def _do(meeting_id: str, round_id: int, act: str) -> tuple[str, str | None]:
    """Do what a form asks for; say what was done, and the name that a word was given."""
    form = request.form
    chosen = form.getlist("word")
    if act == "undo":
        run_as("present", "words_curated", curating.undo, meeting_id, round_id, form.get("change", ""))
        return str(_("Taken back.")), None
    if act == "dismiss":
        if len(chosen) != 1:
            raise BadCuration(reason="nothing")
        into = form.get("into", "")
        run_as("present", "words_curated", curating.dismiss, meeting_id, round_id, chosen[0], into)
        return str(_("Not suggested again.")), None
    change = run_as(
        "present", "words_curated", curating.change, meeting_id, round_id, act, chosen, form.get("into", "")
    )
    said = {
        HIDE: _("Hidden. It can be brought back."),
        MERGE: _("Joined. It can be taken back."),
        RENAME: _("Renamed. It can be taken back."),
    }
    return str(said[change.act]), change.into if change.act == RENAME else None


def _has_it(meeting_id: str, round_id: int | None, number: int | None) -> bool:
    """Tell whether a script that has the cloud of this number has what is there now."""
    if round_id is None or number is None:
        return False
    return not read_as("present", curating.is_news, meeting_id, round_id, number)


def _number(text: str | None) -> int | None:
    """Return the number that is asked for, None when none is. Raises `NotFound` for what is no number."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise NotFound()
    return int(text)
