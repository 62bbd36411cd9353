"""One WebSocket connection without a green thread of its own: the event loop calls back when there is something to do.

Framing is done by the sans-I/O protocol of `websockets`, which also limits a message reassembled from fragments.
Nothing here may wait: every callback runs in the loop itself.
"""

import logging
import socket
import ssl
from collections import deque
from collections.abc import Callable
from typing import Any

from websockets import frames as framing
from websockets.datastructures import Headers
from websockets.frames import CloseCode, Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol

from pollapp.live import figures
from pollapp.live.runtime import EventLoop

_silent = logging.getLogger(f"{__name__}.protocol")
_silent.disabled = True  # it would write what people send

READ_BYTES = 64 * 1024

SEND_BUFFER_BYTES = 64 * 1024
"""What the system may hold of what is sent to one client (Linux doubles it); by itself it takes up to 4 MB."""

MOST_BACKLOG_BYTES = 256 * 1024
"""What may wait to be sent to one client. Who falls further behind is cut off, comes back and asks for what is on now."""

_BROKEN: dict[int, figures.Reason] = {CloseCode.MESSAGE_TOO_BIG: "too_large", CloseCode.PROTOCOL_ERROR: "malformed"}
"""Why the protocol itself gave a connection up."""

_HANDSHAKE = {
    name: f"HTTP_{name.upper().replace('-', '_')}"
    for name in ("Connection", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version")
}
"""What decides whether a request is a handshake: its headers and where a web server puts them."""

SHORT = 125
"""The longest text whose length fits into the second byte of a frame."""

WHOLE_TEXT, MASKED, MASK_BYTES = 0x81, 0x80, 4
LEAST_FRAME = 2 + MASK_BYTES
"""How a frame with a whole text begins, what tells that it is masked, and by how many bytes (RFC 6455, section 5.2)."""

LOST = (OSError, ssl.SSLError)

_unmask = framing.apply_mask  # type: ignore[attr-defined]  # the one in C, where there is a wheel of it


def text_frame(text: str) -> bytes:
    """Return a text as the frame that every client gets alike."""
    return frame_of(text.encode())


def frame_of(text: bytes) -> bytes:
    """Return the same of a text that is encoded already. Nearly all are short, and a short one's head is two bytes."""
    if len(text) <= SHORT:
        return b"\x81%c%b" % (len(text), text)
    return Frame(Opcode.TEXT, text).serialize(mask=False)


class Refused(Exception):
    """The request is no WebSocket handshake that can be accepted."""


class Wire:
    """An accepted connection. `on_text` is told each message, `on_closed` once that it is over; both in the loop."""

    __slots__ = (
        "_backlog",
        "_backlog_bytes",
        "_is_plain",
        "_loop",
        "_most_bytes",
        "_on_closed",
        "_on_text",
        "_parts",
        "_protocol",
        "_sock",
        "_stop_reading",
        "_stop_writing",
    )

    def __init__(
        self,
        loop: EventLoop,
        environ: dict[str, Any],
        most_bytes: int,
        on_text: Callable[[str], None],
        on_closed: Callable[[], None],
    ) -> None:
        """Take the connection over from the web server. Raises `Refused`."""
        welcome = _welcome(environ)
        self._loop = loop
        self._protocol = ServerProtocol(state=State.OPEN, max_size=most_bytes, logger=_silent)
        self._is_plain = True
        self._most_bytes = most_bytes
        self._on_text = on_text
        self._on_closed = on_closed
        self._parts: list[bytes] = []
        self._backlog: deque[bytes] = deque()
        self._backlog_bytes = 0
        self._stop_writing: Callable[[], None] | None = None
        self._sock: Any = loop.take(environ)
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        self._stop_reading: Callable[[], None] | None = loop.watch(self._sock.fileno(), "read", self._readable)
        self.send(welcome)

    @property
    def is_gone(self) -> bool:
        """Whether the connection is over."""
        return self._sock is None

    def send(self, frame: bytes) -> None:
        """Send a frame, or keep it until the client takes it. A client that is too far behind is cut off."""
        if self._sock is None:
            return
        if not self._backlog:
            try:
                sent = self._sock.send(frame)
            except BlockingIOError:
                sent = 0
            except LOST:
                self.cut()
                return
            if sent == len(frame):
                return
            frame = frame[sent:]
        self._backlog.append(frame)
        self._backlog_bytes += len(frame)
        if self._backlog_bytes > MOST_BACKLOG_BYTES:
            self.cut("behind")
        elif self._stop_writing is None:
            self._stop_writing = self._loop.watch(self._sock.fileno(), "write", self._writable)

    def close(self) -> None:
        """Say goodbye and close."""
        if self._sock is not None:
            self._protocol.send_close(CloseCode.NORMAL_CLOSURE)
            self._flush()
            self.cut()

    def cut(self, reason: figures.Reason | None = None) -> None:
        """Close the connection without a word; a reason tells that it was dropped, and is counted."""
        sock, self._sock = self._sock, None
        if sock is None:
            return
        if reason is not None:
            figures.dropped(reason)
        for stop in (self._stop_reading, self._stop_writing):
            if stop is not None:
                stop()
        self._stop_reading = self._stop_writing = None
        self._backlog.clear()
        sock.close()
        self._on_closed()

    def _readable(self) -> None:
        try:
            data = self._sock.recv(READ_BYTES)
        except BlockingIOError:
            return
        except LOST:
            data = b""
        if not data:
            self.cut()
            return
        if self._is_plain:
            text = _only_text(data, self._most_bytes)
            if text is not None:
                self._hear(text)
                return
            self._is_plain = False  # from now on the protocol may hold a part of something
        self._protocol.receive_data(data)
        frames = self._protocol.events_received()
        self._flush()
        for frame in frames:
            self._take(frame)
        if self._protocol.close_expected():
            sent = self._protocol.close_sent
            self.cut(_BROKEN.get(sent.code) if sent else None)

    def _take(self, frame: Any) -> None:
        if self._sock is None:
            return
        if frame.opcode is Opcode.TEXT and frame.fin:
            self._hear(frame.data)
        elif frame.opcode in {Opcode.TEXT, Opcode.CONT}:
            self._parts.append(bytes(frame.data))
            if frame.fin:
                message, self._parts = b"".join(self._parts), []
                self._hear(message)
        elif frame.opcode is Opcode.BINARY:
            self._fail(CloseCode.UNSUPPORTED_DATA)
        elif frame.opcode is Opcode.CLOSE:
            self.cut()

    def _hear(self, message: bytes) -> None:
        try:
            text = str(message, "utf-8")
        except UnicodeDecodeError:
            self._fail(CloseCode.INVALID_DATA)
            return
        self._on_text(text)

    def _fail(self, code: CloseCode) -> None:
        self._protocol.fail(code)
        self._flush()
        self.cut("malformed")

    def _flush(self) -> None:
        """Send what the protocol itself has to say: the handshake, pongs, a close."""
        for data in self._protocol.data_to_send():
            if data:
                self.send(data)

    def _writable(self) -> None:
        while self._backlog:
            frame = self._backlog[0]
            try:
                sent = self._sock.send(frame)
            except BlockingIOError:
                return
            except LOST:
                self.cut()
                return
            self._backlog_bytes -= sent
            if sent < len(frame):
                self._backlog[0] = frame[sent:]
                return
            self._backlog.popleft()
        if self._stop_writing is not None:
            self._stop_writing()
            self._stop_writing = None


def _only_text(data: bytes, most_bytes: int) -> bytes | None:
    """Return the text if these bytes are one whole frame with a whole text in it and nothing else; else None.

    So phones speak nearly always, and it costs a tenth of what the protocol takes for anything that may come (5 us).
    """
    if len(data) < LEAST_FRAME or data[0] != WHOLE_TEXT or data[1] < MASKED:
        return None
    head, length = 2, data[1] - MASKED
    if length > SHORT:
        head, length = 4, int.from_bytes(data[2:4], "big")
    if data[1] == MASKED + 127 or length > most_bytes or len(data) != head + MASK_BYTES + length:
        return None
    return bytes(_unmask(data[head + MASK_BYTES :], data[head : head + MASK_BYTES]))


def _welcome(environ: dict[str, Any]) -> bytes:
    """Return the answer to a handshake. No extension is offered: compression only slows small frames. Raises `Refused`."""
    protocol = ServerProtocol(logger=_silent)
    sent = Headers((name, environ[key]) for name, key in _HANDSHAKE.items() if key in environ)
    answer = protocol.accept(Request("/", sent))
    if answer.status_code != 101:
        raise Refused()
    return answer.serialize()
