"""Both ways to carry WebSockets, as the real client and as hostile ones meet them."""

import contextlib
import json
import resource
import socket
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import socketio

from config import BadConfig
from pollapp.live import figures, transport
from pollapp.live.limits import Bucket
from pollapp.live.runtime import EventLoop, ThreadRuntime
from pollapp.live.sockets import MOST_BYTES
from pollapp.live.transport import _Client, _Pinger
from tests.live.browserless import NodePhone
from tests.live.conftest import Hall
from tests.live.raw_phone import BINARY, CONTINUATION, HalfOpen, RawPhone, frame

# The client library drops the sockets of a killed server without closing them; that is its affair, not the server's.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

on_our_own = pytest.mark.parametrize("transport", ["own"], indirect=True)
"""Flask-SocketIO alone does not bound this."""

HALF_OPEN = 2000
KB_OF_A_HALF_OPEN_JOIN = 45

MEGABYTE = 1024 * 1024

LetIn = Callable[[str], NodePhone]


@pytest.mark.parametrize("transports", ["websocket", "polling", "polling,websocket"])
def test_the_real_client_connects_answers_hears_reconnects_and_leaves(
    hall: Hall, let_in: LetIn, transports: str
) -> None:
    phone = let_in(transports)
    phone.hear("connect")
    if transports == "polling,websocket":
        assert phone.hear("upgrade")["transport"] == "websocket"
    assert phone.ask("join", {})["ok"]
    answer = {"round": hall.round, "slot": 0, "revision": 1, "raw": "calm"}
    assert phone.ask("answer", answer) == {"ok": True, "code": "saved", "revision": 1}
    assert phone.ask("answer", {**answer, "raw": "x" * 61})["code"] == "bad_answer"
    version = hall.screen.command("hide_results")["version"]
    assert phone.hear("stage")["version"] == version

    hall.server.kill()
    phone.hear("disconnect")
    hall.server.start()
    phone.hear("connect")
    assert phone.ask("join", {})["mine"][str(hall.round)]["0"]["answer"] == "calm"
    assert phone.ask("answer", answer)["ok"]
    phone.tell("leave")
    assert phone.hear("disconnect")["reason"] == "io client disconnect"


