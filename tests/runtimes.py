"""A way of running for tests: threads whose pauses end at once, and for whose work a test can wait."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pollapp.live.runtime import ThreadRuntime

LONG_S = 30.0
PATIENCE_S = 20.0


class _Stopped(BaseException):
    """Ends a thread that rests; nothing catches it on the way."""


class PatientRuntime(ThreadRuntime):
    """Like the real ones, but pauses between two pictures take no time, and long ones last until `stop`."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._working = 0
        self._stopped = threading.Event()

    def call_in_loop(self, call: Callable[[], None]) -> None:
        self._count(+1)
        try:
            call()
        finally:
            self._count(-1)

    def spawn(self, call: Callable[..., None], *args: Any) -> None:
        def work() -> None:
            try:
                with suppress(_Stopped):
                    call(*args)
            finally:
                self._count(-1)

        self._count(+1)
        threading.Thread(target=work, daemon=True).start()

    def sleep(self, seconds: float) -> None:
        if seconds < LONG_S:
            return
        self._count(-1)
        self._stopped.wait()
        self._count(+1)
        raise _Stopped

    def settle(self) -> None:
        """Wait until everything that was set off is done."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._working == 0, PATIENCE_S), "the background work did not end"

    def stop(self) -> None:
        """Let the threads that rest go."""
        self._stopped.set()

    def _count(self, by: int) -> None:
        with self._changed:
            self._working += by
            self._changed.notify_all()


class RememberingRuntime(PatientRuntime):
    """Remembers what it read, as servers do: else everything is looked up in the database each time."""

    remembers = True
