"""How waiting is done: the few things that differ between an event loop and plain threads."""

import threading
import time
from collections.abc import Callable
from typing import Any, Protocol


class Waiter(Protocol):
    """A place to wait for one value."""

    def set(self, value: Any) -> None:
        """Hand over the value. Call in the loop."""

    def wait(self) -> Any:
        """Wait for the value, letting others run meanwhile."""


class Runtime(Protocol):
    """What the live path needs from the way the server runs."""

    async_mode: str
    remembers: bool
    """Whether what is read may be remembered for a while: not where others, such as tests, change it beside us."""

    def offload(self, call: Callable[[], Any]) -> Any:
        """Run a blocking call where it holds up nobody, wait for it and return its value."""

    def call_in_loop(self, call: Callable[[], None]) -> None:
        """Run a call in the loop soon. May be used from any thread."""

    def spawn(self, call: Callable[..., None], *args: Any) -> None:
        """Run a call in the background."""

    def sleep(self, seconds: float) -> None:
        """Let others run for that long."""

    def waiter(self) -> Waiter:
        """Return a new waiter."""

    def carry(self, server: Any, messages_per_s: int, burst: int) -> None:
        """Carry the WebSockets of a Socket.IO server in a way of our own, if there is one for this runtime."""


class _ThreadWaiter:
    def __init__(self) -> None:
        self._ready = threading.Event()
        self._value: Any = None

    def set(self, value: Any) -> None:
        self._value = value
        self._ready.set()

    def wait(self) -> Any:
        self._ready.wait()
        return self._value


class ThreadRuntime:
    """Plain threads: for commands and for tests that need no event loop."""

    async_mode = "threading"
    remembers = False

    def offload(self, call: Callable[[], Any]) -> Any:
        """Call right here: only this thread waits."""
        return call()

    def call_in_loop(self, call: Callable[[], None]) -> None:
        """Call right here: there is no loop to keep free."""
        call()

    def spawn(self, call: Callable[..., None], *args: Any) -> None:
        """Run in a daemon thread."""
        threading.Thread(target=call, args=args, daemon=True).start()

    def sleep(self, seconds: float) -> None:
        """Let this thread rest."""
        time.sleep(seconds)

    def waiter(self) -> Waiter:
        """Return a waiter for threads."""
        return _ThreadWaiter()

    def carry(self, server: Any, messages_per_s: int, burst: int) -> None:
        """Leave WebSockets as they are."""
