"""The form of one slide: what every slide has, and what its kind adds."""

from collections.abc import Iterator
from typing import Any, Self

import msgspec
from flask import request
from flask_babel import gettext as _
from wtforms import Field, FieldList, Form, FormField

from pollapp import kinds
from pollapp.facilitator.forms import SlideForm
from pollapp.meetings import Slide

PREFIX = "settings-"
"""Keeps a kind's fields apart from the common ones."""

POLL_FIELDS = ("stays_open", "opens_on_arrival", "results_hidden")


class SlideForms:
    """Two forms that are shown, checked and saved as one."""

    def __init__(self, slide: Slide, *, posted: bool) -> None:
        self.slide = slide
        self.module = kinds.get(slide.kind)
        self.stored = kinds.load_settings(slide.kind, slide.settings)
        if posted:
            self.common = SlideForm()
            self.kind: Form = self.module.EditForm(request.form, prefix=PREFIX)
        else:
            self.common = SlideForm(formdata=None, obj=slide)
            self.kind = self.module.EditForm(data=self.module.from_settings(self.stored), prefix=PREFIX)
        if not self.module.TAKES_ANSWERS:
            self.common.prompt.label.text = _("Title")
            for name in POLL_FIELDS:
                del self.common[name]

    @classmethod
    def of(cls, slide: Slide) -> Self:
        """Show what is stored."""
        return cls(slide, posted=False)

    @classmethod
    def posted(cls, slide: Slide) -> Self:
        """Take what was typed."""
        return cls(slide, posted=True)

    def validate(self) -> bool:
        """Check both, so that every error is shown at once."""
        common, kind = self.common.validate(), self.kind.validate()
        return bool(common and kind)

    def changes(self) -> dict[str, Any]:
        """Return what to store of a valid form."""
        settings = self.module.to_settings(self.kind, self.stored)
        common = {field.short_name: field.data for field in self.common if field.short_name != "csrf_token"}
        common["prompt"] = (common["prompt"] or "").strip().replace("\r\n", "\n")
        common["notes"] = (common["notes"] or "").strip().replace("\r\n", "\n")
        return {"settings": msgspec.to_builtins(settings), **common}

    def errors(self) -> dict[str, str]:
        """Return the first error of each field, by the field's name in the page."""
        found = {}
        for field in (*_fields(self.common), *_fields(self.kind)):
            errors: list[Any] = list(field.errors)  # rows put mappings among them
            words = [error for error in errors if isinstance(error, str)]
            if words:
                found[field.name] = _(words[0])
        return found

    def hidden(self) -> dict[str, str]:
        """Return the values of the kind's hidden fields, such as the ids of new options."""
        return {field.name: field.data or "" for field in _fields(self.kind) if field.type == "HiddenField"}


def _fields(form: Form) -> Iterator[Field]:
    """Yield every field, those of rows too."""
    for field in form:
        yield field
        if isinstance(field, FieldList):
            for entry in field:
                if isinstance(entry, FormField):
                    yield from _fields(entry.form)
                else:
                    yield entry
