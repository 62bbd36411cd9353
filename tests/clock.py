"""A clock that a running server goes by and a test can move (libfaketime). Pauses are measured by another and go on."""

import re
import shutil
import subprocess
import time
from pathlib import Path

from tests.needs import absent
from tests.real_server import RealServer

LIBRARY = "libfaketime.so.1"
FOLDERS = ("/usr/lib", "/usr/local/lib", "/usr/lib64")
LOOKED_AT = "hasty: looked at"
"""What `tests.hasty` says, with its time, when it has looked for meetings to seal."""

PATIENCE_S = 30.0
LOOK_AGAIN_S = 0.05
NEAR_S = 30


class Clock:
    """The wall clock of a `tests.hasty` server started with `settings`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self._set(0)

    @property
    def settings(self) -> dict[str, str]:
        """What the server's environment has to say. Skips the test where libfaketime is missing."""
        return {
            "LD_PRELOAD": _library(),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def move(self, server: RealServer, seconds: int) -> None:
        """Show that much more (or less) than the real time; wait until the server has looked by it what is due."""
        said = len(server.log())
        self._set(seconds)
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            looks = [int(at) for at in re.findall(rf"{LOOKED_AT} (\d+)", server.log()[said:])]
            if sum(1 for at in looks if abs(at - time.time() - seconds) < NEAR_S) >= 2:
                return
            time.sleep(LOOK_AGAIN_S)
        raise AssertionError("the clock did not move")

    def _set(self, seconds: int) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(f"{seconds:+d}\n")
        new.replace(self._file)


def _library() -> str:
    """Return where libfaketime is."""
    if shutil.which("faketime"):
        said = subprocess.run(
            ["faketime", "-f", "+0s", "sh", "-c", "echo $LD_PRELOAD"], capture_output=True, text=True, check=True
        ).stdout.strip()
        if said:
            return said.split(":")[-1]
    found = (path for folder in FOLDERS for path in Path(folder).glob(f"**/{LIBRARY}"))
    return str(next(found, None) or absent("libfaketime"))
