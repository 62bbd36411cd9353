"""How waiting is done: the few things that differ between plain threads and event loops, and between these."""

import threading
import time
from collections.abc import Callable
from typing import Any, Literal, Protocol

KEEPALIVE_S = 75
"""Seconds that a connection may wait for its next request."""

SILENCE_S = 60
"""Seconds that a client may pause in the midst of a request, or in taking its answer."""


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


class EventLoop(Runtime, Protocol):
    """A runtime on an event loop that also serves: what the server and our own transport rest on."""

    tested: tuple[str, str]
    """The library and its version whose private names it leans on."""

    def quieten(self) -> None:
        """Have errors that the loop or its web server would print by themselves go to the log."""

    def serve(self, app: Any, listener: Any, most: int) -> None:
        """Serve a WSGI application, with so many connections at most, until it fails; its error is raised then."""

    def take(self, environ: dict[str, Any]) -> Any:
        """Take a request's connection from the web server, which answers nothing; return its socket, which never waits."""

    def watch(self, fileno: int, way: Literal["read", "write"], call: Callable[[], None]) -> Callable[[], None]:
        """Call, in the loop, whenever there is something to read, or room to write; return what ends that."""


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
