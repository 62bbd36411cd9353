"""A phone in a quiz: its nickname, its points and its place; and how long messages take to come from it."""

from collections import deque
from typing import Any, NamedTuple

from pollapp import kinds, quizzes
from pollapp.ballots import CLOSED
from pollapp.errors import BadNickname, NicknameGiven, NicknameTaken, TryAgain, Unavailable
from pollapp.extensions import hub
from pollapp.live.remembering import Remembered
from pollapp.meetings import Scene, quizzing
from pollapp.meetings.quizzing import Quiz
from pollapp.participant.phone import Phone
from pollapp.participant.showing import showing
from pollapp.quizzes import Named, Naming, naming, timing

REMEMBERED_S = 0.5
"""How old the places of a quiz in memory may be: when a question closes, all phones ask at once."""

LATEST = 5
"""Round trips of a phone that are remembered; the shortest of them counts."""


class Pulse:
    """Measures a phone's round trips: it is told a number, and how long it takes to say it back is the time of a round trip.

    One round trip is what the network takes of an answer's time: half of it before the question is seen, half after it
    was answered. A phone that waits before it says the number seems slower; it gains `timing.MOST_LATENCY_S` at most.
    """

    __slots__ = ("_number", "_told_at", "_trips")

    def __init__(self) -> None:
        self._number = 0
        self._told_at: float | None = None
        self._trips: deque[float] = deque(maxlen=LATEST)

    def hear(self, number: object, now: float) -> int:
        """Take the number that a phone says back at this time (seconds of any clock that runs on), and return the next."""
        if self._told_at is not None and number == self._number and type(number) is int:
            self._trips.append(now - self._told_at)
        self._number += 1
        self._told_at = now
        return self._number

    @property
    def latency_s(self) -> float:
        """What is taken off the time of an answer: nothing before anything was measured."""
        return min(timing.MOST_LATENCY_S, *self._trips) if self._trips else 0.0


class Result(NamedTuple):
    """What became of a phone's answer to the question on stage."""

    answered: bool
    right: bool
    points: int


class OwnPlayer(NamedTuple):
    """A phone as a player: `nickname` None before it has one, `offered` the one it would be given.

    `result` is told once what is correct is revealed; place and total once a question has closed.
    """

    nickname: str | None
    offered: str
    given: bool
    result: Result | None
    place: int | None
    total: int
    players: int

    def message(self) -> dict[str, Any]:
        """Return it as the phone is told."""
        return {**self._asdict(), "result": self.result and self.result._asdict()}


class Playing:
    """Knows who leads in each meeting, read once for all phones that ask at the same moment."""

    def init(self) -> None:
        """Know nothing yet, and hear of changes."""
        self._quizzes: Remembered[str, Quiz] = hub.remember(quizzing.look, REMEMBERED_S)
        hub.on_stage(lambda scene: self._quizzes.forget(scene.meeting.id))
        hub.on_quiz(self._quizzes.forget)

    def of(self, meeting_id: str) -> Quiz:
        """Return a meeting's quiz as it stands."""
        return self._quizzes.get(meeting_id)

    def forget(self, meeting_id: str) -> None:
        """Read a meeting's quiz anew when it is next asked for."""
        self._quizzes.forget(meeting_id)


playing = Playing()


def is_on(scene: Scene) -> bool:
    """Tell whether what a meeting shows belongs to a quiz."""
    return scene.slide is not None and kinds.is_in_quiz(kinds.get(scene.slide.kind))


def look(phone: Phone) -> OwnPlayer:
    """Return this phone as a player."""
    player_id = quizzes.ids.player_id(phone.key, phone.identity)
    scene, quiz = showing.of(phone.meeting_id).scene, playing.of(phone.meeting_id)
    own = quiz.by_player.get(player_id)
    return OwnPlayer(
        nickname=own.nickname if own else None,
        offered=naming.suggestion(player_id, scene.meeting.language),
        given=own.given if own else False,
        result=_result(scene, quiz, player_id),
        place=own.place if own and quiz.last is not None else None,
        total=own.points if own else 0,
        players=len(quiz.standings),
    )


def _result(scene: Scene, quiz: Quiz, player_id: bytes) -> Result | None:
    poll = scene.poll
    if poll is None or poll.id != quiz.last or poll.state != CLOSED or not poll.revealed:
        return None
    scored = quiz.scores.get(player_id)
    return Result(scored is not None, bool(scored and scored.right), scored.points if scored else 0)


def name(phone: Phone, raw: object) -> Named:
    """Give a phone a nickname; `raw` None is for the one it is offered.

    Raises `BadNickname`, `NicknameTaken`, `NicknameGiven`, and `TryAgain` when it is unknown whether it was stored.
    """
    try:
        scene, own_words = showing.of(phone.meeting_id).scene, playing.of(phone.meeting_id).own_words
    except Unavailable as error:
        raise TryAgain() from error
    if not is_on(scene):
        raise BadNickname(reason="no_quiz")
    nickname = None if raw is None else naming.read(raw, scene.meeting.language, own_words)
    player_id = quizzes.ids.player_id(phone.key, phone.identity)
    named = hub.store(Naming(phone.meeting_id, player_id, nickname, scene.meeting.language))
    if not isinstance(named, Named):
        raise TryAgain()
    playing.forget(phone.meeting_id)
    if named.code == NicknameTaken.code:
        raise NicknameTaken()
    if named.code == NicknameGiven.code:
        raise NicknameGiven()
    return named
