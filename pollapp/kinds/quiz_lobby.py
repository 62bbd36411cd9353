"""The lobby of a quiz: who plays, and how to join."""

from typing import Any

from wtforms import Form

from pollapp.gettext import N_
from pollapp.kinds.base import KindSettings
from pollapp.kinds.content import from_form, frozen, keys, parse, results, sample, slots, table

__all__ = ["from_form", "frozen", "keys", "parse", "results", "sample", "slots", "table"]

NAME = "quiz_lobby"
TITLE = N_("Quiz: lobby")
SUMMARY = N_("Nicknames pop in while people get ready, with the way to join beside them.")
TAKES_ANSWERS = False
KEEPS_TEXTS = False
IN_QUIZ = True
RAW = "none"
RANK = 112


class Settings(KindSettings, frozen=True):
    """It has none."""


class EditForm(Form):
    """There is nothing to edit but the title."""


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return nothing."""
    return {}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return settings."""
    return Settings()
