"""Curate the word clouds of a meeting: one round at a time, the one on the stage first."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from pollapp.ballots import Round, curating, rounds
from pollapp.ballots.curated import Change
from pollapp.ballots.curating import Look
from pollapp.errors import NotFound
from pollapp.meetings.agenda import lock, slides_of
from pollapp.meetings.models import Meeting
from pollapp.meetings.stage import scene
from pollapp.words import Near, Word, near_duplicates


class Clouds(NamedTuple):
    """The rounds of a meeting that can be curated, in the order of the agenda, and one of them as it is looked at.

    `near` are words that are probably the same.
    """

    meeting: Meeting
    polls: list[Round]
    poll: Round | None
    look: Look
    near: list[Near]


MOST_SUGGESTED = 8

NOTHING = Look(0, [], (), frozenset(), {})


def look(session: Session, meeting_id: str, round_id: int | None = None) -> Clouds:
    """Return a round to be curated: the one asked for, else the one on the stage, else the newest. Raises `NotFound`."""
    now = scene(session, meeting_id)
    places = {slide.id: place for place, slide in enumerate(slides_of(session, meeting_id))}
    polls = [poll for poll in rounds.of_meeting(session, meeting_id) if curating.concern(poll)]
    polls.sort(key=lambda poll: (places.get(poll.slide_id, len(places)), poll.number))
    if round_id is None:
        poll = now.poll if now.poll in polls else max(polls, key=lambda each: each.id, default=None)
    else:
        poll = next((each for each in polls if each.id == round_id), None)
        if poll is None:
            raise NotFound()
    if poll is None:
        return Clouds(now.meeting, polls, None, NOTHING, [])
    seen = curating.look(session.connection(), poll)
    words = [Word(each.key, each.word, each.times) for each in seen.words]
    near = near_duplicates(words, poll.language, most=MOST_SUGGESTED, dismissed=seen.dismissed)
    return Clouds(now.meeting, polls, poll, seen, near)


def is_news(session: Session, meeting_id: str, round_id: int, number: int) -> bool:
    """Tell whether a cloud has changed since it had this number. Raises `UnknownRound`."""
    return curating.is_news(session.connection(), rounds.get(session, meeting_id, round_id), number)


def change(session: Session, meeting_id: str, round_id: int, act: str, words: Sequence[str], into: str = "") -> Change:
    """Hide, join or rename words. Raises what `ballots.curating.change` does, and `UnknownRound`."""
    return curating.change(session.connection(), _poll(session, meeting_id, round_id), act, words, into)


def undo(session: Session, meeting_id: str, round_id: int, change_id: str) -> Change:
    """Take a change back. Raises `Outdated`, `UnknownRound`."""
    return curating.undo(session.connection(), _poll(session, meeting_id, round_id), change_id)


def dismiss(session: Session, meeting_id: str, round_id: int, one: str, other: str) -> None:
    """Remember that two words are not the same. Raises `Outdated`, `UnknownRound`."""
    curating.dismiss(session.connection(), _poll(session, meeting_id, round_id), one, other)


def _poll(session: Session, meeting_id: str, round_id: int) -> Round:
    lock(session, meeting_id)  # against a seal, which puts changes into an order that means nothing
    return rounds.get(session, meeting_id, round_id)
