"""Servers that start at once: copies of a process that has everything loaded but no data, port or loop of its own yet.

Loading the program takes far longer than what most tests do with it. A copy is a server like any other from there on: a
process of its own, with its own settings, that can be killed.
"""

import json
import os
import posix  # the real calls: those of `os` are patched once the program is loaded
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.real_server import ROOT, RealServer

LOOK_AGAIN_S = 0.01


class Loaded:
    """A process with the program loaded, which makes copies of itself."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ready_server"],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if not name.startswith("POLLAPP_")},
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


def main() -> int:
    """Be the process that is loaded, until there is nothing more to do; return the exit code of a copy."""
    import wsgi
    from pollapp import create_app, start  # noqa: F401  # loaded before the first copy is made
    from pollapp.live.server import serve  # noqa: F401

    ended: dict[int, int] = {}
    while line := _read_line():
        order = json.loads(line)
        if "settings" in order:
            pid = posix.fork()
            if not pid:
                _become_a_server(order)
                return wsgi.main()
            reply: int | None = pid
        else:
            _collect(ended)
            reply = ended.get(order["code_of"])
        posix.write(1, json.dumps(reply).encode() + b"\n")
    return 0


def _read_line() -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        read = posix.read(0, 65536)  # one order at a time: the next comes after the reply
        if not read:
            return b""
        line += read
    return line


def _become_a_server(order: dict[str, Any]) -> None:
    """Take the settings and the log of an order for one's own."""
    nothing = posix.open(os.devnull, os.O_RDONLY)
    log = posix.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for taken, place in ((nothing, 0), (log, 1), (log, 2)):
        posix.dup2(taken, place)
    os.environ.update(order["settings"])
    random.seed()


def _collect(ended: dict[int, int]) -> None:
    """Note the exit codes of copies that ended."""
    while True:
        try:
            pid, status = posix.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        ended[pid] = os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
