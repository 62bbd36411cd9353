"""The operator's commands, run as an operator runs them: in a process of their own, beside a running server."""

import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pollapp.cli import commands
from tests.people import Desk, Phone, Screen
from tests.real_server import ROOT, RealServer

HOURS_AGO = "datetime('now', '-{} hours')"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RealServer]:
    server = RealServer(tmp_path / "data")
    server.start()
    yield server
    server.kill()


def command(server: RealServer, name: str) -> list[str]:
    """Run a command on the server's data; return the lines it wrote."""
    ran = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "pollapp:create_app", "pollapp", name],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "POLLAPP_DATA_DIR": str(server.folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout.splitlines()


def change(server: RealServer, meeting: str, **values: str) -> None:
    assignments = ", ".join(f"{column} = {value}" for column, value in values.items())
    database = sqlite3.connect(server.database_file, timeout=20)
    with database:
        database.execute(f"update meeting set {assignments} where id = ?", (meeting,))  # noqa: S608  # our own names
    database.close()


def test_what_is_due_is_listed_and_done_beside_a_running_server_which_forgets_the_key_at_once(
    server: RealServer,
) -> None:
    desk = Desk(server.url)
    desk.start_with(server.first_link())
    meeting = desk.make_meeting("Quetzalcoatlus", "standard")
    desk.add_slide(meeting, "open_text", "Why did you join?", entries="1", limit="250", display="cards")
    screen = Screen(desk, meeting)
    assert command(server, "due") == ["No meeting has begun."]
    screen.command("next")
    phone = Phone(server.url, desk.code_of(meeting))
    round_id = phone.round_on_stage()
    assert phone.answer(round_id, "To learn")["ok"]

    (line,) = command(server, "due")
    assert re.fullmatch(rf"{meeting}  standard       live    end    \d{{4}}-\d\d-\d\d \d\d:\d\d", line)
    assert command(server, "seal-due") == ["Nothing was due."]

    change(server, meeting, active_at=HOURS_AGO.format(80))
    assert command(server, "due")[0].endswith("  due now")
    assert command(server, "seal-due") == [f"Ended {meeting}: nothing was done in it for 72 hours."]
    assert "  ended   seal   " in command(server, "due")[0]

    change(server, meeting, ended_at=HOURS_AGO.format(2))
    assert command(server, "seal-due") == [f"Sealed {meeting}: its keys are destroyed and its ballots reduced."]
    assert phone.answer(round_id, "To learn", revision=2)["code"] == "key_destroyed"
    assert "To learn" in desk.get(f"/desk/meetings/{meeting}/results").text
    assert re.search(r"  sealed  erase  \d{4}-\d\d-\d\d$", command(server, "due")[0])

    change(server, meeting, erase_on="date('now', '-1 day')")
    assert command(server, "seal-due") == [f"Erased {meeting}."]
    assert "Quetzalcoatlus" not in desk.get("/desk/").text
    assert "1 poll, 1 answer. Erased on" in desk.get("/desk/").text
    assert b"Quetzalcoatlus" not in b"".join(path.read_bytes() for path in server.folder.glob("pollapp.sqlite3*"))


def test_sealing_one_meeting_disturbs_no_vote_in_another(server: RealServer) -> None:
    desk = Desk(server.url)
    desk.start_with(server.first_link())
    old, busy = desk.make_meeting("Old", "chatham_house"), desk.make_meeting("Busy", "standard")
    desk.add_slide(busy, "word_cloud", "Which words?", entries="3")
    screen = Screen(desk, busy)
    screen.command("next")
    phone = Phone(server.url, desk.code_of(busy))
    round_id = phone.round_on_stage()
    desk.post(f"/desk/meetings/{old}/end")
    change(server, old, ended_at=HOURS_AGO.format(2))
    replies: list[bool] = []
    done = threading.Event()

    def answer() -> None:
        revision = 0
        while not done.wait(0.12):  # a phone may send ten messages a second
            revision += 1
            replies.append(phone.answer(round_id, f"word {revision}", revision=revision)["ok"])

    voting = threading.Thread(target=answer)
    voting.start()
    try:
        assert command(server, "seal-due") == [f"Sealed {old}: its keys are destroyed and its ballots reduced."]
    finally:
        done.set()
        voting.join()
    assert replies
    assert all(replies)
    assert server.stop() == 0
    with sqlite3.connect(server.database_file) as database:
        assert database.execute("select answered_on is not null from meeting where id = ?", (busy,)).fetchone() == (1,)
    database.close()


def test_every_command_is_documented_for_operators() -> None:
    page = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    assert [name for name in commands.commands if f"pollapp {name}" not in page] == []
