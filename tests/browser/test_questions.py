"""The board with phones, a desk and a screen: asked, upvoted, approved, shown large and answered."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Room, serious_problems

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=document.body.remove()> \u202egnihton\u202c " + "Z̴̡̛a̷l̸g̶o̵" * 3 + "w" * 180 + "😀" * 60


@pytest.fixture
def hall(workshop: Callable[..., Room], desk: Page) -> Room:
    """A meeting whose board is open, the desk at its questions."""
    room = workshop()
    desk.goto(f"/desk/meetings/{room.meeting}/questions")
    desk.get_by_role("button", name="Open the board").click()
    desk.get_by_text("Phones can ask and upvote").wait_for()
    return room


def look(phone: Page) -> None:
    """Go to the questions."""
    phone.locator("[data-tab=questions]").click()
    phone.get_by_role("heading", name="Questions", exact=True).wait_for()


def ask(phone: Page, text: str) -> None:
    phone.get_by_label("Your question").fill(text)
    phone.get_by_role("button", name="Ask", exact=True).click()


def test_a_question_is_asked_upvoted_shown_large_and_answered_by_keyboard(hall: Room, desk: Page) -> None:
    asker, voter = hall.phone(), hall.phone()
    look(asker)
    look(voter)
    ask(asker, "When do we start?")
    row = voter.locator(".question", has_text="When do we start?")
    row.get_by_role("button", name="Upvote").click()
    expect(asker.locator(".upvote__number")).to_have_text("1")
    expect(asker.locator(".question .badge", has_text="Yours")).to_be_visible()
    desk.locator(".ask", has_text="When do we start?").wait_for()
    desk.bring_to_front()
    desk.keyboard.press("j")
    desk.keyboard.press("h")
    hall.screen.locator("#questions-text", has_text="When do we start?").wait_for()
    expect(hall.screen.locator("#questions-votes")).to_have_text("Upvotes: 1")
    desk.keyboard.press("d")
    expect(hall.screen.locator("#questions-text")).to_be_hidden()
    expect(row.get_by_text("Answered")).to_be_visible()
    hall.screen.bring_to_front()
    hall.screen.keyboard.press("q")
    expect(hall.screen.locator("#questions")).to_be_hidden()


def test_nothing_is_shown_before_it_is_approved(hall: Room, desk: Page) -> None:
    asker, reader = hall.phone(), hall.phone()
    hall.screen.bring_to_front()
    hall.screen.keyboard.press("q")
    desk.bring_to_front()
    desk.get_by_text("Rules", exact=True).click()
    desk.get_by_text("Approve first").click()
    desk.get_by_role("button", name="Save", exact=True).click()
    look(asker)
    look(reader)
    asker.get_by_text("looks at each question before it is shown").wait_for()
    for page in (reader, hall.screen):
        page.evaluate("""() => { window.seen = false; new MutationObserver(() => {
          if (document.body.textContent.includes("Secret?")) window.seen = true;
        }).observe(document.body, {childList: true, subtree: true, characterData: true}); }""")
    ask(asker, "Secret?")
    asker.locator(".question__fate").get_by_text("The facilitator looks at it first").wait_for()
    desk.locator("[data-which=waiting]").click()
    desk.locator(".ask", has_text="Secret?").wait_for()
    assert not reader.evaluate("window.seen")
    assert not hall.screen.evaluate("window.seen")
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    reader.locator(".question", has_text="Secret?").wait_for()
    hall.screen.locator(".asked__row", has_text="Secret?").wait_for()


def test_rows_stay_under_the_thumb_until_a_new_order_is_wanted(hall: Room) -> None:
    phone, other = hall.phone(), hall.phone()
    look(phone)
    ask(phone, "First?")
    phone.locator(".question", has_text="First?").wait_for()
    look(other)
    ask(other, "Second?")
    phone.locator(".question", has_text="Second?").wait_for()
    before = phone.locator(".question__text").all_text_contents()
    other.locator(".question", has_text=before[1]).get_by_role("button", name="Upvote").click()
    expect(phone.locator(".question", has_text=before[1]).locator(".upvote__number")).to_have_text("1")
    assert phone.locator(".question__text").all_text_contents() == before
    phone.get_by_role("button", name="Show new order").click()
    assert phone.locator(".question__text").all_text_contents() == before[::-1]


def test_what_is_asked_while_offline_is_kept_and_sent(hall: Room) -> None:
    phone, other = hall.phone(), hall.phone()
    look(phone)
    look(other)
    phone.context.set_offline(True)
    ask(phone, "Are we back?")
    phone.get_by_text("kept on this phone", exact=False).first.wait_for()
    phone.context.set_offline(False)
    other.locator(".question", has_text="Are we back?").wait_for()
    expect(phone.locator(".question--aside")).to_have_count(0)


def test_a_question_taken_back_is_gone_everywhere(hall: Room) -> None:
    phone, other = hall.phone(), hall.phone()
    look(phone)
    look(other)
    ask(phone, "Never mind?")
    other.locator(".question", has_text="Never mind?").wait_for()
    back = phone.locator(".question").get_by_role("button", name="Take back")
    back.click()
    phone.get_by_role("button", name="Take back for good?").click()
    expect(other.locator(".question__text", has_text="Never mind?")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390])
def test_a_hostile_question_breaks_nothing_and_every_page_is_accessible(hall: Room, desk: Page, width: int) -> None:
    phone = hall.phone(viewport={"width": width, "height": 700})
    look(phone)
    ask(phone, HOSTILE)
    row = phone.locator(".question", has_text="onerror")
    row.get_by_role("button", name="Upvote").click()
    hall.screen.bring_to_front()
    hall.screen.keyboard.press("q")
    hall.screen.locator(".asked__row", has_text="onerror").wait_for()
    desk.locator(".ask", has_text="onerror").wait_for()
    for page in (phone, hall.screen, desk):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
        assert page.locator("img[src=x]").count() == 0
        assert serious_problems(page) == []
    assert hall.screen.evaluate("document.documentElement.scrollHeight <= innerHeight")
    desk.bring_to_front()
    desk.keyboard.press("j")
    desk.keyboard.press("h")
    hall.screen.locator("#questions-text", has_text="onerror").wait_for()
    assert hall.screen.evaluate(
        "() => { const box = document.querySelector('.asked__large'); return box.scrollHeight <= box.clientHeight + 1; }"
    )


def test_without_javascript_a_phone_asks_and_upvotes(hall: Room, open_browser: Callable[..., Page]) -> None:
    phone = open_browser(**PHONE, java_script_enabled=False).new_page()
    phone.goto(f"/m/{hall.code}")
    phone.get_by_role("button", name="Continue").click()
    phone.locator("[data-tab=questions]").click()
    ask(phone, "Does this work?")
    phone.get_by_role("button", name="Upvote").click()
    expect(phone.get_by_role("button", name="Upvotes: 1")).to_have_attribute("aria-pressed", "true")
