"""Points in the browser: given by touch, by keyboard and without JavaScript, seen on the screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Room, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.people import Desk as Forms

pytestmark = pytest.mark.browser

ASKED = "Where should we invest?"
SETTINGS = {
    "total": "100",
    "step": "10",
    "spend_all": "y",
    "items-0-label": "Time",
    "items-1-label": "Tools",
    "items-2-label": "Training",
}


@pytest.fixture
def divide(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Callable[..., Room]:
    """Call with settings for a meeting whose first slide has points, on stage: `divide(step="1")`."""

    def open_room(**more: str) -> Room:
        meeting = forms.make_meeting("Budget day", "standard")
        forms.add_slide(meeting, "points", ASKED, **(SETTINGS | more))
        room = Room(desk, open_browser, meeting)
        room.next(ASKED)
        return room

    return open_room


def test_points_by_touch_and_by_keyboard_meet_on_the_screen(divide: Callable[..., Room]) -> None:
    room = divide()
    by_touch, by_keys = room.phone(**SMALL), room.phone()
    left = by_touch.get_by_text("Points left to give: 100")
    left.wait_for()
    assert serious_problems(by_touch) == []
    for _ in range(6):
        by_touch.get_by_role("button", name="More Time").tap()
    by_touch.locator("[data-send]").tap()
    expect(by_touch.locator("#problem-0")).to_have_text("Please give all points. Still to give: 40.")
    assert too_wide_with_large_text(by_touch) == []
    for _ in range(4):
        by_touch.get_by_role("button", name="More Tools").tap()
    by_touch.get_by_text("All points are given.").wait_for()
    expect(by_touch.get_by_role("button", name="More Training")).to_be_disabled()
    by_touch.get_by_role("button", name="More Training").dispatch_event("click")
    expect(by_touch.get_by_role("spinbutton", name="Training")).to_have_value("")
    by_touch.locator("[data-send]").tap()
    by_touch.get_by_text("Saved", exact=True).wait_for()
    expect(by_touch.locator(".receipt__answer")).to_have_text(["Time: 60", "Tools: 40"])

    by_keys.get_by_text("Points left to give: 100").wait_for()
    by_keys.get_by_role("spinbutton", name="Time").focus()
    by_keys.keyboard.type("120")
    by_keys.keyboard.press("Enter")
    expect(by_keys.locator("#problem-0")).not_to_be_empty()
    by_keys.keyboard.press("Control+A")
    by_keys.keyboard.type("100")
    by_keys.keyboard.press("Enter")
    by_keys.get_by_text("Saved", exact=True).wait_for()
    expect(room.screen.locator("table tr", has_text="Time").locator("td").first).to_have_text("80")
    expect(room.screen.locator(".choice__value").first).to_have_text("80")
    by_keys.get_by_role("button", name="Change my answer").click()
    by_keys.get_by_text("All points are given.").wait_for()
    for _ in range(10):
        by_keys.get_by_role("button", name="Less Time").press("Enter")
        by_keys.get_by_role("button", name="More Training").press("Space")
    by_keys.locator("[data-send]").press("Enter")
    expect(by_keys.locator(".receipt__answer")).to_have_text(["Training: 100"])
    expect(room.screen.locator("table tr", has_text="Time").locator("td").first).to_have_text("30")
    assert serious_problems(room.screen) == []
    assert serious_problems(by_keys) == []


def test_a_button_held_down_goes_on_and_stops_at_the_last_point(divide: Callable[..., Room]) -> None:
    phone = divide(step="1", total="10").phone()
    phone.get_by_text("Points left to give: 10").wait_for()
    more = phone.get_by_role("button", name="More Time")
    more.dispatch_event("pointerdown")
    phone.get_by_text("All points are given.").wait_for()
    more.dispatch_event("pointerup")
    more.dispatch_event("click")
    expect(phone.get_by_role("spinbutton", name="Time")).to_have_value("10")


def test_without_javascript_the_page_says_what_is_missing(divide: Callable[..., Room]) -> None:
    room = divide()
    plain = room.phone(java_script_enabled=False)
    plain.goto(f"/m/{room.code}")
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("#problem-0")).to_have_text("Please give points to at least one item.")
    plain.get_by_role("spinbutton", name="Time").fill("60")
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("#problem-0")).to_have_text("Please give all 100 points. Still to give: 40.")
    expect(plain.get_by_role("spinbutton", name="Time")).to_have_value("60")
    plain.get_by_role("spinbutton", name="Tools").fill("50")
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("#problem-0")).to_contain_text("These are 110 points")
    plain.get_by_role("spinbutton", name="Tools").fill("40")
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("body")).to_contain_text("Saved")
    expect(plain.get_by_role("spinbutton", name="Tools")).to_have_value("40")
    expect(room.screen.locator("table tr", has_text="Tools").locator("td").first).to_have_text("40")
