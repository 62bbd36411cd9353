"""The remote in a facilitator's hand beside laptop and phone: reading, moving, losing the line, and pressing at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.browser.conftest import ASKED, CHOSEN, PHONE, Room, say, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.browser.test_by_keyboard import press, write
from tests.people import PASSWORD
from tests.people import Desk as Forms
from tests.real_server import RealServer

pytestmark = pytest.mark.browser

NOTES = "Two minutes of silence first.\n\n- Ask Maria to begin."
BACK_MS = 60_000
TAP_AGAIN = """key => new Promise((done) => {
  new MutationObserver((_, observer) => {
    observer.disconnect();
    key.click();
    setTimeout(() => { key.click(); done() });
  }).observe(document.getElementById("position"), {childList: true});
  key.click();
  key.click();
})"""
"""Taps twice, and twice again at the moment the next slide is there."""

TURN = "way => { document.documentElement.dir = way; document.documentElement.style.fontSize = '' }"


class HeldLine:
    """What comes to a page over its WebSocket, held back while asked."""

    def __init__(self, page: Page) -> None:
        self._holding = False
        self._held: list[str | bytes] = []
        self._line: WebSocketRoute | None = None
        page.route_web_socket(re.compile("socket.io"), self._route)

    def _route(self, line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        self._line = line
        server.on_message(lambda message: self._held.append(message) if self._holding else line.send(message))

    def hold(self) -> None:
        self._holding = True

    def let_go(self) -> None:
        self._holding = False
        assert self._line is not None
        while self._held:
            self._line.send(self._held.pop(0))


@pytest.fixture
def prepared(workshop: Callable[..., Room], forms: Forms) -> Callable[..., Room]:
    """Call with a preset for a meeting whose first slide has notes, its screen open."""

    def prepare(preset: str = "standard") -> Room:
        room = workshop(preset)
        editor = f"/desk/meetings/{room.meeting}"
        first = re.search(r'data-slide="(\w+)"', forms.get(editor).text)
        assert first
        text = {"settings-entries": "1", "settings-limit": "1000", "settings-display": "cards"}
        forms.post(f"{editor}/slides/{first[1]}", page=editor, prompt=ASKED, notes=NOTES, opens_on_arrival="y", **text)
        return room

    return prepare


@pytest.fixture
def take(desk: Page, open_browser: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Call with a room for its remote on a phone that is signed in; `hold=True` returns what holds its line too."""

    def open_remote(room: Room, **how) -> Page:
        page = open_browser(**(PHONE | {"storage_state": desk.context.storage_state()} | how)).new_page()
        page.goto(f"{room.path}/remote")
        page.locator("#keys").wait_for()
        return page

    return open_remote


def test_a_phone_becomes_the_remote_by_scanning_and_signing_in(
    prepared: Callable[..., Room], desk: Page, open_browser: Callable[..., BrowserContext], server: RealServer
) -> None:
    room = prepared()
    desk.goto(f"/desk/meetings/{room.meeting}")
    desk.get_by_role("link", name="Remote").click()
    expect(desk.get_by_role("img", name="QR code that opens the remote")).to_be_visible()
    scanned = desk.locator(".remote-card__address").inner_text()
    assert serious_problems(desk) == []
    room.screen.locator("#do-remote").click()
    dialog = room.screen.get_by_role("dialog")
    expect(dialog.locator("svg rect, svg path[stroke='#000']")).to_have_count(1)  # the picture of a phone, and no code
    assert serious_problems(room.screen) == []

    phone = open_browser(**PHONE).new_page()
    phone.goto(re.sub(r"^http://[^/]+", server.url, scanned))
    phone.fill("[name=email]", "ada@example.org")
    phone.fill("[name=password]", PASSWORD)
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="Start").wait_for()
    assert phone.url == f"{server.url}{room.path}/remote"


