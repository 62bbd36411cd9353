"""What a file says about what it does not hold, and about the states of meetings and rounds: a code, a sentence."""

from collections.abc import Callable
from typing import NamedTuple

from pollapp.exports.dataset import QuestionsData, RoundData
from pollapp.gettext import N_

WITHHELD = {
    "first_ten": N_("Nothing yet: the first results are published after ten answers, or when the round closes."),
    "too_few": N_("Fewer than five people answered, so the answers are withheld."),
    "remainder": N_("Answers that did not fill a step of five people, if there are any, are withheld."),
    "open": N_("The round was still open when this file was made."),
    "review": N_(
        "Withheld until the facilitator has reviewed them: entries in which personal data was found (%(count)s)."
    ),
    "steps": N_("Upvotes are given in steps of five people or more; fewer than five are withheld."),
    "board_open": N_("The board was still open when this file was made."),
    "upvotes": N_("Upvotes are given in steps of five people or more; fewer than five are withheld."),
    "left_out": N_("Left out by the facilitator after review: entries (%(count)s)."),
    "moderated": N_("Left out by moderation, hidden or not approved: entries (%(count)s)."),
    "masked": N_("Offensive words are masked with asterisks in entries (%(count)s)."),
    "curated": N_("Hidden, joined to others or given another name by the facilitator: words (%(count)s)."),
}

STATES = {
    "draft": N_("Not started"),
    "live": N_("Running"),
    "ended": N_("Ended"),
    "sealed": N_("Ended and sealed"),
    "unopened": N_("Not opened"),
    "open": N_("Open"),
    "closed": N_("Closed"),
}

PRIVACY = N_("Answers carry no name, no device and no time, and answers to different slides are not linked.")


class Note(NamedTuple):
    """Something a file does not hold: a code, a sentence, and how many entries it is about, if it counts any."""

    code: str
    sentence: str
    entries: int | None = None


def notes_of(round_data: RoundData, translate: Callable[[str], str]) -> list[Note]:
    """Return what is to be said about a round."""
    said = [Note(code, translate(WITHHELD[code])) for code in round_data.withheld]
    counts = (
        ("review", round_data.pending),
        ("left_out", round_data.left_out),
        ("moderated", round_data.moderated),
        ("masked", round_data.masked),
        ("curated", round_data.curated),
    )
    return said + [Note(code, translate(WITHHELD[code]) % {"count": count}, count) for code, count in counts if count]


def questions_notes(board: QuestionsData, translate: Callable[[str], str]) -> list[Note]:
    """Return what is to be said about the board."""
    said = [Note(code, translate(WITHHELD[code])) for code in board.withheld]
    if board.pending:
        said.append(Note("review", translate(WITHHELD["review"]) % {"count": board.pending}, board.pending))
    return said


def state_name(state: str) -> str:
    """Return the message id that names a state."""
    return STATES.get(state, state)
