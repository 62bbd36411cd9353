"""The leaderboard: the ten best of all quiz questions so far."""

from typing import Any

from wtforms import Form

from pollapp.gettext import N_
from pollapp.kinds.base import KindSettings
from pollapp.kinds.content import from_form, frozen, keys, parse, results, sample, slots, table

__all__ = ["from_form", "frozen", "keys", "parse", "results", "sample", "slots", "table"]

NAME = "leaderboard"
TITLE = N_("Quiz: leaderboard")
SUMMARY = N_("The ten players with most points, and who moved up.")
TAKES_ANSWERS = False
KEEPS_TEXTS = False
IN_QUIZ = True
RAW = "none"
RANK = 113


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
