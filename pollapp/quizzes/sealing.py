"""Reduce a quiz to its leaderboard: nicknames and points. The caller has destroyed the meeting's key already."""

import secrets
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from pollapp.ballots import Round
from pollapp.ballots.ids import ID_BYTES
from pollapp.quizzes.models import Clock, Player, Score
from pollapp.quizzes.standings import Standing


def reduce_quiz(connection: Connection, meeting_id: str, leaders: Sequence[Standing]) -> None:
    """Keep nicknames and points of these standings, under new ids; drop what each answer was worth. May run again.

    Rows are written again in the order of their new ids: those that stay where they are would tell in which order
    players came.
    """
    rounds = select(Round.id).where(Round.meeting_id == meeting_id)
    connection.execute(delete(Score).where(Score.round_id.in_(rounds)))
    connection.execute(delete(Clock).where(Clock.round_id.in_(rounds)))
    query = select(Player.id, Player.folded, Player.given, Player.reviewed).where(Player.meeting_id == meeting_id)
    kept = {bytes(row.id): row for row in connection.execute(query)}
    connection.execute(delete(Player).where(Player.meeting_id == meeting_id))
    rows = [
        {
            "id": secrets.token_bytes(ID_BYTES),
            "meeting_id": meeting_id,
            "nickname": each.nickname,
            "folded": kept[each.id].folded,
            "given": kept[each.id].given,
            "reviewed": kept[each.id].reviewed,
            "points": each.points,
        }
        for each in leaders
    ]
    if rows:
        connection.execute(insert(Player), sorted(rows, key=lambda row: row["id"]))
