"""Many phones at once: a storm of reconnects, one answer sent many times, votes racing a close, phones that do not read."""

import asyncio
import json
import re
import socket
import sqlite3
import time
from collections import Counter
from statistics import quantiles

import aiohttp

from tests.faults.conftest import SLOTS, Hall
from tests.faults.ledger import Ledger, stored_for
from tests.needs import how_many
from tests.phones import LightPhone, let_in, line, together, until

STORM = how_many(200, nightly=800)
LEAST_BUFFER = 2048
PATIENT_MS = 5000


def test_after_a_restart_every_phone_comes_back_at_once_and_each_unsent_answer_is_stored_once(hall: Hall) -> None:
    server = hall.server
    ledger = Ledger(hall.ask())

    async def play() -> None:
        async with line() as http:
            phones = await let_in(http, server.url, hall.code, STORM)
            half = phones[: STORM // 2]
            await together(ledger.send(phone, (number, 0), 1) for number, phone in enumerate(half))
            server.kill()
            lost = await together(ledger.send(phone, (number, 1), 1) for number, phone in enumerate(phones))
            assert not any(lost), "nobody hears anything from a dead server"
            await asyncio.to_thread(server.start)
            await together(phone.connect() for phone in phones)
            ledger.check(stored_for(phones, ledger.round_id))
            again = [ledger.send(phone, (number, slot), 1) for number, phone in enumerate(phones) for slot in (0, 1)]
            assert all(await together(again))
            await together(phone.connect() for phone in phones)
            stored = stored_for(phones, ledger.round_id)
            ledger.check(stored)
            assert len(stored) == STORM * 2
            await together(phone.hang_up() for phone in phones)

    asyncio.run(play())
    assert server.stop() == 0
    ledger.check_database(server.database_file)


def test_one_answer_sent_many_times_at_once_is_stored_once_and_each_reply_says_saved(hall: Hall) -> None:
    round_id = hall.ask(2)

    async def post_form(phone: LightPhone, fields: dict[str, str]) -> int:
        async with phone.http.post(f"{phone.url}/m/{phone.code}/answer", data=fields, headers=phone.headers) as reply:
            return reply.status

    async def play() -> None:
        async with line() as http:
            phone = LightPhone(http, hall.server.url, hall.code)
            await phone.enter()
            async with http.get(f"{phone.url}/m/{phone.code}", headers=phone.headers) as reply:
                proof = re.search(r'name="csrf_token"[^>]*value="(\w+)"', await reply.text())
            assert proof
            form = {"csrf_token": proof[1], "round": str(round_id), "answer.0": "Once.", "revision.0": "0"}
            tabs = [LightPhone(http, phone.url, phone.code, phone.headers) for _ in range(5)]
            await together(tab.connect() for tab in tabs)
            replies, pages = await asyncio.gather(
                together(tab.answer(round_id, "Once.") for tab in tabs for _ in range(20)),
                together(post_form(phone, form) for _ in range(10)),
            )
            assert Counter((reply["code"], reply["revision"]) for reply in replies) == {("saved", 1): 100}
            assert set(pages) == {200}
            await together(tab.hang_up() for tab in tabs)

    asyncio.run(play())
    assert hall.server.stop() == 0
    with sqlite3.connect(hall.server.database_file) as database:
        assert database.execute("select answer from ballot").fetchall() == [('"Once."',)]
        tally = dict(database.execute("select key, count from tally where round_id = ?", (round_id,)))
    assert (tally["#ballots"], tally["#participants"]) == (1, 1)


def test_of_votes_that_race_a_close_those_that_were_accepted_are_those_that_are_stored(hall: Hall) -> None:
    ledger = Ledger(hall.ask())
    screen = hall.screen()
    revisions: Counter[int] = Counter()

    async def answer_until_it_is_too_late(phone: LightPhone, number: int) -> None:
        saved = True
        while saved:
            revisions[number] += 1
            saved = await ledger.send(phone, (number, revisions[number] % SLOTS), revisions[number])

    async def play() -> None:
        async with line() as http:
            phones = await let_in(http, hall.server.url, hall.code, 100)
            for _ in range(how_many(3, nightly=30)):
                enough = asyncio.Event()
                last = ledger.count("ok") + 150
                ledger.on_ok = lambda enough=enough, last=last: enough.set() if ledger.count("ok") >= last else None
                sending = [
                    asyncio.create_task(answer_until_it_is_too_late(phone, number))
                    for number, phone in enumerate(phones)
                ]
                await enough.wait()
                await asyncio.to_thread(screen.command, "close")
                await together(sending)
                await together(phone.connect() for phone in phones)
                ledger.check(stored_for(phones, ledger.round_id))
                await asyncio.to_thread(screen.command, "open")
            assert {"saved", "closed"} <= set(ledger.codes) <= {"saved", "closed", "slow_down"}
            await together(phone.hang_up() for phone in phones)

    asyncio.run(play())
    screen.hang_up()
    assert hall.server.stop() == 0
    ledger.check_database(hall.server.database_file)


async def deaf_phone(http: aiohttp.ClientSession, hall: Hall) -> socket.socket:
    """Connect a phone that never reads what it is sent."""
    phone = LightPhone(http, hall.server.url, hall.code)
    await phone.enter()
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, LEAST_BUFFER)
    deaf.connect(("127.0.0.1", hall.server.port))
    upgrade = (
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{hall.server.port}\r\n"
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: {phone.headers['Cookie']}\r\n\r\n"
    )
    packet = ("40/participant," + json.dumps({"code": hall.code, "lang": "en"})).encode()
    masked = bytes([0x81, 0x80 | len(packet)]) + bytes(4) + packet
    deaf.sendall(upgrade.encode() + masked)
    return deaf


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    with open(f"/proc/{pid}/status") as status:  # noqa: PTH123  # no file, but the kernel's word
        return int(re.findall(r"VmRSS:\s+(\d+)", status.read())[0]) / 1024


