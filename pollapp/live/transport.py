"""Engine.IO over `Wire`: the one module that leans on private names of engineio. Those of event loops are in their runtimes.

Why: as they come, each client costs two green threads, a queue and a timer per ping, and each message four system
calls; a message made of fragments may grow without end, and so may what waits for a client that does not read. Here a
client is a callback, a frame is made once for everybody, and both are bounded. docs/capacity.md has the figures.

While a client polls it is engineio's own; once it speaks WebSocket it is ours. `POLLAPP_TRANSPORT=plain` does without.
"""

import importlib.metadata
import logging
import time
from collections import deque
from typing import Any

import engineio.socket
import orjson
from engineio import packet

from config import BadConfig
from pollapp.live import figures
from pollapp.live.limits import Bucket
from pollapp.live.runtime import EventLoop
from pollapp.live.sockets import quick_handlers
from pollapp.live.wire import Refused, Wire, frame_of, text_frame

TESTED = {"python-engineio": "4.15", "python-socketio": "5.18", "websockets": "17.4"}
"""The versions whose private names were tested, whatever the event loop."""

MOST_WAITING = 100
"""Messages of one client that may wait for their handler; a client that sends more is cut off."""

PINGER_S = 0.5
"""Seconds between two looks at whose turn it is to be pinged."""

MOST_QUEUED = 500
"""Packets that may wait for a client that polls; one that does not fetch them is cut off."""

PING = packet.Packet(packet.PING)
PONG = packet.Packet(packet.PONG)
NOTHING: tuple[bytes, ...] = ()

log = logging.getLogger(__name__)


def take_over(server: Any, loop: EventLoop, messages_per_s: int, burst: int) -> None:
    """Make every WebSocket of a `socketio.Server` on this loop ours. Raises `BadConfig` for libraries it was not tested with.

    `messages_per_s` and `burst` bound what one connection may send, whatever it is.
    """
    for name, tested in (*TESTED.items(), loop.tested):
        found = importlib.metadata.version(name)
        if not f"{found}.".startswith(f"{tested}."):
            raise BadConfig(
                f"{name} is {found}, and what POLLAPP_TRANSPORT=own leans on was tested with {tested}: "
                "install what requirements.txt says, or set POLLAPP_TRANSPORT=plain."
            )
    pinger = _Pinger(loop, server.eio.ping_interval)

    class Client(_Client):
        """A client of this server."""

        def __init__(self, eio: Any, sid: str) -> None:
            super().__init__(eio, sid, server.manager, loop, pinger, Bucket(messages_per_s, burst))

    engineio.socket.Socket = Client
    loop.spawn(pinger.run)


class _Pinger:
    """One green thread that pings every client in turn. All wait equally long, so whose turn it is stands in front."""

    def __init__(self, loop: EventLoop, interval_s: float) -> None:
        self._loop = loop
        self._interval_s = interval_s
        self._queue: deque[tuple[float, _Client]] = deque()

    def add(self, client: "_Client") -> None:
        """Ping this client after the interval."""
        self._queue.append((time.monotonic() + self._interval_s, client))

    def run(self) -> None:
        """Ping for ever; who has not answered the ping before is gone."""
        while True:
            self._loop.sleep(PINGER_S)
            now = time.monotonic()
            while self._queue and self._queue[0][0] <= now:
                _, client = self._queue.popleft()
                if client.ping():
                    self.add(client)


