"""Text: lines, bullets and links under a title, such as the ground rules of a meeting; written in Markdown."""

from typing import Annotated, Any

import msgspec
from markupsafe import Markup
from wtforms import Form, TextAreaField
from wtforms.validators import Length

from pollapp.gettext import N_
from pollapp.kinds.base import KindSettings
from pollapp.kinds.content import from_form, frozen, keys, parse, results, sample, slots, table
from pollapp.kinds.markdown import to_html

__all__ = ["from_form", "frozen", "keys", "parse", "results", "sample", "slots", "table"]

NAME = "text"
TITLE = N_("Text")
SUMMARY = N_("Lines or bullets to read, such as ground rules.")
TAKES_ANSWERS = False
KEEPS_TEXTS = False
RAW = "none"
RANK = 2

BODY_LENGTH = 5000


class Settings(KindSettings, frozen=True):
    """A text in Markdown."""

    body: Annotated[str, msgspec.Meta(max_length=BODY_LENGTH)] = ""

    def html(self) -> Markup:
        """Return the text as it is shown."""
        return to_html(self.body)


class EditForm(Form):
    """Edits a text slide."""

    body = TextAreaField(
        N_("Text"),
        [Length(max=BODY_LENGTH, message=N_("A text may have up to %(max)d characters."))],
        description=N_(
            "“- ” begins a bullet, “1. ” a numbered line, “# ” a heading; **bold**, *italic*, [words](https://…)."
        ),
    )


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    return {"body": settings.body}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(body=(form.body.data or "").replace("\r\n", "\n").strip())
