"""Quizzes in a meeting: where they are allowed, the clock of a question, and who leads."""

import time
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from pollapp import kinds, moderation, quizzes
from pollapp.ballots import CLOSED, STEPPED, Round, rounds
from pollapp.errors import BadSettings
from pollapp.meetings.models import Slide
from pollapp.quizzes import Scored, Standing

ABOUT_PLAYERS = ("quiz_lobby", "leaderboard")
"""Kinds whose slides show players."""


class Quiz(NamedTuple):
    """A meeting's quiz as it stands: all players, the best first, and what each got for the latest closed question.

    `last` is that question's round, None before the first. `own_words` is the meeting's own list of offensive words.
    """

    standings: list[Standing]
    by_player: dict[bytes, Standing]
    last: int | None
    scores: dict[bytes, Scored]
    own_words: tuple[str, ...] = ()


def is_about_players(kind: str) -> bool:
    """Tell whether a slide of this kind shows who plays."""
    return kind in ABOUT_PLAYERS


def is_question(kind: str) -> bool:
    """Tell whether a kind is a quiz question."""
    return kinds.is_question(kinds.get(kind))


def is_in(session: Session, meeting_id: str) -> bool:
    """Tell whether slides of this meeting belong to a quiz."""
    query = select(Slide.kind).where(Slide.meeting_id == meeting_id, Slide.deleted_at.is_(None)).distinct()
    return any(kinds.is_in_quiz(kinds.get(kind)) for kind in session.scalars(query))


def begin(session: Session, poll: Round) -> float:
    """Start the clock of a question that has just opened and return when its time is up, in seconds since 1970."""
    began_at = time.time()
    ends_at: float = began_at + kinds.load_settings(poll.kind, poll.settings).seconds
    quizzes.timing.begin(session, poll.id, began_at, ends_at)
    return ends_at


def finish(session: Session, poll: Round, *, reveal: bool) -> None:
    """Stop the clock of a question that is about to close, and show what is correct in it, if wanted. Of other polls: nothing."""
    kind = kinds.get(poll.kind)
    if not kinds.is_question(kind):
        return
    quizzes.timing.stop(session, poll.id)
    if reveal and kinds.has_correct(kind, kinds.load_settings(poll.kind, poll.settings)):
        rounds.reveal(session, poll.id, True)


def require_allowed(kind: str, preset: str) -> None:
    """Raise `BadSettings` for a part of a quiz where results are shown in steps of five: it shows people one by one."""
    if preset == STEPPED and kinds.is_in_quiz(kinds.get(kind)):
        raise BadSettings(reason="quiz", setting="preset")


def look(session: Session, meeting_id: str) -> Quiz:
    """Return who leads: closed questions count, each with its latest round, in the order in which they were asked."""
    counting = _counting(session, meeting_id)
    round_ids = [poll.id for poll in counting]
    last = round_ids[-1] if round_ids else None
    scores = quizzes.scores_of(session, [last]) if last is not None else {}
    standings = quizzes.standings(session, meeting_id, round_ids)
    by_player = {each.id: each for each in standings}
    own_words = moderation.of_meeting(session.connection(), meeting_id).own_words
    return Quiz(standings, by_player, last, scores[last] if last is not None else {}, own_words)


def require_allowed_all(session: Session, meeting_id: str, preset: str) -> None:
    """Raise `BadSettings` when a slide of the meeting belongs to a quiz and this preset allows none."""
    query = select(Slide.kind).where(Slide.meeting_id == meeting_id, Slide.deleted_at.is_(None)).distinct()
    for kind in session.scalars(query):
        require_allowed(kind, preset)


def reduce(session: Session, meeting_id: str) -> None:
    """Keep nicknames and points alone, since what the points were given for goes."""
    leaders = quizzes.standings(session, meeting_id, [poll.id for poll in _counting(session, meeting_id)])
    quizzes.reduce_quiz(session.connection(), meeting_id, leaders)


def _counting(session: Session, meeting_id: str) -> list[Round]:
    """Return the rounds whose points count, in the order in which they were asked: of each question the latest, closed."""
    query = select(Slide.id).where(Slide.meeting_id == meeting_id, Slide.deleted_at.is_(None))
    slides = set(session.scalars(query))
    latest = {
        poll.slide_id: poll
        for poll in rounds.of_meeting(session, meeting_id)
        if poll.slide_id in slides and is_question(poll.kind)
    }
    return sorted((poll for poll in latest.values() if poll.state == CLOSED), key=lambda poll: poll.id)