class _Client(engineio.socket.Socket):  # type: ignore[misc]  # engineio carries no types
    """A client as engineio knows it, with a `Wire` once it speaks WebSocket."""

    connected: bool
    upgraded: bool
    upgrading: bool
    closing: bool
    closed: bool

    def __init__(self, eio: Any, sid: str, manager: Any, loop: EventLoop, pinger: _Pinger, bucket: Bucket) -> None:
        super().__init__(eio, sid)
        self._manager = manager
        self._loop = loop
        self._pinger = pinger
        self._bucket = bucket
        self._wire: Wire | None = None
        self._is_watched = False
        self._owes_pong = False
        self._has_entered = False
        self._waiting: deque[str] = deque()
        self._is_busy = False
        self._names: dict[str, str] = {}

    def _upgrade_websocket(self, environ: dict[str, Any], _start_response: object) -> Any:
        """Take the connection over: engineio calls this for a new WebSocket, and for one that takes over from polling."""
        if self._wire is not None:
            raise OSError("a client has one WebSocket at most")
        try:
            wire = Wire(self._loop, environ, self.server.max_http_buffer_size, self._hear, self._lose)
        except Refused:
            return self.server._bad_request()
        self._wire = wire
        if self.connected:
            self.upgrading = True  # until the client has tried it, it goes on polling
        else:
            self.connected = True
            self._become_websocket()
        if wire.is_gone:  # before it was ours, so that nobody was told
            self._lose()
        return NOTHING

    def _become_websocket(self) -> None:
        self.upgrading, self.upgraded = False, True
        while not self.queue.empty():
            waiting = self.queue.get(block=False)
            if waiting is not None:
                self.send(waiting)

    def send(self, pkt: Any) -> None:
        """Send a packet; one that goes to many is framed once."""
        if self.upgraded:
            if self._wire is not None:
                frame = getattr(pkt, "frame", None)
                if frame is None:
                    frame = pkt.frame = text_frame(pkt.encode())
                self._wire.send(frame)
        elif not self.closed:
            self.queue.put(pkt)
            if self.queue.qsize() > MOST_QUEUED:
                self._give_up("behind")

    def schedule_ping(self) -> None:
        """Be pinged from now on, by the one pinger. engineio calls this at the beginning, and for each answer while polling."""
        self._owes_pong = False
        if not self._is_watched:
            self._is_watched = True
            self._pinger.add(self)

    def ping(self) -> bool:
        """Ping, and tell whether the client is to be pinged again.

        One that owes an answer is gone. One that has entered no namespace by the first ping will not: it would hold a
        place that nobody counts.
        """
        if self.closing:
            return False
        self._has_entered = self._has_entered or self._is_in_a_namespace()
        if self._owes_pong or not self._has_entered:
            self._give_up("silent")
            return False
        self._owes_pong = True
        self.send(PING)
        return True

    def check_ping_timeout(self) -> bool:
        """Tell engineio's own watch that the pinger looks after everybody."""
        return True

    def _give_up(self, reason: figures.Reason) -> None:
        if self._wire is not None and self.upgraded:
            self._wire.cut(reason)
        else:
            figures.dropped(reason)
            self._loop.spawn(self.close, False, True, self.server.reason.PING_TIMEOUT)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:
        """End the connection and tell the handlers. May wait for them: never call it in the loop itself."""
        if not self.upgraded:
            super().close(wait=wait, abort=abort, reason=reason)
        elif not self.closing:
            self.closing = True
            self.server._trigger_event(
                "disconnect", self.sid, reason or self.server.reason.SERVER_DISCONNECT, run_async=False
            )
            self.closed = True
            self.server.sockets.pop(self.sid, None)
            if self._wire is not None:
                self._wire.close()

    def _lose(self) -> None:
        """Learn, in the loop, that the wire is gone."""
        self._wire = None
        if not self.upgraded:
            self.upgrading = False
        elif not self.closing:
            self._loop.spawn(self.close, False, True, self.server.reason.TRANSPORT_CLOSE)

    def _cut(self, reason: figures.Reason) -> None:
        if self._wire is not None:
            self._wire.cut(reason)

    def _hear(self, text: str) -> None:
        """Take a message, in the loop."""
        try:
            if self.upgraded:
                self._take(text)
            else:
                self._probe(text)
        except Exception as problem:  # noqa: BLE001  # whatever one client sends, the loop goes on for the others
            log.error("a message could not be handled: %s", type(problem).__name__)  # noqa: TRY400  # its text may be what was sent
            self._cut("malformed")

    def _probe(self, text: str) -> None:
        """Let a polling client try the WebSocket, then move over to it."""
        if text == "2probe" and self._wire is not None:
            self._wire.send(text_frame("3probe"))
            self.queue.put(packet.Packet(packet.NOOP))  # ends the poll that is waiting
        elif text == "5":
            self._become_websocket()
        else:
            self._cut("malformed")

    def _take(self, text: str) -> None:
        kind = text[:1]
        if kind == "3":
            self._owes_pong = False
        elif kind == "2":
            self.send(PONG)
        elif kind == "1":
            self._say_goodbye()
        elif kind != "4" or text[1:2] in ("5", "6"):  # nothing we know, or binary attachments
            self._cut("malformed")
        elif self._bucket.take():
            self._handle(text[1:])
        else:
            self._cut("flood")

    def _say_goodbye(self) -> None:
        if self._wire is not None:
            self._wire.cut()

    def _handle(self, message: str) -> None:
        """Have a Socket.IO packet handled: in the loop if that can be done without waiting, else in turn."""
        if not self._waiting and not self._is_busy and self._handle_quickly(message):
            return
        self._waiting.append(message)
        if len(self._waiting) > MOST_WAITING:
            self._cut("flood")
        elif not self._is_busy:
            self._is_busy = True
            self._loop.spawn(self._work)

    def _work(self) -> None:
        """Handle what waits, one after the other."""
        while self._waiting and not self.closing:
            self.server._trigger_event("message", self.sid, self._waiting.popleft(), run_async=False)
        self._waiting.clear()
        self._is_busy = False

    def _handle_quickly(self, message: str) -> bool:
        """Hand an event to its quick handler; False if it has none, or that wants to be called the ordinary way."""
        begin = message.find("[")
        namespace, comma, number = message[1:begin].partition(",")
        name = message[begin + 2 : message.find('"', begin + 2)]
        handler = quick_handlers.get((namespace, name))
        if handler is None or message[0] != "2" or not comma or not number.isdecimal():
            return False
        sid = self._names.get(namespace) or self._learn_name(namespace)
        body = orjson.loads(message[begin:])
        if sid is None or len(body) != 2:
            return False

        head = f"43{namespace},{number}".encode()

        def reply(ack: dict[str, Any]) -> None:
            if self._wire is not None:
                self._wire.send(frame_of(b"%b%b" % (head, orjson.dumps([ack]))))

        if handler(sid, body[1], reply):
            return True
        self._names.pop(namespace, None)
        return False

    def _is_in_a_namespace(self) -> bool:
        return any(self._manager.sid_from_eio_sid(self.sid, name) for name in list(self._manager.get_namespaces()))

    def _learn_name(self, namespace: str) -> str | None:
        """Return this client's id in a namespace, if it is connected there."""
        sid: str | None = self._manager.sid_from_eio_sid(self.sid, namespace)
        if sid is not None and self._manager.is_connected(sid, namespace):
            self._names[namespace] = sid
            return sid
        return None
