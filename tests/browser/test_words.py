"""Curating a word cloud while people write: by keyboard alone, the screen following, and on a small phone."""

import math
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Room, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.people import Desk as Forms
from tests.people import Phone
from tests.real_server import RealServer

pytestmark = pytest.mark.browser

ASKED = "What do you take home?"
FIRST = ("committee", "committee", "comittee", "trust", "trust", "trust", "confidence", "rubbish", "hope")


@pytest.fixture
def cloud(
    desk: Page, forms: Forms, open_browser: Callable[..., BrowserContext], server: RealServer
) -> tuple[Room, Callable[..., None]]:
    """A meeting with a word cloud on the stage, and how to have somebody write a word: `write("trust")`."""
    meeting = forms.make_meeting("Peer learning", "standard")
    forms.add_slide(meeting, "word_cloud", ASKED, entries="3")
    room = Room(desk, open_browser, meeting)
    room.next(ASKED)

    def write(*words: str) -> None:
        for word in words:
            other = Phone(server.url, room.code)
            assert other.answer(other.round_on_stage(), word)["ok"]
            other.line.hang_up()

    write(*FIRST)
    return room, write


def row(page: Page, word: str):
    """Return the row of a word as it is shown."""
    return page.locator("[data-entries] [data-entry]").filter(has=page.get_by_text(word, exact=True))


def places(screen: Page) -> dict[str, list[float]]:
    """Return where each word of the cloud is, once none moves any more."""
    find = """() => Object.fromEntries([...document.querySelectorAll('.cloud__word')].map((word) => {
      const box = word.getBoundingClientRect();
      return [word.textContent, [box.x + box.width / 2, box.y + box.height / 2]];
    }))"""
    before, now = None, screen.evaluate(find)
    while before != now:
        screen.wait_for_timeout(250)
        before, now = now, screen.evaluate(find)
    return now


def test_a_cloud_is_curated_by_keyboard_and_the_screen_follows(  # noqa: PLR0915  # one story
    cloud: tuple[Room, Callable[..., None]], desk: Page
) -> None:
    room, write = cloud
    on_screen = room.screen.locator(".cloud__word")
    expect(on_screen).to_have_count(6)
    desk.bring_to_front()
    desk.goto(f"/desk/meetings/{room.meeting}/words")
    expect(desk.locator("[data-help]")).to_be_visible()
    status, rows = desk.locator("[data-status]"), desk.locator("[data-entries] [data-entry]")
    expect(rows).to_have_count(6)
    assert serious_problems(desk) == []

    near = desk.locator("[data-near]")
    expect(near).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(status).to_have_text("Joined. It can be taken back.")
    expect(near).to_have_count(0)
    expect(on_screen).to_have_count(5)
    expect(on_screen.filter(has_text="comittee")).to_have_count(0)

    before = places(room.screen)
    row(desk, "rubbish").focus()
    desk.keyboard.press("h")
    expect(on_screen).to_have_count(4)
    expect(status).to_have_text("Hidden. It can be brought back.")
    expect(desk.locator("[data-entries] [data-entry]:focus")).to_have_count(1)
    after = places(room.screen)
    reach = room.screen.evaluate("document.querySelector('.cloud').clientWidth / 4")
    for word, place in after.items():
        assert math.dist(before[word], place) < reach, f"{word} is not where it was"

    row(desk, "confidence").focus()
    desk.keyboard.press("m")
    expect(row(desk, "confidence").get_by_role("checkbox")).to_be_checked()
    desk.keyboard.press("k")
    while not row(desk, "trust").evaluate("row => row === document.activeElement"):
        desk.keyboard.press("ArrowUp")
    desk.keyboard.press("Enter")
    expect(on_screen).to_have_count(3)
    expect(row(desk, "trust").locator(".words__times")).to_contain_text("4")

    before = places(room.screen)
    row(desk, "hope").focus()
    desk.keyboard.press("r")
    write("hope", "HOPES")
    desk.keyboard.type("Zuversicht")
    desk.keyboard.press("Enter")
    expect(on_screen.filter(has_text="Zuversicht")).to_have_count(1)
    assert math.dist(before["hope"], places(room.screen)["Zuversicht"]) < reach
    expect(row(desk, "Zuversicht").locator(".words__times")).to_contain_text("3")
    expect(row(desk, "Zuversicht")).to_be_focused()

    write("Rubbish", "comittee", "time")
    expect(on_screen).to_have_count(4)
    expect(on_screen.filter(has_text="ubbish")).to_have_count(0)
    expect(row(desk, "time")).to_have_count(1)

    for left in (5, 4, 3, 2):
        expect(desk.locator("[data-changes] li")).to_have_count(left - 1)
        desk.keyboard.press("u")
    expect(desk.locator("[data-changes] li")).to_have_count(0)
    expect(on_screen).to_have_count(7)
    expect(on_screen.filter(has_text="rubbish")).to_have_count(1)
    expect(near).to_have_count(1)
    near.focus()
    desk.keyboard.press("d")
    expect(near).to_have_count(0)
    desk.keyboard.press("u")
    expect(status).to_have_text("Nothing to take back.")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_be_visible()
    assert serious_problems(desk) == []


def test_on_a_small_phone_from_the_remote(cloud: tuple[Room, Callable[..., None]], desk: Page) -> None:
    room, write = cloud
    write("<img src=x onerror=window.hacked=1>", "x" * 60)
    hand = room._open_browser(**PHONE, color_scheme="dark")
    hand.add_cookies(desk.context.cookies())
    page = hand.new_page()
    page.goto(f"/present/{room.meeting}/remote")
    page.get_by_role("link", name="Words of the cloud").tap()
    rows = page.locator("[data-entries] [data-entry]")
    expect(rows).to_have_count(8)
    assert page.evaluate("window.hacked") is None
    assert serious_problems(page) == []
    row(page, "confidence").get_by_role("checkbox").check()
    row(page, "trust").get_by_role("button", name="Join to this").tap()
    expect(rows).to_have_count(7)
    row(page, "rubbish").get_by_text("Rename").tap()
    row(page, "rubbish").get_by_role("textbox").fill("Nonsense")
    row(page, "rubbish").get_by_role("button", name="Save").tap()
    expect(room.screen.locator(".cloud__word").filter(has_text="Nonsense")).to_have_count(1)
    page.set_viewport_size(SMALL["viewport"])
    assert too_wide_with_large_text(page) == []