def test_one_in_ten_phones_reading_nothing_does_not_hurt_the_others(hall: Hall, record_testsuite_property) -> None:
    ledger = Ledger(hall.ask())
    hall.command("share_results")
    count = how_many(60, nightly=300)
    slowest_ms: list[float] = []

    async def timed(phone: LightPhone, number: int, slot: int, revision: int) -> None:
        began = time.perf_counter()
        assert await ledger.send(phone, (number, slot), revision)
        slowest_ms.append((time.perf_counter() - began) * 1000)

    async def play() -> None:
        async with line() as http:
            phones = await let_in(http, hall.server.url, hall.code, count)
            deaf = [await deaf_phone(http, hall) for _ in range(count // 10)]
            before = memory_mb(hall.server.pid)
            for revision in range(1, 4):
                for slot in range(SLOTS):
                    await together(timed(phone, number, slot, revision) for number, phone in enumerate(phones))
            newest = [f"word {number} {slot} 3" for number in range(count) for slot in range(SLOTS)]

            def has_heard_all(phone: LightPhone) -> bool:
                return bool(phone.heard["results"]) and phone.heard["results"][-1]["snapshot"]["ballots"] == len(newest)

            await until(lambda: all(has_heard_all(phone) for phone in phones))
            record_testsuite_property("memory_mb_more", round(memory_mb(hall.server.pid) - before, 1))
            record_testsuite_property("deaf", len(deaf))
            for each in deaf:
                each.close()
            await together(phone.hang_up() for phone in phones)

    asyncio.run(play())
    record_testsuite_property("reply_ms_p99", round(quantiles(slowest_ms, n=100)[98], 1))
    assert quantiles(slowest_ms, n=100)[98] < PATIENT_MS
    assert hall.server.stop() == 0
    ledger.check_database(hall.server.database_file)
