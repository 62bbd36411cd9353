"""One client waits for the database; the others do not notice."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.databases import Postgres, SQLite
from tests.live.test_several_servers import wait_for_a_waiter
from tests.people import Desk, Phone, Screen
from tests.real_server import ROOT, RealServer

pytestmark = [
    pytest.mark.faults,
    # The client library drops sockets without closing them when a test ends; that is its affair, not the server's.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]
PATIENCE_S = 20


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[RealServer]:
    server = RealServer(tmp_path / "data", POLLAPP_DATABASE_URL=database_url)
    server.start()
    yield server
    server.kill()


@contextmanager
def held(databases: SQLite | Postgres, url: str) -> Iterator[Callable[[], None]]:
    """Keep stages from being changed; call what is given to wait until somebody waits, where one can see it."""
    if isinstance(databases, Postgres):
        with psycopg.connect(url) as other:
            other.execute("SELECT * FROM stage FOR UPDATE")
            yield lambda: wait_for_a_waiter(databases, url)
    else:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as file:
            file.execute("BEGIN IMMEDIATE")
            yield lambda: None
            file.execute("ROLLBACK")


def test_while_one_client_waits_for_a_lock_others_are_served(
    server: RealServer, databases: SQLite | Postgres, database_url: str
) -> None:
    desk = Desk(server.url)
    desk.start_with(server.first_link())
    meeting = desk.make_meeting("Peer learning", "standard")
    desk.add_slide(meeting, "open_text", "Why did you join today?", entries="1", limit="500", display="cards")
    screen, code = Screen(desk, meeting), desk.code_of(meeting)
    phone = Phone(server.url, code)
    screen.command("next")
    round_id = phone.round_on_stage()

    done: list[str] = []
    slow = threading.Thread(target=lambda: (screen.command("hide_results"), done.append("command")), daemon=True)
    with held(databases, database_url) as wait_until_waiting:
        slow.start()
        wait_until_waiting()
        for _ in range(5):
            assert "Why did you join today?" in phone.page()
            assert phone.line.ask("join", {})["ok"]
        latecomer = Phone(server.url, code)
        if isinstance(databases, Postgres):  # on SQLite who holds the file keeps every writer waiting
            assert latecomer.answer(round_id, "To learn.")["code"] == "saved"
            assert screen.results(lambda snapshot: snapshot["participants"] == 1)
        done.append("others")
    slow.join(PATIENCE_S)
    assert done == ["others", "command"]
    assert phone.answer(round_id, "To listen.")["code"] == "saved"


EVERY_THREAD = """
import sys
import wsgi
import threading
from sqlalchemy import text
from pollapp.database import Database

runtime, database, threads = wsgi.make_runtime(wsgi.ASYNC_MODE), Database(), int(sys.argv[2])
database.init(sys.argv[1], runtime.offload)
meet, done = threading.Barrier(threads), []

def hold_a_connection(session):
    session.execute(text("SELECT 1"))
    meet.wait(15)  # passes only when every thread holds a connection at the same time

for _ in range(10 * threads):
    runtime.spawn(lambda: done.append(database.read(hold_a_connection)))
while len(done) < 10 * threads:
    runtime.sleep(0.01)
print(len(done) // threads)
"""


@pytest.mark.parametrize(("async_mode", "threads"), [("eventlet", 20), ("eventlet", 45), ("gevent", 20)])
def test_each_thread_of_the_event_loop_gets_a_connection_at_once(
    database_url: str, async_mode: str, threads: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EVERY_THREAD, database_url, str(threads)],
        cwd=ROOT,
        env={"POLLAPP_ASYNC_MODE": async_mode, "EVENTLET_THREADPOOL_SIZE": str(threads)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("10\n", 0), done.stderr[-2000:]
