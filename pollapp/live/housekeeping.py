"""What happens to meetings by itself: those left alone are ended, those that ended are sealed, old ones are erased."""

import logging
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy.orm import Session

from pollapp.ballots import KeyRing
from pollapp.database import Database
from pollapp.errors import DomainError
from pollapp.live import figures
from pollapp.live.tidying import Tidying
from pollapp.meetings import Scene, ending, erasing, stage
from pollapp.words import forget

log = logging.getLogger(__name__)


class Done(NamedTuple):
    """What was done to a meeting: `end`, `seal` or `erase`."""

    step: str
    meeting_id: str


class Housekeeping:
    """Looks after every meeting of a database. Several may do so at once, in any number of processes."""

    def __init__(self, database: Database, keys: KeyRing, stage_changed: Callable[[Scene], None]) -> None:
        self._database = database
        self._keys = keys
        self._stage_changed = stage_changed
        self._answered: set[int] = set()
        self._asked: set[str] = set()
        self._tidying = Tidying(database)

    def answers_came(self, round_ids: set[int], board_ids: set[str]) -> None:
        """Note that something came in these rounds and on the boards of these meetings.

        The day is stored at the next look, not on the way of the answers.
        """
        self._answered |= round_ids
        self._asked |= board_ids

    def look(self) -> list[Done]:
        """Do everything that is due, and return what was done. What fails is tried again at the next look."""
        self.store_day()
        self._keys.forget_destroyed()
        done = [
            *self._each("end", ending.idle, self._end),
            *self._each("seal", ending.due_for_seal, self._seal),
            *self._each("erase", ending.due_for_erasure, self._erase),
        ]
        if any(each.step != "end" for each in done):
            self._want_tidying()
        self._tidying.attend()
        return done

    def store_day(self) -> None:
        """Store the day on which the rounds noted so far were answered, and something was done on boards."""
        rounds, self._answered = self._answered, set()
        boards, self._asked = self._asked, set()
        if not rounds and not boards:
            return
        try:
            self._database.run(ending.note_answers, rounds, boards)
        except Exception:
            self._answered |= rounds
            self._asked |= boards
            raise

    def clear_deleted(self) -> None:
        """Have what was deleted vanish from memory, and from the database's files: now, or later if it is in use."""
        self._want_tidying()
        self._tidying.attend()

    def is_tidy(self) -> bool:
        """Tell whether nothing of that is left to do."""
        return self._tidying.is_done()

    def _want_tidying(self) -> None:
        forget()
        self._tidying.want()

    def _each(self, step: str, due: Callable[[Session], list[str]], act: Callable[[str], object]) -> list[Done]:
        done = []
        for meeting_id in self._database.read(due):
            try:
                act(meeting_id)
            except DomainError:
                continue  # somebody else was quicker
            except Exception:  # one meeting that cannot be sealed must not keep the others from it
                log.exception("could not %s the meeting %s", step, meeting_id)
                continue
            done.append(Done(step, meeting_id))
            figures.HOUSEKEEPING.add(step)
        return done

    def _end(self, meeting_id: str) -> None:
        self._database.run(ending.end_idle, meeting_id)
        self._stage_changed(self._database.read(stage.scene, meeting_id))

    def _seal(self, meeting_id: str) -> None:
        self._database.run(ending.seal, self._keys, meeting_id)

    def _erase(self, meeting_id: str) -> None:
        self._database.run(erasing.erase, meeting_id)
