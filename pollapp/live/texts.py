"""What phones are told of the open answers they can upvote, and what changed since.

A change is marked; soon after, the answers of the round on the stage are read once, compared with what was told before,
and the difference goes out, as with boards (`pollapp.live.boards`). Rounds that nobody follows cost nothing.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from pollapp.ballots.upvoting import Upvotable
from pollapp.database import Database
from pollapp.errors import NotFound
from pollapp.live import figures
from pollapp.live.boards import INTERVAL_S, REMEMBERED_S
from pollapp.live.broadcaster import Broadcaster
from pollapp.live.listing import Item, Listing, parts
from pollapp.live.remembering import Remembered
from pollapp.live.runtime import Runtime
from pollapp.meetings import Scene, upvoting
from pollapp.meetings.upvoting import Upvoting

MOST_LISTED = 500
"""Answers that phones are told of a round: as many as a screen shows, and as many as a board has."""


class Delta(NamedTuple):
    """What changed. A phone that is not at `before` asks for the whole list."""

    round_id: int
    epoch: str
    before: int
    version: int
    total: int
    changed: list[Item]
    votes: dict[str, int | None]
    gone: list[str]

    def message(self) -> Item:
        """Return it as it is sent: the same for everybody."""
        return {
            "round": self.round_id,
            "epoch": self.epoch,
            "from": self.before,
            "version": self.version,
            "total": self.total,
            "changed": self.changed,
            "votes": self.votes,
            "gone": self.gone,
        }


DeltaListener = Callable[[str, Delta], None]


@dataclass
class LiveTexts(Listing):
    """The answers of one round as this process tells them."""

    now: Upvoting | None = None
    read_at: float = 0.0
    total: int = 0
    _known: dict[str, Upvotable] = field(default_factory=dict)

    @property
    def round_id(self) -> int | None:
        """Which round it is; None while nothing can be upvoted."""
        return self.now.round_id if self.now else None

    def told(self) -> list[Upvotable]:
        """Return the answers that phones are told."""
        return [self._known[name] for name in self.items]

    def find(self, text_id: str, seen: str) -> Upvotable | None:
        """Return the answer with this id if it still says what a phone was shown."""
        known = self._known.get(text_id) if text_id in self.items else None
        return known if known is not None and known.seen == seen else None

    def take(self, now: Upvoting) -> list[Delta]:
        """Take what was read of the same round and return what that changes; what is older changes nothing."""
        if self.now is not None and now.number < self.now.number:
            return []
        total_before, self.now, self.total = self.total, now, len(now.answers)
        self._known = {answer.id: answer for answer in now.answers}
        change = self.replace({answer.id: _item(answer) for answer in self._chosen(now)})
        if not any(change) and self.total == total_before:
            return []
        deltas = []
        pages = parts(change.changed)
        for number, part in enumerate(pages, 1):
            before, self.version = self.version, self.version + 1
            rest: tuple[Any, Any] = (change.votes, change.gone) if number == len(pages) else ({}, [])
            deltas.append(Delta(now.round_id, self.epoch, before, self.version, self.total, part, *rest))
        return deltas

    def _chosen(self, now: Upvoting) -> list[Upvotable]:
        """Return the answers phones are told: all, or as many as there may be, those first that they know already."""
        if len(now.answers) <= MOST_LISTED:
            return list(now.answers)
        first = sorted(now.answers, key=lambda answer: (answer.id not in self.items, -(answer.votes or 0), answer.id))
        return first[:MOST_LISTED]


def _item(answer: Upvotable) -> Item:
    return {"id": answer.id, "text": answer.text, "seen": answer.seen, "votes": answer.votes}


class Texts:
    """Knows the answers that phones look at, and calls listeners with what changed."""

    def __init__(
        self, runtime: Runtime, database: Database, context: Callable[[], AbstractContextManager[Any]]
    ) -> None:
        self._database = database
        self._context = context
        self._known: dict[str, LiveTexts] = {}
        self._listeners: list[DeltaListener] = []
        kept_s = REMEMBERED_S if runtime.remembers else 0.0
        self._reads: Remembered[str, Upvoting | None] = Remembered(runtime, self._read, kept_s)
        self._changes = Broadcaster(runtime, self._send, INTERVAL_S)

    def on_delta(self, listener: DeltaListener) -> None:
        """Have `listener(meeting_id, delta)` called when something changed that phones see."""
        self._listeners.append(listener)

    def told(self, meeting_id: str) -> LiveTexts:
        """Return the answers as they were last told to those who follow them."""
        known = self._known.get(meeting_id)
        if known is None:
            return self._take(meeting_id, self._reads.get(meeting_id))
        if time.monotonic() - known.read_at > REMEMBERED_S:
            self._changes.mark({meeting_id})
        return known

    def fresh(self, meeting_id: str) -> LiveTexts:
        """Return the answers as they are now."""
        return self._take(meeting_id, self._reads.get(meeting_id))

    def stage_changed(self, scene: Scene) -> None:
        """Begin anew when another round, or none, can be upvoted now. Call in the loop."""
        known = self._known.get(scene.meeting.id)
        self._reads.forget(scene.meeting.id)
        if known is not None and (known.now is None or not self._is_of(known, scene)):
            del self._known[scene.meeting.id]

    @staticmethod
    def _is_of(known: LiveTexts, scene: Scene) -> bool:
        return upvoting.is_on(scene) and scene.poll is not None and scene.poll.id == known.round_id

    def rounds_changed(self, round_ids: set[int]) -> None:
        """Have what changed in these rounds told, as far as anybody follows them. Call in the loop."""
        meeting_ids = {meeting_id for meeting_id, known in self._known.items() if known.round_id in round_ids}
        for meeting_id in meeting_ids:
            self._reads.forget(meeting_id)
        self._changes.mark(meeting_ids)

    def tidy(self) -> None:
        """Forget the answers of meetings in which none can be upvoted now: they are not to outlive them here."""
        for meeting_id in list(self._known):
            if self._read(meeting_id) is None:
                self._reads.forget(meeting_id)
                self._known.pop(meeting_id, None)

    def _read(self, meeting_id: str) -> Upvoting | None:
        return self._database.read(_look, meeting_id)

    def _take(self, meeting_id: str, now: Upvoting | None) -> LiveTexts:
        """Take what was read, and tell what that changes. Of another round nobody here knows anything yet."""
        known = self._known.get(meeting_id)
        is_followed = known is not None and now is not None and known.round_id == now.round_id
        if known is None or not is_followed:
            known = self._known[meeting_id] = LiveTexts()
        known.read_at = time.monotonic()
        if now is not None:
            deltas = known.take(now)
            if is_followed:
                self._tell(meeting_id, deltas)
        return known

    def _tell(self, meeting_id: str, deltas: list[Delta]) -> None:
        with self._context():
            for delta in deltas:
                figures.sent("texts")
                for listener in self._listeners:
                    listener(meeting_id, delta)

    def _send(self, meeting_id: str) -> float:
        now = self._reads.get(meeting_id)
        began = time.monotonic()
        if meeting_id in self._known:
            self._take(meeting_id, now)
        return time.monotonic() - began


def _look(session: Session, meeting_id: str) -> Upvoting | None:
    try:
        return upvoting.look(session, meeting_id)
    except NotFound:
        return None
