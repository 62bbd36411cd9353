"""Fill a kind's edit form as a browser does: with names and texts."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form

from pollapp.kinds import Kind


def fields(data: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Return the names and values a browser sends for this data."""
    sent: list[tuple[str, str]] = []
    for name, value in data.items():
        if isinstance(value, list | tuple):
            for index, row in enumerate(value):
                sent += fields(row, f"{prefix}{name}-{index}-")
        elif value is not False:  # a box that is not ticked is not sent
            sent.append((prefix + name, str(value)))
    return sent


def fill(kind: Kind, data: dict[str, Any]) -> Form:
    """Return the kind's form, sent with this data."""
    return kind.EditForm(MultiDict(fields(data)))
