"""The remote: the facilitator's phone, with what the room does not see."""

from typing import Any

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from pollapp import kinds, rights
from pollapp.ballots import RoundSnapshot
from pollapp.kinds import FIRST_ROWS
from pollapp.meetings import Slide, quizzing
from pollapp.meetings.stage import Cue
from pollapp.messages import snapshot_message, table_message
from pollapp.presenter.views import blueprint


@blueprint.get("/present/<meeting_id>/remote")
@rights.needs("present")
def remote(meeting_id: str) -> ResponseReturnValue:  # noqa: ARG001  # `let_in` has found the meeting
    """Show the remote of a meeting. It speaks the facilitator's language, and is light or dark as the phone is."""
    meeting = rights.here()
    in_quiz = [kind.NAME for kind in kinds.all_kinds() if kinds.is_in_quiz(kind)]
    return render_template(
        "presenter/remote.html", meeting=meeting, role=g.part.role, page_accent=meeting.accent, quiz_kinds=in_quiz
    )


def cue_message(cue: Cue) -> dict[str, Any]:
    """Return the slide on the stage and the following one as facilitators read them, in the reader's language."""
    return {"here": _card(cue.here), "following": _card(cue.following)}


def _card(slide: Slide | None) -> dict[str, Any] | None:
    if slide is None:
        return None
    kind = kinds.get(slide.kind)
    return {
        "id": slide.id,
        "kind": slide.kind,
        "title": _(kind.TITLE),
        "prompt": slide.prompt,
        "notes": slide.notes,
        "curated": kinds.is_curated(kind, kinds.load_settings(slide.kind, slide.settings)),
    }


def figures_message(snapshot: RoundSnapshot, locale: str) -> dict[str, Any]:
    """Return a snapshot as a remote is sent it: the count and the table, without what only a picture needs.

    Of open answers with the ids of those in the table, so that one can be shown large, also where the picture is of their
    words; of a quiz with those of the options, so that another one can be marked.
    """
    message = {**snapshot_message(snapshot, locale), "results": None}
    if snapshot.kept:
        rows = snapshot.for_files
        with force_locale(locale):
            message["table"] = table_message(rows._replace(rows=rows.rows[:FIRST_ROWS], total=len(rows.rows)))
    texts = snapshot.texts if snapshot.votes is None else kinds.most_upvoted_first(snapshot.texts, snapshot.votes)
    options = (snapshot.results or {}).get("options", []) if quizzing.is_question(snapshot.kind) else []
    return message | {
        "text_ids": [text.id for text in texts[:FIRST_ROWS]] if texts else None,
        "option_ids": [option["id"] for option in options] or None,
    }
