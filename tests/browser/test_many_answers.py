"""While answers pour in, the screen does bounded work: it draws the newest, keeps its elements, and remembers nothing.

How fast it is depends on the machine and is measured by bench/screen.py.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import CHOICE, OPEN_TEXT, Room
from tests.people import Desk as Forms
from tests.real_server import ROOT

FEEDER = ROOT / "bench" / "screen_feeder.js"
PROMPT = "Why did you join today?"
KINDS: dict[str, tuple[str, dict[str, str]]] = {
    "bars": ("choice", CHOICE | {f"options-{number}-label": f"Option {number + 1}" for number in range(5)}),
    "cloud": ("word_cloud", {"entries": "3"}),
    "cards": ("open_text", OPEN_TEXT),
    "band": ("open_text", OPEN_TEXT | {"display": "ticker"}),
}
MESSAGES = 600
MOST_GROWTH = 2_000_000
"""Bytes: less than 600 messages of any kind would leave, were they kept."""


@pytest.fixture
def flood(desk: Page, forms: Forms, open_browser: Callable[..., Any]) -> Callable[[str], Page]:
    """Call with the name of a picture to get a screen into which messages can be fed."""

    def open_screen(name: str) -> Page:
        meeting = forms.make_meeting("Flood", "standard")
        kind, settings = KINDS[name]
        forms.add_slide(meeting, kind, PROMPT, **settings)
        desk.context.add_init_script(path=Path(FEEDER))
        room = Room(desk, open_browser, meeting)
        room.next(PROMPT)
        return room.screen

    return open_screen


def heap(page: Page) -> int:
    """Return what JavaScript holds when no garbage is left."""
    line = page.context.new_cdp_session(page)
    for _ in range(3):
        line.send("HeapProfiler.collectGarbage")
    used = int(line.send("Runtime.getHeapUsage")["usedSize"])
    line.detach()
    return used


@pytest.mark.parametrize("name", KINDS)
def test_what_was_shown_before_is_not_kept(flood: Callable[[str], Page], name: str) -> None:
    screen = flood(name)
    rush = "([name, count]) => feeder.rush(name, count)"
    screen.evaluate(rush, [name, MESSAGES // 2])
    before, nodes = heap(screen), screen.locator("*").count()
    screen.evaluate(rush, [name, MESSAGES])
    assert heap(screen) - before < MOST_GROWTH
    assert screen.locator("*").count() < nodes * 1.5 + 500


def test_bars_and_the_hidden_table_keep_their_elements(flood: Callable[[str], Page]) -> None:
    screen = flood("bars")
    screen.evaluate("() => feeder.rush('bars', 1)")
    expect(screen.locator("#figures thead")).to_contain_text("How many")
    screen.evaluate(
        """() => {
          window.rebuilt = 0;
          new MutationObserver((changes) => {
            window.rebuilt += changes.flatMap((one) => [...one.addedNodes]).filter((node) => node.nodeType === 1).length;
          }).observe(document.querySelector("#result"), {childList: true, subtree: true});
        }"""
    )
    screen.evaluate("() => feeder.rush('bars', 200)")
    expect(screen.locator("#count-number")).to_have_text("10,050")
    assert screen.evaluate("window.rebuilt") == 0
