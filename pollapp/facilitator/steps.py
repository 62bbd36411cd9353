"""Steps at the desk that take several calls of the domain, each in one transaction."""

from typing import Any

from sqlalchemy.orm import Session

from pollapp import accounts, pictures
from pollapp.accounts import Facilitator
from pollapp.ballots import KeyRing
from pollapp.meetings import Meeting, Slide, agenda, audit


def start_meeting(
    session: Session, keys: KeyRing, owner: int, *, title: str, language: str, kind: str, prompt: str
) -> tuple[Meeting, Slide]:
    """Make a meeting whose first slide asks `prompt`."""
    meeting = agenda.create_meeting(session, keys, owner_id=owner, title=title, language=language)
    slide = agenda.add_slide(session, meeting.id, kind)
    agenda.update_slide(session, meeting.id, slide.id, settings=slide.settings, prompt=prompt)
    return meeting, slide


def make_first_account(session: Session, link: str, *, email: str, password: str, name: str) -> Facilitator:
    """Make the first account with its one-time link; meetings that belong to nobody yet, the demo's, become its own."""
    facilitator = accounts.create_first(session, link, email=email, password=password, name=name)
    agenda.adopt(session, facilitator.id)
    return facilitator


def insert_slide(session: Session, meeting_id: str, kind: str, after: str | None) -> Slide:
    """Add a slide behind another one, or at the end."""
    order = _order(session, meeting_id)
    position = order.index(after) + 1 if after in order else None
    return agenda.add_slide(session, meeting_id, kind, position=position)


def change_slide(session: Session, meeting_id: str, slide_id: str, changes: dict[str, Any]) -> None:
    """Store the changes of one slide."""
    agenda.update_slide(session, meeting_id, slide_id, **changes)


def change_meeting(session: Session, meeting_id: str, facilitator_id: int, changes: dict[str, Any]) -> None:
    """Store changed settings of a meeting, and note whether they touch what people who answer are promised."""
    agenda.lock(session, meeting_id)
    is_about_privacy = agenda.is_about_privacy(session.get_one(Meeting, meeting_id), changes)
    agenda.update_meeting(session, meeting_id, facilitator_id, **changes)
    audit.note(session, meeting_id, facilitator_id, "privacy_changed" if is_about_privacy else "settings_changed")


def note_download(session: Session, meeting_id: str, facilitator_id: int, file_format: str) -> None:
    """Note that results were taken home. Apart from making the file, which would hold up those who answer."""
    audit.note(session, meeting_id, facilitator_id, "downloaded", format=file_format.upper())


def move_slide(session: Session, meeting_id: str, slide_id: str, position: int) -> int:
    """Move a slide and return where it was."""
    before = _order(session, meeting_id)
    agenda.move_slide(session, meeting_id, slide_id, position)
    return before.index(slide_id)


def delete_slide(session: Session, meeting_id: str, slide_id: str) -> str | None:
    """Delete a slide and return the id of its neighbour, the one to show now."""
    order = _order(session, meeting_id)
    agenda.delete_slide(session, meeting_id, slide_id)
    place = order.index(slide_id)
    order.remove(slide_id)
    return order[min(place, len(order) - 1)] if order else None


def _order(session: Session, meeting_id: str) -> list[str]:
    """Return the ids of the agenda's slides; a place in it is what `agenda` calls a position."""
    return [slide.id for slide in agenda.slides_of(session, meeting_id)]


def add_picture(session: Session, meeting_id: str, decoded: pictures.Decoded) -> str:
    """Keep a picture in a meeting whose slides can still be changed, and return its id."""
    agenda.require_editable(session, meeting_id)
    return pictures.add(session, meeting_id, decoded)
