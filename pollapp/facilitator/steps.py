"""Steps at the desk that take several calls of the domain, each in one transaction."""

from typing import Any

from sqlalchemy.orm import Session

from pollapp import accounts
from pollapp.accounts import Facilitator
from pollapp.ballots import KeyRing
from pollapp.meetings import Meeting, Slide, agenda


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
    places = {slide.id: slide.position for slide in agenda.slides_of(session, meeting_id)}
    position = places[after] + 1 if after in places else None
    return agenda.add_slide(session, meeting_id, kind, position=position)


def change_slide(session: Session, meeting_id: str, slide_id: str, changes: dict[str, Any]) -> None:
    """Store the changes of one slide."""
    agenda.update_slide(session, meeting_id, slide_id, **changes)


def change_meeting(session: Session, meeting_id: str, owner: int, changes: dict[str, Any]) -> None:
    """Store changed settings of a meeting."""
    agenda.update_meeting(session, meeting_id, owner, **changes)


def move_slide(session: Session, meeting_id: str, slide_id: str, position: int) -> int:
    """Move a slide and return where it was."""
    before = agenda.get_slide(session, meeting_id, slide_id).position
    agenda.move_slide(session, meeting_id, slide_id, position)
    return before


def delete_slide(session: Session, meeting_id: str, slide_id: str) -> str | None:
    """Delete a slide and return the id of its neighbour, the one to show now."""
    slides = agenda.slides_of(session, meeting_id)
    place = next((index for index, slide in enumerate(slides) if slide.id == slide_id), 0)
    agenda.delete_slide(session, meeting_id, slide_id)
    rest = [slide.id for slide in slides if slide.id != slide_id]
    return rest[min(place, len(rest) - 1)] if rest else None
