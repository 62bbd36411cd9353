"""The server's clock jumps by an hour, forth and back, in the middle of a meeting."""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.faults.conftest import Hall
from tests.faults.ledger import Ledger, stored_for
from tests.people import PASSWORD, Desk
from tests.phones import let_in, line, together
from tests.real_server import RealServer

HOUR_S = 3600


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


@pytest.fixture
def hall(clock: Clock, serve: Callable[..., RealServer]) -> Hall:
    """A running server with a meeting, on a clock that can be moved; it looks for what is due all the time."""
    return Hall(serve("tests.hasty", **clock.settings))


def test_answers_go_on_through_jumps_of_the_clock_and_nobody_is_signed_out(hall: Hall, clock: Clock) -> None:
    ledger = Ledger(hall.ask())

    async def play() -> None:
        async with line() as http:
            phones = await let_in(http, hall.server.url, hall.code, 20)
            for turn, moved_s in enumerate((HOUR_S, -HOUR_S, 0), start=1):
                await asyncio.to_thread(clock.move, hall.server, moved_s)
                sent = [
                    ledger.send(phone, (number, slot), turn) for slot in range(3) for number, phone in enumerate(phones)
                ]
                assert all(await together(sent))
                hall.desk.get(f"/desk/meetings/{hall.meeting}")
                assert 'action="/desk/sign-out"' in hall.desk.get("/desk/").text
                again = Desk(hall.server.url)
                again.post("/desk/sign-in", email="ada@example.org", password=PASSWORD)
                await together(phone.connect() for phone in phones)
                ledger.check(stored_for(phones, ledger.round_id))
            assert set(ledger.codes) == {"saved"}
            await together(phone.hang_up() for phone in phones)

    asyncio.run(play())
    assert hall.server.stop() == 0
    ledger.check_database(hall.server.database_file)


def test_a_countdown_ends_when_its_seconds_are_over_whatever_the_clock_says(hall: Hall, clock: Clock) -> None:
    hall.ask()
    screen = hall.screen()
    for moved_s in (HOUR_S, -HOUR_S):
        screen.command("open")
        screen.command("countdown", seconds=5)
        clock.move(hall.server, moved_s)
        screen.wait_for(lambda latest: latest["stage"]["poll"]["state"] == "closed")
        assert screen.latest["stage"]["countdown"] is None
    screen.hang_up()


def test_the_end_can_be_undone_until_the_clock_says_that_the_hour_is_over_and_not_after(
    hall: Hall, clock: Clock
) -> None:
    hall.ask()
    key = hall.server.folder / "keys" / f"{hall.meeting}.key"
    for moved_s in (-HOUR_S, HOUR_S - 60, 0):
        hall.command("end")
        clock.move(hall.server, moved_s)
        assert key.exists(), "nothing is sealed before its time"
        hall.desk.post(f"/desk/meetings/{hall.meeting}/undo-end", page=f"/desk/meetings/{hall.meeting}/results")
        clock.move(hall.server, 0)
    hall.command("end")
    clock.move(hall.server, HOUR_S + 60)
    assert not key.exists()
    with sqlite3.connect(hall.server.database_file) as database:
        assert database.execute("select state from meeting").fetchall() == [("sealed",)]
