"""Video: a link as a card with a QR code. Nothing of it is loaded: who watches goes there by a tap of their own.

Where the facilitator allows its host, the screen can play it: see `players` and `pollapp.playing`.
"""

from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from pollapp.gettext import N_
from pollapp.kinds.base import KindSettings
from pollapp.kinds.content import from_form, frozen, keys, parse, results, sample, slots, table

__all__ = ["from_form", "frozen", "keys", "parse", "results", "sample", "slots", "table"]

NAME = "video"
TITLE = N_("Video link")
SUMMARY = N_("A link to a video as a card that phones can scan or open.")
TAKES_ANSWERS = False
KEEPS_TEXTS = False
RAW = "none"

LINK_LENGTH = 300
"""Characters: the QR code of a longer one could not be scanned from the back row."""
NOTE_LENGTH = 300


class Settings(KindSettings, frozen=True):
    """Where the video is, and what to watch for. Whatever was stored, a link leads to a web page."""

    link: Annotated[str, msgspec.Meta(max_length=LINK_LENGTH, pattern=r"^((?i:https?)://[^\s/].*)?$")] = ""
    note: Annotated[str, msgspec.Meta(max_length=NOTE_LENGTH)] = ""

    def host(self) -> str:
        """Return the host the link leads to, for people to see before they follow it."""
        return (urlsplit(self.link).hostname or "").removeprefix("www.")


def _check_link(form: Form, field: StringField) -> None:
    """Refuse what is not the address of a web page, and what hides its host behind a name in front of an @."""
    link = (field.data or "").strip()
    if not link:
        return
    try:
        parts = urlsplit(link)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        parts.port  # noqa: B018  # raises for one that is none
    except ValueError:
        sound = False
    if not sound or not link.isprintable() or any(character in ' \\<>"' for character in link):
        raise ValidationError(N_("Please enter the address of a web page. It begins with https://"))


class EditForm(Form):
    """Edits a video link."""

    link = StringField(
        N_("Link"),
        [Length(max=LINK_LENGTH, message=N_("A link may have up to %(max)d characters.")), _check_link],
        description=N_("People open it themselves. Nothing is loaded from there unless you allow it."),
        render_kw={"inputmode": "url", "placeholder": "https://"},
    )
    note = TextAreaField(
        N_("What to watch for"), [Length(max=NOTE_LENGTH, message=N_("Up to %(max)d characters fit here."))]
    )


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    return {"link": settings.link, "note": settings.note}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(link=(form.link.data or "").strip(), note=(form.note.data or "").replace("\r\n", "\n").strip())
