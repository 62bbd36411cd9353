"""The server goes away and comes back: the picture stays, nothing is lost, nothing is sent twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ASKED, CHOSEN, Room, say
from tests.real_server import RealServer

pytestmark = pytest.mark.browser

BACK_MS = 60_000
"""Pauses between attempts grow while the server is away."""


def test_a_screen_keeps_its_picture_and_finds_the_right_stage_again(
    workshop: Callable[..., Room], server: RealServer
) -> None:
    room = workshop()
    phones = [room.phone() for _ in range(2)]
    room.next(ASKED)
    say(phones[0], "before the power cut")
    room.screen.locator(".cards__card", has_text="before the power cut").wait_for()
    server.kill()
    room.screen.locator("#mark-offline").wait_for()
    expect(room.screen.get_by_role("heading", name=ASKED)).to_be_visible()
    expect(room.screen.locator(".cards__card")).to_contain_text("before the power cut")
    assert room.screen.locator("dialog[open]").count() == 0
    room.screen.keyboard.press("ArrowRight")
    expect(room.screen.locator("#toast")).to_have_text("Connection lost. The last picture stays.")

    phones[1].get_by_text("No connection").wait_for()
    phones[1].fill("#answer-0", "written in the dark")
    phones[1].locator("[data-send]").click()
    phones[1].get_by_text("Not saved yet").first.wait_for()

    server.start()
    expect(room.screen.locator("#mark-offline")).to_be_hidden(timeout=BACK_MS)
    expect(phones[1].get_by_text("Saved", exact=True)).to_be_visible(timeout=BACK_MS)
    cards = room.screen.locator(".cards__card")
    expect(cards).to_have_count(2)
    expect(cards.filter(has_text="written in the dark")).to_have_count(1)
    expect(room.screen.locator("#count-number")).to_have_text("2")
    room.next(CHOSEN)
    for phone in phones:
        phone.locator(".option").first.wait_for(timeout=BACK_MS)


def test_a_screen_that_missed_a_change_shows_it_when_it_is_back(
    workshop: Callable[..., Room], server: RealServer
) -> None:
    room = workshop()
    other = room.screen.context.new_page()
    room.next(ASKED)
    other.goto(room.path)
    other.get_by_role("heading", name=ASKED).wait_for()
    server.kill()
    room.screen.locator("#mark-offline").wait_for()
    server.start()
    expect(other.locator("#mark-offline")).to_be_hidden(timeout=BACK_MS)
    other.keyboard.press("ArrowRight")
    other.get_by_role("heading", name=CHOSEN).wait_for()
    expect(room.screen.get_by_role("heading", name=CHOSEN)).to_be_visible(timeout=BACK_MS)
