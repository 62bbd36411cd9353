"""What a facilitator mends in a quiz: typed answers that count after all, and nicknames that cannot stay."""

from typing import Any, NamedTuple

import msgspec
from sqlalchemy.orm import Session

from pollapp import kinds, quizzes
from pollapp.ballots import Round, rounds, take
from pollapp.errors import BadSettings, NotFound, Sealed
from pollapp.kinds import MOST_ACCEPTED, QuizTypeSettings
from pollapp.meetings.agenda import lock
from pollapp.meetings.models import SEALED, Meeting, Slide
from pollapp.quizzes import Player
from pollapp.words import clean, match_key


def accept(session: Session, meeting_id: str, round_id: int, answer: str, *, accepted: bool) -> list[Round]:
    """Accept a typed answer in all rounds of its question, or take that back; points follow. Return the rounds.

    Raises `UnknownRound`, `NotFound` for a question of another kind, `Sealed`, and `BadSettings` when it has too many.
    """
    lock(session, meeting_id)
    poll = rounds.get(session, meeting_id, round_id)
    if not isinstance(kinds.load_settings(poll.kind, poll.settings), QuizTypeSettings):
        raise NotFound()
    if session.get_one(Meeting, meeting_id).state == SEALED:
        raise Sealed(reason="quiz")
    slide = session.get_one(Slide, poll.slide_id)
    polls = rounds.of_slide(session, slide.id)
    slide.settings = _changed(slide.settings, answer, poll.language, accepted=accepted)
    for each in polls:
        each.settings = _changed(each.settings, answer, poll.language, accepted=accepted)
    session.flush()
    for each in polls:
        quizzes.rescore(session, each)
    return polls


class Judged(NamedTuple):
    """An answer that was typed, how often, and whether it counts; it may not be revealed yet."""

    answer: str
    people: int
    right: bool


def judged(session: Session, meeting_id: str) -> dict[int, list[Judged]]:
    """Return what was typed in quiz questions, by round, as far as it may be shown."""
    found = {}
    for poll in rounds.of_meeting(session, meeting_id):
        kind, settings = kinds.get(poll.kind), kinds.load_settings(poll.kind, poll.settings)
        if kinds.is_question(kind) and kind.REJUDGED:
            rows = take(session, poll).table.rows
            found[poll.id] = [
                Judged(
                    str(row[0]),
                    int(row[1]),
                    kind.is_right(settings, match_key(str(row[0]), poll.language), poll.language),
                )
                for row in rows
            ]
    return found


def _changed(stored: dict[str, Any], answer: str, language: str, *, accepted: bool) -> dict[str, Any]:
    """Return a question's settings with or without an answer; one that is accepted already stays as it is spelled."""
    key = match_key(answer, language)
    others = [each for each in stored["accepted"] if match_key(each, language) != key]
    if accepted and len(others) == len(stored["accepted"]):
        others.append(clean(answer))
    elif accepted:
        others = stored["accepted"]
    if len(others) > MOST_ACCEPTED:
        raise BadSettings(reason="too_many_accepted", setting="accepted", limit=MOST_ACCEPTED)
    changed = stored | {"accepted": others}
    try:
        msgspec.convert(changed, QuizTypeSettings)
    except msgspec.ValidationError:
        raise BadSettings(reason="invalid", setting="accepted") from None
    return changed


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
