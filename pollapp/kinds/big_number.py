"""Big number: one figure as large as the screen, with its unit and what it means."""

from typing import Annotated, Any

import msgspec
from wtforms import Form, StringField
from wtforms.validators import Length, Regexp

from pollapp.gettext import N_
from pollapp.kinds.base import KindSettings
from pollapp.kinds.content import from_form, frozen, keys, parse, results, sample, slots, table

__all__ = ["from_form", "frozen", "keys", "parse", "results", "sample", "slots", "table"]

NAME = "big_number"
TITLE = N_("Big number")
SUMMARY = N_("One figure that fills the screen, and what it means.")
TAKES_ANSWERS = False
KEEPS_TEXTS = False
RAW = "none"

NUMBER_LENGTH = 16
UNIT_LENGTH = 24
CAPTION_LENGTH = 200


class Settings(KindSettings, frozen=True):
    """The figure as it was typed: "1,4 Mio.", "9:41" and "½" are figures too."""

    number: Annotated[str, msgspec.Meta(max_length=NUMBER_LENGTH)] = ""
    unit: Annotated[str, msgspec.Meta(max_length=UNIT_LENGTH)] = ""
    caption: Annotated[str, msgspec.Meta(max_length=CAPTION_LENGTH)] = ""


class EditForm(Form):
    """Edits a big number."""

    number = StringField(
        N_("Number"),
        [
            Length(max=NUMBER_LENGTH, message=N_("Up to %(max)d characters fit here.")),
            Regexp(
                r"^\s*$|.*[\d½¼¾⅓⅔∞]", message=N_("Please enter a number; words belong into the unit or the caption.")
            ),
        ],
        description=N_("As it should be read: 203,840 or 1.4 million."),
    )
    unit = StringField(N_("Unit"), [Length(max=UNIT_LENGTH, message=N_("A unit may have up to %(max)d characters."))])
    caption = StringField(
        N_("What it means"), [Length(max=CAPTION_LENGTH, message=N_("Up to %(max)d characters fit here."))]
    )


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    return {"number": settings.number, "unit": settings.unit, "caption": settings.caption}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(
        number=(form.number.data or "").strip(),
        unit=(form.unit.data or "").strip(),
        caption=(form.caption.data or "").strip(),
    )
