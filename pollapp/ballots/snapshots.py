"""The snapshot of a round: the one thing that screens, phones, pages and files are drawn from."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from pollapp import kinds
from pollapp.ballots import counting, publishing
from pollapp.ballots.models import OPEN, Round
from pollapp.kinds import Counted, Table


@dataclass(frozen=True, slots=True)
class RoundSnapshot:
    """What may be shown of a round: `number` only grows, `waiting` says why nothing is shown yet."""

    slide: str
    round: int
    round_number: int
    number: int
    kind: str
    participants: int | None
    ballots: int | None
    waiting: str | None
    results: dict[str, Any] | None
    table: Table
    unanimous: bool = False
    """Everybody gave the same answer. For the facilitator's eyes only: it is in no message."""


def take(session: Session, poll: Round) -> RoundSnapshot:
    """Return what may be shown of this round now."""
    number, counted = publishing.published(session.connection(), poll)
    return compose(poll, number, counted)


def compose(poll: Round, number: int, counted: Counted | None) -> RoundSnapshot:
    """Return a snapshot of figures that may be shown; pure."""
    kind = kinds.get(poll.kind)
    settings = kinds.load_settings(poll.kind, poll.settings)
    waiting = None
    if counted is None:
        waiting = "first_ten" if poll.state == OPEN else "too_few"
    return RoundSnapshot(
        slide=poll.slide_id,
        round=poll.id,
        round_number=poll.number,
        number=number,
        kind=poll.kind,
        participants=counted.participants if counted else None,
        ballots=counted.ballots if counted else None,
        waiting=waiting,
        results=kind.results(settings, counted, poll.language) if counted else None,
        table=kind.table(settings, counted, poll.language) if counted else Table((), ()),
        unanimous=counting.is_unanimous(counted) if counted else False,
    )
