"""Quote: what somebody said, and who."""

from typing import Annotated, Any

import msgspec
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import Length

from pollapp.gettext import N_
from pollapp.kinds.base import KindSettings
from pollapp.kinds.content import from_form, frozen, keys, parse, results, sample, slots, table

__all__ = ["from_form", "frozen", "keys", "parse", "results", "sample", "slots", "table"]

NAME = "quote"
TITLE = N_("Quote")
SUMMARY = N_("What somebody said, large, and who said it.")
TAKES_ANSWERS = False
KEEPS_TEXTS = False
RAW = "none"

TEXT_LENGTH = 600
WHO_LENGTH = 150

_MARKS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "「": "」", "『": "』", '"': '"'}
"""Quotation marks, and those that close them. The slide sets those of the meeting's language."""


class Settings(KindSettings, frozen=True):
    """The words, without quotation marks, and whose they are."""

    text: Annotated[str, msgspec.Meta(max_length=TEXT_LENGTH)] = ""
    who: Annotated[str, msgspec.Meta(max_length=WHO_LENGTH)] = ""


class EditForm(Form):
    """Edits a quote."""

    text = TextAreaField(
        N_("Quote"),
        [Length(max=TEXT_LENGTH, message=N_("A quote may have up to %(max)d characters."))],
        description=N_("Quotation marks are set for you."),
    )
    who = StringField(N_("Who said it"), [Length(max=WHO_LENGTH, message=N_("Up to %(max)d characters fit here."))])


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    return {"text": settings.text, "who": settings.who}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    text = (form.text.data or "").replace("\r\n", "\n").strip()
    return Settings(text=_bare(text), who=(form.who.data or "").strip())


def _bare(text: str) -> str:
    """Take off the quotation marks around a text, unless there are more of them inside."""
    if len(text) < 2 or text[-1] not in _MARKS.get(text[0], ""):
        return text
    inside = text[1:-1]
    return text if {text[0], text[-1]} & set(inside) else inside.strip()
