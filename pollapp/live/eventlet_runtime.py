"""Waiting on eventlet's hub: green threads for people, native threads for the database.

`wsgi.py` patches everything but threads, so locks and queues are real ones and work across native threads.
"""

import socket
from collections import deque
from collections.abc import Callable
from typing import Any

import eventlet
import eventlet.event
import eventlet.tpool
from eventlet.patcher import original

from pollapp.live import transport
from pollapp.live.runtime import Waiter


class _GreenWaiter:
    def __init__(self) -> None:
        self._event = eventlet.event.Event()

    def set(self, value: Any) -> None:
        self._event.send(value)

    def wait(self) -> Any:
        return self._event.wait()


class EventletRuntime:
    """The runtime of a server on eventlet."""

    async_mode = "eventlet"
    remembers = True

    def __init__(self) -> None:
        self._calls: deque[Callable[[], None]] = deque()
        self._bell, ringer = socket.socketpair()
        self._ringer_fd = ringer.fileno()
        self._ringer = ringer  # kept, so that its descriptor stays open
        self._write = original("os").write
        eventlet.spawn(self._answer_bell)

    def offload(self, call: Callable[[], Any]) -> Any:
        """Run the call in eventlet's pool of native threads."""
        return eventlet.tpool.execute(call)

    def call_in_loop(self, call: Callable[[], None]) -> None:
        """Queue the call and wake the hub through a socket, the one thing it listens to."""
        self._calls.append(call)
        self._write(self._ringer_fd, b"!")

    def spawn(self, call: Callable[..., None], *args: Any) -> None:
        """Run in a green thread."""
        eventlet.spawn(call, *args)

    def sleep(self, seconds: float) -> None:
        """Let other green threads run for that long."""
        eventlet.sleep(seconds)

    def waiter(self) -> Waiter:
        """Return a waiter for green threads."""
        return _GreenWaiter()

    def carry(self, server: Any, messages_per_s: int, burst: int) -> None:
        """Carry WebSockets by callbacks of the hub, without green threads."""
        transport.take_over(server, messages_per_s, burst)

    def _answer_bell(self) -> None:
        while self._bell.recv(4096):
            while self._calls:
                self._calls.popleft()()
