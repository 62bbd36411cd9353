"""Coalesce what is sent: a change goes out at once, later ones together after a pause, always whole."""

import logging
import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from pollapp.errors import Unavailable
from pollapp.live.runtime import Runtime

Key = TypeVar("Key", bound=Hashable)

RETRY_S = 1.0
"""Seconds until it is tried again when the database did not answer."""

PAUSE_PER_WORK = 6
"""A pause is at least so many times as long as the work of sending, so that one heavy picture leaves time for the rest."""

LONGEST_PAUSE_S = 2.0
"""No picture is older than this and the time its sending takes."""

log = logging.getLogger(__name__)


class Broadcaster(Generic[Key]):
    """Calls `send(key)` in the background for keys marked as changed, each at most once per `interval` seconds.

    `send` returns how many seconds it worked; what it waited for others is not its work. What takes much work (a cloud of
    thousands of words) is sent less often; so is everything on a server so busy that sending takes longer than the interval.
    """

    def __init__(
        self,
        runtime: Runtime,
        send: Callable[[Key], float],
        interval: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._runtime = runtime
        self._send = send
        self._interval = interval
        self._clock = clock
        self._dirty: set[Key] = set()
        self._busy: set[Key] = set()

    def mark(self, keys: set[Key]) -> None:
        """Note that these changed. Call in the loop."""
        self._dirty |= keys
        for key in keys - self._busy:
            self._busy.add(key)
            self._runtime.spawn(self._serve, key)

    def _serve(self, key: Key) -> None:
        """Send until it is quiet. The pause comes after sending, so a first change does not wait."""
        while key in self._dirty:
            self._dirty.discard(key)
            start, work = self._clock(), 0.0
            try:
                work = self._send(key)
            except Unavailable:  # it was logged where it was noticed; what changed is still to be sent
                self._dirty.add(key)
                self._runtime.sleep(RETRY_S)
                start = self._clock()
            except Exception:  # a screen that misses one picture gets the next; the server must go on
                log.exception("could not send to screens or phones")
            self._runtime.sleep(self._pause(self._clock() - start, work))
        self._busy.discard(key)

    def _pause(self, took: float, work: float) -> float:
        """Return how long to wait: the interval counts from one beginning to the next."""
        return max(self._interval - took, min(LONGEST_PAUSE_S, max(took, PAUSE_PER_WORK * work)))
