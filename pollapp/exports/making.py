"""Make the file of a meeting, from the question to the bytes."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from pollapp.ballots import KeyRing
from pollapp.exports.collect import collect
from pollapp.exports.naming import file_name
from pollapp.exports.registry import get
from pollapp.meetings import Asker, enter, reviewing


class File(NamedTuple):
    """A file as it is downloaded. Its name may hold letters of any language."""

    name: str
    media_type: str
    content: bytes


def make(
    session: Session,
    keys: KeyRing,
    meeting_id: str,
    facilitator_id: int,
    file_format: str,
    *,
    today: date,
    translate: Callable[[str], str],
) -> File:
    """Return a meeting's results in one format, for a facilitator who may have them. Raises as `enter` does."""
    chosen = get(file_format)
    enter(session, meeting_id, Asker(facilitator_id), "results")
    dataset = collect(session, meeting_id, today, reviewing.names_of(session, meeting_id, keys))
    return File(file_name(dataset, chosen.EXTENSION), chosen.MEDIA_TYPE, chosen.write(dataset, translate))
