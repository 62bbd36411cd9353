"""Waiting and serving on eventlet's hub: green threads for people, native threads for the database.

`wsgi.py` patches everything but threads, so locks and queues are real ones and work across native threads. What leans
on private names of eventlet is in `quieten`, `take` and `watch`.
"""

import os
import socket
from collections import deque
from collections.abc import Callable
from typing import Any, Literal

import eventlet
import eventlet.event
import eventlet.greenpool
import eventlet.hubs
import eventlet.hubs.hub
import eventlet.tpool
import eventlet.wsgi
from eventlet.patcher import original

from pollapp.live import silence, transport
from pollapp.live.runtime import KEEPALIVE_S, SILENCE_S, Waiter


class _QuietProtocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]  # eventlet carries no types
    """Speaks HTTP, and writes nothing of malformed requests: the standard library's lines hold them, and addresses."""

    def log_message(self, *_what: Any) -> None:
        """Write nothing."""


class _Scribe(silence.Scribe):
    went_away = (*silence.WENT_AWAY, eventlet.Timeout)


_plain_socket = original("socket").socket


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
    tested = ("eventlet", "0.41")

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
        transport.take_over(server, self, messages_per_s, burst)

    def quieten(self) -> None:
        """Give eventlet a scribe for its tracebacks."""
        for module in (eventlet.greenpool, eventlet.hubs.hub, eventlet.wsgi):
            module.traceback = _Scribe

    def serve(self, app: Any, listener: Any, most: int) -> None:
        """Serve with eventlet's own web server. Its own limit would be 1,024 connections."""
        eventlet.wsgi.server(
            listener,
            app,
            environ={"wsgi.errors": silence.NOWHERE},
            protocol=_QuietProtocol,
            max_size=most,
            log_output=False,
            debug=False,
            socket_timeout=SILENCE_S,
            keepalive=KEEPALIVE_S,
        )

    def take(self, environ: dict[str, Any]) -> Any:
        """Take the connection under a descriptor of its own: the web server shuts its socket down after a request."""
        green = environ["eventlet.input"].get_socket()
        fileno = os.dup(green.fileno())
        eventlet.hubs.notify_opened(fileno)
        green.shutdown = _ignore
        eventlet.wsgi.WSGI_LOCAL.already_handled = True
        sock = _plain_socket(fileno=fileno)
        sock.setblocking(False)
        return sock

    def watch(self, fileno: int, way: Literal["read", "write"], call: Callable[[], None]) -> Callable[[], None]:
        """Listen by the hub. That a descriptor is gone is found out by using it."""
        hub = eventlet.hubs.get_hub()

        def wake(_what: object) -> None:
            call()

        listener = hub.add(hub.READ if way == "read" else hub.WRITE, fileno, wake, wake, None)
        return lambda: hub.remove(listener)

    def _answer_bell(self) -> None:
        while self._bell.recv(4096):
            while self._calls:
                try:
                    self._calls.popleft()()
                except Exception:  # noqa: BLE001  # whatever one call does, the others are still to be made
                    _Scribe.print_exc()


def _ignore(_how: int) -> None:
    """Leave the connection open."""
