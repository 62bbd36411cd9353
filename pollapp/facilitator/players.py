"""The players of a quiz at the desk: a nickname that cannot stay is taken away here, without touching the projector."""

from collections.abc import Sequence

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from pollapp.extensions import hub
from pollapp.facilitator import blueprint
from pollapp.facilitator.authority import wants_json
from pollapp.meetings import judging
from pollapp.quizzes import Player
from pollapp.rights import here, needs, read_as, run_as

PLAYERS = "/meetings/<meeting_id>/players"

MOST_LISTED = 200
"""Players a page lists at most; others are found by their nickname."""


@blueprint.get(PLAYERS)
@needs("moderate")
def players(meeting_id: str) -> ResponseReturnValue:
    """List the players of a quiz, or tell a script who they are now."""
    find = request.args.get("find", "")
    if wants_json():
        return jsonify(ok=True, **_parts(meeting_id, find))
    everybody, found = read_as("moderate", judging.players, meeting_id, find)
    return render_template(
        "facilitator/players.html",
        meeting=here(),
        players=found[:MOST_LISTED],
        total=everybody,
        find=find,
        more=_more(found),
        state_of=state_of,
    )


@blueprint.post(PLAYERS)
@needs("moderate")
def take_nickname(meeting_id: str) -> ResponseReturnValue:
    """Give a player another nickname, for good."""
    find = request.form.get("find", "")
    name = request.form.get("player", "")
    was, now = run_as("moderate", "nicknames_taken", judging.take_nickname, meeting_id, name)
    hub.quiz_changed(meeting_id)
    hub.clear_deleted()
    said = _("“%(before)s” is now “%(nickname)s”.", before=was, nickname=now)
    if wants_json():
        return jsonify(ok=True, said=said, **_parts(meeting_id, find))
    flash(said, "good")
    return redirect(url_for("facilitator.players", meeting_id=meeting_id, find=find or None))


def _parts(meeting_id: str, find: str) -> dict[str, object]:
    """Return what a script puts into the page."""
    everybody, found = read_as("moderate", judging.players, meeting_id, find)
    items = [
        {
            "key": player.name,
            "state": state_of(player),
            "html": render_template("facilitator/player.html", meeting=here(), player=player, find=find),
        }
        for player in found[:MOST_LISTED]
    ]
    return {"items": items, "total": everybody, "more": _more(found)}


def state_of(player: Player) -> str:
    """Return what tells a player from the same one under another nickname."""
    return f"{player.nickname} {int(player.given)}"


def _more(found: Sequence[Player]) -> str:
    left = len(found) - MOST_LISTED
    if left <= 0:
        return ""
    return str(ngettext("%(num)s more player. Find them by name.", "%(num)s more players. Find them by name.", left))
