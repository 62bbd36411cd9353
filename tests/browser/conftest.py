"""A real Chromium in front of a real server; what its console says and whom it asks is written down."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.needs import CHROMIUM_ARGUMENTS, browser_path
from tests.people import Desk as Forms
from tests.ready_server import Loaded, ReadyServer, load
from tests.real_server import ROOT, RealServer

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FADED = """() => Promise.allSettled(document.getAnimations()
  .filter((one) => one.effect.getTiming().iterations !== Infinity).map((one) => one.finished))"""
"""Waits until nothing fades in any more: half faded text has no contrast."""

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
LAPTOP = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser."""
    with sync_playwright() as playwright:
        path = browser_path(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def loaded() -> Iterator[Loaded]:
    """The program, loaded once."""
    with load() as loaded:
        yield loaded


@pytest.fixture
def server_settings() -> dict[str, str]:
    """What a test wants set on its server."""
    return {}


class Furnished(NamedTuple):
    """A data folder with the demo and its first account, the cookies of who made that, and the welcome meeting's id."""

    folder: Path
    cookies: dict[str, str]
    welcome: str


@pytest.fixture(scope="session")
def furnished(loaded: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """What most tests begin with, made once."""
    server = ReadyServer(loaded, tmp_path_factory.mktemp("furnished") / "data", POLLAPP_DEMO="1")
    server.start()
    forms = Forms(server.url)
    forms.start_with(server.first_link())
    card = next(card for card in forms.get("/desk/").text.split('class="card') if "Welcome" in card)
    welcome = re.search(r"/present/(\w+)", card)
    assert welcome
    assert server.stop() == 0
    return Furnished(server.folder, forms.browser.cookies.get_dict(), welcome[1])


@pytest.fixture
def is_new() -> bool:
    """Whether nobody has an account on the server yet; a test that wants that says `@pytest.mark.parametrize`."""
    return False


@pytest.fixture
def server(
    loaded: Loaded, furnished: Furnished, tmp_path: Path, server_settings: dict[str, str], *, is_new: bool
) -> Iterator[RealServer]:
    """A running server with the demo loaded."""
    server = ReadyServer(loaded, tmp_path / "data", POLLAPP_DEMO="1", **server_settings)
    if not is_new:
        shutil.copytree(furnished.folder, server.folder)
    server.start()
    yield server
    server.kill()


class Complaints(list[str]):
    """What a console complained of, and requests that left the server."""


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Nothing, at the end of each test."""
    found = Complaints()
    yield found
    assert found == []


@pytest.fixture
def open_browser(
    chromium: Browser, server: RealServer, complaints: Complaints
) -> Iterator[Callable[..., BrowserContext]]:
    """Call to get a browser of its own: `open_browser(**PHONE)`."""
    contexts: list[BrowserContext] = []

    def note_request(url: str) -> None:
        if not url.startswith((server.url, "data:", "blob:")):
            complaints.append(f"request to {url}")

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)

    def open_it(**how: Any) -> BrowserContext:
        context = chromium.new_context(base_url=server.url, bypass_csp=False, **how)
        context.set_default_timeout(10_000)
        context.on("request", lambda request: note_request(request.url))
        context.on("page", watch)
        contexts.append(context)
        return context

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def desk(open_browser: Callable[..., BrowserContext], server: RealServer, furnished: Furnished) -> Page:
    """The facilitator's browser, signed in; it shows nothing yet."""
    context = open_browser(**LAPTOP)
    context.add_cookies(
        [{"name": name, "value": value, "url": server.url} for name, value in furnished.cookies.items()]
    )
    return context.new_page()


class Room:
    """A meeting as it runs: its screen, and phones that join it."""

    def __init__(self, desk: Page, open_browser: Callable[..., BrowserContext], meeting: str) -> None:
        self._open_browser = open_browser
        self.meeting = meeting
        self.path = f"/present/{meeting}"
        self.screen = desk.context.new_page()
        self.screen.set_viewport_size({"width": 1920, "height": 1080})
        self.screen.goto(self.path)
        self.code = re.sub(r"\D", "", str(self.screen.locator("body").get_attribute("data-code")))
        self.screen.get_by_text("Join with your phone").wait_for()

    def phone(self, **how: Any) -> Page:
        """Join with a phone, as by the code one scans."""
        page = self._open_browser(**(PHONE | how)).new_page()
        page.goto(f"/m/{self.code}")
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("heading", name="You are in").or_(page.locator("form[data-answer]")).first.wait_for()
        return page

    def next(self, prompt: str) -> None:
        """Press the key for the next slide and wait for it."""
        self.screen.bring_to_front()
        self.screen.keyboard.press("ArrowRight")
        self.screen.get_by_role("heading", name=prompt).first.wait_for()


@pytest.fixture
def room(desk: Page, open_browser: Callable[..., BrowserContext], furnished: Furnished) -> Room:
    """The demo's welcome meeting, with its screen open."""
    return Room(desk, open_browser, furnished.welcome)


@pytest.fixture
def forms(server: RealServer, furnished: Furnished) -> Forms:
    """The desk of the same facilitator, filled in without a browser: to prepare meetings quickly."""
    forms = Forms(server.url)
    forms.browser.cookies.update(furnished.cookies)
    return forms


OPEN_TEXT = {"entries": "1", "limit": "1000", "display": "cards"}
CHOICE = {
    "least": "1",
    "most": "1",
    "unit": "percent",
    "options-0-label": "Just starting",
    "options-1-label": "On our way",
}
ASKED = "Why did you join today?"
CHOSEN = "How far along are you?"


@pytest.fixture
def workshop(desk: Page, forms: Forms, open_browser: Callable[..., BrowserContext]) -> Callable[..., Room]:
    """Call with a preset for a meeting with an open text and a choice, its screen open: `workshop("standard")`."""

    def open_room(preset: str = "standard") -> Room:
        meeting = forms.make_meeting("Peer learning", preset)
        forms.add_slide(meeting, "open_text", ASKED, **OPEN_TEXT)
        forms.add_slide(meeting, "choice", CHOSEN, **CHOICE)
        return Room(desk, open_browser, meeting)

    return open_room


def say(phone: Page, text: str) -> None:
    """Write an answer on a phone and wait until it is saved."""
    phone.fill("#answer-0", text)
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved", exact=True).wait_for()


def serious_problems(page: Page) -> list[str]:
    """Return what axe finds serious or critical on a page (WCAG 2.2 A and AA)."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate(FADED)
    found = page.evaluate(
        "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})).violations"
    )
    return [
        f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
