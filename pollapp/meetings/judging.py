"""What a facilitator mends in a quiz: which answers count, and nicknames that cannot stay."""

from typing import Any

import msgspec
from sqlalchemy.orm import Session

from pollapp import kinds, quizzes
from pollapp.ballots import Round, published, rounds
from pollapp.errors import NotFound, Sealed
from pollapp.kinds import Counted, Judged
from pollapp.meetings.agenda import lock
from pollapp.meetings.models import SEALED, Meeting, Slide
from pollapp.quizzes import Player


def accept(session: Session, meeting_id: str, round_id: int, answer: str, *, accepted: bool) -> tuple[list[Round], str]:
    """Have an answer count in all rounds of its question, or no more; points follow. Return the rounds, and its label.

    Raises `UnknownRound`, `NotFound` for what is no question of a quiz, `Sealed`, and `BadSettings` when too many would
    count, or none.
    """
    lock(session, meeting_id)
    poll = rounds.get(session, meeting_id, round_id)
    kind = kinds.get(poll.kind)
    if not kinds.is_question(kind):
        raise NotFound()
    if session.get_one(Meeting, meeting_id).state == SEALED:
        raise Sealed(reason="quiz")

    def changed(stored: dict[str, Any]) -> dict[str, Any]:
        settings = kinds.load_settings(poll.kind, stored)
        mended: dict[str, Any] = msgspec.to_builtins(kind.accepting(settings, answer, poll.language, accepted=accepted))
        return mended

    slide = session.get_one(Slide, poll.slide_id)
    polls = rounds.of_slide(session, slide.id)
    slide.settings = changed(slide.settings)
    for each in polls:
        each.settings = changed(each.settings)
    session.flush()
    for each in polls:
        quizzes.rescore(session, each)
    settings = kinds.load_settings(poll.kind, poll.settings)
    labels = {each.answer: each.label for each in kind.judged(settings, Counted(0, 0, {}), poll.language)}
    return polls, labels.get(answer, answer)


def judged(session: Session, meeting_id: str) -> dict[int, list[Judged]]:
    """Return what was answered in quiz questions, by round, as far as it may be shown."""
    found = {}
    for poll in rounds.of_meeting(session, meeting_id):
        kind = kinds.get(poll.kind)
        if kinds.is_question(kind):
            counted = published(session.connection(), poll).counted
            settings = kinds.load_settings(poll.kind, poll.settings)
            found[poll.id] = kind.judged(settings, counted, poll.language) if counted else []
    return found


def take_nickname(session: Session, meeting_id: str, name: str) -> tuple[str, str]:
    """Give a player another nickname, for good, and return the one before and the new one. Raises `NotFound`.

    Also after the end: it stands in results and files until the meeting is erased.
    """
    lock(session, meeting_id)
    language = session.get_one(Meeting, meeting_id).language
    return quizzes.take_away(session, meeting_id, name, language)


def players(session: Session, meeting_id: str, find: str = "") -> tuple[int, list[Player]]:
    """Return how many players there are, and those whose nickname has this in it, by nickname."""
    everybody = quizzes.players_of(session, meeting_id).values()
    wanted = quizzes.naming.fold(find)
    found = [player for player in everybody if wanted in quizzes.naming.fold(player.nickname)]
    return len(everybody), sorted(found, key=lambda player: (player.nickname.casefold(), player.id))
