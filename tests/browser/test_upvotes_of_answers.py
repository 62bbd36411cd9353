"""Upvoting open answers in the browser: two phones, one without JavaScript, and a screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import ASKED, OPEN_TEXT, PHONE, Room, say, serious_problems
from tests.people import Desk as Forms

pytestmark = pytest.mark.browser

NARROW = PHONE | {"viewport": {"width": 320, "height": 640}}
THUMB = 44
"""CSS pixels that a thumb hits (WCAG 2.5.5)."""

HERS, HIS, LATE = "To hear how others begin.", "Practical steps for our team.", "One more, while you read."


@pytest.fixture
def asked(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Room:
    """An open text whose answers can be upvoted, on the screen."""
    meeting = forms.make_meeting("Peer learning", "standard")
    forms.add_slide(meeting, "open_text", ASKED, **OPEN_TEXT, upvotes="y")
    room = Room(desk, open_browser, meeting)
    room.next(ASKED)
    return room


def row(phone: Page, words: str) -> Locator:
    return phone.locator("[data-texts-list] > li").filter(has_text=words)


def button(phone: Page, words: str) -> Locator:
    return row(phone, words).get_by_role("button")


def count(phone: Page, words: str) -> Locator:
    return button(phone, words).locator(".upvote__number")


def card(screen: Page, words: str) -> Locator:
    return screen.locator("#chart .cards__card").filter(has_text=words)


def tops(phone: Page) -> list[float]:
    return [box.bounding_box()["y"] for box in phone.locator("[data-texts-list] > li").all()]  # type: ignore[index]  # they are there


def press(room: Room, key: str) -> None:
    room.screen.bring_to_front()
    room.screen.keyboard.press(key)


def test_two_phones_upvote_what_the_screen_shows(asked: Room, open_browser: Callable[..., BrowserContext]) -> None:
    hers, his = asked.phone(), asked.phone(**NARROW)
    expect(his.locator("[data-texts-rule]")).to_have_text("Nobody wrote anything yet.")
    say(hers, HERS)
    say(his, HIS)
    for phone in (hers, his):
        expect(phone.locator("[data-texts-list] > li")).to_have_count(2)
    expect(row(hers, HERS)).to_contain_text("Yours")
    expect(row(hers, HIS)).not_to_contain_text("Yours")

    # Given and shown everywhere, nothing under anybody's thumb moves, and what is being typed stays.
    hers.get_by_role("button", name="Change my answer").click()
    hers.fill("#answer-0", "A draft")
    second = his.locator("[data-texts-list] > li").nth(1)
    words = str(second.locator(".question__text").text_content())
    before = tops(hers)
    button(his, words).click()
    expect(button(his, words)).to_have_attribute("aria-pressed", "true")
    expect(button(hers, words)).to_have_accessible_name("Upvote, Upvotes: 1")
    expect(button(hers, words)).to_have_accessible_description(words)
    expect(button(hers, words)).to_have_attribute("aria-pressed", "false")
    assert tops(hers) == before
    assert hers.input_value("#answer-0") == "A draft"
    expect(card(asked.screen, words).locator(".votes")).to_have_attribute("data-votes", "1")
    hers.get_by_role("button", name="Show new order").click()
    expect(hers.locator("[data-texts-list] > li").first).to_contain_text(words)
    size = button(his, words).bounding_box()
    assert size
    assert min(size["width"], size["height"]) >= THUMB
    assert his.evaluate("document.documentElement.scrollWidth <= innerWidth")

    comes_back_after_a_reload_and_an_outage(hers, his, words)
    assert hers.input_value("#answer-0") == "A draft"
    upvotes_without_javascript(asked, open_browser(**PHONE, java_script_enabled=False).new_page(), words)
    expect(count(hers, words)).to_have_text("2")
    assert serious_problems(hers) == []
    is_ordered_and_large_on_the_screen(asked, words)

    # Nobody can answer any more, but what was said can be upvoted.
    press(asked, "c")
    expect(asked.screen.locator("#mark-closed")).to_be_visible()
    expect(his.get_by_text("This is closed now.")).to_be_visible()
    button(hers, LATE).click()
    expect(card(asked.screen, LATE).locator(".votes")).to_have_attribute("data-votes", "1")

    # What the room does not see, phones do not either.
    press(asked, "h")
    for phone in (hers, his):
        expect(phone.locator("[data-texts]")).to_be_hidden()
    press(asked, "h")
    expect(button(hers, LATE)).to_have_attribute("aria-pressed", "true")


def comes_back_after_a_reload_and_an_outage(hers: Page, his: Page, words: str) -> None:
    his.reload()
    expect(button(his, words)).to_have_attribute("aria-pressed", "true")
    hers.context.set_offline(True)
    button(hers, words).click()
    expect(button(hers, words)).to_have_attribute("aria-pressed", "true")
    expect(count(hers, words)).to_have_text("2")
    hers.context.set_offline(False)
    expect(count(his, words)).to_have_text("2", timeout=20_000)
    button(his, words).click()
    expect(count(hers, words)).to_have_text("1")


def upvotes_without_javascript(asked: Room, plain: Page, words: str) -> None:
    plain.goto(f"/m/{asked.code}")
    plain.get_by_role("button", name="Continue").click()
    plain.get_by_role("link", name="Read and upvote what others wrote").click()
    line = plain.locator(".question").filter(has_text=words)
    line.get_by_role("button").click()
    expect(line.get_by_role("button")).to_have_accessible_name("Upvote, Upvotes: 2")
    expect(line.get_by_role("button")).to_have_attribute("aria-pressed", "true")


def is_ordered_and_large_on_the_screen(asked: Room, words: str) -> None:
    say(asked.phone(), LATE)
    expect(card(asked.screen, LATE)).to_be_visible()
    press(asked, "u")
    expect(asked.screen.get_by_role("button", name="Order as it was")).to_have_attribute("aria-pressed", "true")
    expect(card(asked.screen, words)).to_have_attribute("style", re.compile(r"translate\(0px, 0px\)"))
    press(asked, "n")
    expect(asked.screen.locator("#large .one__words")).to_have_text(words)
    expect(asked.screen.locator("#large .votes")).to_have_accessible_name("Upvotes: 2")
    assert serious_problems(asked.screen) == []
    press(asked, "Escape")
    expect(asked.screen.locator("#large")).to_be_hidden()
