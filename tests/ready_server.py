"""Servers that start at once: copies of a process that has everything loaded but no data, port or loop of its own yet.

Loading the program takes far longer than what most tests do with it. A copy is a server like any other from there on: a
process of its own, with its own settings, that can be killed.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.real_server import ASYNC_MODE, ROOT, RealServer

LOOK_AGAIN_S = 0.01


class Loaded:
    """A process with the program loaded, which makes copies of itself."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.loaded"],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("POLLAPP_")}
            | {"POLLAPP_ASYNC_MODE": ASYNC_MODE},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def ask(self, **order: Any) -> Any:
        """Have something done; return the reply."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        """End it; the copies live on."""
        self._process.communicate()


class Copy:
    """A copy, as far as it is used like a `subprocess.Popen`."""

    def __init__(self, loaded: Loaded, pid: int) -> None:
        self._loaded = loaded
        self.pid = pid
        self._code: int | None = None

    def poll(self) -> int | None:
        """Return its exit code once it ended (of a signal: the negative number), else None."""
        if self._code is None:
            self._code = self._loaded.ask(code_of=self.pid)
        return self._code

    def wait(self, timeout: float) -> int:
        """Wait until it ended; return its exit code."""
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            assert time.monotonic() < deadline, "the server did not end"
            time.sleep(LOOK_AGAIN_S)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, unless it ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


class ReadyServer(RealServer):
    """A `RealServer` that is a copy of what is loaded."""

    def __init__(self, loaded: Loaded, folder: Path, **settings: str) -> None:
        super().__init__(folder, **settings)
        self._loaded = loaded

    def launch(self) -> None:
        """Start."""
        self._process = Copy(self._loaded, self._loaded.ask(settings=self.settings, log=str(self.log_file)))


@contextmanager
def load() -> Iterator[Loaded]:
    """Load the program."""
    loaded = Loaded()
    yield loaded
    loaded.end()
