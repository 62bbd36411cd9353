"""Questions in the queue of moderation: one group, the board. Those that wait for each other are not in it yet."""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy.orm import Session

from pollapp.ballots.moderating import Named
from pollapp.errors import BadDecision, NotFound, TextChanged
from pollapp.meetings.models import Meeting
from pollapp.moderation import APPROVED, AS_WRITTEN, HIDDEN, Decided, Queued
from pollapp.questions import ARCHIVED, MERGED, Seen, filtering, look, moderating

GROUP = "board"


class QuestionSource:
    """Questions; what was merged into another is told by that one."""

    NAME = "questions"

    def queue(self, session: Session, meeting_id: str) -> Iterator[Queued]:
        """Yield what is on the board, waits or is archived, in the order of their ids."""
        board = look(session, meeting_id)
        if board.questions:
            language = session.get_one(Meeting, meeting_id).language
            yield from (_queued(seen, language) for seen in board.questions if seen.state != MERGED)

    def decide(
        self, session: Session, meeting_id: str, group: str, named: Sequence[Named], state: str | None
    ) -> list[Decided]:
        """Carry out what was decided. Of several questions those are skipped that are gone or were edited since."""
        if group != GROUP:
            raise NotFound()
        if state not in DECISIONS:
            raise BadDecision()
        moderating.lock(session, meeting_id)
        before = {entry.key: entry for entry in self.queue(session, meeting_id)}
        if len(named) == 1:
            _check(before.get(named[0].key), named[0])
        wanted = dict.fromkeys(each.key for each in named if _fits(before.get(each.key), each))
        for name in wanted:
            DECISIONS[state](session, meeting_id, name)
        session.flush()
        session.expire_all()
        after = {entry.key: entry for entry in self.queue(session, meeting_id)}
        return [Decided(after[name], before[name].state) for name in wanted]

    def rules_changed(self, session: Session, meeting_id: str) -> set[int]:
        """Look through the board by new rules; no round is concerned."""
        moderating.rules_changed(session, meeting_id)
        return set()


DECISIONS: dict[str | None, Callable[[Session, str, str], None]] = {
    APPROVED: moderating.approve,
    AS_WRITTEN: moderating.show_as_written,
    HIDDEN: moderating.hide,
    None: moderating.undecide,
}


def _queued(seen: Seen, language: str) -> Queued:
    is_hidden = seen.state == ARCHIVED
    return Queued(
        source=QuestionSource.NAME,
        group=GROUP,
        key=seen.name,
        fingerprint=filtering.fingerprint(seen.text),
        prompt="",
        language=language,
        text=seen.text,
        masked=seen.shown,
        standing=HIDDEN if is_hidden else seen.state,
        state=HIDDEN if is_hidden else seen.decision,
    )


def _fits(entry: Queued | None, named: Named) -> bool:
    return entry is not None and entry.fingerprint == named.fingerprint


def _check(entry: Queued | None, named: Named) -> None:
    if entry is None:
        raise NotFound()
    if not _fits(entry, named):
        raise TextChanged()
