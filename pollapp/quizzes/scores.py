"""Points of single answers: reading them, and judging again what was typed."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pollapp import kinds
from pollapp.ballots import Round
from pollapp.quizzes.models import Score


class Scored(NamedTuple):
    """What a player got for a question."""

    right: bool
    points: int


def scores_of(session: Session, round_ids: Sequence[int]) -> dict[int, dict[bytes, Scored]]:
    """Return what players got, by question."""
    query = select(Score.round_id, Score.player_id, Score.worth, Score.right).where(Score.round_id.in_(round_ids))
    found: dict[int, dict[bytes, Scored]] = {round_id: {} for round_id in round_ids}
    for row in session.execute(query):
        found[row.round_id][bytes(row.player_id)] = Scored(row.right, row.worth if row.right else 0)
    return found


def rescore(session: Session, poll: Round) -> None:
    """Judge the answers of a question again by what it accepts now; what each is worth stays.

    Locks the round first, as whoever stores answers does: none is judged by what was accepted before.
    """
    session.execute(select(Round.id).where(Round.id == poll.id).with_for_update())
    kind = kinds.get(poll.kind)
    if not kinds.is_question(kind):
        return
    settings = kinds.load_settings(poll.kind, poll.settings)
    entries = session.scalars(select(Score.entry).where(Score.round_id == poll.id).distinct()).all()
    for entry in sorted(entry for entry in entries if entry is not None):
        is_right = kind.is_right(settings, entry, poll.language)
        is_other = (Score.round_id == poll.id) & (Score.entry == entry) & (Score.right != is_right)
        session.execute(update(Score).where(is_other).values(right=is_right))
