"""Moderation in a browser: nothing that is not approved is ever on a screen or phone; the queue by keyboard, and without."""

import asyncio
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ASKED, CHOSEN, PHONE, Room, say, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.browser.test_hostile_answers import HOSTILE
from tests.people import Desk as Forms
from tests.people import Phone
from tests.phones import let_in, line
from tests.real_server import RealServer

pytestmark = pytest.mark.browser

CROWD = 60
WATCH = """() => {
  window.everSeen = new Set();
  const note = (text) => { for (const [mark] of (text ?? "").matchAll(/secret\\d+x/g)) window.everSeen.add(mark); };
  note(document.documentElement.outerHTML);
  new MutationObserver((records) => {
    for (const record of records) {
      note(record.oldValue);
      note(record.target.nodeType === 1 ? record.target.outerHTML : record.target.data);
      for (const node of [...record.addedNodes, ...record.removedNodes]) note(node.outerHTML ?? node.data);
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true, characterDataOldValue: true, attributes: true,
    attributeOldValue: true,
  });
}"""


@pytest.fixture
def moderated(forms: Forms, workshop: Callable[..., Room], desk: Page) -> Callable[..., Room]:
    """Call with rules for a meeting that is moderated by them: `moderated(mode="first")`."""

    def open_room(**rules: str) -> Room:
        room = workshop(rules.pop("preset", "standard"))
        page = f"/desk/meetings/{room.meeting}/moderate"
        forms.post(f"{page}/rules", page=page, **{"mode": "off", "offensive": "off", "own_words": "", **rules})
        return room

    return open_room


def open_queue(desk: Page, room: Room) -> Page:
    desk.bring_to_front()
    desk.goto(f"/desk/meetings/{room.meeting}/moderate")
    expect(desk.locator("[data-help]")).to_be_visible()
    return desk


def turn_to(queue: Page, name: str) -> None:
    """Go to another list, and wait until its keys work."""
    link = queue.get_by_role("link", name=name)
    link.click()
    expect(link).to_have_attribute("aria-current", "true")
    expect(queue.locator("[data-help]")).to_be_visible()


@contextmanager
def crowd_that_answers(url: str, code: str, round_id: int) -> Iterator[None]:
    """Have a crowd answer in the background, each with a mark of its own."""

    async def pour() -> None:
        async with line() as http:
            phones = await let_in(http, url, code, CROWD)
            for number, phone in enumerate(phones):
                assert (await phone.answer(round_id, f"secret{number}x"))["ok"]
                await asyncio.sleep(0.03)
            for phone in phones:
                await phone.hang_up()

    thread = threading.Thread(target=lambda: asyncio.run(pour()))
    thread.start()
    yield
    thread.join()


@pytest.mark.parametrize("kind", ["open_text", "word_cloud"])
def test_nothing_unapproved_is_ever_on_a_screen_or_a_phone(
    forms: Forms, moderated: Callable[..., Room], server: RealServer, desk: Page, kind: str
) -> None:
    room = moderated(mode="first")
    if kind == "word_cloud":
        forms.add_slide(room.meeting, kind, "In a word?", entries="1")
        for prompt in (ASKED, CHOSEN, "In a word?"):
            room.next(prompt)
    else:
        room.next(ASKED)
    watcher = room.phone()
    room.screen.bring_to_front()
    room.screen.locator("#do-share").click()
    watcher.locator("[data-shared-results]").wait_for()
    for page in (room.screen, watcher):
        page.evaluate(WATCH)
    round_id = int(str(watcher.locator("[data-round]").get_attribute("data-round")))
    queue = open_queue(desk, room)
    approved: set[str] = set()
    with crowd_that_answers(server.url, room.code, round_id):
        for _ in range(5):
            entry = queue.locator("[data-entry]").first
            text = entry.locator(".queue__text").inner_text(timeout=20_000)
            entry.focus()
            queue.keyboard.press("a")
            expect(queue.locator("[data-entries]").get_by_text(text, exact=True)).to_have_count(0)
            approved.add(text)
    expect(room.screen.locator("#count-number")).to_have_text(str(CROWD))
    shown = room.screen.locator("#figures")
    for text in approved:
        expect(shown).to_contain_text(text)
        expect(watcher.locator("[data-shared-results]")).to_contain_text(text)
    for page in (room.screen, watcher):
        page.wait_for_function("(count) => window.everSeen.size >= count", arg=len(approved))
        assert set(page.evaluate("[...window.everSeen]")) == approved
    expect(room.screen.locator("#to-approve")).to_have_text(f"To approve: {CROWD - len(approved)}")
    expect(queue.locator('[data-count="todo"]')).to_have_text(str(CROWD - len(approved)))


