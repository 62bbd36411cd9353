"""Remember for an instant what everybody asks for at once, and read it once for all of them."""

import logging
import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, NamedTuple, TypeVar

from pollapp.live.runtime import Runtime, Waiter

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST_REMEMBERED = 1000

log = logging.getLogger(__name__)


class _Known(NamedTuple):
    value: Any
    until: float


class Remembered(Generic[Key, Value]):
    """Calls `read(key)` at most once at a time for each key, and keeps what it returned for `for_s` seconds.

    What changes through this process is forgotten at once (`forget`); what another process changes is seen after `for_s`.
    """

    def __init__(self, runtime: Runtime, read: Callable[[Key], Value], for_s: float) -> None:
        self._runtime = runtime
        self._read = read
        self._for_s = for_s
        self._known: dict[Key, _Known] = {}
        self._waiting: dict[Key, list[Waiter]] = {}
        self._changes = 0

    def get(self, key: Key) -> Value:
        """Return what is known of `key`, or read it. Raises what `read` raises, once for all who wait for the same read."""
        known = self._known.get(key)
        if known is not None and known.until > time.monotonic():
            value: Value = known.value
            return value
        if self._for_s and key in self._waiting:
            waiter = self._runtime.waiter()
            self._waiting[key].append(waiter)
            problem = waiter.wait()
            if problem is not None:
                raise problem
            return self.get(key)
        return self._read_for_all(key)

    def peek(self, key: Key) -> Value | None:
        """Return what is known of `key` without waiting, or None; what is out of date is read anew meanwhile."""
        known = self._known.get(key)
        if known is None:
            return None
        if known.until <= time.monotonic() and key not in self._waiting:
            self._waiting[key] = []
            self._runtime.spawn(self._refresh, key)
        value: Value = known.value
        return value

    def forget(self, key: Key) -> None:
        """Read this anew when it is next asked for, also if it is being read right now."""
        self._changes += 1
        self._known.pop(key, None)

    def _refresh(self, key: Key) -> None:
        try:
            self._read_for_all(key)
        except Exception as problem:  # noqa: BLE001  # nobody waits here to be told: who asks next reads, and is
            log.info("could not be read anew: %s", type(problem).__name__)
            self._known.pop(key, None)

    def _read_for_all(self, key: Key) -> Value:
        self._waiting.setdefault(key, [])
        changes = self._changes
        failed: Exception | None = None
        try:
            value = self._read(key)
            if self._for_s and changes == self._changes:
                if len(self._known) >= MOST_REMEMBERED:
                    self._known.clear()
                self._known[key] = _Known(value, time.monotonic() + self._for_s)
            return value
        except Exception as problem:
            failed = problem
            raise
        finally:
            for waiter in self._waiting.pop(key, []):
                waiter.set(failed)
