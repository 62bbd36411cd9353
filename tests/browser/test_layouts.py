"""The screen at every size: no scrollbars, no option cut, text to be read from the back row where it fits."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Room
from tests.people import Desk as Forms

pytestmark = pytest.mark.browser

SIZES = [(1280, 720), (1920, 1080), (1024, 768), (2560, 1080)]
WORDS = "We have a written policy that was agreed with the people it concerns, it is reviewed every year by an independent group, and its results are published in a language that everybody here can read"
SMALLEST = 0.022
"""Of the screen's height: what can be read from the back row."""
PICTURE = """() => {
  const box = document.querySelector("#chart").getBoundingClientRect();
  const labels = [...document.querySelectorAll(".choice__label")];
  // Letters of some fonts reach beyond their line; what is cut is a line at least.
  const line = (label) => parseFloat(getComputedStyle(label).lineHeight);
  return {
    options: labels.length,
    cut: labels.filter((label) => label.scrollHeight > label.clientHeight + line(label) / 2).length,
    outside: labels.filter((label) => { const it = label.getBoundingClientRect(); return it.bottom > box.bottom + 2 || it.right > box.right + 2 || it.left < box.left - 2; }).length,
    share: parseFloat(getComputedStyle(document.querySelector(".choice")).fontSize) / innerHeight,
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
  };
}"""


@pytest.mark.parametrize(
    ("count", "length", "readable"),
    [(2, 200, True), (6, 20, True), (6, 200, True), (12, 20, True), (12, 80, True), (30, 20, True), (30, 200, False)],
)
def test_every_option_is_whole_at_every_size(
    forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext], count: int, length: int, readable: bool
) -> None:
    meeting = forms.make_meeting("Peer learning", "standard")
    labels = {f"options-{number}-label": f"{number + 1} {WORDS}"[:length].strip() for number in range(count)}
    forms.add_slide(meeting, "choice", "How far along are you?", least="1", most="1", unit="percent", **labels)
    room = Room(desk, open_browser, meeting)
    room.next("How far along are you?")
    for width, height in SIZES:
        room.screen.set_viewport_size({"width": width, "height": height})
        room.screen.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height])
        room.screen.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        picture = room.screen.evaluate(PICTURE)
        assert picture == picture | {"options": count, "cut": 0, "outside": 0, "scrolls": False}, (width, height)
        assert not readable or picture["share"] >= SMALLEST, (width, height, picture)


def test_no_page_of_the_desk_scrolls_sideways_on_the_narrowest_phone(desk: Page, forms: Forms) -> None:
    meeting = forms.make_meeting("Peer learning", "chatham_house")
    desk.set_viewport_size({"width": 320, "height": 640})
    for page in (
        "",
        "meetings/new",
        "account",
        *(f"meetings/{meeting}{one}" for one in ("", "/settings", "/results", "/review", "/end")),
    ):
        desk.goto(f"/desk/{page}")
        assert desk.evaluate("document.documentElement.scrollWidth") == 320, page


def test_the_buttons_of_a_meeting_stand_in_one_row_on_a_laptop(desk: Page) -> None:
    desk.goto("/desk/")
    buttons = desk.locator(".meeting-card__actions").first.locator(".button")
    assert buttons.count() == 3
    assert len({box["y"] for one in buttons.all() if (box := one.bounding_box())}) == 1


@pytest.mark.parametrize("server_settings", [{"POLLAPP_LANGUAGES": "en,ar"}])
def test_in_a_right_to_left_meeting_a_label_in_latin_script_stands_where_its_bar_begins(
    forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]
) -> None:
    meeting = forms.make_meeting("Peer learning", "standard")
    settings = {"title": "Peer learning", "language": "ar", "theme": "auto", "accent": "teal", "preset": "standard"}
    forms.post(f"/desk/meetings/{meeting}/settings", **settings)
    labels = {"options-0-label": "ISO 26000", "options-1-label": "نعم"}
    forms.add_slide(meeting, "choice", "How far along are you?", least="1", most="1", unit="percent", **labels)
    room = Room(desk, open_browser, meeting)
    room.next("How far along are you?")
    expect(room.screen.locator(".choice__label")).to_have_count(2)
    ends = room.screen.locator(".choice__label").evaluate_all(
        "labels => labels.map((label) => { const text = document.createRange(); text.selectNodeContents(label);"
        " return Math.round(label.getBoundingClientRect().right - text.getBoundingClientRect().right); })"
    )
    assert len(ends) == 2
    assert max(ends) <= 2
