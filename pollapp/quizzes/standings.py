"""Who leads: places by points, where equals share a place, and where each stood one question ago."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from pollapp.quizzes import models
from pollapp.quizzes.players import players_of
from pollapp.quizzes.scores import scores_of


class Standing(NamedTuple):
    """A player's place and points. `before` is the place without the last question (None: there was none before)."""

    place: int
    points: int
    nickname: str
    name: str
    id: bytes
    before: int | None
    given: bool = False


def standings(session: Session, meeting_id: str, round_ids: Sequence[int]) -> list[Standing]:
    """Return all players, the best first and equals by nickname; `round_ids` are the questions that count, in order."""
    sealed = _sealed(session, meeting_id)
    players = {
        player: found for player, found in players_of(session, meeting_id).items() if not sealed or player in sealed
    }
    scores = scores_of(session, round_ids)
    totals = sealed or {
        player: sum(found[player].points for found in scores.values() if player in found) for player in players
    }
    places = rank(totals)
    before: dict[bytes, int] = {}
    if len(round_ids) > 1 and not sealed:
        last = scores[round_ids[-1]]
        before = rank(
            {player: total - (last[player].points if player in last else 0) for player, total in totals.items()}
        )
    found = [
        Standing(
            places[player.id],
            totals[player.id],
            player.nickname,
            player.name,
            player.id,
            before.get(player.id),
            player.given,
        )
        for player in players.values()
    ]
    return sorted(found, key=lambda each: (each.place, each.nickname.casefold(), each.id))


def rank(totals: Mapping[bytes, int]) -> dict[bytes, int]:
    """Return places from 1: equals share one, and the next is as many lower (1, 2, 2, 4)."""
    first: dict[int, int] = {}
    for place, points in enumerate(sorted(totals.values(), reverse=True), 1):
        first.setdefault(points, place)
    return {player: first[points] for player, points in totals.items()}


def _sealed(session: Session, meeting_id: str) -> dict[bytes, int]:
    """Return the points of a sealed meeting's players; none while scores are counted."""
    query = select(models.Player.id, models.Player.points).where(
        models.Player.meeting_id == meeting_id, models.Player.points.is_not(None)
    )
    return {bytes(row.id): row.points for row in session.execute(query)}
