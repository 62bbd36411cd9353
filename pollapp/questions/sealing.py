"""Reduce a board to what may be exported. The caller has destroyed the meeting's key already."""

import secrets
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from pollapp.ballots.ids import ID_BYTES
from pollapp.questions import groups
from pollapp.questions.models import READ, Board, Question, Upvote
from pollapp.questions.steps import STEPPED
from pollapp.words import find_personal


def flag(connection: Connection, meeting_id: str, names: tuple[str, ...]) -> None:
    """Write down what is found in each question, for the time when the names to look for are gone. May run again."""
    query = select(Question.id, Question.text, Question.found).where(
        Question.meeting_id == meeting_id, Question.state.in_(READ)
    )
    rows = connection.execute(query.order_by(Question.id)).all()
    for row, findings in zip(rows, find_personal([row.text for row in rows], names), strict=True):
        found = [list(each) for each in findings] or row.found
        if found != row.found:
            connection.execute(update(Question).where(Question.id == row.id).values(found=found))


def reduce_board(connection: Connection, meeting_id: str) -> None:
    """Drop upvotes and what is left of questions that are gone, and give the others new ids; may run again.

    Rows are written again in the order of their new ids: those that stay where they are would tell in which order
    they came.
    """
    board = connection.execute(
        select(Board.__table__).where(Board.meeting_id == meeting_id).with_for_update()
    ).one_or_none()
    if board is None:
        return
    totals = groups.totals(connection, meeting_id)
    query = select(Question.__table__).where(Question.meeting_id == meeting_id).order_by(Question.id)
    rows = connection.execute(query).all()
    kept = [row for row in rows if row.state in READ]
    renamed = {row.id: secrets.token_bytes(ID_BYTES) for row in kept}
    connection.execute(delete(Upvote).where(Upvote.question_id.in_(select(Question.id).where(_of(meeting_id)))))
    connection.execute(delete(Question).where(_of(meeting_id)))
    if kept:
        new = [_reduced(row, renamed, totals, stepped=board.preset == STEPPED) for row in kept]
        connection.execute(insert(Question), sorted(new, key=lambda row: row["id"]))
    is_board = Board.meeting_id == meeting_id
    connection.execute(update(Board).where(is_board).values(highlighted=None, revision=Board.revision + 1))


def _of(meeting_id: str) -> Any:
    return Question.meeting_id == meeting_id


def _reduced(
    row: Any, renamed: dict[bytes, bytes], totals: dict[bytes, groups.Total], *, stepped: bool
) -> dict[str, Any]:
    votes = row.shown_votes if stepped else totals.get(row.id, groups.Total(0, 0)).votes
    return {
        **row._mapping,
        "id": renamed[row.id],
        "merged_into": renamed.get(row.merged_into) if row.merged_into is not None else None,
        "votes": votes,
        "shown_votes": votes if stepped else 0,
        "waiting_votes": None,
    }
