"""A whole meeting by keyboard alone: nothing here points, touches or clicks, and the focus can always be seen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import ASKED, CHOSEN, LAPTOP, PHONE, Room, say
from tests.people import PASSWORD
from tests.real_server import RealServer

pytestmark = pytest.mark.browser

MOST_STOPS = 80
FOCUS_IS_SEEN = """() => {
  const on = document.activeElement;
  if (!on || on === document.body) return true;
  const seen = on.matches("input[type=radio], input[type=checkbox]") ? on.closest("label") ?? on : on;
  const box = seen.getBoundingClientRect();
  return on.matches(":focus-visible") && box.width > 1 && box.height > 1;
}"""


def tab_to(page: Page, target: str, key: str = "Tab") -> None:
    """Press Tab until the focus is on what the selector names; every stop on the way must be seen."""
    for _ in range(MOST_STOPS):
        if page.evaluate("target => Boolean(document.activeElement?.matches(target))", target):
            return
        page.keyboard.press(key)
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
    raise AssertionError(f"no way to {target} by keyboard on {page.url}")


def write(page: Page, target: str, text: str) -> None:
    tab_to(page, target)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def press(page: Page, target: str, key: str = "Enter") -> None:
    tab_to(page, target)
    page.keyboard.press(key)


def make_an_account(desk: Page, link: str) -> None:
    desk.goto(link)
    write(desk, "[name=name]", "Ada")
    write(desk, "[name=email]", "ada@example.org")
    write(desk, "[name=password]", PASSWORD)
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/desk/")


def make_a_meeting(desk: Page) -> None:
    """Make a meeting with an open text, and add a choice."""
    press(desk, "a[href$='/meetings/new']")
    desk.wait_for_url("**/meetings/new")
    write(desk, "[name=prompt]", ASKED)
    tab_to(desk, "[name=kind]")
    while not desk.evaluate("document.activeElement.value === 'open_text'"):
        desk.keyboard.press("ArrowRight")
    press(desk, "form .button--primary")
    desk.wait_for_url("**/slides/*")
    press(desk, "summary.add__button")
    press(desk, "button.kind[value=choice]")
    expect(desk.locator(".slides__one")).to_have_count(2)
    write(desk, "[name=prompt]", CHOSEN)
    expect(desk.locator(".slides__one").nth(1)).to_contain_text(CHOSEN)


def present(desk: Page) -> Page:
    with desk.context.expect_page() as opened:
        press(desk, "[data-present]")
    opened.value.get_by_text("Join with your phone").wait_for()
    return opened.value


def join(phone: Page, code: str) -> None:
    phone.goto("/")
    write(phone, "#code", code)
    phone.keyboard.press("Enter")
    phone.get_by_role("heading", name="What we store").wait_for()
    press(phone, ".privacy__go")
    phone.get_by_role("heading", name="You are in").wait_for()


def send(phone: Page) -> None:
    press(phone, "[data-send]")
    phone.get_by_text("Saved", exact=True).wait_for()


def change_ones_mind_about_removing(screen: Page, card: Locator) -> None:
    tab_to(screen, ".cards__card")
    screen.keyboard.press("Delete")
    screen.get_by_role("heading", name="Remove this answer?").wait_for()
    assert screen.evaluate("document.activeElement.textContent.trim()") == "Keep it"
    screen.keyboard.press("Escape")
    expect(card).to_be_visible()


def end(screen: Page) -> None:
    tab_to(screen, "#bar button")
    screen.keyboard.press("End")
    assert screen.evaluate("document.activeElement.id") == "do-end"
    screen.keyboard.press("Enter")
    press(screen, "#end-yes")
    screen.get_by_role("heading", name="Thank you").wait_for()


@pytest.mark.parametrize("is_new", [True])
def test_from_the_sign_in_link_to_the_file_without_a_mouse(
    open_browser: Callable[..., BrowserContext], server: RealServer
) -> None:
    desk = open_browser(**LAPTOP).new_page()
    make_an_account(desk, server.first_link())
    make_a_meeting(desk)
    screen = present(desk)
    phone = open_browser(**PHONE).new_page()
    join(phone, str(screen.locator("body").get_attribute("data-code")))

    screen.keyboard.press("ArrowRight")
    phone.locator("#answer-0").wait_for()
    write(phone, "#answer-0", "To hear how others begin")
    send(phone)
    card = screen.locator(".cards__card", has_text="To hear how others begin")
    card.wait_for()
    change_ones_mind_about_removing(screen, card)

    screen.keyboard.press("PageDown")
    phone.locator(".option__input").first.wait_for()
    press(phone, ".option__input", "Space")
    send(phone)
    screen.keyboard.press("c")
    phone.get_by_text("This is closed now.").wait_for()
    screen.keyboard.press("d")
    expect(screen.locator("#figures table")).to_be_visible()
    expect(screen.locator("#figures")).to_contain_text("100%")

    end(screen)
    phone.get_by_role("heading", name="The meeting has ended").wait_for()
    desk.bring_to_front()
    press(desk, "a[href$='/results']")
    desk.wait_for_url("**/results")
    with desk.expect_download() as download:
        press(desk, "a[href$='/export/xlsx']")
    got = Path(download.value.path()).read_bytes()
    assert download.value.suggested_filename.endswith(".xlsx"), (got[:2000], server.log())
    assert got.startswith(b"PK")


CLICKER = {
    "PageDown": "PageUp", "ArrowRight": "PageUp", "ArrowDown": "PageUp", " ": "PageUp", "Enter": "PageUp",
    "b": "b", ".": ".", "F5": None, "Escape": None,
}  # fmt: skip
"""What clickers send, and what undoes it."""


def test_no_key_of_a_clicker_takes_an_answer_off(workshop: Callable[..., Room]) -> None:
    room = workshop()
    phone = room.phone()
    room.next(ASKED)
    say(phone, "Stay")
    card = room.screen.locator(".cards__card", has_text="Stay")
    for key, undo in CLICKER.items():
        card.wait_for()
        card.focus()
        room.screen.keyboard.press(key)
        if undo == "PageUp":
            room.screen.get_by_role("heading", name=CHOSEN).first.wait_for()
        assert room.screen.locator("dialog[open]").count() == 0, key
        if undo:
            room.screen.keyboard.press(undo)
    card.wait_for()
    expect(phone.get_by_text("Your answer was removed")).to_have_count(0)
