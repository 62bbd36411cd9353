"""axe finds nothing serious on any page, dialog or state, and nothing scrolls sideways on a small phone with large text."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pollapp.extensions import database
from tests.browser.conftest import ASKED, CHOSEN, LAPTOP, Room, say, serious_problems
from tests.people import Desk as Forms

pytestmark = pytest.mark.browser

SMALL = {"viewport": {"width": 320, "height": 568}}
LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => !one.closest(".visually-hidden, .shared__scroll, svg") && one.getBoundingClientRect().right > 321)
  .map((one) => one.outerHTML.slice(0, 120))
  .concat(document.documentElement.scrollWidth > 320 ? [`scrolls to ${document.documentElement.scrollWidth}`] : [])"""


def too_wide_with_large_text(page: Page) -> list[str]:
    """Return what does not fit on a small phone with text at 200 %."""
    page.evaluate(LARGE_TEXT)
    found: list[str] = page.evaluate(TOO_WIDE)
    return found


def test_pages_for_strangers(room: Room, open_browser: Callable[..., BrowserContext]) -> None:
    found: list[str] = []
    for scheme in ("light", "dark"):
        stranger = open_browser(**SMALL, color_scheme=scheme).new_page()
        for path in ("/", "/join?code=00000000", f"/m/{room.code}", "/what-we-store", "/desk/sign-in", "/nowhere"):
            stranger.goto(path)
            found += serious_problems(stranger)
            assert too_wide_with_large_text(stranger) == [], path
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_of_a_phone(workshop: Callable[..., Room], forms: Forms, desk: Page, scheme: str) -> None:
    room = workshop()
    phone = room.phone(**SMALL, color_scheme=scheme)
    found: list[str] = []

    def look(state: str) -> None:
        phone.evaluate("document.documentElement.style.fontSize = ''")
        found.extend(f"{state}: {problem}" for problem in serious_problems(phone))
        assert too_wide_with_large_text(phone) == [], state

    look("waiting")
    room.next(ASKED)
    phone.locator("#answer-0").wait_for()
    look("open")
    phone.fill("#answer-0", "x" * 1001)
    phone.get_by_text("Too long by 1").filter(visible=True).first.wait_for()
    look("too long")
    say(phone, "calm")
    look("saved")
    room.screen.keyboard.press("t")
    room.screen.keyboard.type("9")
    room.screen.keyboard.press("Enter")
    phone.get_by_role("timer").wait_for()
    look("countdown")
    card = room.screen.locator(".cards__card")
    card.focus()
    room.screen.keyboard.press("Delete")
    room.screen.get_by_role("dialog").get_by_role("button", name="Remove").click()
    phone.get_by_text("Your answer was removed", exact=True).wait_for()
    look("removed")
    room.next(CHOSEN)
    phone.get_by_text("On our way").wait_for()
    look("choice")
    room.screen.keyboard.press("c")
    phone.get_by_text("This is closed", exact=True).wait_for()
    look("closed")
    room.screen.locator("#do-share").click()
    phone.locator("[data-shared-results]").wait_for()
    look("shared")
    phone.context.set_offline(True)
    phone.get_by_text("No connection").wait_for()
    look("offline")
    phone.context.set_offline(False)
    expect(phone.get_by_text("No connection")).to_be_hidden(timeout=40_000)
    forms.post(f"/desk/meetings/{room.meeting}/end")
    phone.get_by_role("heading", name="The meeting has ended").wait_for()
    look("ended")
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_screen_with_every_dialog(workshop: Callable[..., Room], forms: Forms, desk: Page, scheme: str) -> None:
    room = workshop()
    settings = {"title": "Peer learning", "language": "en", "theme": scheme, "accent": "amber", "preset": "standard"}
    forms.post(f"/desk/meetings/{room.meeting}/settings", **settings)
    phone = room.phone()
    screen = room.screen
    expect(screen.locator("html")).to_have_attribute(
        "data-theme", scheme
    )  # colours that change meanwhile have no contrast
    found = serious_problems(screen)
    room.next(ASKED)
    say(phone, "calm")
    screen.locator(".cards__card").wait_for()
    screen.locator(".cards__card").hover()
    found += serious_problems(screen)
    for opener, name in {"t": "countdown", "?": "help"}.items():
        screen.keyboard.press(opener)
        screen.locator(f"#{name}-dialog[open]").wait_for()
        found += serious_problems(screen)
        screen.keyboard.press("Escape")
    for button, name in {"again": "again", "end": "end"}.items():
        screen.locator(f"#do-{button}").click()
        screen.locator(f"#{name}-dialog[open]").wait_for()
        found += serious_problems(screen)
        screen.keyboard.press("Escape")
    for name in ("show", "remove", "remote"):
        screen.evaluate("name => document.getElementById(`${name}-dialog`).showModal()", name)
        found += serious_problems(screen)
        screen.keyboard.press("Escape")
    for key, cover in {"d": "#figures .table", "j": "#join", "b": "#blank"}.items():
        screen.keyboard.press(key)
        expect(screen.locator(cover)).to_be_in_viewport()
        found += serious_problems(screen)
        screen.keyboard.press(key)
        expect(screen.locator(".cards__card")).to_be_in_viewport()
        expect(screen.locator(cover)).to_be_hidden() if key != "d" else None
    room.next(CHOSEN)
    found += serious_problems(screen)
    forms.post(f"/desk/meetings/{room.meeting}/end")
    screen.get_by_role("heading", name="Thank you").wait_for()
    found += serious_problems(screen)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_the_desk(
    workshop: Callable[..., Room], desk: Page, open_browser: Callable[..., BrowserContext], scheme: str
) -> None:
    room = workshop()
    phone = room.phone()
    room.next(ASKED)
    say(phone, "calm")
    page = open_browser(**LAPTOP, color_scheme=scheme, storage_state=desk.context.storage_state()).new_page()
    at = f"/desk/meetings/{room.meeting}"
    found: list[str] = []
    for path in (
        "/desk/",
        "/desk/meetings/new",
        at,
        f"{at}/settings",
        f"{at}/remote",
        f"{at}/results",
        f"{at}/people",
        f"{at}/end",
        "/desk/account",
    ):
        page.goto(path)
        found += serious_problems(page)
    page.goto(f"{at}/results")
    page.get_by_role("link", name="Remove answers").click()
    page.locator(".texts summary").click()
    found += serious_problems(page)
    assert found == []


