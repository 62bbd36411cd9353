"""Heading: a title slide; its prompt is the title."""

from typing import Annotated, Any

import msgspec
from wtforms import Form, StringField
from wtforms.validators import Length

from pollapp.gettext import N_
from pollapp.kinds.base import KindSettings
from pollapp.kinds.content import from_form, frozen, keys, parse, results, sample, slots, table

__all__ = ["from_form", "frozen", "keys", "parse", "results", "sample", "slots", "table"]

NAME = "heading"
TITLE = N_("Heading")
SUMMARY = N_("A title that opens a part of the meeting.")
TAKES_ANSWERS = False
KEEPS_TEXTS = False
RAW = "none"
RANK = 1

SUBTITLE_LENGTH = 300


class Settings(KindSettings, frozen=True):
    """A line below the title."""

    subtitle: Annotated[str, msgspec.Meta(max_length=SUBTITLE_LENGTH)] = ""


class EditForm(Form):
    """Edits a heading."""

    subtitle = StringField(
        N_("Subtitle"), [Length(max=SUBTITLE_LENGTH, message=N_("A subtitle may have up to %(max)d characters."))]
    )


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    return {"subtitle": settings.subtitle}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(subtitle=(form.subtitle.data or "").strip())
