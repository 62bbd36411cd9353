"""What is written to standard error: of errors and of libraries only types and places, and nothing anybody sent."""

import json
import logging
import re
import socket
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import requests
import websockets.sync.client

from pollapp import logs
from pollapp.participant.showing import REMEMBERED_S
from tests.people import Desk, Phone, Screen
from tests.real_server import ROOT, RealServer

CANARY = "Quetzalcoatlus"


def record(name: str, message: str, *arguments: object, error: BaseException | None = None) -> logging.LogRecord:
    exc_info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, str(ROOT / "pollapp" / "x.py"), 7, message, arguments, exc_info, "do")


def raised(cause: BaseException | None = None) -> BaseException:
    def refuse() -> None:
        raise ValueError(f"invalid: {CANARY}") from cause

    try:
        refuse()
    except ValueError as error:
        return error
    raise AssertionError


def test_an_error_is_written_with_types_and_places_and_without_messages() -> None:
    cause = UnicodeEncodeError("ascii", CANARY, 0, 1, CANARY)
    written = logs.SilentFormatter().format(record("pollapp.live", "could not do it", error=raised(cause)))
    assert "ERROR pollapp.live: could not do it" in written
    assert written.index("builtins.UnicodeEncodeError") < written.index("builtins.ValueError")
    assert re.search(r"at tests/test_logs\.py:\d+ refuse", written)
    assert CANARY not in written


@pytest.mark.parametrize("name", ["engineio.server", "pollappx", "eventlet.wsgi", "gevent", "root", "py.warnings"])
def test_what_a_library_says_is_not_repeated(name: str) -> None:
    for message, arguments in ((f"received packet {CANARY}", ()), ("received packet %s", (CANARY,))):
        written = logs.SilentFormatter().format(record(name, message, *arguments, error=raised()))
        assert f"ERROR {name}: at pollapp/x.py:7 do" in written
        assert CANARY not in written


def test_a_reason_without_a_value_is_written() -> None:
    full = OSError(28, "No space left on device", CANARY)
    assert logs.describe(full).startswith("builtins.OSError (No space left on device)")
    assert CANARY not in logs.describe(full)


def test_errors_that_lead_to_each_other_end() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert logs.describe(first).count("builtins.") == 2


def test_the_same_error_is_written_once_a_minute_and_our_own_words_always(monkeypatch: pytest.MonkeyPatch) -> None:
    once, clock = logs.OnceAMinute(), [1000.0]
    monkeypatch.setattr(logs.time, "monotonic", lambda: clock[0])
    errors = record("engineio.server", "x", error=raised()), record("engineio.server", "y", error=KeyError())
    assert [once.filter(each) for each in (*errors, *errors)] == [True, True, False, False]
    assert all(once.filter(record("pollapp.cli", "stored %d", number)) for number in range(3))
    clock[0] += logs.AGAIN_AFTER_S
    assert once.filter(errors[0])


MISHAPS = {
    "uncaught": "raise ValueError(CANARY)",
    "interpreter": "logging.getLogger('pollapp').error('%d', CANARY)",
    "warning": "warnings.warn(CANARY)",
    "destructor": "type('Lost', (), {'__del__': lambda self: int(CANARY)})()",
    "native thread": "thread = threading.Thread(target=int, args=(CANARY,)); thread.start(); thread.join()",
    "green thread": "runtime.spawn(int, CANARY); runtime.sleep(0)",
    "in the loop": "runtime.call_in_loop(lambda: int(CANARY)); runtime.sleep(0.05)",
    "library": "logging.getLogger('engineio.server').error('packet %s', CANARY)",
    "verbose library": "logging.getLogger('sqlalchemy.engine').debug('select %s', CANARY)",
}
OF_LOOPS = {
    ("eventlet", "pool"): "import eventlet; eventlet.GreenPool().spawn_n(int, CANARY); eventlet.sleep(0)",
    ("eventlet", "timer"): (
        "import eventlet; eventlet.hubs.get_hub().schedule_call_global(0, int, CANARY); eventlet.sleep(0.01)"
    ),
    ("gevent", "pool"): "import gevent.pool; gevent.pool.Pool(1).spawn(int, CANARY); gevent.sleep(0)",
    ("gevent", "timer"): "import gevent; gevent.get_hub().loop.timer(0).start(int, CANARY); gevent.sleep(0.01)",
    ("gevent", "native threads"): "import gevent; gevent.get_hub().threadpool.spawn(int, CANARY); gevent.sleep(0.1)",
}