def test_a_locked_meeting(room: Room, forms: Forms, open_browser: Callable[..., BrowserContext], server) -> None:
    database.init(f"sqlite:///{server.database_file}")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE meeting SET locked = 1 WHERE id = ?", (room.meeting,))
    database.close()
    stranger = open_browser(**SMALL).new_page()
    stranger.goto(f"/m/{room.code}")
    expect(stranger.locator("body")).to_contain_text("locked")
    assert serious_problems(stranger) == []
    assert too_wide_with_large_text(stranger) == []


class TestTheOperatorsPage:
    @pytest.fixture
    def server_settings(self) -> dict[str, str]:
        return {"POLLAPP_METRICS_TOKEN": "a-token-of-some-length"}

    def test_every_state_in_both_directions(self, open_browser: Callable[..., BrowserContext]) -> None:
        found: list[str] = []
        for scheme in ("light", "dark"):
            page = open_browser(**SMALL, color_scheme=scheme).new_page()
            page.goto("/operator")
            found += serious_problems(page)
            assert too_wide_with_large_text(page) == []
            page.fill("[name=token]", "a-token-of-some-length")
            page.keyboard.press("Enter")
            page.locator("[data-figures]").wait_for()
            page.locator("summary").first.click()
            page.locator("summary").last.click()
            found += serious_problems(page)
            for direction in ("ltr", "rtl"):
                page.evaluate("direction => { document.documentElement.dir = direction }", direction)
                assert too_wide_with_large_text(page) == [], direction
            page.evaluate("document.documentElement.style.fontSize = ''")
        assert found == []

    def test_numbers_are_renewed_by_themselves(self, open_browser: Callable[..., BrowserContext]) -> None:
        page = open_browser(**LAPTOP).new_page()
        page.goto("/operator")
        page.fill("[name=token]", "a-token-of-some-length")
        page.keyboard.press("Enter")
        said = page.locator("[data-figures] > p").first
        before = said.inner_text()
        expect(said).not_to_have_text(before, timeout=20_000)
        page.get_by_role("link", name="Pause").click()
        expect(said).to_contain_text("stands still")
