"""What the seal leaves of upvotes: a number for each answer that is still there, under the answer's new name."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, delete, insert

from pollapp.ballots.models import Round
from pollapp.ballots.upvotes.models import SETTLED, TextUpvote, TextVotes


def keep(votes: Mapping[str, int | None]) -> dict[str, int]:
    """Return the numbers that outlive the seal, by the answers' ids of before: those that may be told."""
    return {text_id: number for text_id, number in votes.items() if number}


def write_again(
    connection: Connection, poll: Row[Any] | Round, kept: Mapping[str, int], new_names: Mapping[str, str]
) -> None:
    """Delete all upvotes of a round and write their numbers anew, in the order of the answers' new ids.

    Rows that stay where they are would tell PostgreSQL's order of arrival. Running it again changes nothing that counts.
    """
    for table in (TextUpvote, TextVotes):
        connection.execute(delete(table).where(table.round_id == poll.id))
    rows = [
        {
            "round_id": poll.id,
            "text": new_names[text_id],
            "words": SETTLED,
            "votes": number,
            "shown_votes": number,
            "waiting_votes": None,
        }
        for text_id, number in kept.items()
        if text_id in new_names
    ]
    if rows:
        connection.execute(insert(TextVotes), sorted(rows, key=lambda row: str(row["text"])))