def test_the_queue_by_keyboard_alone(moderated: Callable[..., Room], desk: Page) -> None:
    room = moderated(mode="first", offensive="mask")
    first, second = room.phone(), room.phone()
    room.next(ASKED)
    expect(room.screen.locator("#message-text")).to_have_text("Waiting for the first answers")
    say(first, "What a shitty day")
    expect(room.screen.locator("#message-text")).to_have_text("Answers are shown once they are approved")
    queue = open_queue(desk, room)
    entry = queue.locator("[data-entry]")
    expect(entry.locator(".queue__text").first).to_have_text("What a ****** day")
    assert serious_problems(queue) == []
    queue.keyboard.press("j")
    expect(entry.first).to_be_focused()
    expect(entry.get_by_text("What a shitty day")).to_be_hidden()
    queue.keyboard.press("m")
    expect(entry.get_by_text("What a shitty day")).to_be_visible()

    say(second, "A kind word")
    expect(entry).to_have_count(2)
    expect(entry.first).to_be_focused()
    expect(entry.first).to_contain_text("What a ****** day")
    expect(entry.get_by_text("What a shitty day")).to_be_visible()
    queue.keyboard.press("a")
    status = queue.locator("[data-status]")
    expect(status).to_have_text("Approved.")
    expect(entry).to_have_count(1)
    expect(entry).to_be_focused()
    expect(room.screen.locator(".cards__card")).to_contain_text("What a ****** day")

    queue.keyboard.press("h")
    expect(status).to_have_text("Hidden. It can be brought back.")
    expect(entry).to_have_count(0)
    queue.keyboard.press("u")
    expect(status).to_have_text("Taken back.")
    expect(entry).to_have_count(1)
    queue.keyboard.press("h")
    expect(entry).to_have_count(0)
    queue.keyboard.press("u")
    expect(entry).to_have_count(1)
    queue.keyboard.press("u")
    expect(entry).to_have_count(2)
    expect(room.screen.locator(".cards__card")).to_have_count(0)
    queue.locator("[data-all] button").click()
    expect(entry).to_have_count(0)
    expect(room.screen.locator(".cards__card")).to_have_count(2)


def test_what_is_hidden_is_brought_back_and_what_is_masked_is_shown_as_written(
    moderated: Callable[..., Room], desk: Page
) -> None:
    room = moderated(mode="after", offensive="mask")
    first, second = room.phone(), room.phone()
    room.next(ASKED)
    say(first, "What a shitty day")
    say(second, "A kind word")
    queue = open_queue(desk, room)
    entry, status = queue.locator("[data-entry]"), queue.locator("[data-status]")
    expect(entry).to_have_count(2)
    queue.keyboard.press("a")
    expect(entry).to_have_count(1)
    queue.keyboard.press("a")
    expect(entry).to_have_count(0)
    turn_to(queue, "Shown")
    rude = entry.filter(has_text="******")
    rude.focus()
    queue.keyboard.press("w")
    expect(room.screen.locator("#chart")).to_contain_text("What a shitty day")
    rude = entry.filter(has_text="shitty")
    rude.focus()
    queue.keyboard.press("h")
    expect(entry).to_have_count(1)
    expect(room.screen.locator("#chart")).not_to_contain_text("shitty")
    turn_to(queue, "Hidden")
    queue.keyboard.press("r")
    expect(status).to_have_text("Shown again.")
    expect(room.screen.locator("#chart")).to_contain_text("What a ****** day")
    say(room.phone(), "Another")
    queue.keyboard.press("?")
    expect(queue.get_by_role("dialog")).to_be_visible()
    assert serious_problems(queue) == []
    queue.get_by_label("Single letters are shortcuts").press("Space")
    queue.keyboard.press("Escape")
    turn_to(queue, "To look at")
    expect(entry).to_have_count(1)
    queue.keyboard.press("a")
    expect(entry).to_have_count(1)


def test_the_queue_works_without_javascript(moderated: Callable[..., Room], desk: Page) -> None:
    room = moderated(mode="first")
    phone = room.phone()
    room.next(ASKED)
    say(phone, "A kind word")
    plain = room._open_browser(java_script_enabled=False)
    plain.add_cookies(desk.context.cookies())
    page = plain.new_page()
    page.goto(f"/desk/meetings/{room.meeting}/moderate")
    page.get_by_role("button", name="Approve", exact=True).click()
    expect(page.locator("body")).to_contain_text("Approved.")
    expect(room.screen.locator(".cards__card")).to_contain_text("A kind word")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(room.screen.locator(".cards__card")).to_have_count(0)
    expect(page.locator("[data-entry]")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_with_hostile_entries(
    moderated: Callable[..., Room], server: RealServer, desk: Page, scheme: str
) -> None:
    room = moderated(mode="first", offensive="mask")
    room.next(ASKED)
    for text in HOSTILE:
        other = Phone(server.url, room.code)
        assert other.answer(other.round_on_stage(), text)["ok"]
        other.line.hang_up()
    hand = room._open_browser(**PHONE, color_scheme=scheme)
    hand.add_cookies(desk.context.cookies())
    page = hand.new_page()
    page.goto(f"/desk/meetings/{room.meeting}/moderate")
    expect(page.locator("[data-entry]")).to_have_count(len(HOSTILE))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.hacked") is None
    assert serious_problems(page) == []
    page.locator("[data-entry]", has_text=re.compile("onerror")).get_by_role("button", name="Approve").tap()
    expect(room.screen.locator(".cards__card")).to_contain_text("onerror")
    expect(page.locator("[data-entry]")).to_have_count(len(HOSTILE) - 1)
    page.set_viewport_size(SMALL["viewport"])
    assert too_wide_with_large_text(page) == []


def test_rules_are_set_at_the_desk(workshop: Callable[..., Room], desk: Page) -> None:
    room = workshop()
    phone = room.phone()
    room.next(ASKED)
    say(phone, "Ask Voldemort")
    room.screen.locator(".cards__card").wait_for()
    queue = open_queue(desk, room)
    queue.get_by_label("Mask them").check()
    queue.get_by_label("Your own list").fill("voldemort")
    queue.get_by_role("button", name="Save the rules").click()
    queue.get_by_text("The rules are saved.").wait_for()
    expect(room.screen.locator(".cards__card")).to_contain_text("Ask *********")