@pytest.mark.parametrize(
    ("async_mode", "name", "mishap"),
    [
        *((async_mode, *one) for async_mode in ("eventlet", "gevent") for one in MISHAPS.items()),
        *((*one, mishap) for one, mishap in OF_LOOPS.items()),
    ],
)
def test_nothing_that_a_process_says_by_itself_holds_what_was_sent(async_mode: str, name: str, mishap: str) -> None:
    """Each in a process set up as the server is."""
    ran = run_quietly(async_mode, mishap)
    assert CANARY not in ran.stdout + ran.stderr
    if name not in ("interpreter", "verbose library"):
        assert "pollapp.logs: " in ran.stderr or "engineio.server: at " in ran.stderr, ran.stderr


@pytest.mark.parametrize("async_mode", ["eventlet", "gevent"])
def test_an_error_that_is_caught_is_not_written_wherever_it_was_raised(async_mode: str) -> None:
    program = (
        "runtime.spawn(lambda: None)\ntry: runtime.offload(lambda: int(CANARY))\nexcept ValueError: print('caught')"
    )
    ran = run_quietly(async_mode, program)
    assert (ran.stdout, ran.stderr) == ("caught\n", "")


@pytest.mark.parametrize("async_mode", ["eventlet", "gevent"])
def test_a_call_that_fails_in_the_loop_holds_no_other_up(async_mode: str) -> None:
    program = "runtime.call_in_loop(lambda: int(CANARY)); runtime.call_in_loop(lambda: print('called'))"
    assert run_quietly(async_mode, f"{program}; runtime.sleep(0.05)").stdout == "called\n"


