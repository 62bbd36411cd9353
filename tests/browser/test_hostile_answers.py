"""Answers made to break things: they are shown as what they are, on screen, phone and results page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ASKED, Room, say
from tests.people import Phone
from tests.real_server import RealServer

pytestmark = pytest.mark.browser

SCRIPT = "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'><b>bold</b>"
HOSTILE = [
    SCRIPT,
    "a \u202egnp.exe\u202c b \u2066\u2067 c",
    "z" + "".join(map(chr, range(0x300, 0x33C))) + "algo" + "\u0336\u0489" * 40,
    "\U0001f600" * 1000,
    "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunt",
    "x" * 1000,
    "{{ 7 * 7 }} ${7*7} =cmd|' /C calc'!A0 \u0000\ufffe\ufffd".replace("\u0000", ""),
]
WITHIN = """() => {
  const box = document.querySelector("#chart").getBoundingClientRect();
  const cards = [...document.querySelectorAll(".cards__card:not(.cards__card--away)")].map((card) => card.getBoundingClientRect());
  const apart = (one, other) => one.right <= other.left + 1 || other.right <= one.left + 1
    || one.bottom <= other.top + 1 || other.bottom <= one.top + 1;
  return cards.length > 0
    && cards.every((card) => card.left >= box.left - 1 && card.right <= box.right + 1 && card.bottom <= box.bottom + 1)
    && cards.every((one, index) => cards.slice(index + 1).every((other) => apart(one, other)))
    && document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight;
}"""


def test_hostile_answers_break_nothing(workshop: Callable[..., Room], server: RealServer, desk: Page) -> None:
    room = workshop()
    phone = room.phone()
    crowd = [Phone(server.url, room.code) for _ in HOSTILE[1:]]
    room.next(ASKED)
    say(phone, SCRIPT)
    expect(phone.locator(".receipt")).to_contain_text(SCRIPT)
    for other, text in zip(crowd, HOSTILE[1:], strict=True):
        assert other.answer(other.round_on_stage(), text)["ok"]
        other.line.hang_up()
    expect(room.screen.locator(".cards__card")).to_have_count(len(HOSTILE))
    for width, height in ((1280, 720), (1920, 1080), (1024, 768), (2560, 1080)):
        room.screen.set_viewport_size({"width": width, "height": height})
        room.screen.wait_for_function(WITHIN)
    room.screen.locator("#do-share").click()
    phone.locator(".cards__card").first.wait_for()
    desk.goto(f"/desk/meetings/{room.meeting}/results")
    desk.locator(".cards__card").first.wait_for()
    for page in (room.screen, phone, desk):
        assert page.evaluate("window.hacked") is None
        assert page.locator("b, img[src=x]").filter(has_text="bold").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    for page in (room.screen, desk):
        expect(page.locator(".cards__text", has_text="onerror")).to_have_text(SCRIPT)
