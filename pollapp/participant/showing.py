"""What phones of a meeting are shown, read once for all that ask at the same moment: a hall joins within seconds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from pollapp import questions
from pollapp.ballots import RoundSnapshot, rounds, take
from pollapp.ballots.statements import BallotKey
from pollapp.errors import NotFound, UnknownMeeting
from pollapp.extensions import database, hub
from pollapp.live.remembering import Remembered
from pollapp.meetings import Meeting, Scene, joining, stage
from pollapp.meetings.stage import News, left_ms
from pollapp.messages import snapshot_message
from pollapp.participant import rendering
from pollapp.questions import Summary

REMEMBERED_S = 0.5
"""How old what phones are shown may be when another process has changed it, such as the command that seals."""

MOST_CODES = 10_000


@dataclass(frozen=True)
class Shown:
    """The scene, how many slots each round of the meeting has, shared results, and what is said of the board.

    The same for every phone.

    `pages` is for rendered pages without anything of a phone; who makes one keeps it there.
    """

    scene: Scene
    slots: Mapping[int, int]
    shared: RoundSnapshot | None
    board: Summary
    pages: dict[tuple[str, ...], str] = field(default_factory=dict)
    _stages: dict[str, dict[str, Any]] = field(default_factory=dict)
    _snapshots: dict[str, dict[str, Any]] = field(default_factory=dict)

    def stage_message(self, locale: str) -> dict[str, Any]:
        """Return the `stage` message, rendered once per language. Call in the application's context."""
        if locale not in self._stages:
            self._stages[locale] = rendering.stage_message(self.scene, locale)
        return {**self._stages[locale], "left_ms": left_ms(self.scene.stage)}

    def snapshot_message(self, locale: str) -> dict[str, Any] | None:
        """Return the shared results as a message. Call in the application's context."""
        if self.shared is None:
            return None
        if locale not in self._snapshots:
            self._snapshots[locale] = snapshot_message(self.shared, locale)
        return self._snapshots[locale]


class Showing:
    """Knows what each meeting shows to phones, and which meeting a code opens."""

    def init(self) -> None:
        """Know nothing yet, and hear of changes."""
        self._shown: Remembered[str, Shown] = hub.remember(_look, REMEMBERED_S)
        self._stored = hub.gather(_stored)
        self._meetings: dict[str, str] = {}
        hub.on_stage(lambda scene: self._shown.forget(scene.meeting.id))
        hub.on_phone_news(self._forget_results)
        hub.boards.on_summary(lambda meeting_id, _summary: self._shown.forget(meeting_id))

    def of(self, meeting_id: str) -> Shown:
        """Return what a meeting shows. Raises `NotFound`."""
        return self._shown.get(meeting_id)

    def meeting(self, code: str) -> Meeting:
        """Return the meeting of a code as typed. Raises `UnknownMeeting`."""
        digits = joining.read_code(code)
        meeting_id = self._meetings.get(digits)
        if meeting_id is None:
            found = database.read(joining.by_code, digits)
            if len(self._meetings) >= MOST_CODES:
                self._meetings.clear()
            self._meetings[digits] = found.id
            return found
        try:
            return self.of(meeting_id).scene.meeting
        except NotFound:
            del self._meetings[digits]
            raise UnknownMeeting() from None

    def stored(self, ballots: Collection[BallotKey]) -> Mapping[BallotKey, rounds.Stored]:
        """Return which of these ballots are stored, and maybe others that were asked for at the same moment."""
        return self._stored(ballots)

    def _forget_results(self, news: News) -> None:
        if news.stage.results_on_phones:
            self._shown.forget(news.meeting.id)


def _look(session: Session, meeting_id: str) -> Shown:
    scene = stage.scene(session, meeting_id)
    slots = rounds.slots_of(rounds.of_meeting(session, meeting_id))
    shared = take(session, scene.poll) if scene.poll and scene.stage.results_on_phones else None
    return Shown(scene, slots, shared, questions.summary(session, meeting_id))


def _stored(session: Session, ballots: Collection[BallotKey]) -> Mapping[BallotKey, rounds.Stored]:
    return rounds.stored(session.connection(), ballots)


showing = Showing()
