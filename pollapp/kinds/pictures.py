"""Pictures in the settings of kinds: an id that also tells the size. The files are kept by `pollapp.pictures`."""

import re
from typing import Annotated

import msgspec
from wtforms import HiddenField
from wtforms.validators import Optional, Regexp

from pollapp.gettext import N_

PATTERN = r"^[0-9a-f]{32}-[1-9][0-9]{0,3}x[1-9][0-9]{0,3}\Z"

PictureId = Annotated[str, msgspec.Meta(pattern=rf"(?:{PATTERN})|^\Z", max_length=44)]
"""The type of a setting: an id, or an empty text where there is no picture."""


def picture_field(label: str) -> HiddenField:
    """Return the form's field of a picture; `picture` of `facilitator/pictures.html` shows it."""
    return HiddenField(
        label, [Optional(), Regexp(re.compile(PATTERN, re.ASCII), message=N_("Please choose the picture again."))]
    )


def size_of(picture: str) -> tuple[int, int]:
    """Return width and height of a picture, in pixels; both 0 where there is none."""
    width, _, height = picture.rpartition("-")[2].partition("x")
    return (int(width), int(height)) if picture else (0, 0)
