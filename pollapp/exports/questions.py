"""The board in files: one table of everything that was asked and is still there."""

from collections.abc import Callable, Iterator
from typing import Any

from pollapp.exports.dataset import QuestionData, QuestionsData
from pollapp.exports.notes import Note, questions_notes
from pollapp.gettext import N_

TITLE = N_("Questions")
COLUMNS = (
    (N_("Question"), "text"),
    (N_("Upvotes"), "count"),
    (N_("State"), "text"),
    (N_("Labels"), "text"),
    (N_("Reply"), "text"),
    (N_("Edited"), "text"),
)
STATES = {
    "shown": N_("On the board"),
    "answered": N_("Answered"),
    "waiting": N_("Waiting"),
    "archived": N_("Archived"),
    "merged": N_("Merged with another"),
}

Translate = Callable[[str], str]


def headings(translate: Translate) -> list[str]:
    """Return the headings of the table."""
    return [translate(label) for label, _ in COLUMNS]


def units() -> list[str]:
    """Return the units of its columns."""
    return [unit for _, unit in COLUMNS]


def rows(board: QuestionsData, translate: Translate) -> Iterator[tuple[str | int, ...]]:
    """Yield a line for each question; where fewer than five may have upvoted it, the number is left empty."""
    for each in board.questions:
        yield (
            each.text,
            "" if each.upvotes is None else each.upvotes,
            translate(STATES[each.state]),
            ", ".join(each.labels),
            each.reply or "",
            translate(N_("Yes")) if each.edited else "",
        )


def notes(board: QuestionsData, translate: Translate) -> list[Note]:
    """Return what is to be said about what is not in the table."""
    return questions_notes(board, translate)


def as_data(each: QuestionData) -> dict[str, Any]:
    """Return a question for programs."""
    return {
        "text": each.text,
        "state": each.state,
        "upvotes": each.upvotes,
        "labels": list(each.labels),
        "reply": each.reply,
        "edited": each.edited,
    }
