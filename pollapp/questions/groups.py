"""Questions that say the same: merged by the facilitator, counted once for each person as far as that can be known.

Which upvotes of two questions come from the same person, the store cannot see: that is the point of their ids. So each
phone says it itself. Told of a merge, it upvotes the surviving question, and its upvotes of the others are taken off in
the same transaction. Of phones that have not been back since, every upvote stays where it was and is added; of those
people, who upvoted two of the questions is counted twice until the phone looks again. `Total.uncertain` says of how many
upvotes this may be true.
"""

from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select, update
from sqlalchemy.orm import aliased

from pollapp.questions import steps
from pollapp.questions.models import MERGED, READ, SHOWN, WAITING, Board, Question


class Total(NamedTuple):
    """Upvotes of a question with those merged into it; `uncertain` of them are still where the duplicates were."""

    votes: int
    uncertain: int


def totals(connection: Connection, meeting_id: str) -> dict[bytes, Total]:
    """Return the upvotes of every question that stands for itself or for others."""
    merged = aliased(Question)
    query = (
        select(Question.id, Question.votes, func.coalesce(func.sum(merged.votes), 0))
        .join(merged, merged.merged_into == Question.id, isouter=True)
        .where(Question.meeting_id == meeting_id, Question.merged_into.is_(None))
        .group_by(Question.id, Question.votes)
    )
    return {row[0]: Total(row[1] + int(row[2]), int(row[2])) for row in connection.execute(query)}


def merge(connection: Connection, question_id: bytes, into: bytes) -> None:
    """Let one question stand for another, and for those the other stood for."""
    connection.execute(update(Question).where(Question.merged_into == question_id).values(merged_into=into))
    connection.execute(update(Question).where(Question.id == question_id).values(merged_into=into, state=MERGED))


def leave(connection: Connection, question_id: bytes, state: str) -> None:
    """Leave nothing of a question whose text is gone; if it stood for others, the first of them does from now on.

    That one gets the `state` it had. Its upvotes count there: people who gave them meant what all of the group say.
    """
    connection.execute(update(Board).where(Board.highlighted == question_id).values(highlighted=None))
    connection.execute(
        update(Question)
        .where(Question.id == question_id)
        .values(labels=[], reply=None, reviewed=False, found=[], decision=None, masks=[])
    )
    of_group = (Question.merged_into == question_id, Question.state == MERGED)
    first = select(Question.id, Question.masks, Question.decision).where(*of_group).order_by(Question.id).limit(1)
    found = connection.execute(first).one_or_none()
    if found is None:
        return
    heir = found.id
    if state == SHOWN and found.masks and found.decision is None:
        state = WAITING  # nobody has looked at its own words as they would be shown
    connection.execute(update(Question).where(Question.merged_into == question_id).values(merged_into=heir))
    connection.execute(update(Question).where(Question.id == question_id).values(merged_into=heir))
    kept = select(Question.shown_votes, Question.waiting_votes, Question.answered).where(Question.id == question_id)
    shown, waiting, answered = connection.execute(kept).one()
    connection.execute(
        update(Question)
        .where(Question.id == heir)
        .values(merged_into=None, state=state, answered=answered, shown_votes=shown, waiting_votes=waiting)
    )


def advance(connection: Connection, board: Row[Any] | Board, *, is_open: bool) -> None:
    """Move the numbers of a `chatham_house` board by a step where one is due."""
    totals_now = totals(connection, board.meeting_id)
    query = select(Question.id, Question.shown_votes, Question.waiting_votes).where(
        Question.meeting_id == board.meeting_id, Question.merged_into.is_(None), Question.state.in_(READ)
    )
    for row in connection.execute(query).all():
        before = (row.shown_votes, row.waiting_votes)
        after = steps.advance(totals_now[row.id].votes, *before, is_open=is_open)
        if after != before:
            values = {"shown_votes": after[0], "waiting_votes": after[1]}
            connection.execute(update(Question).where(Question.id == row.id).values(values))
