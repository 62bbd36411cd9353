"""Everything a meeting has to show afterwards: each slide, each round, as published."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from pollapp import kinds
from pollapp.ballots import CLOSED, Round, RoundSnapshot, curating, rounds, take
from pollapp.kinds import Table
from pollapp.meetings.agenda import slides_of
from pollapp.meetings.models import Slide


class RoundResults(NamedTuple):
    """One round as it may be shown; `opened_on` is never finer than the day."""

    round_id: int
    number: int
    state: str
    opened_on: date
    closed: bool
    mended: bool
    snapshot: RoundSnapshot
    table: Table
    keeps_texts: bool
    curated: bool
    figures: Table | None
    """Those of the picture, where the table holds texts."""


class SlideResults(NamedTuple):
    """A slide of the agenda with its rounds, oldest first."""

    slide: Slide
    rounds: list[RoundResults]

    @property
    def has_answers(self) -> bool:
        """Whether there may be answers: where nothing is published yet it must not be told that there are none."""
        seen = [each.snapshot for each in self.rounds]
        return any(each.participants is None or each.participants or each.ballots for each in seen)

    @property
    def compared(self) -> Table | None:
        """The figures of all rounds in one table; None when there is nothing to compare."""
        shown = [each for each in self.rounds if each.snapshot.results is not None]
        return kinds.compare([(each.number, each.figures or each.table) for each in shown])


def meeting_results(
    session: Session, meeting_id: str, take: Callable[[Session, Round], RoundSnapshot] = take
) -> list[SlideResults]:
    """Return every slide in order with the published results of its rounds, as `take` gives them."""
    by_slide: dict[str, list[RoundResults]] = {}
    for poll in rounds.of_meeting(session, meeting_id):
        snapshot = take(session, poll)
        results = RoundResults(
            round_id=poll.id,
            number=poll.number,
            state=poll.state,
            opened_on=poll.opened_on,
            closed=poll.state == CLOSED,
            mended=poll.mended,
            snapshot=snapshot,
            table=snapshot.for_files,
            keeps_texts=kinds.get(poll.kind).KEEPS_TEXTS,
            curated=curating.concern(poll),
            figures=snapshot.table if snapshot.kept else None,
        )
        by_slide.setdefault(poll.slide_id, []).append(results)
    return [SlideResults(slide, by_slide.get(slide.id, [])) for slide in slides_of(session, meeting_id)]
