"""A process that looks after the meetings of one database and is killed at a point: `python sealing_child.py folder point`.

The points: `before 0`, `after 0`, ... (a step of the seal; after it, but before its commit), `key overwritten`,
`half of the ballots`, `before the log is emptied`.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pollapp.ballots import KeyRing, sealing
from pollapp.database import Database
from pollapp.live.housekeeping import Housekeeping
from pollapp.meetings import ending


def die(*_arguments: Any) -> None:
    """End at once, as in a power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed(call: Callable[..., Any], *, before: bool) -> Callable[..., None]:
    """Return the call with the power cut before or after it."""

    def killing(*arguments: Any) -> None:
        if not before:
            call(*arguments)
        die()

    return killing


def arm(point: str) -> None:
    """Have the process killed at this point."""
    when, _, what = point.partition(" ")
    if what.isdecimal():
        steps = list(ending.SEAL_STEPS)
        steps[int(what)] = killed(steps[int(what)], before=when == "before")
        ending.SEAL_STEPS = tuple(steps)
    elif point == "key overwritten":
        Path.unlink = die
    elif point == "half of the ballots":
        sealing._keep_texts = killed(sealing._keep_texts, before=False)
        sealing._keep_published = killed(sealing._keep_published, before=False)
    elif point == "before the log is emptied":
        Database.truncate_log = die


def main(folder: Path, point: str) -> None:
    arm(point)
    database = Database()
    database.init(f"sqlite:///{folder / 'pollapp.sqlite3'}")
    Housekeeping(database, KeyRing(folder / "keys"), lambda _scene: None).look()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
