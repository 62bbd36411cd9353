"""The grid in the browser: by touch, by keyboard and without JavaScript; items move on the screen and fit every size."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Room, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.browser.test_ranking import SIZES
from tests.people import Desk as Forms

pytestmark = pytest.mark.browser

ASKED = "Where do these ideas belong?"
AXES = {
    "x_name": "Effort",
    "x_low": "Little",
    "x_high": "Much",
    "y_name": "Impact",
    "y_low": "Small",
    "y_high": "Great",
}
PICTURE = """() => {
  const box = document.querySelector("#chart").getBoundingClientRect();
  const parts = [...document.querySelectorAll(".plane__label, .plane__text")].map((part) => part.getBoundingClientRect());
  return {
    names: document.querySelectorAll(".plane__name").length,
    outside: parts.filter((it) => it.bottom > box.bottom + 2 || it.top < box.top - 2 || it.right > box.right + 2 || it.left < box.left - 2).length,
    share: parseFloat(getComputedStyle(document.querySelector(".plane__names")).fontSize) / innerHeight,
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
  };
}"""


@pytest.fixture
def plot(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Callable[..., Room]:
    """Call with labels for a meeting whose first slide is a grid, on stage."""

    def open_room(labels: list[str]) -> Room:
        meeting = forms.make_meeting("Strategy day", "standard")
        items = {f"items-{number}-label": label for number, label in enumerate(labels)}
        forms.add_slide(meeting, "grid", ASKED, skippable="y", **AXES, **items)
        room = Room(desk, open_browser, meeting)
        room.next(ASKED)
        return room

    return open_room


def test_by_touch_and_by_keyboard(plot: Callable[..., Room]) -> None:
    room = plot(["Glossary", "Intranet"])
    phone = room.phone(**SMALL)
    phone.get_by_text("Or tap where it belongs.").wait_for()
    plane = phone.locator("[data-plane]").first
    size = plane.bounding_box()
    assert size
    plane.tap(position={"x": size["width"] * 0.2, "y": size["height"] * 0.1})
    expect(phone.get_by_label("Glossary, Effort")).to_have_value("2")
    expect(phone.get_by_label("Glossary, Impact")).to_have_value("9")
    assert serious_problems(phone) == []
    assert too_wide_with_large_text(phone) == []
    phone.locator("[data-send]").tap()
    said = phone.locator(".receipt__answer")
    expect(said).to_have_text(["Glossary, Effort: 2", "Glossary, Impact: 9"])
    figures = room.screen.locator("#figures tbody tr")
    expect(figures.nth(0)).to_have_text("Glossary291")
    expect(figures.nth(1)).to_have_text("Intranet0")

    other = room.phone()
    other.get_by_label("Intranet, Effort").focus()
    other.keyboard.type("7")
    other.locator("[data-send]").press("Enter")
    expect(other.locator("#problem-0")).to_contain_text("An item has a value on one axis only.")
    other.get_by_label("Intranet, Impact").focus()
    other.keyboard.type("3")
    other.locator("[data-send]").press("Enter")
    expect(other.locator(".receipt__answer")).to_have_text(["Intranet, Effort: 7", "Intranet, Impact: 3"])
    expect(figures.nth(1)).to_have_text("Intranet731")
    expect(room.screen.locator(".plane__item")).to_have_count(2)
    assert serious_problems(room.screen) == []
    other.get_by_role("button", name="Change my answer").click()
    other.get_by_label("Glossary, Effort").select_option("4")
    other.get_by_label("Glossary, Impact").select_option("7")
    other.locator("[data-send]").click()
    expect(figures.nth(0)).to_have_text("Glossary382")


def test_without_javascript(plot: Callable[..., Room]) -> None:
    room = plot(["Glossary", "Intranet"])
    phone = room.phone(java_script_enabled=False)
    phone.reload()
    phone.get_by_label("Glossary, Effort").select_option("10")
    phone.locator("[data-send]").click()
    expect(phone.locator("#problem-0")).to_contain_text("An item has a value on one axis only.")
    expect(phone.get_by_label("Glossary, Effort")).to_have_value("10")
    phone.get_by_label("Glossary, Impact").select_option("0")
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved. You can change your answer while this is open.").wait_for()
    expect(room.screen.locator("#figures tbody tr").first).to_have_text("Glossary1001")


@pytest.mark.parametrize(("count", "length", "readable"), [(1, 200, True), (12, 30, True), (12, 200, False)])
def test_the_plane_fits_every_screen(plot: Callable[..., Room], count: int, length: int, readable: bool) -> None:
    words = "Talk with the people affected before and after each decision that concerns them " * 3
    room = plot([f"{number + 1} {words}"[:length].strip() for number in range(count)])
    for width, height in SIZES:
        room.screen.set_viewport_size({"width": width, "height": height})
        room.screen.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height])
        room.screen.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        picture = room.screen.evaluate(PICTURE)
        assert picture == picture | {"names": count, "outside": 0, "scrolls": False}, (width, height)
        assert not readable or picture["share"] >= 0.022, (width, height, picture)
