"""What is on the boards of questions now, and what changed since it was last told.

A change is marked; soon after, the board is read once, compared with what was told before, and the difference goes out.
So messages cost phones times flushes, however many people upvote, and nobody asks again because of them. The numbers
that put messages in order are this process's own: a phone that comes to another one begins with the whole board.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from pollapp.ballots import STEPPED
from pollapp.database import Database
from pollapp.live import figures
from pollapp.live.broadcaster import Broadcaster
from pollapp.live.listing import Change, Item, Listing, parts
from pollapp.live.remembering import Remembered
from pollapp.live.runtime import Runtime
from pollapp.meetings import DRAFT, LIVE, Meeting
from pollapp.questions import SHOWN, BoardNow, Seen, Summary, limits, look

INTERVAL_S = 0.5
"""Least time between two messages about one board: two a second."""

SUMMARY_INTERVAL_S = 2.0
"""The same for its summary, which goes to every phone of the meeting."""

REMEMBERED_S = 0.5
"""How old a board in memory may be when another process has changed it."""

DeltaListener = Callable[[str, "Delta"], None]
SummaryListener = Callable[[str, Summary], None]


class Delta(NamedTuple):
    """What changed on a board. A client that is not at `before` asks for the whole of it."""

    epoch: str
    before: int
    version: int
    rules: Item
    changed: list[Item]
    votes: dict[str, int | None]
    gone: list[str]
    merged: dict[str, str]

    def message(self) -> Item:
        """Return it as it is sent: the same for everybody."""
        return {
            "epoch": self.epoch,
            "from": self.before,
            "version": self.version,
            "rules": self.rules,
            "changed": self.changed,
            "votes": self.votes,
            "gone": self.gone,
            "merged": self.merged,
        }


_NOTHING = BoardNow(None, "", False, 0, (), {}, -1)


@dataclass
class LiveBoard(Listing):
    """A board as this process tells it, under a number that only grows."""

    now: BoardNow = _NOTHING
    read_at: float = 0.0
    order: dict[str, int] = field(default_factory=dict)
    """In which order questions came onto the board, as far as this process saw it."""

    @property
    def rules(self) -> Item:
        """What everybody is told of the board itself."""
        return {
            "state": self.now.state,
            "approve_first": self.now.approves_first,
            "per_person": self.now.per_person,
            "limit": limits.LENGTH,
            "room": max(0, limits.MOST_QUESTIONS - len(self.items)),
            "stepped": self.now.preset == STEPPED,
        }

    @property
    def summary(self) -> Summary:
        """What is said beside the way to the board."""
        return Summary(self.now.state, len(self.items))

    def question(self, name: str) -> Seen | None:
        """Return a question that is or was on the board, by its name."""
        return next((seen for seen in self.now.questions if seen.name == name), None)

    def votable(self) -> list[str]:
        """Return the names of all questions this phone may have upvoted: those merged or taken back count too."""
        return [*self.items, *self.now.gone]

    def merged_into(self, name: str) -> list[str]:
        """Return the names of the questions that this one stands for."""
        return [duplicate for duplicate, survivor in self.now.gone.items() if survivor == name]

    def take(self, now: BoardNow) -> list[Delta]:
        """Take what was read and return what that changes; what is older than what is known changes nothing."""
        if now.revision <= self.now.revision:
            return []
        rules_before, merged_before = self.rules, self.now.gone
        self.now = now
        self._number(now)
        change = self.replace({seen.name: self._item(seen) for seen in now.questions if seen.state == SHOWN})
        merged = {name: into for name, into in now.gone.items() if merged_before.get(name) != into}
        if not (any(change) or merged or self.rules != rules_before):
            return []
        return list(self._deltas(change, merged))

    def _number(self, now: BoardNow) -> None:
        """Put new questions behind the others. What is there at the first look came in an order nobody knows."""
        shown = [seen.name for seen in now.questions if seen.state == SHOWN]
        if now.preset == STEPPED:
            return
        is_first = not self.order and self.version == 0
        for name in shown:
            if name not in self.order:
                self.order[name] = 0 if is_first else 1 + max(self.order.values(), default=0)

    def _item(self, seen: Seen) -> Item:
        return {
            "id": seen.name,
            "text": seen.shown,
            "votes": seen.votes,
            "answered": seen.answered,
            "edited": seen.edited,
            "highlighted": seen.highlighted,
            "labels": list(seen.labels),
            "reply": seen.reply,
            "order": self.order.get(seen.name, 0),
        }

    def _deltas(self, change: Change, merged: Mapping[str, str]) -> Iterator[Delta]:
        """Yield messages of bounded size, each on top of the one before."""
        pages = parts(change.changed)
        for number, part in enumerate(pages, 1):
            before, self.version = self.version, self.version + 1
            rest = (change.votes, change.gone, dict(merged)) if number == len(pages) else ({}, [], {})
            yield Delta(self.epoch, before, self.version, self.rules, part, *rest)


def _is_running(session: Session, meeting_id: str) -> bool:
    meeting = session.get(Meeting, meeting_id)
    return meeting is not None and meeting.state in (DRAFT, LIVE)


class Boards:
    """Knows the boards that are looked at, and calls listeners with what changed."""

    def __init__(
        self, runtime: Runtime, database: Database, context: Callable[[], AbstractContextManager[Any]]
    ) -> None:
        self._database = database
        self._context = context
        self._known: dict[str, LiveBoard] = {}
        self._told: dict[str, Summary] = {}
        self._delta_listeners: list[DeltaListener] = []
        self._summary_listeners: list[SummaryListener] = []
        self._change_listeners: list[Callable[[str], None]] = []
        kept_s = REMEMBERED_S if runtime.remembers else 0.0
        self._reads: Remembered[str, BoardNow] = Remembered(runtime, self._read, kept_s)
        self._changes = Broadcaster(runtime, self._send, INTERVAL_S)
        self._summaries = Broadcaster(runtime, self._send_summary, SUMMARY_INTERVAL_S)

    def on_delta(self, listener: DeltaListener) -> None:
        """Have `listener(meeting_id, delta)` called when something that everybody may see changed."""
        self._delta_listeners.append(listener)

    def on_summary(self, listener: SummaryListener) -> None:
        """Have `listener(meeting_id, summary)` called when a board opened or closed, or has more or fewer questions."""
        self._summary_listeners.append(listener)

    def on_change(self, listener: Callable[[str], None]) -> None:
        """Have `listener(meeting_id)` called when something changed that its facilitator may see."""
        self._change_listeners.append(listener)

    def told(self, meeting_id: str) -> LiveBoard:
        """Return a board as it was last told to those who follow it; what changed since comes with the next message."""
        board = self._known.get(meeting_id)
        if board is None:
            return self._refresh(meeting_id)
        if time.monotonic() - board.read_at > REMEMBERED_S:
            self._changes.mark({meeting_id})
        return board

    def fresh(self, meeting_id: str) -> LiveBoard:
        """Return a board as it is now, for a page that is not followed."""
        board = LiveBoard(order=dict(self.told(meeting_id).order))
        board.take(self._reads.get(meeting_id))
        return board

    def changed(self, meeting_ids: set[str]) -> None:
        """Have what changed on these boards told. Call in the loop, after the commit."""
        for meeting_id in meeting_ids:
            self._reads.forget(meeting_id)
        self._changes.mark(meeting_ids)

    def forget(self, meeting_id: str) -> None:
        """Know nothing of a board any more: its meeting has ended."""
        self._reads.forget(meeting_id)
        self._known.pop(meeting_id, None)
        self._told.pop(meeting_id, None)

    def tidy(self) -> None:
        """Forget the boards of meetings that do not run. What people wrote is not to outlive its meeting here."""
        for meeting_id in list(self._known):
            if not self._database.read(_is_running, meeting_id):
                self.forget(meeting_id)

    def _read(self, meeting_id: str) -> BoardNow:
        return self._database.read(look, meeting_id)

    def _take(self, meeting_id: str, now: BoardNow) -> LiveBoard:
        """Take what was read of a board, and tell what that changes."""
        board = self._known.setdefault(meeting_id, LiveBoard())
        board.read_at = time.monotonic()
        before = board.now
        deltas = board.take(now)
        # The revision alone is no news: under the Chatham House rule it would say that somebody did something.
        if now.revision <= before.revision or now._replace(revision=before.revision) == before:
            return board
        if before is not _NOTHING:  # who follows a board has had it read: the first look is news to nobody
            self._tell(meeting_id, deltas)
        if self._told.get(meeting_id) != board.summary:
            self._summaries.mark({meeting_id})
        return board

    def _tell(self, meeting_id: str, deltas: list[Delta]) -> None:
        with self._context():
            for delta in deltas:
                figures.sent("board")
                for listener in self._delta_listeners:
                    listener(meeting_id, delta)
            for tell in self._change_listeners:
                tell(meeting_id)

    def _send(self, meeting_id: str) -> float:
        now = self._reads.get(meeting_id)
        began = time.monotonic()
        self._take(meeting_id, now)
        return time.monotonic() - began

    def _refresh(self, meeting_id: str) -> LiveBoard:
        return self._take(meeting_id, self._reads.get(meeting_id))

    def _send_summary(self, meeting_id: str) -> float:
        began = time.monotonic()
        board = self._known.get(meeting_id)
        if board is None or self._told.get(meeting_id) == board.summary:
            return 0.0
        self._told[meeting_id] = board.summary
        figures.sent("questions")
        with self._context():
            for listener in self._summary_listeners:
                listener(meeting_id, board.summary)
        return time.monotonic() - began
