"""Kill -9 at any moment, and just before and after a commit: what was acked is stored, once, and counted once."""

import asyncio
import random
from collections.abc import Callable

import pytest

from tests.faults.conftest import SLOTS, Hall
from tests.faults.ledger import Ledger, Place, stored_for
from tests.needs import how_many
from tests.phones import LightPhone, let_in, line, together
from tests.real_server import RealServer

CUTS = how_many(10, nightly=100)
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
