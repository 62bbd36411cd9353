"""Scales in the browser: rated by touch, by keyboard and without JavaScript, seen on the screen at every size."""

import re
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

ASKED = "How do you see our team?"
STATEMENTS = ("Goals are clear", "People listen", "We have fun")
SETTINGS = {"least": "1", "most": "5", "least_label": "Not at all", "most_label": "Fully", "display": "bars"}
PICTURE = """(selector) => {
  const box = document.querySelector("#chart").getBoundingClientRect();
  const texts = [...document.querySelectorAll(selector)];
  return {
    outside: texts.filter((one) => { const it = one.getBoundingClientRect(); return it.bottom > box.bottom + 2 || it.right > box.right + 2 || it.left < box.left - 2; }).length,
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
    share: Math.min(...texts.map((one) => parseFloat(getComputedStyle(one).fontSize))) / innerHeight,
  };
}"""


@pytest.fixture
def rate(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Callable[..., Room]:
    """Call with settings for a meeting whose first slide has scales, on stage: `rate(skippable="y")`."""

    def open_room(statements: tuple[str, ...] = STATEMENTS, **more: str) -> Room:
        meeting = forms.make_meeting("Team day", "standard")
        labels = {f"statements-{place}-label": label for place, label in enumerate(statements)}
        forms.add_slide(meeting, "scales", ASKED, **(SETTINGS | labels | more))
        room = Room(desk, open_browser, meeting)
        room.next(ASKED)
        return room

    return open_room


def give(phone: Page, statement: str, value: int) -> None:
    """Rate a statement with the thumb."""
    phone.get_by_role("group", name=statement).locator(f"input[value='{value}']").tap()


def test_ratings_by_touch_and_by_keyboard_meet_on_the_screen(rate: Callable[..., Room]) -> None:
    room = rate(skippable="y")
    by_touch, by_keys = room.phone(**SMALL), room.phone()
    assert serious_problems(by_touch) == []
    give(by_touch, "Goals are clear", 5)
    give(by_touch, "People listen", 2)
    assert too_wide_with_large_text(by_touch) == []
    by_touch.locator("[data-send]").tap()
    by_touch.get_by_text("Saved", exact=True).wait_for()
    expect(by_touch.locator(".receipt__answer")).to_have_text(["Goals are clear: 5", "People listen: 2"])
    by_keys.get_by_role("radio", name="1, Not at all").first.focus()
    by_keys.keyboard.press("ArrowRight")
    for key in ("Tab", "Space", "ArrowRight", "ArrowRight", "Enter"):
        by_keys.keyboard.press(key)
    by_keys.get_by_text("Saved", exact=True).wait_for()
    expect(by_keys.locator(".receipt__answer")).to_have_text(["Goals are clear: 2", "People listen: 3"])
    row = room.screen.locator("table tr", has_text="Goals are clear")
    expect(row.locator("td").first).to_have_text("3.5")
    expect(room.screen.locator(".scales__average").first).to_have_text("3.5")
    by_keys.get_by_role("button", name="Change my answer").click()
    by_keys.get_by_role("group", name="Goals are clear").get_by_role("radio", name="Skip").tap()
    by_keys.locator("[data-send]").tap()
    expect(by_keys.locator(".receipt__answer")).to_have_text(["People listen: 3"])
    expect(row.locator("td").first).to_have_text("5")
    assert serious_problems(room.screen) == []
    assert serious_problems(by_keys) == []


def test_every_statement_has_to_be_rated_where_none_may_be_skipped(rate: Callable[..., Room]) -> None:
    room = rate()
    phone, plain = room.phone(), room.phone(java_script_enabled=False)
    assert phone.get_by_text("Skip").count() == 0
    give(phone, "Goals are clear", 4)
    phone.locator("[data-send]").tap()
    expect(phone.locator("#problem-0")).to_have_text("Please rate every statement.")
    assert phone.evaluate("document.activeElement.name") == phone.locator("[name^='answer.0.']").nth(5).get_attribute(
        "name"
    )
    plain.goto(f"/m/{room.code}")
    give(plain, "Goals are clear", 4)
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("#problem-0")).to_contain_text("Still to rate: 2")
    expect(plain.get_by_role("radio", name="4").first).to_be_checked()
    for name in STATEMENTS[1:]:
        give(plain, name, 1)
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("body")).to_contain_text("Saved")
    expect(room.screen.locator("table tr", has_text="We have fun").locator("td").first).to_have_text("1")


def test_an_empty_plain_form_says_what_is_missing(rate: Callable[..., Room]) -> None:
    room = rate(skippable="y")
    plain = room.phone(java_script_enabled=False)
    plain.goto(f"/m/{room.code}")
    plain.get_by_role("button", name="Send").click()
    expect(plain.locator("#problem-0")).to_have_text("Please rate at least one statement.")


@pytest.mark.parametrize(("display", "length"), [("bars", 20), ("bars", 200), ("radar", 200)])
def test_twelve_statements_fit_every_screen(
    rate: Callable[..., Room], server: RealServer, display: str, length: int
) -> None:
    words = "We have a written policy that was agreed with the people it concerns " * 3
    statements = tuple(f"{number} {words}"[:length].strip() for number in range(1, 13))
    room = rate(statements, skippable="y", least="0", most="10", display=display)
    someone = Phone(server.url, room.code)
    parts = dict.fromkeys(re.findall(r'name="answer\.0\.(\w+)"', someone.page()))
    assert someone.answer(someone.round_on_stage(), [f"{part}:7" for part in parts])["ok"]
    drawn = ".scales" if display == "bars" else ".radar"
    expect(room.screen.locator(f"{drawn}__average").first).to_have_text("7.0")
    for width, height in SIZES:
        room.screen.set_viewport_size({"width": width, "height": height})
        room.screen.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height])
        room.screen.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        picture = room.screen.evaluate(PICTURE, f"{drawn}__label, {drawn}__average, .scales__number")
        assert picture == picture | {"outside": 0, "scrolls": False}, (width, height)
        assert picture["share"] >= SMALLEST, (width, height, picture)
