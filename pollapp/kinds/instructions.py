"""Instructions: how to join, as a slide of its own, with what to do before and after."""

from typing import Annotated, Any

import msgspec
from wtforms import Form, TextAreaField
from wtforms.validators import ValidationError

from pollapp.gettext import N_
from pollapp.kinds.base import KindSettings
from pollapp.kinds.content import from_form, frozen, keys, parse, results, sample, slots, table
from pollapp.words import storable

__all__ = ["from_form", "frozen", "keys", "parse", "results", "sample", "slots", "table"]

NAME = "instructions"
TITLE = N_("How to join")
SUMMARY = N_("Address, code and QR code as a slide, with steps of your own.")
TAKES_ANSWERS = False
KEEPS_TEXTS = False
RAW = "none"

MOST_STEPS = 3
"""Steps before joining, and as many after: all of them are read from the back row."""
STEP_LENGTH = 120

Step = Annotated[str, msgspec.Meta(min_length=1, max_length=STEP_LENGTH)]
Steps = Annotated[tuple[Step, ...], msgspec.Meta(max_length=MOST_STEPS)]


class Settings(KindSettings, frozen=True):
    """What to do before one opens the address, and once one is in."""

    before: Steps = ()
    after: Steps = ()


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in storable(text or "").splitlines() if line.strip())


def _check_steps(form: Form, field: TextAreaField) -> None:
    lines = _lines(field.data)
    if len(lines) > MOST_STEPS:
        raise ValidationError(N_("Up to 3 steps fit here, one per line."))
    if any(len(line) > STEP_LENGTH for line in lines):
        raise ValidationError(N_("A step may have up to 120 characters."))


class EditForm(Form):
    """Edits the steps; a step per line."""

    before = TextAreaField(
        N_("Steps before joining"),
        [_check_steps],
        description=N_("One per line, up to three, such as “Connect to the Wi-Fi Guests”."),
    )
    after = TextAreaField(
        N_("Steps after joining"),
        [_check_steps],
        description=N_("One per line, up to three, such as “Keep the page open”."),
    )


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    return {"before": "\n".join(settings.before), "after": "\n".join(settings.after)}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(before=_lines(form.before.data), after=_lines(form.after.data))
