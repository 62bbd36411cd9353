"""A number in the browser: entered by touch, by keyboard and without JavaScript; the correct value comes when it is told."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Room, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.browser.test_layouts import SIZES, SMALLEST
from tests.people import Desk as Forms
from tests.people import Phone
from tests.real_server import RealServer

pytestmark = pytest.mark.browser

ASKED = "How many people live here?"
SETTINGS = {
    "least": "0",
    "most": "1000000",
    "decimals": "0",
    "unit": "people",
    "correct": "203840",
    "tolerance": "5000",
}
PICTURE = """() => {
  const box = document.querySelector("#chart").getBoundingClientRect();
  const seen = (one) => one.textContent && getComputedStyle(one).visibility !== "hidden";
  const texts = [...document.querySelectorAll(".histogram__fact, .histogram__count, .histogram__name > *")].filter(seen);
  return {
    outside: texts.filter((one) => { const it = one.getBoundingClientRect(); return it.bottom > box.bottom + 2 || it.right > box.right + 2 || it.left < box.left - 2; }).map((one) => one.textContent),
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
    readable: Math.min(...texts.map((one) => parseFloat(getComputedStyle(one).fontSize))) / innerHeight,
  };
}"""


@pytest.fixture
def room(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Room:
    """A meeting whose first slide asks for a number, on stage."""
    meeting = forms.make_meeting("City day", "standard")
    forms.add_slide(meeting, "number", ASKED, **SETTINGS)
    room = Room(desk, open_browser, meeting)
    room.next(ASKED)
    return room


def test_numbers_by_touch_and_by_keyboard_meet_on_the_screen(room: Room) -> None:
    by_touch, by_keys = room.phone(**SMALL), room.phone()
    assert serious_problems(by_touch) == []
    by_touch.locator("[data-send]").tap()
    expect(by_touch.locator("#problem-0")).to_have_text("Please enter one number, in digits.")
    by_touch.get_by_label("Your number").fill("2000000")
    by_touch.locator("[data-send]").tap()
    expect(by_touch.locator("#problem-0")).to_have_text("Please enter a number from 0 to 1000000.")
    assert too_wide_with_large_text(by_touch) == []
    by_touch.get_by_label("Your number").fill("203 840")
    by_touch.locator("[data-send]").tap()
    by_touch.get_by_text("Saved", exact=True).wait_for()
    expect(by_touch.locator(".receipt__answer")).to_contain_text("people")
    by_keys.get_by_label("Your number").focus()
    by_keys.keyboard.type("450000")
    by_keys.keyboard.press("Enter")
    by_keys.get_by_text("Saved", exact=True).wait_for()
    rows = room.screen.locator("table tbody tr")
    expect(rows.first.locator("td").first).to_have_text("2")
    by_keys.get_by_role("button", name="Change my answer").click()
    expect(by_keys.get_by_label("Your number")).to_have_value("450000")
    by_keys.get_by_label("Your number").fill("210000")
    by_keys.locator("[data-send]").tap()
    expect(rows.filter(has_text="200000").locator("td").first).to_have_text("2")
    assert serious_problems(room.screen) == []


def test_without_javascript_the_page_says_what_is_wrong(room: Room) -> None:
    plain = room.phone(java_script_enabled=False)
    plain.goto(f"/m/{room.code}")
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("#problem-0")).to_have_text("Please enter one number, in digits.")
    plain.get_by_label("Your number").fill("1.5")
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("#problem-0")).to_have_text("Please enter a whole number.")
    expect(plain.get_by_label("Your number")).to_have_value("1.5")
    plain.get_by_label("Your number").fill("1,500")
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("body")).to_contain_text("Saved")
    expect(plain.get_by_label("Your number")).to_have_value("1500")


def test_the_correct_value_comes_when_the_facilitator_reveals_it_and_fits_every_screen(
    room: Room, server: RealServer
) -> None:
    for guess in ("150000", "190000", "199000", "204000", "207000", "215000", "990000"):
        someone = Phone(server.url, room.code)
        assert someone.answer(someone.round_on_stage(), [guess])["ok"]
    expect(room.screen.locator(".histogram__fact--median")).to_have_text("Median: 204,000 people")
    assert "203840" not in someone.page()
    assert room.screen.locator(".histogram__fact--correct").count() == 0
    room.screen.bring_to_front()
    room.screen.keyboard.press("a")
    expect(room.screen.locator(".histogram__fact--correct")).to_have_text("Correct: 203,840 people")
    expect(room.screen.locator(".histogram__fact--within")).to_contain_text("3")
    for width, height in SIZES:
        room.screen.set_viewport_size({"width": width, "height": height})
        room.screen.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height])
        room.screen.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        picture = room.screen.evaluate(PICTURE)
        assert picture == picture | {"outside": [], "scrolls": False}, (width, height)
        assert picture["readable"] >= SMALLEST, (width, height, picture)
    assert serious_problems(room.screen) == []
