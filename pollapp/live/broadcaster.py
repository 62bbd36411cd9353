"""Coalesce what is sent: a change goes out at once, later ones together after a pause, always whole."""

import logging
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from pollapp.errors import Unavailable
from pollapp.live.runtime import Runtime

Key = TypeVar("Key", bound=Hashable)

RETRY_S = 1.0
"""Seconds until it is tried again when the database did not answer."""

log = logging.getLogger(__name__)


class Broadcaster(Generic[Key]):
    """Calls `send(key)` in the background for keys marked as changed, each at most once per `interval` seconds."""

    def __init__(self, runtime: Runtime, send: Callable[[Key], None], interval: float) -> None:
        self._runtime = runtime
        self._send = send
        self._interval = interval
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
            try:
                self._send(key)
            except Unavailable:  # it was logged where it was noticed; what changed is still to be sent
                self._dirty.add(key)
                self._runtime.sleep(RETRY_S)
            except Exception:  # a screen that misses one picture gets the next; the server must go on
                log.exception("could not send to screens or phones")
            self._runtime.sleep(self._interval)
        self._busy.discard(key)
