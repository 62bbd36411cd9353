"""A phone that speaks WebSocket by hand, so that it can misbehave."""

import contextlib
import json
import os
import socket
import struct
from typing import Any

from tests.people import PATIENCE_S

TEXT, CONTINUATION, BINARY, CLOSE = 1, 0, 2, 8
SMALL_BUFFER = 4096


def frame(payload: bytes, opcode: int = TEXT, *, fin: bool = True) -> bytes:
    """Return a masked frame."""
    first = bytes([(0x80 if fin else 0) | opcode])
    if len(payload) < 126:
        head = first + bytes([0x80 | len(payload)])
    elif len(payload) < 65536:
        head = first + bytes([0x80 | 126]) + struct.pack(">H", len(payload))
    else:
        head = first + bytes([0x80 | 127]) + struct.pack(">Q", len(payload))
    mask = os.urandom(4)
    return head + mask + bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))


class HalfOpen:
    """A WebSocket over a bare socket that has not said what it wants."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        self._rest = b""
        self.write(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            b"Cookie: %s\r\n\r\n" % (port, cookie.encode())
        )
        while b"\r\n\r\n" not in self._rest:
            self._rest += self.socket.recv(4096)
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        assert b" 101 " in head, head
        assert self.read().startswith(b"0{")

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def say(self, text: str) -> None:
        """Send a text."""
        self.write(frame(text.encode()))

    def read(self) -> bytes:
        """Return the next text. Raises `ConnectionError` once the server has closed."""
        length = self._take(2)[1] & 127
        if length == 126:
            length = struct.unpack(">H", self._take(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", self._take(8))[0]
        return self._take(length)

    def _take(self, length: int) -> bytes:
        while len(self._rest) < length:
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionError
            self._rest += data
        taken, self._rest = self._rest[:length], self._rest[length:]
        return taken

    def is_cut_off(self) -> bool:
        """Read on until the server closes; False when it says nothing for too long."""
        with contextlib.suppress(TimeoutError):
            try:
                while self.socket.recv(65536):
                    pass
            except ConnectionError:
                pass
            return True
        return False


class RawPhone(HalfOpen):
    """Joined to a meeting."""

    def __init__(self, port: int, code: str, cookie: str) -> None:
        super().__init__(port, cookie)
        self.say("40/participant," + json.dumps({"code": code, "lang": "en"}))
        assert self.read().startswith(b"40/participant,")

    def emit(self, number: int, name: str, body: object) -> None:
        """Send an event that wants an ack."""
        self.say(f"42/participant,{number}{json.dumps([name, body])}")

    def ack(self, number: int) -> dict[str, Any]:
        """Return the ack of an event; other messages are passed over."""
        head = b"43/participant,%d" % number
        while True:
            message = self.read()
            if message.startswith(head + b"["):
                found: dict[str, Any] = json.loads(message.removeprefix(head))[0]
                return found

    def acks(self, count: int) -> list[dict[str, Any]]:
        """Return the next acks, whatever they answer."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            kind, bracket, body = self.read().partition(b"[")
            if kind.startswith(b"43"):
                found.append(json.loads(bracket + body)[0])
        return found