def test_it_reads_notes_and_next_and_moves_screen_and_phones(
    prepared: Callable[..., Room], take: Callable[..., Page], forms: Forms
) -> None:
    room = prepared()
    remote = take(room)
    expect(remote.locator("#following-prompt")).to_have_text(ASKED)
    remote.get_by_role("button", name="Start").tap()
    room.screen.get_by_role("heading", name=ASKED).wait_for()
    expect(remote.get_by_role("heading", name=ASKED)).to_be_visible()
    expect(remote.locator("#notes-text")).to_have_text(NOTES)
    expect(remote.locator("#following-prompt")).to_have_text(CHOSEN)
    assert "Maria" not in room.screen.content()

    phone = room.phone()
    expect(remote.locator("#phones-number")).to_have_text("1")
    say(phone, "calm")
    expect(remote.locator("#count-number")).to_have_text("1")
    remote.get_by_role("button", name="Hide results").tap()
    expect(room.screen.locator("#message-text")).to_have_text("Results are hidden")
    remote.locator("#results summary").tap()
    expect(remote.locator("#texts")).to_contain_text("calm")
    remote.get_by_role("button", name="Close the poll").tap()
    phone.get_by_text("This is closed now. Your answer counts.").wait_for()
    remote.get_by_role("button", name="Open the poll").tap()
    phone.get_by_text("You can change your answer while this is open.", exact=True).wait_for()
    remote.get_by_role("button", name="Countdown timer").tap()
    remote.get_by_role("dialog").get_by_role("button", name="3", exact=True).tap()
    expect(remote.get_by_role("timer")).to_contain_text("2:5")
    expect(room.screen.locator("#countdown")).to_contain_text("2:5")
    expect(phone.get_by_role("timer")).to_contain_text("2:5")
    remote.get_by_role("button", name="Show results on phones").tap()
    phone.locator("[data-shared-results]").wait_for()
    assert "Maria" not in phone.content()

    remote.get_by_role("button", name="More").tap()
    remote.get_by_role("button", name="Blank the screen").tap()
    expect(room.screen.locator("#blank")).to_be_visible()
    remote.get_by_role("button", name="Show the slide").tap()
    expect(room.screen.locator("#blank")).to_be_hidden()

    room.next(CHOSEN)
    expect(remote.get_by_role("heading", name=CHOSEN)).to_be_visible()
    expect(remote.locator("#notes")).to_be_hidden()
    expect(remote.locator("#following-prompt")).to_have_text("This is the last slide.")
    forms.add_slide(room.meeting, "heading", "Thank you", subtitle="")
    expect(remote.locator("#following-prompt")).to_have_text("Thank you")
    remote.reload()
    expect(remote.get_by_role("heading", name=CHOSEN)).to_be_visible()
    expect(remote.locator("#position")).to_have_text("2 / 3")
    remote.get_by_role("button", name="Previous").tap()
    room.screen.get_by_role("heading", name=ASKED).wait_for()


def test_it_asks_again_and_compares_rounds(prepared: Callable[..., Room], take: Callable[..., Page]) -> None:
    room = prepared()
    remote = take(room)
    room.next(ASKED)
    room.next(CHOSEN)
    remote.get_by_role("button", name="More").tap()
    expect(remote.get_by_role("button", name="Compare rounds")).to_be_hidden()
    remote.get_by_role("button", name="Ask again").tap()
    remote.get_by_role("dialog").get_by_role("button", name="Ask again").tap()
    expect(room.screen.locator("#mark-round")).to_have_text("Round 2")
    remote.get_by_role("button", name="More").tap()
    remote.get_by_role("button", name="Compare rounds").tap()
    expect(room.screen.locator("#compared")).to_be_visible()


def test_pressed_on_laptop_and_remote_at_once_next_is_one_step(
    prepared: Callable[..., Room], desk: Page, open_browser: Callable[..., BrowserContext]
) -> None:
    room = prepared()
    remote = open_browser(**PHONE, storage_state=desk.context.storage_state()).new_page()
    line = HeldLine(remote)
    remote.goto(f"{room.path}/remote")
    remote.get_by_role("button", name="Start").wait_for()
    line.hold()
    room.next(ASKED)
    remote.get_by_role("button", name="Start").tap()  # what the laptop did has not arrived here
    expect(remote.get_by_role("heading", name="Not started yet")).to_be_visible()
    line.let_go()
    expect(remote.locator("#toast")).to_contain_text("so nothing was done")
    expect(remote.get_by_role("heading", name=ASKED)).to_be_visible()
    expect(room.screen.get_by_role("heading", name=ASKED)).to_be_visible()
    expect(remote.locator("#position")).to_have_text("1 / 2")


def test_a_thumb_that_taps_twice_takes_one_step(prepared: Callable[..., Room], take: Callable[..., Page]) -> None:
    room = prepared()
    remote = take(room)
    remote.locator("#do-next").evaluate(TAP_AGAIN)
    remote.get_by_role("button", name="Close the poll").tap()
    expect(remote.locator("#now-poll")).to_have_text("Closed")
    expect(remote.locator("#position")).to_have_text("1 / 2")
    expect(remote.locator("#toast")).to_be_hidden()


