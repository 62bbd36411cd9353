"""Which open answers people in a meeting can upvote now: those that the screen shows them."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from pollapp.ballots import STEPPED, upvoting
from pollapp.ballots.upvoting import Upvotable
from pollapp.meetings import stage
from pollapp.meetings.models import DRAFT, LIVE
from pollapp.meetings.stage import Scene


class Upvoting(NamedTuple):
    """The answers of a round as phones are shown them, under a number that only grows."""

    round_id: int
    number: int
    stepped: bool
    answers: tuple[Upvotable, ...]


def is_on(scene: Scene) -> bool:
    """Tell whether people can upvote what the screen shows. It may go on when nobody can answer any more."""
    runs = scene.meeting.state in (DRAFT, LIVE) and scene.stage.results_visible
    return runs and scene.poll is not None and upvoting.are_on(scene.poll)


def look(session: Session, meeting_id: str) -> Upvoting | None:
    """Return what can be upvoted now; None when nothing can. Raises `NotFound`."""
    scene = stage.scene(session, meeting_id)
    if scene.poll is None or not is_on(scene):
        return None
    number, answers = upvoting.upvotable(session.connection(), scene.poll)
    return Upvoting(scene.poll.id, number, scene.poll.preset == STEPPED, answers)
