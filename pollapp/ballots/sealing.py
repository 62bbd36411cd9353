"""Reduce the ballots of a meeting to what may be exported. The caller has destroyed the key already."""

import secrets
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from pollapp import kinds, moderation
from pollapp.ballots import curating, moderating, publishing, review, upvoting
from pollapp.ballots.counting import text_id
from pollapp.ballots.ids import ID_BYTES
from pollapp.ballots.models import Ballot, Round, Snapshot, TallyCount
from pollapp.ballots.stepping import STEPPED


def reduce_ballots(connection: Connection, meeting_id: str) -> None:
    """Keep tallies and texts, drop everything that was one person's; running it again changes nothing that counts.

    Locks the rounds: what a moderator removes meanwhile must not come back with what was read before.
    """
    query = select(Round.__table__).where(Round.meeting_id == meeting_id).order_by(Round.id).with_for_update()
    rounds = connection.execute(query).all()
    for poll in rounds:
        votes = _votes(connection, poll)  # by the words as they were upvoted, before the review changes them
        review.carry_out(connection, poll)
        review.forget_the_gone(connection, poll)
        moderating.settle(connection, poll)
        curating.settle(connection, poll)
        new_names = _reduce(connection, poll)
        review.write_again(connection, poll.id, new_names)
        moderating.write_again(connection, poll.id, new_names)
        upvoting.write_again(connection, poll, votes, new_names)
    moderation.forget_own_words(connection, meeting_id)


def _votes(connection: Connection, poll: Row[Any]) -> dict[str, int]:
    upvoting.pause(connection, poll)
    counted = publishing.before_review(connection, poll).counted
    return upvoting.keep(counted.votes) if counted is not None else {}


def _reduce(connection: Connection, poll: Row[Any]) -> dict[str, str]:
    """Reduce the ballots of one round and return the new ids of its texts."""
    if poll.preset == STEPPED:
        return _keep_published(connection, poll.id)
    _keep_tally(connection, poll.id)
    if kinds.get(poll.kind).KEEPS_TEXTS:
        return _keep_texts(connection, poll.id)
    connection.execute(delete(Ballot).where(Ballot.round_id == poll.id))
    return {}


def _keep_tally(connection: Connection, round_id: int) -> None:
    """Write the counts again, in the order of their keys.

    Rows that stay where they are tell which came together: PostgreSQL numbers each row's place and transaction, and
    several words of one person are stored in one.
    """
    query = select(TallyCount.key, TallyCount.count).where(TallyCount.round_id == round_id).order_by(TallyCount.key)
    rows = [{"round_id": round_id, "key": row.key, "count": row[1]} for row in connection.execute(query)]
    connection.execute(delete(TallyCount).where(TallyCount.round_id == round_id))
    if rows:
        connection.execute(insert(TallyCount), rows)


def _keep_texts(connection: Connection, round_id: int) -> dict[str, str]:
    """Write the texts again under random ids, in the order of those ids, and return them by the old ones."""
    texts = connection.execute(
        select(Ballot.id, Ballot.answer).where(Ballot.round_id == round_id, Ballot.answer > "")
    ).all()
    renamed = sorted((secrets.token_bytes(ID_BYTES), text.id, text.answer) for text in texts)
    connection.execute(delete(Ballot).where(Ballot.round_id == round_id))
    if renamed:
        rows = [{"id": new, "round_id": round_id, "revision": 0, "answer": text} for new, _, text in renamed]
        connection.execute(insert(Ballot), rows)
    return {text_id(old): text_id(new) for new, old, _ in renamed}


def _keep_published(connection: Connection, round_id: int) -> dict[str, str]:
    """Keep the published snapshot only, its texts under random names, and return these by the old ones."""
    connection.execute(delete(Ballot).where(Ballot.round_id == round_id))
    connection.execute(delete(TallyCount).where(TallyCount.round_id == round_id))
    connection.execute(delete(Snapshot).where(Snapshot.round_id == round_id, Snapshot.published.is_(False)))
    texts = connection.execute(select(Snapshot.texts).where(Snapshot.round_id == round_id)).scalar()
    renamed = sorted((secrets.token_hex(8), old, text) for old, text in texts or ())
    if renamed:
        shown = [[new, text] for new, _, text in renamed]
        connection.execute(update(Snapshot).where(Snapshot.round_id == round_id).values(texts=shown))
    return {old: new for new, old, _ in renamed}
