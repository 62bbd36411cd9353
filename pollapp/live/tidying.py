"""When to remove what was deleted from the database's own files: soon, but not in the midst of a meeting."""

import time
from collections.abc import Callable

from pollapp.database import Database
from pollapp.meetings import agenda

AT_LATEST_S = 24 * 3600.0
"""So long after a seal or an erasure it is done even if meetings are running. (It takes about a second.)"""

EVERY_S = 24 * 3600.0
"""It is done so often in any case: answers are also changed and taken back, and meetings deleted."""


class Tidying:
    """Knows whether there is something to remove. After a start there may be: the last run may have been cut short."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._wanted_since: float | None = clock()
        self._done_at = clock()

    def want(self) -> None:
        """Note that something was deleted for good."""
        if self._wanted_since is None:
            self._wanted_since = self._clock()

    def is_done(self) -> bool:
        """Tell whether there is nothing to remove."""
        return self._wanted_since is None

    def attend(self) -> bool:
        """Do what is to be done if it may be done now; tell whether nothing is left. Call once in a while."""
        now = self._clock()
        if now - self._done_at >= EVERY_S:
            self.want()
        if self._wanted_since is None:
            return True
        may_wait = self._database.forgetting_blocks and now - self._wanted_since < AT_LATEST_S
        if may_wait and not self._database.read(agenda.is_quiet):
            return False
        if not self._database.forget_deleted():
            return False
        self._wanted_since, self._done_at = None, now
        return True
