"""Kill -9 at any moment, and just before and after a commit: what was acked is stored, once, and counted once."""

import asyncio
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.conftest import SLOTS, Hall
from tests.faults.ledger import Ledger, Place, stored_for
from tests.needs import how_many
from tests.phones import HungUp, LightPhone, let_in, line, together
from tests.real_server import RealServer

CUTS = how_many(10, nightly=100)
UPVOTE_CUTS = how_many(2, nightly=20)
PHONES = 40
EACH = 5
ANSWERS = PHONES * EACH
"""Answers under way in each round of a power cut."""


class Attempt:
    """One time that every phone answers: some entries anew, some changed."""

    def __init__(self, ledger: Ledger, number: int) -> None:
        self.ledger = ledger
        self.plan: dict[int, list[tuple[Place, int]]] = {
            phone: [((phone, turn % SLOTS), number * EACH + turn + 1) for turn in range(EACH)]
            for phone in range(PHONES)
        }

    async def send(self, number: int, phone: LightPhone) -> None:
        """Send what this phone has to send, one after the other, until a reply fails to come."""
        while self.plan[number]:
            place, revision = self.plan[number][0]
            if not await self.ledger.send(phone, place, revision):
                return
            self.plan[number].pop(0)

    async def send_all(self, phones: list[LightPhone]) -> None:
        """Have every phone send at once."""
        await together(self.send(number, phone) for number, phone in enumerate(phones))


async def come_back(server: RealServer, phones: list[LightPhone]) -> None:
    """Start the server again and have every phone connect at once."""
    await asyncio.to_thread(server.start)
    await together(phone.connect() for phone in phones)


def test_no_acked_answer_is_lost_or_counted_twice_through_power_cuts(hall: Hall) -> None:
    server, chance = hall.server, random.Random(20)
    ledger = Ledger(hall.ask())

    async def play() -> None:
        async with line() as http:
            phones = await let_in(http, server.url, hall.code, PHONES)
            for number in range(CUTS):
                attempt = Attempt(ledger, number)
                acks = iter(range(ANSWERS))
                last = chance.randrange(ANSWERS - 1)
                ledger.on_ok = lambda acks=acks, last=last: server.kill() if next(acks) == last else None
                await attempt.send_all(phones)
                ledger.on_ok = lambda: None
                await come_back(server, phones)
                ledger.check(stored_for(phones, ledger.round_id))
                await attempt.send_all(phones)
                assert not any(attempt.plan.values()), "what had no reply is taken when it is sent again"
            await together(phone.connect() for phone in phones)
            stored = stored_for(phones, ledger.round_id)
            ledger.check(stored)
            assert len(stored) == PHONES * SLOTS
            await together(phone.hang_up() for phone in phones)

    asyncio.run(play())
    assert server.stop() == 0
    ledger.check_database(server.database_file)


def test_no_acked_upvote_is_lost_or_counted_twice_through_power_cuts(hall: Hall) -> None:
    """Phones upvote an answer or take that back; what each was told last is what it finds, and the numbers add up."""
    server, chance = hall.server, random.Random(21)
    hall.desk.add_slide(hall.meeting, "open_text", "What next?", entries="1", limit="500", display="cards", upvotes="y")
    round_id = hall.ask(3)
    told: dict[int, tuple[int, bool]] = {}

    async def upvote(number: int, phone: LightPhone, text: dict[str, Any], revision: int) -> None:
        sent = {"round": round_id, "text": text["id"], "seen": text["seen"]}
        given = chance.random() < 0.7
        try:
            reply = await phone.ask("upvote_text", {**sent, "revision": revision, "given": given})
        except HungUp:
            return
        assert reply["ok"], reply
        told[number] = (revision, reply["given"])
        if len(told) == PHONES // 2:
            server.kill()

    async def play() -> None:
        async with line() as http:
            phones = await let_in(http, server.url, hall.code, PHONES)
            await phones[0].answer(round_id, "To hear how others begin")
            for cut in range(UPVOTE_CUTS):
                (text,) = (await phones[0].ask("texts", {}))["texts"]
                told.clear()
                await together(upvote(number, phone, text, cut + 1) for number, phone in enumerate(phones))
                await come_back(server, phones)
                found = await together(phone.ask("texts", {}) for phone in phones)
                own = {number: each["upvotes"].get(text["id"]) for number, each in enumerate(found)}
                for number, (revision, given) in told.items():
                    assert own[number] == {"revision": revision, "given": given}, "acked and lost"
                (now,) = (await phones[0].ask("texts", {}))["texts"]
                assert now["votes"] == sum(bool(each and each["given"]) for each in own.values())
            await together(phone.hang_up() for phone in phones)

    asyncio.run(play())


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_power_cut_at_the_commit_itself(serve: Callable[..., RealServer], moment: str) -> None:
    """Before the commit nothing of the batch is stored, after it everything is; no phone was told either way."""
    server = serve(f"tests.faults.dies_{moment}_commit")
    hall = Hall(server)
    ledger = Ledger(hall.ask())

    async def play() -> None:
        async with line() as http:
            phones = await let_in(http, server.url, hall.code, PHONES)
            attempt = Attempt(ledger, 0)
            await attempt.send_all(phones)
            await asyncio.to_thread(server.wait_for_death)
            assert ledger.count("ok") == 0
            server.run("wsgi")
            await come_back(server, phones)
            stored = stored_for(phones, ledger.round_id)
            ledger.check(stored)
            assert bool(stored) == (moment == "after")
            await attempt.send_all(phones)
            assert not any(attempt.plan.values())
            await together(phone.hang_up() for phone in phones)

    asyncio.run(play())
    assert server.stop() == 0
    ledger.check_database(server.database_file)
