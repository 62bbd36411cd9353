"""The clock of a quiz question. All servers read it from the database; their own clocks are to agree, as with NTP."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, delete, update
from sqlalchemy.orm import Session

from pollapp.quizzes.models import Clock
from pollapp.quizzes.statements import CLOCKS

GRACE_S = 1.5
"""So long after its limit a question still takes answers, though the screen shows 0: what was sent in the last moment
is on its way, and a phone that heard late of the question shows a few tenths more."""

MOST_LATENCY_S = 1.0
"""Most that is taken off the time of an answer for the network, in seconds. A phone that pretends to be slow gains no
more: 25 of 1000 points in a question of 20 seconds."""


class Times(NamedTuple):
    """When a question began and when its time is up (None: no limit), in seconds since 1970."""

    began_at: float
    ends_at: float | None

    def elapsed(self, sent_at: float) -> float:
        """Return how long an answer took that was sent at this time."""
        return max(0.0, sent_at - self.began_at)

    def is_late(self, sent_at: float) -> bool:
        """Tell whether an answer that was sent at this time is too late, also for the grace."""
        return self.ends_at is not None and sent_at > self.ends_at + GRACE_S


def begin(session: Session, round_id: int, began_at: float, ends_at: float) -> None:
    """Start the clock of a question."""
    session.merge(Clock(round_id=round_id, began_at=began_at, ends_at=ends_at))


def limit(session: Session, round_id: int, ends_at: float | None) -> None:
    """Give a question another limit, or none."""
    session.execute(update(Clock).where(Clock.round_id == round_id).values(ends_at=ends_at))


def stop(session: Session, round_id: int) -> None:
    """Forget when a question began."""
    session.execute(delete(Clock).where(Clock.round_id == round_id))


def read(connection: Connection, round_ids: Iterable[int]) -> dict[int, Times]:
    """Return the clocks of those of these questions that are open."""
    wanted = [(round_id,) for round_id in sorted(round_ids)]
    return {round_id: Times(began_at, ends_at) for round_id, began_at, ends_at in CLOCKS.run(connection, wanted)}
