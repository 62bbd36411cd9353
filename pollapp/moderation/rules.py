"""The rules of a meeting: who looks when, and what becomes of offensive words.

The own list lies in the database, unlike the names of the review: results and what is masked in them are read in one
transaction, so that no server shows for an instant what the list on another's disk already masks. The seal empties it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from pollapp.errors import BadSettings
from pollapp.moderation.models import ModerationRules
from pollapp.words import clean

OFF, AFTER, FIRST = "off", "after", "first"
MODES = (OFF, AFTER, FIRST)
"""Entries are not looked at, are looked at once they are shown, or are shown once they are approved."""

MASK, HOLD = "mask", "hold"
OFFENSIVE = (OFF, MASK, HOLD)
"""Offensive words are left alone, are masked, or their entries wait for approval."""

MOST_OWN_WORDS = 500
OWN_WORD_LENGTH = 80
"""Words on a meeting's own list, and characters of each."""


class Rules(NamedTuple):
    """How a meeting is moderated."""

    mode: str = OFF
    offensive: str = OFF
    own_words: tuple[str, ...] = ()


def of_meeting(connection: Connection, meeting_id: str) -> Rules:
    """Return the rules of a meeting."""
    table = ModerationRules.__table__.c
    query = select(table.mode, table.offensive, table.own_words).where(table.meeting_id == meeting_id)
    row = connection.execute(query).one_or_none()
    return Rules(row.mode, row.offensive, tuple(row.own_words)) if row else Rules()


def keep(connection: Connection, meeting_id: str, mode: str, offensive: str, lines: Sequence[str]) -> Rules:
    """Keep these rules in place of those before; the own list has a word a line. Raises `BadSettings`."""
    words = tuple(dict.fromkeys(filter(None, map(clean, lines))))
    if mode not in MODES or offensive not in OFFENSIVE:
        raise BadSettings(reason="unknown_choice")
    if len(words) > MOST_OWN_WORDS:
        raise BadSettings(reason="too_many_words", limit=MOST_OWN_WORDS, length=len(words))
    longest = max(map(len, words), default=0)
    if longest > OWN_WORD_LENGTH:
        raise BadSettings(reason="too_long", limit=OWN_WORD_LENGTH, length=longest)
    rules = Rules(mode, offensive, words)
    connection.execute(delete(ModerationRules).where(ModerationRules.meeting_id == meeting_id))
    connection.execute(
        insert(ModerationRules).values(meeting_id=meeting_id, mode=mode, offensive=offensive, own_words=list(words))
    )
    return rules


def forget_own_words(connection: Connection, meeting_id: str) -> None:
    """Empty the own list of a meeting."""
    connection.execute(update(ModerationRules).where(ModerationRules.meeting_id == meeting_id).values(own_words=[]))