def test_without_a_connection_nothing_is_sent_and_nothing_later_either(
    prepared: Callable[..., Room], take: Callable[..., Page], server: RealServer
) -> None:
    room = prepared()
    remote = take(room)
    remote.get_by_role("button", name="Start").tap()
    expect(remote.locator("#notes-text")).to_contain_text("Maria")
    room.screen.get_by_role("heading", name=ASKED).wait_for()
    server.kill()
    remote.get_by_text("No connection", exact=True).wait_for()
    expect(remote.locator("#notes-text")).to_contain_text("Maria")
    next_key = remote.get_by_role("button", name="Next")
    expect(next_key).to_have_attribute("aria-disabled", "true")
    next_key.dispatch_event("click")
    expect(remote.locator("#toast")).to_contain_text("nothing was sent")
    server.start()
    expect(remote.get_by_text("No connection", exact=True)).to_be_hidden(timeout=BACK_MS)
    expect(next_key).to_have_attribute("aria-disabled", "false")
    expect(room.screen.locator("#mark-offline")).to_be_hidden(timeout=BACK_MS)
    expect(remote.locator("#position")).to_have_text("1 / 2")
    expect(room.screen.get_by_role("heading", name=ASKED)).to_be_visible()
    next_key.tap()
    room.screen.get_by_role("heading", name=CHOSEN).wait_for()


def test_under_the_chatham_house_rule_it_counts_in_steps_and_asks_before_it_shows(
    prepared: Callable[..., Room], take: Callable[..., Page]
) -> None:
    room = prepared("chatham_house")
    remote = take(room)
    remote.get_by_role("button", name="Start").tap()
    say(room.phone(), "calm")
    expect(remote.locator("#count-waiting")).to_have_text("Shown after ten answers, or when you close")
    expect(remote.locator("#count")).to_be_hidden()
    expect(remote.locator("#phones")).to_be_hidden()
    room.next(CHOSEN)
    remote.get_by_role("button", name="Hide results").tap()
    remote.get_by_role("button", name="Show results", exact=True).tap()
    remote.get_by_role("dialog").get_by_role("button", name="Keep hidden").tap()
    expect(remote.locator("#now-hidden")).to_be_visible()
    remote.get_by_role("button", name="Show results on phones").tap()
    remote.get_by_role("dialog").get_by_role("button", name="Show", exact=True).tap()
    expect(remote.locator("#now-shared")).to_be_visible()


def test_by_keyboard_from_start_to_end(prepared: Callable[..., Room], take: Callable[..., Page]) -> None:
    room = prepared()
    remote = take(room)
    press(remote, "#do-next")
    expect(remote.locator("#notes-text")).to_contain_text("Maria")
    press(remote, "#do-countdown", " ")
    write(remote, "#minutes", "4")
    remote.keyboard.press("Enter")
    expect(remote.get_by_role("timer")).to_contain_text("3:5")
    press(remote, "#do-more")
    press(remote, "#do-end")
    expect(remote.get_by_role("dialog").get_by_role("button", name="Back")).to_be_focused()
    press(remote, "#end-yes")
    remote.get_by_role("heading", name="This meeting has ended.").wait_for()
    room.screen.get_by_role("heading", name="Thank you").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_is_accessible_and_fits_a_small_phone(
    prepared: Callable[..., Room], take: Callable[..., Page], scheme: str
) -> None:
    room = prepared()
    remote = take(room, **SMALL, color_scheme=scheme)
    found: list[str] = []

    def look(state: str) -> None:
        for direction in ("ltr", "rtl"):
            remote.evaluate(TURN, direction)
            found.extend(f"{state}: {problem}" for problem in serious_problems(remote))
            assert too_wide_with_large_text(remote) == [], (state, direction)

    look("draft")
    press(remote, "#do-next")
    expect(remote.locator("#notes-text")).to_contain_text("Maria")
    say(room.phone(), "calm")
    remote.locator("#results summary").click()
    expect(remote.locator("#texts")).to_contain_text("calm")
    look("open")
    for opener, name in {"more": "more", "countdown": "countdown"}.items():
        press(remote, f"#do-{opener}")
        look(name)
        remote.keyboard.press("Escape")
    for name in ("again", "end", "show"):
        remote.evaluate("name => document.getElementById(`${name}-dialog`).showModal()", name)
        look(name)
        remote.keyboard.press("Escape")
    remote.context.set_offline(True)
    remote.get_by_text("No connection", exact=True).wait_for()
    look("lost")
    remote.context.set_offline(False)
    expect(remote.get_by_text("No connection", exact=True)).to_be_hidden(timeout=BACK_MS)
    room.screen.locator("#do-end").click()
    room.screen.locator("#end-yes").click()
    remote.get_by_role("heading", name="This meeting has ended.").wait_for()
    look("ended")
    assert found == []
