"""What a meeting's rules of moderation say of a question: whether it waits, and where offensive words stand in it.

It is worked out when a question comes in, is edited, or the rules change, and stored with the question: a board is read
twice a second, and its questions seldom change. It also outlives the facilitator's own list, which the seal empties.
"""

from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, column, select, table

from pollapp import moderation
from pollapp.moderation import AS_WRITTEN, MASK, OFF, Rules, standing
from pollapp.questions.models import SHOWN, WAITING, Board
from pollapp.words import Finder, mask, offensive_finder

Masks = list[list[int]]

_MEETING = table("meeting", column("id"), column("language"))
"""As much of the meetings' table as is needed here; the domain of meetings builds on this one."""


class Filter(NamedTuple):
    """The rules of a meeting, and what finds offensive words where they are looked for."""

    rules: Rules
    find: Finder | None

    def masks(self, text: str | None) -> Masks:
        """Return where offensive words stand in a question."""
        return [list(span) for span in self.find(text)] if self.find and text else []

    def holds(self, masks: Masks) -> bool:
        """Tell whether the meeting's rules let a question wait about which nothing was decided."""
        return standing(self.rules, None, was_hidden=False, is_offensive=bool(masks)) == WAITING

    def state(self, board: Board | Row[Any], masks: Masks) -> str:
        """Return the state of a question about which nothing was decided: it waits or is shown."""
        return WAITING if board.approve_first or self.holds(masks) else SHOWN


def of_meeting(connection: Connection, meeting_id: str) -> Filter:
    """Return how questions of a meeting are looked through."""
    rules = moderation.of_meeting(connection, meeting_id)
    if rules.offensive == OFF:
        return Filter(rules, None)
    language = connection.execute(select(_MEETING.c.language).where(_MEETING.c.id == meeting_id)).scalar_one()
    return Filter(rules, offensive_finder(language, rules.own_words))


def shown(row: Row[Any], rules: Rules) -> str:
    """Return the words of a question as others read them; while it waits, as its facilitator reads them first."""
    is_masked = row.state == WAITING or (rules.offensive == MASK and row.decision != AS_WRITTEN)
    text: str = row.text
    return mask(text, [(start, end) for start, end in row.masks]) if is_masked and row.masks else text


def fingerprint(text: str) -> str:
    """Return what tells whether a question still says what was decided about."""
    return blake2b(text.encode(), digest_size=8).hexdigest()
