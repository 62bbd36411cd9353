"""Ask something that may hang, and wait only a little for its answer."""

import logging
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from pollapp.live.runtime import Runtime

LOOK_AGAIN_S = 0.02

T = TypeVar("T")

log = logging.getLogger(__name__)


class _Asking(Generic[T]):
    def __init__(self) -> None:
        self.is_done = False
        self.answer: T | None = None


class Probe(Generic[T]):
    """Asks in the background, once at a time: however often somebody looks, one call at most hangs."""

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._asking: _Asking[T] | None = None

    def look(self, runtime: Runtime, patience_s: float) -> T | None:
        """Return the answer, or None if there was none within so many seconds, or an error."""
        asking = self._asking
        if asking is None:
            asking = self._asking = _Asking()
            runtime.spawn(self._work, asking)
        deadline = time.monotonic() + patience_s
        while not asking.is_done and time.monotonic() < deadline:
            runtime.sleep(LOOK_AGAIN_S)
        return asking.answer

    def _work(self, asking: _Asking[T]) -> None:
        try:
            asking.answer = self._ask()
        except Exception as problem:  # noqa: BLE001  # whatever it was, whoever looks hears that there is no answer
            log.info("a probe had no answer: %s", type(problem).__name__)
        finally:
            asking.is_done = True
            self._asking = None
