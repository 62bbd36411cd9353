"""Review a meeting: everything people wrote in it, what was found there, and the names to look for."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from pollapp import questions
from pollapp.ballots import KeyRing, Round, review, rounds
from pollapp.ballots.review import Entry, Names
from pollapp.errors import BadSettings, NotFound, Sealed
from pollapp.meetings import reviewing_players, reviewing_questions
from pollapp.meetings.agenda import lock, slides_of
from pollapp.meetings.models import DRAFT, ENDED, LIVE, Meeting, Slide
from pollapp.words import clean

UNSEALED = (DRAFT, LIVE, ENDED)
"""States of a meeting in which there is a key, and a list of names beside it."""

MOST_NAMES = 500
NAME_LENGTH = 80
"""Names on the list of a meeting, and characters of each."""


BOARD = 0
"""Stands in the place of a round where an entry is a question of the board."""

QUIZ = -1
"""The same where it is a nickname."""


class Written(NamedTuple):
    """An entry, with the slide that asked for it and the round it was written in; a question of the board has neither, nor has a nickname."""

    slide: Slide | None
    poll: Round | None
    entry: Entry
    is_nickname: bool = False

    @property
    def round_id(self) -> int:
        """The round, or `BOARD`, or `QUIZ`."""
        if self.is_nickname:
            return QUIZ
        return self.poll.id if self.poll is not None else BOARD

    @property
    def place(self) -> str:
        """Its name on the page: the round, and the entry in it."""
        return f"{self.round_id}.{self.entry.key}"


class Review(NamedTuple):
    """Everything to be reviewed, what needs a decision first; `names` is None once the meeting is sealed."""

    written: list[Written]
    names: Names

    @property
    def pending(self) -> int:
        """How many entries wait for a decision."""
        return sum(each.entry.pending for each in self.written)

    @property
    def pending_nicknames(self) -> int:
        """How many of them are nicknames."""
        return sum(each.entry.pending for each in self.written if each.is_nickname)


def look(session: Session, meeting_id: str, keys: KeyRing) -> Review:
    """Return what people wrote, as far as it may be shown: flagged entries first, else in the order of the agenda."""
    names = names_of(session, meeting_id, keys)
    of_slide: dict[str, list[Round]] = {}
    for poll in rounds.of_meeting(session, meeting_id):
        of_slide.setdefault(poll.slide_id, []).append(poll)
    written = [
        Written(slide, poll, entry)
        for slide in slides_of(session, meeting_id)
        for poll in of_slide.get(slide.id, [])
        for entry in review.entries(session.connection(), poll, names)
    ]
    asked = reviewing_questions.entries(session, meeting_id, names)
    written += [Written(None, None, entry) for entry in asked]
    nicknames = reviewing_players.entries(session, meeting_id, names)
    written += [Written(None, None, entry, is_nickname=True) for entry in nicknames]
    return Review(sorted(written, key=lambda each: not each.entry.findings), names)


def decide(
    session: Session,
    meeting_id: str,
    keys: KeyRing,
    *,
    round_id: int,
    key: str,
    fingerprint: str,
    decision: str | None,
    words: Sequence[str] | None = None,
) -> Written:
    """Decide about an entry, or take a decision back (None). Raises what `ballots.review.decide` does."""
    lock(session, meeting_id)  # against a seal, which must find a decision or be found done by it
    names = names_of(session, meeting_id, keys)
    if round_id == BOARD:
        entry = reviewing_questions.decide(session, meeting_id, key, fingerprint, decision, names=names, words=words)
        return Written(None, None, entry)
    if round_id == QUIZ:
        entry = reviewing_players.decide(session, meeting_id, key, fingerprint, decision, names=names)
        return Written(None, None, entry, is_nickname=True)
    poll = rounds.get(session, meeting_id, round_id)
    entry = review.decide(session.connection(), poll, key, fingerprint, decision, names=names, words=words)
    return Written(session.get_one(Slide, poll.slide_id), poll, entry)


def names_of(session: Session, meeting_id: str, keys: KeyRing) -> Names:
    """Return the names to look for in what people write, None once the meeting is sealed."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound()
    return keys.names(meeting_id) if meeting.state in UNSEALED else None


def keep_names(session: Session, meeting_id: str, keys: KeyRing, lines: Sequence[str]) -> int:
    """Keep the list of names, one a line, and return how many there are. Raises `BadSettings`, `Sealed`."""
    lock(session, meeting_id)  # against a seal, which destroys the list: none may be written after that
    meeting = session.get_one(Meeting, meeting_id)
    if meeting.state not in UNSEALED or not keys.has(meeting_id):
        raise Sealed()
    names = list(dict.fromkeys(filter(None, map(clean, lines))))
    if len(names) > MOST_NAMES:
        raise BadSettings(reason="too_many_names", limit=MOST_NAMES, length=len(names))
    longest = max(map(len, names), default=0)
    if longest > NAME_LENGTH:
        raise BadSettings(reason="too_long", limit=NAME_LENGTH, length=longest)
    keys.keep_names(meeting_id, names)
    return len(names)


def flag(session: Session, keys: KeyRing, meeting_id: str) -> None:
    """Store what is found in what people wrote, before the seal destroys the names to look for.

    May run again, also without the names: what was found with them is not lost.
    """
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or meeting.state != ENDED:
        return
    for poll in rounds.of_meeting(session, meeting_id):
        review.flag(session.connection(), poll, keys.names(meeting_id))
    questions.flag(session.connection(), meeting_id, keys.names(meeting_id))
    reviewing_players.replace_undecided(session, meeting_id, keys.names(meeting_id))
