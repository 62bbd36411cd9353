"""Waiting and serving on gevent's hub: greenlets for people, native threads for the database.

`wsgi.py` patches everything but threads, so locks and queues are real ones and work across native threads. What leans
on private names of gevent is in `quieten` and `_Handler`.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, Literal

import gevent
import gevent.event
import gevent.hub
import gevent.monkey
import gevent.pywsgi
import gevent.threadpool

from pollapp.live import silence, transport
from pollapp.live.runtime import KEEPALIVE_S, SILENCE_S, Waiter

THREADS = 20
"""Native threads for the database; gevent's own pool has ten."""

READ, WRITE = 1, 2
"""What gevent's watchers call them."""

_BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"

_plain_socket = gevent.monkey.get_original("socket", "socket")


class _Handler(gevent.pywsgi.WSGIHandler):  # type: ignore[misc]  # gevent carries no types
    """Speaks HTTP, waits for nobody for ever, writes nothing of what was sent, and can let a connection go."""

    socket: Any
    environ: dict[str, Any]

    def read_requestline(self) -> Any:
        """Read the first line of a request."""
        self.socket.settimeout(KEEPALIVE_S)
        line = super().read_requestline()
        self.socket.settimeout(SILENCE_S)
        return line

    def get_environ(self) -> dict[str, Any]:
        """Return the environment, with a way to take the connection."""
        environ: dict[str, Any] = super().get_environ()
        environ["pollapp.let_go"] = self._let_go
        return environ

    def handle_one_response(self) -> None:
        """Have a request answered. What leads from it to this handler ends with it: nothing is left for the collector."""
        super().handle_one_response()
        self.environ.pop("pollapp.let_go", None)

    def _let_go(self) -> int:
        """Give the connection away: return its descriptor, and leave nothing to answer, to read, or to close."""
        fileno: int = self.socket.detach()
        self.socket = None
        self.close_connection = True
        self.wsgi_input = gevent.pywsgi.Input(BytesIO(), 0)
        return fileno

    def log_request(self) -> None:
        """Write nothing: addresses and join codes would be in it."""

    def log_error(self, *_what: Any) -> None:
        """Write nothing: it would be what was sent."""

    def _handle_client_error(self, _problem: Exception) -> tuple[str, bytes]:
        """Answer what is no HTTP, or came too slowly."""
        return "400", _BAD_REQUEST


class _GreenWaiter:
    def __init__(self) -> None:
        self._result = gevent.event.AsyncResult()

    def set(self, value: Any) -> None:
        self._result.set(value)

    def wait(self) -> Any:
        return self._result.get()


class GeventRuntime:
    """The runtime of a server on gevent."""

    async_mode = "gevent"
    remembers = True
    tested = ("gevent", "26.9")

    def __init__(self) -> None:
        self._loop = gevent.get_hub().loop
        self._threads = gevent.threadpool.ThreadPool(THREADS)

    def offload(self, call: Callable[[], Any]) -> Any:
        """Run the call in a pool of native threads. Its error travels as a value: gevent would print it on the way."""
        value, problem = self._threads.apply(_outcome_of, (call,))
        if problem is not None:
            raise problem
        return value

    def call_in_loop(self, call: Callable[[], None]) -> None:
        """Queue the call and wake the loop."""
        self._loop.run_callback_threadsafe(call)

    def spawn(self, call: Callable[..., None], *args: Any) -> None:
        """Run in a greenlet."""
        gevent.spawn(call, *args)

    def sleep(self, seconds: float) -> None:
        """Let other greenlets run for that long."""
        gevent.sleep(seconds)

    def waiter(self) -> Waiter:
        """Return a waiter for greenlets."""
        return _GreenWaiter()

    def carry(self, server: Any, messages_per_s: int, burst: int) -> None:
        """Carry WebSockets by callbacks of the loop, without greenlets."""
        transport.take_over(server, self, messages_per_s, burst)

    def quieten(self) -> None:
        """Have hubs, of whatever thread, write to the log. Requests that fail end there too."""
        gevent.hub.Hub.print_exception = _print_exception

    def serve(self, app: Any, listener: Any, most: int) -> None:
        """Serve with gevent's own web server."""
        host = listener.getsockname()[0]  # else it would be looked up
        server = gevent.pywsgi.WSGIServer(
            listener,
            app,
            spawn=most,
            log=None,
            error_log=None,
            handler_class=_Handler,
            environ={"wsgi.errors": silence.NOWHERE, "SERVER_NAME": host},
        )
        server.serve_forever()
        raise RuntimeError("the web server ended")

    def take(self, environ: dict[str, Any]) -> Any:
        """Have the web server let the connection go."""
        sock = _plain_socket(fileno=environ.pop("pollapp.let_go")())
        sock.setblocking(False)
        environ["wsgi.input"] = BytesIO()  # engineio keeps the environment, and with it a buffer for each phone
        return sock

    def watch(self, fileno: int, way: Literal["read", "write"], call: Callable[[], None]) -> Callable[[], None]:
        """Watch by the loop."""
        watcher = self._loop.io(fileno, READ if way == "read" else WRITE)
        watcher.start(call)

        def end() -> None:
            watcher.stop()
            watcher.close()

        return end


def _outcome_of(call: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    try:
        return call(), None
    except BaseException as problem:  # noqa: BLE001  # raised again where the call is waited for
        return None, problem


def _print_exception(_hub: Any, _context: Any, _kind: Any, error: BaseException | None, _trace: Any) -> None:
    if error is None:
        silence.Scribe.print_exc()
    else:
        silence.Scribe.print_exception(None, error)
