"""A PostgreSQL server of a test's own: it may be stopped, killed and started again."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.needs import absent
from tests.real_server import free_port

PATIENCE_S = 60


class Cluster:
    """A fresh cluster on a free port, in a folder that its user can enter. PostgreSQL refuses to run as root."""

    def __init__(self) -> None:
        self._programs = _programs()
        self._folder = Path(tempfile.mkdtemp(prefix="pollapp-postgres-"))
        self._as_user: list[str] = []
        if os.geteuid() == 0:
            self._as_user = ["runuser", "-u", "postgres", "--"]
            shutil.chown(self._folder, "postgres", "postgres")
        self._port = free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self._port}/postgres"
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        self._run("initdb", *options)
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c shared_buffers=16MB"
        self._run("pg_ctl", "--wait", f"--log={self._folder / 'log'}", f"--options={options}", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it; `immediate` is a power cut."""
        self._run("pg_ctl", "--wait", f"--mode={mode}", "stop")

    def close(self) -> None:
        """End it and remove what it stored."""
        if (self._folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self._folder)

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_user, str(self._programs / program), f"--pgdata={self._folder / 'data'}", *arguments]
        done = subprocess.run(
            command,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            check=False,
        )
        log = self._folder / "log"
        assert done.returncode == 0, f"{program} failed\n{log.read_text() if log.exists() else ''}"


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs: Debian does not put it in the path."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else absent("PostgreSQL's initdb")
