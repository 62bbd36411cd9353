"""Ranking in the browser: by touch, by keyboard and without JavaScript; the standings on the screen change places."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import FADED, Room, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.people import Desk as Forms

pytestmark = pytest.mark.browser

ASKED = "What comes first?"
ITEMS = ["Trust", "Time", "Tools", "Training"]
SIZES = [(1280, 720), (1920, 1080), (1024, 768), (2560, 1080)]
PICTURE = """() => {
  const box = document.querySelector("#chart").getBoundingClientRect();
  const rows = [...document.querySelectorAll(".standings__row")].map((row) => row.getBoundingClientRect());
  return {
    rows: rows.length,
    outside: rows.filter((row) => row.bottom > box.bottom + 2 || row.right > box.right + 2 || row.left < box.left - 2).length,
    share: parseFloat(getComputedStyle(document.querySelector(".standings")).fontSize) / innerHeight,
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
  };
}"""


@pytest.fixture
def rank(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Callable[..., Room]:
    """Call with labels and settings for a meeting whose first slide is a ranking, on stage: `rank(ITEMS, places="2")`."""

    def open_room(labels: list[str] = ITEMS, **settings: str) -> Room:
        meeting = forms.make_meeting("Strategy day", "standard")
        items = {f"items-{number}-label": label for number, label in enumerate(labels)}
        forms.add_slide(meeting, "ranking", ASKED, **({"places": "", "give": "all"} | items | settings))
        room = Room(desk, open_browser, meeting)
        room.next(ASKED)
        return room

    return open_room


def row(phone: Page, label: str) -> Locator:
    return phone.locator(".ranking__row", has=phone.get_by_text(label, exact=True))


def order(phone: Page) -> list[str]:
    return phone.locator(".ranking__row[data-ranked] .ranking__label").all_inner_texts()


def standings(room: Room) -> Locator:
    return room.screen.locator(".standings__label")


def test_tapped_in_order_dragged_and_moved_by_arrows(rank: Callable[..., Room]) -> None:
    room = rank()
    phone = room.phone(**SMALL)
    phone.get_by_text("Tap the items in your order").wait_for()
    row(phone, "Time").get_by_text("Time").tap()
    phone.locator("[data-send]").tap()
    expect(phone.locator("#problem-0")).to_have_text("Not finished: rank 4. So far you have ranked 1.")
    assert too_wide_with_large_text(phone) == []
    phone.evaluate("document.documentElement.style.fontSize = ''")
    for label in ("Tools", "Trust", "Training"):
        row(phone, label).get_by_text(label).tap()
    assert order(phone) == ["Time", "Tools", "Trust", "Training"]
    assert serious_problems(phone) == []
    row(phone, "Trust").get_by_role("button", name="Move up").tap()
    assert order(phone) == ["Time", "Trust", "Tools", "Training"]

    phone.set_viewport_size({"width": 390, "height": 844})
    phone.evaluate(FADED)
    grip = row(phone, "Training").locator("[data-grip]").bounding_box()
    goal = row(phone, "Trust").bounding_box()
    assert grip
    assert goal
    x = grip["x"] + grip["width"] / 2
    phone.mouse.move(x, grip["y"] + grip["height"] / 2)
    phone.mouse.down()
    phone.mouse.move(x, goal["y"] + goal["height"] / 2, steps=6)
    phone.mouse.move(x, goal["y"] + 2, steps=3)
    expect(phone.locator(".ranking__row").nth(1)).to_contain_text("Training")
    phone.mouse.up()
    assert order(phone) == ["Time", "Training", "Trust", "Tools"]
    phone.locator("[data-send]").tap()
    phone.get_by_text("Saved", exact=True).wait_for()
    said = phone.locator(".receipt__answer")
    expect(said).to_have_text(["1. Time", "2. Training", "3. Trust", "4. Tools"])
    expect(standings(room)).to_have_text(["Time", "Training", "Trust", "Tools"])
    phone.reload()
    expect(said).to_have_text(["1. Time", "2. Training", "3. Trust", "4. Tools"])


def test_by_keyboard_alone_and_changed_afterwards(rank: Callable[..., Room]) -> None:
    room = rank(places="2")
    phone = room.phone()
    phone.get_by_text("Tap the items in your order").wait_for()
    phone.get_by_label("Tools", exact=True).focus()
    phone.keyboard.press("1")
    assert order(phone) == ["Tools"]
    phone.get_by_label("Time", exact=True).focus()
    phone.keyboard.press("1")
    assert order(phone) == ["Time", "Tools"]
    assert phone.evaluate("document.activeElement.id") == phone.get_by_label("Time", exact=True).get_attribute("id")
    row(phone, "Trust").get_by_text("Trust").click()
    expect(phone.locator("[data-status]")).to_have_text("All places are given. Move an item out to rank another.")
    row(phone, "Time").get_by_role("button", name="Move down").press("Enter")
    assert order(phone) == ["Tools", "Time"]
    phone.locator("[data-send]").press("Enter")
    expect(phone.locator(".receipt__answer")).to_have_text(["1. Tools", "2. Time"])
    expect(standings(room)).to_have_text(["Tools", "Time", "Trust", "Training"])
    phone.get_by_role("button", name="Change my answer").press("Enter")
    phone.get_by_label("Trust", exact=True).select_option("1")
    assert order(phone) == ["Trust", "Tools"]
    phone.locator("[data-send]").press("Enter")
    expect(phone.locator(".receipt__answer")).to_have_text(["1. Trust", "2. Tools"])
    expect(standings(room)).to_have_text(["Trust", "Tools", "Time", "Training"])
    assert serious_problems(room.screen) == []


def test_without_javascript(rank: Callable[..., Room]) -> None:
    room = rank(give="some")
    phone = room.phone(java_script_enabled=False)
    phone.reload()
    phone.get_by_label("Trust", exact=True).select_option("1")
    phone.get_by_label("Time", exact=True).select_option("1")
    phone.locator("[data-send]").click()
    expect(phone.locator("#problem-0")).to_have_text("Two items share place 1. Give every place once.")
    expect(phone.get_by_label("Time", exact=True)).to_have_value("1")
    phone.get_by_label("Time", exact=True).select_option("3")
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved. You can change your answer while this is open.").wait_for()
    expect(phone.get_by_label("Time", exact=True)).to_have_value("2")
    expect(standings(room)).to_have_text(["Trust", "Time", "Tools", "Training"])


@pytest.mark.parametrize(
    ("count", "length", "readable"), [(3, 200, True), (8, 60, True), (20, 20, True), (20, 200, False)]
)
def test_the_standings_fit_every_screen(rank: Callable[..., Room], count: int, length: int, readable: bool) -> None:
    words = (
        "Talk with the people affected before and after each decision that concerns them, and say what came of it " * 2
    )
    room = rank([f"{number + 1} {words}"[:length].strip() for number in range(count)])
    for width, height in SIZES:
        room.screen.set_viewport_size({"width": width, "height": height})
        room.screen.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height])
        room.screen.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        picture = room.screen.evaluate(PICTURE)
        assert picture == picture | {"rows": count, "outside": 0, "scrolls": False}, (width, height)
        assert not readable or picture["share"] >= 0.022, (width, height, picture)
