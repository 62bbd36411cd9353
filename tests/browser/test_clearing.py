"""Clearing at the desk: screen and phone follow at once, and who answered answers anew."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ASKED, Room, say, serious_problems

pytestmark = pytest.mark.browser


def test_what_is_cleared_leaves_screen_and_phone_and_is_answered_anew(
    workshop: Callable[..., Room], desk: Page
) -> None:
    room = workshop()
    phone = room.phone()
    room.next(ASKED)
    say(phone, "Before")
    cards = room.screen.locator(".cards__text")
    expect(cards).to_have_text(["Before"])

    def clear() -> None:
        desk.goto(f"/desk/meetings/{room.meeting}/results")
        desk.locator("summary", has_text="Clear answers…").click()
        assert serious_problems(desk) == []
        desk.get_by_role("button", name="Clear for good").click()
        desk.get_by_text("The answers to this slide are cleared.").wait_for()

    clear()
    expect(cards).to_have_count(0)
    expect(room.screen.locator("#count-number")).to_have_text("0")
    expect(phone.locator("#answer-0")).to_have_value("")
    say(phone, "After")
    expect(cards).to_have_text(["After"])
    expect(room.screen.locator("#count-number")).to_have_text("1")
    phone.reload()
    expect(phone.locator("body")).not_to_contain_text("Before")

    room.screen.bring_to_front()
    room.screen.keyboard.press("c")
    phone.get_by_text("Voting is closed").or_(phone.get_by_text("Saved", exact=True)).first.wait_for()
    clear()
    expect(room.screen.locator("#message")).to_have_attribute("data-face", "unopened")
    expect(phone.locator("body")).not_to_contain_text("After")
