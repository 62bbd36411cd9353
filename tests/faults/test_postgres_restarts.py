"""PostgreSQL falls over and comes back while phones answer: what was acked is stored, once, and the server works on."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import orjson
import psycopg
import pytest
from socketio.exceptions import SocketIOError

from tests.cluster import Cluster
from tests.people import Desk, Phone, Screen
from tests.real_server import RealServer

pytestmark = [
    pytest.mark.faults,
    pytest.mark.postgres,
    # The client library drops sockets without closing them when a test ends; that is its affair, not the server's.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"),
]

PHONES = 8
SLOTS = 3
PATIENCE_S = 60
Place = tuple[int, int]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    cluster = Cluster()
    yield cluster
    cluster.close()


@pytest.fixture
def server(cluster: Cluster, tmp_path: Path) -> Iterator[RealServer]:
    server = RealServer(tmp_path / "data", POLLAPP_DATABASE_URL=cluster.url)
    server.start()
    yield server
    server.kill()


class Crowd:
    """Phones that answer again and again, send anew what was not acked, and write down what was sent and acked."""

    def __init__(self, phones: list[Phone], round_id: int) -> None:
        self.phones, self.round_id = phones, round_id
        self.sent: dict[Place, int] = {}
        self.acked: dict[Place, int] = {}
        self.done = threading.Event()
        self.was_refused = threading.Event()
        self._changed = threading.Condition()
        self._threads = [threading.Thread(target=self._answer, args=(who,), daemon=True) for who in range(len(phones))]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let each phone have its last answer acked."""
        self.done.set()
        for thread in self._threads:
            thread.join(PATIENCE_S)
        assert not any(thread.is_alive() for thread in self._threads), "a phone is still waiting for its ack"

    def wait_for_acks(self, each: int) -> None:
        """Wait until every phone has had so many more answers acked."""
        goal = {place: number + each * SLOTS for place, number in self.acked.items()}
        places = [(who, slot) for who in range(len(self.phones)) for slot in range(SLOTS)]
        with self._changed:
            assert self._changed.wait_for(
                lambda: all(self.acked.get(place, 0) >= goal.get(place, 1) for place in places), PATIENCE_S
            )

    def _answer(self, who: int) -> None:
        number = 0
        while not self.done.is_set():
            number += 1
            place = (who, number % SLOTS)
            self.sent[place] = number
            while not self._is_saved(who, number):
                time.sleep(0.05)
            with self._changed:
                self.acked[place] = number
                self._changed.notify_all()

    def _is_saved(self, who: int, number: int) -> bool:
        try:
            reply = self.phones[who].answer(
                self.round_id, f"word {who} {number}", slot=number % SLOTS, revision=number, patience=10
            )
        except SocketIOError:
            return False
        if not reply["ok"] and reply["code"] != "slow_down":
            self.was_refused.set()
        return bool(reply["ok"])


def stored(cluster: Cluster, round_id: int) -> dict[Place, int]:
    """Return the number of the word stored in each place: each word says whose it is and which."""
    with psycopg.connect(cluster.url) as database:
        rows = database.execute("SELECT revision, answer FROM ballot WHERE round_id = %s", (round_id,)).fetchall()
    found: dict[Place, int] = {}
    for revision, answer in rows:
        _, who, number = orjson.loads(answer).split()
        place = (int(who), int(number) % SLOTS)
        assert place not in found, "stored twice"
        assert int(number) == revision
        found[place] = revision
    return found


def tally(cluster: Cluster, round_id: int) -> Counter[str]:
    query = "SELECT key, count FROM tally WHERE round_id = %s AND key <> '#revision'"
    with psycopg.connect(cluster.url) as database:
        return Counter({str(key): int(count) for key, count in database.execute(query, (round_id,)).fetchall()})


def test_no_acked_answer_is_lost_or_counted_twice_when_postgresql_restarts(
    cluster: Cluster, server: RealServer
) -> None:
    desk = Desk(server.url)
    desk.start_with(server.first_link())
    meeting = desk.make_meeting("Peer learning", "standard")
    desk.add_slide(meeting, "word_cloud", "Your own key words?", entries=str(SLOTS))
    screen = Screen(desk, meeting)
    phones = [Phone(server.url, desk.code_of(meeting)) for _ in range(PHONES)]
    screen.command("next")
    crowd = Crowd(phones, screen.latest["stage"]["poll"]["round"])
    crowd.start()
    for _ in range(2):
        crowd.wait_for_acks(2)
        crowd.was_refused.clear()
        cluster.stop("immediate")
        assert crowd.was_refused.wait(PATIENCE_S), "without a database nothing can have been saved"
        acked = dict(crowd.acked)
        cluster.start()
        there, sent = stored(cluster, crowd.round_id), dict(crowd.sent)
        assert all(acked[place] <= there[place] for place in acked), "acked is stored"
        assert all(there[place] <= sent[place] for place in there), "stored was sent"
    crowd.wait_for_acks(2)
    crowd.stop()

    there = stored(cluster, crowd.round_id)
    assert there == crowd.acked == crowd.sent
    words = {f"~word {who} {number}": 1 for (who, _), number in there.items()}
    assert tally(cluster, crowd.round_id) == {**words, "#ballots": PHONES * SLOTS, "#participants": PHONES}
    assert screen.command("close")["poll"]["state"] == "closed"
    assert screen.results(lambda snapshot: snapshot["participants"] == PHONES)
    assert "Peer learning" in desk.get("/desk/").text
    assert server.stop() == 0
