"""JSON file, for programs; its shape is docs/export-schema.json."""

from collections.abc import Callable
from typing import Any

import msgspec

from pollapp.exports import leaderboard, questions
from pollapp.exports.dataset import Dataset, QuestionsData, RoundData, SlideData
from pollapp.exports.notes import Note, notes_of
from pollapp.gettext import N_

NAME = "json"
RANK = 3
TITLE = N_("JSON file")
SUMMARY = N_(
    "Every slide and round with its figures, the questions and the leaderboard of a quiz, for programs. Its shape is documented and versioned."
)
MEDIA_TYPE = "application/json"
EXTENSION = "json"

SCHEMA = "pollapp-export/4"
"""Raised with each change that a program reading the file would notice."""


def write(dataset: Dataset, translate: Callable[[str], str]) -> bytes:
    """Return the file, indented. Codes and labels are English in every language; only notes are translated."""
    return msgspec.json.format(msgspec.json.encode(_meeting(dataset, translate)), indent=2) + b"\n"


def _meeting(dataset: Dataset, translate: Callable[[str], str]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "meeting": {
            "title": dataset.title,
            "language": dataset.language,
            "preset": dataset.preset,
            "state": dataset.state,
            "created_on": dataset.created_on.isoformat(),
            "exported_on": dataset.exported_on.isoformat(),
        },
        "slides": [_slide(slide, translate) for slide in dataset.slides],
        "questions": _questions(dataset.questions, translate),
        "leaderboard": leaderboard.as_data(dataset.leaderboard),
    }


def _questions(board: QuestionsData | None, translate: Callable[[str], str]) -> dict[str, Any] | None:
    if board is None:
        return None
    return {
        "withheld": [_note(note) for note in questions.notes(board, translate)],
        "questions": [questions.as_data(each) for each in board.questions],
    }


def _slide(slide: SlideData, translate: Callable[[str], str]) -> dict[str, Any]:
    return {
        "number": slide.number,
        "kind": slide.kind,
        "prompt": slide.prompt,
        "rounds": [_round(round_data, translate) for round_data in slide.rounds],
    }


def _round(round_data: RoundData, translate: Callable[[str], str]) -> dict[str, Any]:
    return {
        "number": round_data.number,
        "state": round_data.state,
        "date": round_data.opened_on.isoformat(),
        "participants": round_data.participants,
        "ballots": round_data.ballots,
        "withheld": [_note(note) for note in notes_of(round_data, translate)],
        "columns": [{"label": column.label, "unit": column.unit} for column in round_data.table.columns],
        "rows": round_data.table.rows,
    }


def _note(note: Note) -> dict[str, Any]:
    said: dict[str, Any] = {"code": note.code, "note": note.sentence}
    return said if note.entries is None else said | {"count": note.entries}
