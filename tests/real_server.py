"""A real server process on a free port and a data folder of its own; it can be killed and started again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

import requests

ROOT = Path(__file__).resolve().parent.parent
START_S = 30.0
ASYNC_MODE = os.environ.get("POLLAPP_ASYNC_MODE", "")
"""The event loop that servers under test run on; empty: as they come."""

LOOK_AGAIN_S = 0.05


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process(Protocol):
    """What is asked of a server's process."""

    pid: int

    def poll(self) -> int | None: ...

    def wait(self, timeout: float) -> int: ...

    def send_signal(self, number: signal.Signals, /) -> None: ...


class RealServer:
    """`python wsgi.py` in a process of its own; `module` names one that changes something first (`tests.altered`)."""

    def __init__(self, folder: Path, module: str = "wsgi", **settings: str) -> None:
        self.folder = folder
        self._module = module
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = settings
        self._process: Process | None = None
        self.log_file = folder.parent / f"{folder.name}.log"

    def run(self, module: str, **settings: str) -> None:
        """Run this module, with these settings too, from the next start on."""
        self._module = module
        self._settings |= settings

    @property
    def settings(self) -> dict[str, str]:
        """What its environment says."""
        own = {
            "POLLAPP_DATA_DIR": str(self.folder),
            "POLLAPP_PORT": str(self.port),
            "POLLAPP_ASYNC_MODE": ASYNC_MODE,
        }
        return {**own, **self._settings}

    def start(self) -> None:
        """Start and wait until pages are served."""
        self.launch()
        self.wait_until_served()

    def launch(self) -> None:
        """Start."""
        environ = {name: value for name, value in os.environ.items() if not name.startswith("POLLAPP_")}
        environ |= self.settings
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module], cwd=ROOT, env=environ, stdout=log, stderr=log
            )

    def wait_until_served(self) -> None:
        """Wait until pages are served."""
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                requests.get(self.url, timeout=2)
            except requests.RequestException:
                time.sleep(LOOK_AGAIN_S)
            else:
                return
        raise AssertionError(f"the server did not start:\n{self.log()}")

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def wait_for_death(self) -> int:
        """Wait until it ended by itself; return its exit code."""
        assert self._process is not None
        code = self._process.wait(timeout=START_S)
        self._process = None
        return code

    def stop(self) -> int:
        """Ask it to end; return its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(how)
        code = self._process.wait(timeout=START_S)
        self._process = None
        return code

    def log(self) -> str:
        """Return what it said."""
        return self.log_file.read_text(errors="replace")

    def first_link(self) -> str:
        """Return the newest one-time link it printed."""
        return str(re.findall(r"http://\S+/desk/welcome/\S+", self.log())[-1])

    @property
    def database_file(self) -> Path:
        """The SQLite file."""
        return self.folder / "pollapp.sqlite3"
