"""A seal is killed (SIGKILL) before, in the middle of and after each of its steps; the next run ends as if it had not been."""

import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from pollapp.ballots import KeyRing
from pollapp.database import Database
from pollapp.errors import UndoExpired
from pollapp.live.housekeeping import Housekeeping
from pollapp.meetings import Meeting, agenda, ending
from tests.actors import Facilitator

CHILD = Path(__file__).with_name("sealing_child.py")
STEPS = range(len(ending.SEAL_STEPS))
POINTS = (
    *(f"{when} {step}" for step in STEPS for when in ("before", "after")),
    "key overwritten",
    "half of the ballots",
    "before the log is emptied",
)
KEY_STEP = ending.SEAL_STEPS.index(ending._destroy_key)
KEY_IS_THERE = {*(f"{when} {step}" for step in range(KEY_STEP) for when in ("before", "after")), f"before {KEY_STEP}"}
TAKEN_BACK = "Quetzalcoatlus northropi"

pytestmark = pytest.mark.faults


@pytest.fixture
def folder(database: Database, keys: KeyRing, owner_id: int, preset: str, tmp_path: Path) -> Path:
    """A folder with a meeting of three polls, ended more than an hour ago."""
    host = Facilitator(database, keys, owner_id, preset=preset)
    for kind in ("choice", "word_cloud", "open_text"):
        poll = host.ask(kind)
        room = [host.let_in() for _ in range(7)]
        for number, person in enumerate(room):
            raw: Any = ["yes"] if kind == "choice" else f"Answer {number}"
            assert person.answer(poll, raw).code == "saved"
        if kind == "open_text":
            room[0].answer(poll, TAKEN_BACK, revision=2)
            room[0].answer(poll, None, revision=3)
    host.end()

    def turn_back(session):
        session.get_one(Meeting, host.id).ended_at = agenda.now() - timedelta(hours=2)

    database.run(turn_back)
    database.close()
    return tmp_path


def run_killed(folder: Path, point: str) -> None:
    """Look after the meetings in a process that is killed at this point."""
    ran = subprocess.run([sys.executable, str(CHILD), str(folder), point], timeout=300, check=False)
    assert ran.returncode == -signal.SIGKILL, point


def run(folder: Path) -> None:
    """Look after the meetings, to the end."""
    database = Database()
    database.init(f"sqlite:///{folder / 'pollapp.sqlite3'}")
    Housekeeping(database, KeyRing(folder / "keys"), lambda _scene: None).look()
    database.close()


def state(folder: Path) -> dict[str, Any]:
    """Everything the database holds, but for random ids and names."""
    database = sqlite3.connect(folder / "pollapp.sqlite3")
    rows = {
        table: database.execute(f"select * from {table}").fetchall()  # noqa: S608  # our own names
        for table in ("meeting", "stage", "slide", "round", "tally")
    }
    ballots = Counter(database.execute("select round_id, revision, answer from ballot").fetchall())
    snapshots = [
        (*row[:-1], sorted(text for _, text in orjson.loads(row[-1])))
        for row in database.execute("select round_id, published, participants, ballots, tally, texts from snapshot")
    ]
    database.close()
    return {**rows, "ballots": ballots, "snapshots": snapshots, "keys": list((folder / "keys").iterdir())}


def ballot_ids(folder: Path) -> list[bytes]:
    database = sqlite3.connect(folder / "pollapp.sqlite3")
    ids = [row[0] for row in database.execute("select id from ballot")]
    database.close()
    return ids


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_wherever_the_seal_is_killed_the_next_run_finishes_it(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    old_ids = ballot_ids(folder)
    (key,) = (path.read_bytes() for path in (folder / "keys").iterdir())
    copies = {point: shutil.copytree(folder, tmp_path_factory.mktemp("copy") / "it") for point in ("", *POINTS)}
    run(copies[""])
    wanted = state(copies[""])
    assert wanted["keys"] == []
    for point in POINTS:
        copy = copies[point]
        run_killed(copy, point)
        if point not in KEY_IS_THERE:
            undo_is_refused(copy)
        run(copy)
        assert state(copy) == wanted, point
        left = files(copy)
        assert not [old for old in old_ids if old in left], point
        assert key not in left, point
        assert TAKEN_BACK.encode() not in left, point


def undo_is_refused(folder: Path) -> None:
    """Even if the clock were put back into the hour in which an end can be undone."""
    keys, database = KeyRing(folder / "keys"), Database()
    database.init(f"sqlite:///{folder / 'pollapp.sqlite3'}")
    (meeting,) = database.read(lambda session: session.query(Meeting).all())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ending, "now", lambda: meeting.ended_at)
        with pytest.raises(UndoExpired):
            database.run(ending.undo_end, meeting.id, keys)
    database.close()
