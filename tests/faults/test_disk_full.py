"""A full disk: answers are refused in words that say what to do, nothing acked is lost, and it works again after."""

import asyncio
import html
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import SLOTS, Hall
from tests.faults.ledger import Ledger, stored_for
from tests.needs import absent
from tests.phones import LightPhone, let_in, line, together
from tests.real_server import RealServer

SIZE = "4m"
PHONES = 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for four megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        absent("the right to mount a small disk")
    if subprocess.run([mount, "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=False).returncode:
        absent("the right to mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """Take all the room there is; return the file that took it."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


async def answer_by_form(phone: LightPhone, round_id: int, text: str) -> tuple[int, str]:
    """Send the plain form as the phone's page has it, with `text` in its last field; return what comes back."""
    page = f"{phone.url}/m/{phone.code}"
    async with phone.http.get(page, headers=phone.headers) as reply:
        fields = re.findall(r'name="(csrf_token|(?:answer|revision)\.\d)"[^>]*value="([^"]*)"', await reply.text())
    form = {name: html.unescape(value) for name, value in fields} | {"round": str(round_id), "answer.2": text}
    async with phone.http.post(f"{page}/answer", data=form, headers=phone.headers) as reply:
        return reply.status, await reply.text()


def test_on_a_full_disk_answers_are_clearly_refused_and_none_that_was_acked_is_lost(small_disk: Path) -> None:
    server = RealServer(small_disk)
    server.start()
    try:
        hall = Hall(server)
        ledger = Ledger(hall.ask())

        async def play() -> None:
            async with line() as http:
                phones = await let_in(http, server.url, hall.code, PHONES)
                assert all(await together(ledger.send(phone, (number, 0), 1) for number, phone in enumerate(phones)))
                ballast = fill(small_disk)
                turn = 1
                while ledger.codes["try_again"] < PHONES:  # the log may have room left for a few more
                    turn += 1
                    await together(ledger.send(phone, (number, 0), turn) for number, phone in enumerate(phones))
                    assert turn < 200, "the disk never got full"
                assert set(ledger.codes) == {"saved", "try_again"}
                status, page = await answer_by_form(phones[0], ledger.round_id, "by form")
                assert status >= 400
                assert "could not be stored just now. Please send it again" in page
                await together(phone.connect() for phone in phones)
                ledger.check(stored_for(phones, ledger.round_id))
                ballast.unlink()
                for slot in range(SLOTS):
                    places = [((number, slot), turn + 1) for number in range(PHONES)]
                    sent = [ledger.send(phone, *place) for phone, place in zip(phones, places, strict=True)]
                    assert all(await together(sent)), "with room again, everything is taken"
                await together(phone.connect() for phone in phones)
                ledger.check(stored_for(phones, ledger.round_id))
                await together(phone.hang_up() for phone in phones)

        asyncio.run(play())
        assert server.stop() == 0
        ledger.check_database(server.database_file)
    finally:
        server.kill()