def memory_kb(hall: Hall) -> int:
    """Return what the server holds in memory."""
    status = Path(f"/proc/{hall.server.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


def send_until_refused(phone: RawPhone, data: bytes, most_bytes: int) -> int:
    """Send the same bytes again and again until the server closes; return how many it took."""
    sent = 0
    with contextlib.suppress(ConnectionError, TimeoutError):
        while sent < most_bytes:
            phone.write(data)
            sent += len(data)
    return sent


@pytest.fixture
def neighbour(hall: Hall) -> RawPhone:
    """A well-behaved phone in the same room."""
    return hall.raw_phone()


def answers(phone: RawPhone, hall: Hall, revision: int) -> bool:
    """Tell whether an answer of this phone is saved."""
    phone.emit(revision, "answer", {"round": hall.round, "slot": 0, "revision": revision, "raw": f"word {revision}"})
    return phone.ack(revision)["code"] == "saved"


@pytest.mark.parametrize("length", [120, 125, 126, 127, 300])
@on_our_own
def test_answers_are_read_however_long_they_are_and_however_the_network_cuts_them(hall: Hall, length: int) -> None:
    phone = hall.raw_phone()

    def answer(revision: int) -> bytes:
        message = {"round": hall.round, "slot": 0, "revision": revision, "raw": f"word {revision}"}
        event = json.dumps(["answer", message])
        return frame(f"42/participant,{revision}{event:<{length - 16}}".encode())

    phone.write(answer(1))
    phone.write(answer(2) + answer(3))
    whole = answer(4)
    for begin, end in ((0, 1), (1, 5), (5, 40), (40, len(whole))):
        phone.write(whole[begin:end])
        time.sleep(0.01)  # so that the pieces travel alone
    phone.write(answer(5))
    assert [ack["code"] for ack in phone.acks(5)] == ["saved"] * 5


@on_our_own
def test_a_message_of_endless_fragments_is_cut_off_at_the_limit_of_a_message(hall: Hall, neighbour: RawPhone) -> None:
    hostile, before = hall.raw_phone(), memory_kb(hall)
    hostile.write(frame(b'42/participant,1["answer",', fin=False))
    sent = send_until_refused(hostile, frame(b"x" * 4096, CONTINUATION, fin=False), 64 * MEGABYTE)
    assert sent < 8 * MEGABYTE, "what was under way when the server closed counts too"
    assert hostile.is_cut_off()
    assert memory_kb(hall) - before < 8 * 1024
    assert answers(neighbour, hall, 1)


@pytest.mark.parametrize(
    "message",
    [
        frame(b"binary", BINARY),
        frame(b'451-/participant,1["answer",{"_placeholder":true,"num":0}]'),
        frame(b'4599999-/participant,["answer",{}]'),
        frame(b"9"),
        frame(b"\xff\xfe"),
        frame(b"x" * (MOST_BYTES + 1)),
    ],
    ids=["binary", "attachment", "attachments", "unknown", "no-text", "too-long"],
)
@on_our_own
def test_what_no_phone_sends_ends_the_connection(hall: Hall, neighbour: RawPhone, message: bytes) -> None:
    hostile = hall.raw_phone()
    hostile.write(message)
    assert hostile.is_cut_off()
    assert answers(neighbour, hall, 1)


@on_our_own
def test_a_flood_of_events_is_told_to_slow_down_and_then_cut_off(hall: Hall, neighbour: RawPhone) -> None:
    hostile = hall.raw_phone()
    message = {"round": hall.round, "slot": 1, "revision": 1, "raw": "flood"}
    for number in range(1, 101):
        hostile.emit(number, "answer", message)
    codes = Counter(ack["code"] for ack in hostile.acks(100))
    assert set(codes) == {"saved", "slow_down"}
    assert codes["slow_down"] >= 40
    sent = send_until_refused(hostile, frame(b'42/participant,1["answer",{}]'), MEGABYTE)
    assert sent < MEGABYTE
    assert hostile.is_cut_off()
    assert answers(neighbour, hall, 1)


@on_our_own
def test_a_phone_that_never_reads_is_dropped_and_holds_up_nobody(hall: Hall) -> None:
    hostile, before = hall.raw_phone(), memory_kb(hall)
    for number in range(300):
        hall.screen.command("blank" if number % 2 == 0 else "unblank")
    assert answers(hall.raw_phone(), hall, 1)
    assert memory_kb(hall) - before < 8 * 1024
    assert hostile.is_cut_off()


@on_our_own
def test_thousands_of_half_open_joins_cost_little_and_keep_nobody_out(hall: Hall) -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    before = memory_kb(hall)
    half_open = [HalfOpen(hall.server.port) for _ in range(HALF_OPEN)]
    assert (memory_kb(hall) - before) / HALF_OPEN < KB_OF_A_HALF_OPEN_JOIN
    assert answers(hall.raw_phone(), hall, 1)
    for one in half_open:
        one.socket.close()
    assert answers(hall.raw_phone(), hall, 1)


def test_a_client_that_has_entered_no_namespace_by_its_first_ping_is_dropped() -> None:
    server, loop = socketio.Server(), cast(EventLoop, ThreadRuntime())
    dropped: list[str] = []

    class Client(_Client):
        def send(self, pkt: object) -> None:
            """Take no notice."""

        def _give_up(self, reason: figures.Reason) -> None:
            dropped.append(reason)

    def client(eio_sid: str) -> Client:
        return Client(server.eio, eio_sid, server.manager, loop, _Pinger(loop, 25), Bucket(1, 1))

    inside, outside = client("inside"), client("outside")
    server.manager.connect("inside", "/participant")
    assert (inside.ping(), outside.ping()) == (True, False)
    assert dropped == ["silent"]


def test_connections_that_say_nothing_keep_nobody_out(hall: Hall) -> None:
    silent = [socket.create_connection(("127.0.0.1", hall.server.port)) for _ in range(500)]
    for one in silent[::2]:
        one.sendall(b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHo")
    assert answers(hall.raw_phone(), hall, 1)
    for one in silent:
        one.close()


@pytest.mark.parametrize("library", ["eventlet", "gevent"])
def test_an_event_loop_it_was_not_tested_with_stops_the_start_with_a_way_out(library: str) -> None:
    with pytest.raises(BadConfig, match=rf"^{library} is .*tested with 0\.0: .*POLLAPP_TRANSPORT=plain\.$"):
        transport.take_over(None, SimpleNamespace(tested=(library, "0.0")), 10, 40)