def run_quietly(async_mode: str, program: str) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own, with the loop, the log and the silence of the server."""
    set_up = f"""
        import wsgi
        import logging
        import threading
        import warnings
        from pollapp import logs
        from pollapp.live import silence
        CANARY = {CANARY!r}
        runtime = wsgi.make_runtime(wsgi.ASYNC_MODE)
        logs.set_up("DEBUG")
        silence.set_up()
        runtime.quieten()
    """
    return subprocess.run(
        [sys.executable, "-c", f"{textwrap.dedent(set_up)}\n{program}"],
        cwd=ROOT,
        env={"POLLAPP_ASYNC_MODE": async_mode},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


HEADERS = {"User-Agent": "Mozilla/5.0 CanaryBrowser", "X-Forwarded-For": "203.0.113.77"}
SECRETS = ("CanaryBrowser", "203.0.113.77", "CanaryAnswer", "CanaryCookie", "CanaryCode")


class Rude:
    """Somebody who sends what no phone would."""

    def __init__(self, phone: Phone, url: str, code: str) -> None:
        self.phone, self.url, self.code = phone, url, code
        self.cookie = "; ".join(f"{one.name}={one.value}" for one in phone.browser.cookies)

    def pages(self) -> None:
        web = self.phone.browser
        web.headers.update(HEADERS)
        at = f"{self.url}/m/{self.code}"
        web.get(at)
        web.get(f"{self.url}/m/CanaryCode")
        web.get(f"{self.url}/join", params={"code": "CanaryCode"})
        web.post(
            f"{at}/answer", data={"csrf_token": "CanaryAnswer", "answer.0": "CanaryAnswer", "round": "CanaryAnswer"}
        )
        web.post(f"{at}/answer", data=b"CanaryAnswer" * 200_000)
        web.post(f"{at}/answer", files={"CanaryAnswer": ("CanaryAnswer", b"\xff\xfe")})
        requests.get(
            f"{self.url}/", headers=HEADERS | {"Cookie": "desk=CanaryCookie", "Host": "CanaryCode.example"}, timeout=20
        )
        requests.get(
            f"{self.url}/socket.io/", params={"EIO": "4", "transport": "CanaryAnswer"}, headers=HEADERS, timeout=20
        )
        requests.post(
            f"{self.url}/socket.io/?EIO=4&transport=polling&sid=CanaryCookie",
            data=b"CanaryAnswer",
            headers=HEADERS,
            timeout=20,
        )

    def raw(self, sent: bytes) -> None:
        with socket.create_connection(("127.0.0.1", int(self.url.rpartition(":")[2])), timeout=20) as line:
            line.sendall(sent)
            line.shutdown(socket.SHUT_WR)
            while line.recv(4096):
                pass

    def frames(self) -> None:
        hello = f'40/participant,{{"code":"{self.code}"}}'
        for frames in (
            ['40/participant,{"code":"CanaryCode"}'],
            ['40/participant,{"code":', "42CanaryAnswer"],
            ['40/CanaryAnswer,"CanaryAnswer"'],
            ["9CanaryAnswer", "4", "\x00CanaryAnswer"],
            [hello, '42/participant,["CanaryAnswer",{"raw":"CanaryAnswer"}]'],
            [hello, '42/participant,1["answer","CanaryAnswer","CanaryAnswer"]'],
            [hello, '451-/participant,["answer",{"_placeholder":true,"num":0}]'],
            ["CanaryAnswer" * 5_000],
            [b"CanaryAnswer"],
        ):
            self._converse(frames)

    def _converse(self, frames: list[str | bytes]) -> None:
        address = f"{self.url.replace('http', 'ws', 1)}/socket.io/?EIO=4&transport=websocket"
        headers = {"Cookie": self.cookie, "X-Forwarded-For": HEADERS["X-Forwarded-For"]}
        with websockets.sync.client.connect(
            address, additional_headers=headers, user_agent_header=HEADERS["User-Agent"], close_timeout=1
        ) as line:
            try:
                for frame in frames:
                    line.send(frame)
                while True:
                    line.recv(timeout=0.3)
            except (TimeoutError, websockets.exceptions.ConnectionClosed):
                return


def test_a_server_at_debug_level_says_nothing_of_what_it_is_sent(tmp_path: Path) -> None:
    server = RealServer(tmp_path / "data", POLLAPP_LOG_LEVEL="DEBUG", POLLAPP_PROXY_HOPS="1")
    server.start()
    try:
        desk = Desk(server.url)
        desk.browser.headers.update(HEADERS)
        desk.start_with(server.first_link())
        meeting = desk.make_meeting("Logs", "standard")
        desk.add_slide(meeting, "open_text", "Why?", entries="1", limit="250", display="cards")
        screen = Screen(desk, meeting)
        screen.command("next")
        code = desk.code_of(meeting)
        phone = Phone(server.url, code)
        secrets = [*SECRETS, *(cookie.value for cookie in phone.browser.cookies)]
        round_id = phone.round_on_stage()
        assert phone.answer(round_id, "CanaryAnswer one")["ok"]
        for bad in (
            "CanaryAnswer" * 100,
            {"CanaryAnswer": "CanaryAnswer"},
            ["CanaryAnswer"],
        ):
            phone.answer(round_id, bad, revision=2)
        rude = Rude(phone, server.url, code)
        rude.pages()
        rude.frames()
        rude.raw(b"GET /m/CanaryCode HTTP/1.1\r\nUser-Agent: CanaryBrowser\r\nContent-Length: CanaryAnswer\r\n\r\n")
        rude.raw(b"CanaryAnswer\r\n\r\n")
        rude.raw(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nCanaryAnswer\r\n")
        rude.raw(b"GET / HTTP/1.1\r\nCanaryAnswer" + b"x" * 70_000 + b"\r\n\r\n")
        damage(server)
        time.sleep(REMEMBERED_S)  # so long a page may be served from memory
        page = phone.browser.get(f"{server.url}/m/{code}")
        assert page.status_code == 500
        assert not [secret for secret in secrets if secret in page.text]
        assert "Traceback" not in page.text
        phone.answer(round_id, "CanaryAnswer two", revision=9, patience=20)
    finally:
        server.stop()
    said = server.log()
    assert [secret for secret in secrets if secret in said] == []
    assert "unexpected error" in said, "the operator must see that something failed, and where"
    assert "Traceback" not in said


def damage(server: RealServer) -> None:
    """Make the server fail on every page of a meeting: a round's settings are no longer what its kind expects."""
    with sqlite3.connect(server.database_file) as database:
        database.execute(
            "update round set settings = ?", (json.dumps({"entries": "CanaryAnswer", "limit": "CanaryAnswer"}),)
        )
