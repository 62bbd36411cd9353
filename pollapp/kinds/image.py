"""Image: a picture, as large as its screen allows, with words for those who do not see it."""

from typing import Annotated, Any

import msgspec
from wtforms import Form, StringField
from wtforms.validators import Length

from pollapp.gettext import N_
from pollapp.kinds.base import KindSettings
from pollapp.kinds.content import from_form, frozen, keys, parse, results, sample, slots, table
from pollapp.kinds.pictures import PictureId, picture_field

__all__ = ["from_form", "frozen", "keys", "parse", "results", "sample", "slots", "table"]

NAME = "image"
TITLE = N_("Image")
SUMMARY = N_("A picture that fills the screen, with a caption if you like.")
TAKES_ANSWERS = False
KEEPS_TEXTS = False
RAW = "none"
RANK = 3

ALT_LENGTH = 500
CAPTION_LENGTH = 200


class Settings(KindSettings, frozen=True):
    """The picture, what it shows in words, and a line below it."""

    picture: PictureId = ""
    alt: Annotated[str, msgspec.Meta(max_length=ALT_LENGTH)] = ""
    caption: Annotated[str, msgspec.Meta(max_length=CAPTION_LENGTH)] = ""


class EditForm(Form):
    """Edits an image."""

    picture = picture_field(N_("Picture"))
    alt = StringField(
        N_("What it shows"),
        [Length(max=ALT_LENGTH, message=N_("This may have up to %(max)d characters."))],
        description=N_("For people who cannot see it: read out by their phone."),
    )
    caption = StringField(
        N_("Caption"), [Length(max=CAPTION_LENGTH, message=N_("A caption may have up to %(max)d characters."))]
    )


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return data


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(form.picture.data or "", (form.alt.data or "").strip(), (form.caption.data or "").strip())
