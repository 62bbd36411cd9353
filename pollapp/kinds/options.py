"""Named options in order, as several kinds have them: stored with ids that never change, edited as rows."""

import secrets
from collections.abc import Callable, Iterable
from typing import Annotated, Any, cast

import msgspec
from wtforms import Form, HiddenField, StringField
from wtforms.validators import Length

from pollapp.gettext import N_

LABEL_LENGTH = 200
"""Characters of a label."""


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One option. Its `id` never changes, so that its label may be mended."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=12, pattern="^[a-z0-9]+$")]
    label: Annotated[str, msgspec.Meta(max_length=LABEL_LENGTH)]


class OptionForm(Form):
    """One row of the option editor; an empty label drops the row."""

    id = HiddenField()
    label = StringField(
        N_("Option"), [Length(max=LABEL_LENGTH, message=N_("An option may have up to %(max)d characters."))]
    )


def labels(field: Any) -> list[str]:
    """Return the labels that were filled in: a row's own `label` is only its caption, so its form is asked."""
    found = ((row.form.label.data or "").strip() for row in field)
    return [label for label in found if label]


def plain_option(option_id: str, label: str, form: Any) -> Option:
    """Return an option that has nothing but a label."""
    return Option(option_id, label)


def from_rows(
    field: Any, before: Iterable[Option], make: Callable[[str, str, Any], Any] = plain_option
) -> tuple[Any, ...]:
    """Return the options of a form's rows; rows keep their id, new rows get one that was never used here.

    `make` is given id, label and form of a row, for kinds whose options have more to them.
    """
    known = {option.id for option in before}
    taken: set[str] = set()
    options = []
    for row in cast(Any, field):
        label = (row.form.label.data or "").strip()
        if not label:
            continue
        option_id = row.form.id.data
        if option_id not in known or option_id in taken:
            option_id = secrets.token_hex(4)
        taken.add(option_id)
        options.append(make(option_id, label, row.form))
    return tuple(options)
