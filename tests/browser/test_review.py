"""The review by keyboard alone, while the screen of the meeting is on."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Room, serious_problems

pytestmark = pytest.mark.browser

WORD = "What one word describes your day so far?"
WHERE = "Where are you joining from?"
HOUR = "What would make this hour worth your while?"
MOST_TABS = 60


def tab_to(page: Page, target: Locator) -> None:
    """Press the tabulator until the target has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError("never reached by keyboard")


@pytest.fixture
def answered(room: Room) -> Room:
    """The welcome meeting with three texts: one names a company, one an address, one nobody."""
    for prompt in (WORD, WHERE, HOUR):
        room.next(prompt)
    for text in ("Ask Contoso’s people", "Mail anna@example.org", "Just listening"):
        phone = room.phone()
        phone.fill("#answer-0", text)
        phone.locator("[data-send]").click()
        phone.get_by_text("Saved", exact=True).wait_for()
    expect(room.screen.locator("body")).to_contain_text("anna@example.org")
    return room


def test_a_review_by_keyboard_alone_and_the_screen_follows(answered: Room, desk: Page) -> None:
    room = answered
    desk.bring_to_front()
    desk.goto(f"/desk/meetings/{room.meeting}/results")
    tab_to(desk, desk.get_by_role("link", name="Review the texts"))
    desk.keyboard.press("Enter")
    tab_to(desk, desk.get_by_label("People and companies"))
    desk.keyboard.type("Contoso")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    status, card = desk.locator("[data-status]"), desk.locator("[data-card]")
    expect(status).to_have_text("2 entries are left to decide.")
    assert serious_problems(desk) == []

    first = card.locator("mark").inner_text()
    second = "Contoso" if "@" in first else "anna@example.org"
    desk.keyboard.press("r")
    expect(status).to_have_text("Blacked out. 1 entry is left to decide.")
    expect(card.locator("mark")).to_have_text(second)
    expect(room.screen.locator("body")).to_contain_text("█████")
    expect(room.screen.locator("body")).not_to_contain_text(first)
    desk.keyboard.press("d")
    expect(status).to_have_text("Dropped. Nothing is left to decide.")
    expect(room.screen.locator("body")).not_to_contain_text(second)
    expect(card).to_contain_text("Just listening")
    desk.keyboard.press("r")  # nothing was found here: the key does nothing
    expect(card).to_contain_text("Just listening")
    desk.keyboard.press("k")
    expect(status).to_have_text("Kept as it is. Nothing is left to decide.")
    desk.keyboard.press("u")
    expect(status).to_contain_text("Taken back.")
    expect(card).to_contain_text("Just listening")
    desk.keyboard.press("u")
    expect(status).to_have_text("Taken back. 1 entry is left to decide.")
    expect(room.screen.locator("body")).to_contain_text(second)
    desk.keyboard.press("ArrowUp")
    expect(card.locator("mark")).to_have_text(first)
    desk.keyboard.press("j")
    expect(card.locator("mark")).to_have_text(second)
    assert serious_problems(desk) == []

    desk.keyboard.press("?")
    letters = desk.get_by_label("Single letters are shortcuts")
    expect(letters).to_be_visible()
    letters.press("Space")
    desk.keyboard.press("Escape")
    desk.keyboard.press("k")
    desk.keyboard.press("ArrowUp")
    expect(card.locator("mark")).to_have_text(first)
    expect(status).to_have_text("1 entry is left to decide.")


def test_the_review_works_without_javascript(room: Room, desk: Page) -> None:
    room.next(WORD)
    phone = room.phone()
    phone.fill("#answer-0", "@quetzal")
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved", exact=True).wait_for()
    plain = room._open_browser(java_script_enabled=False)
    plain.add_cookies(desk.context.cookies())
    page = plain.new_page()
    page.goto(f"/desk/meetings/{room.meeting}/review")
    page.get_by_role("button", name="Black out", exact=True).click()
    expect(page.locator("body")).to_contain_text("Blacked out.")
    expect(room.screen.locator("table").first).to_contain_text("█████")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("mark")).to_have_text("@quetzal")


def test_a_review_that_is_no_longer_signed_in_says_so_and_decides_nothing(room: Room, desk: Page) -> None:
    room.next(WORD)
    phone = room.phone()
    phone.fill("#answer-0", "@quetzal")
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved", exact=True).wait_for()
    desk.goto(f"/desk/meetings/{room.meeting}/review")
    desk.context.clear_cookies()
    desk.keyboard.press("k")
    said = desk.locator("[data-toasts]")
    expect(said).to_contain_text("This page was open for too long")
    expect(said.get_by_role("button", name="Close", exact=True)).to_have_text("Close")
    expect(desk.locator("#entry mark")).to_have_text("@quetzal")
