"""Moderate a meeting: one queue of all that people write in it, whatever they write it in.

What they write in is a `Source`. A further one is an object with these functions, and a place in `SOURCES`.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy.orm import Session

from pollapp import moderation
from pollapp.ballots import moderating, rounds
from pollapp.ballots.moderating import Named
from pollapp.errors import BadDecision, NotFound, Sealed
from pollapp.meetings.agenda import lock, slides_of
from pollapp.meetings.models import DRAFT, ENDED, LIVE, Meeting
from pollapp.meetings.moderating_questions import QuestionSource
from pollapp.moderation import Decided, Queued, Rules

UNSEALED = (DRAFT, LIVE, ENDED)
"""States of a meeting in which its rules can be changed."""

MOST_AT_ONCE = 200
"""Entries about which can be decided at once."""


ANSWERS = moderating.SOURCE
"""The name of the source that open answers and words come from."""


class Source(Protocol):
    """Something people write in."""

    NAME: str

    def queue(self, session: Session, meeting_id: str) -> Iterator[Queued]:
        """Yield its entries, as far as its facilitator may see them, in an order that means nothing."""

    def decide(
        self, session: Session, meeting_id: str, group: str, named: Sequence[Named], state: str | None
    ) -> list[Decided]:
        """Store what was decided about entries. Raises what `ballots.moderating.decide` does."""

    def rules_changed(self, session: Session, meeting_id: str) -> set[int]:
        """Note that what is shown may be another by new rules; return the rounds whose results are to be sent."""


class _Answers:
    """Open answers and words: their groups are rounds."""

    NAME = ANSWERS

    def queue(self, session: Session, meeting_id: str) -> Iterator[Queued]:
        places = {slide.id: place for place, slide in enumerate(slides_of(session, meeting_id))}
        polls = [poll for poll in rounds.of_meeting(session, meeting_id) if poll.slide_id in places]
        for poll in sorted(polls, key=lambda poll: (places[poll.slide_id], poll.number)):
            yield from moderating.queue(session.connection(), poll)

    def decide(
        self, session: Session, meeting_id: str, group: str, named: Sequence[Named], state: str | None
    ) -> list[Decided]:
        if not (group.isascii() and group.isdigit() and len(group) < _LONGEST_NUMBER):
            raise NotFound()
        poll = rounds.get(session, meeting_id, int(group))
        return [Decided(*each) for each in moderating.decide(session.connection(), poll, named, state)]

    def rules_changed(self, session: Session, meeting_id: str) -> set[int]:
        polls = rounds.of_meeting(session, meeting_id)
        for poll in polls:
            moderating.rules_changed(session.connection(), poll)
        return {poll.id for poll in polls}


_LONGEST_NUMBER = 10

SOURCES: dict[str, Source] = {source.NAME: source for source in (_Answers(), QuestionSource())}


class Queue(NamedTuple):
    """Everything to be moderated in a meeting, and the rules it is moderated by."""

    entries: list[Queued]
    rules: Rules
    is_sealed: bool


def look(session: Session, meeting_id: str) -> Queue:
    """Return what people wrote, as far as its facilitator may see it. Raises `NotFound`."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound()
    rules = moderation.of_meeting(session.connection(), meeting_id)
    entries = [entry for source in SOURCES.values() for entry in source.queue(session, meeting_id)]
    return Queue(entries, rules, meeting.state not in UNSEALED)


def decide(
    session: Session, meeting_id: str, source: str, group: str, named: Sequence[Named], state: str | None
) -> list[Decided]:
    """Approve or hide entries, or take that back (None). Raises `NotFound`, `TextChanged`, `BadDecision`."""
    if source not in SOURCES:
        raise NotFound()
    if len(named) > MOST_AT_ONCE:
        raise BadDecision(reason="too_many_entries", limit=MOST_AT_ONCE)
    lock(session, meeting_id)  # against a seal, which gives the entries other names
    return SOURCES[source].decide(session, meeting_id, group, named, state)


def rounds_of(decided: Sequence[Decided]) -> set[int]:
    """Return the rounds whose results are to be sent after a decision."""
    return {int(each.entry.group) for each in decided if each.entry.source == _Answers.NAME}


def keep_rules(session: Session, meeting_id: str, mode: str, offensive: str, lines: Sequence[str]) -> set[int]:
    """Keep the rules of a meeting; return the rounds whose results are to be sent. Raises `BadSettings`, `Sealed`."""
    lock(session, meeting_id)  # against a seal, which empties the own list: none may be written after that
    meeting = session.get_one(Meeting, meeting_id)
    if meeting.state not in UNSEALED:
        raise Sealed(reason="rules")
    rounds.lock_all(session, meeting_id)
    moderation.keep(session.connection(), meeting_id, mode, offensive, lines)
    return set[int]().union(*(source.rules_changed(session, meeting_id) for source in SOURCES.values()))
