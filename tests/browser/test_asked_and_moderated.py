"""A question from a phone through the queue and the remote to the screen: nothing rude or unapproved on the way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import PHONE, Room, serious_problems
from tests.browser.test_questions import ask, look
from tests.people import Desk as Forms

pytestmark = pytest.mark.browser


def test_a_rude_question_is_approved_by_key_and_shown_masked_from_the_remote(
    forms: Forms, workshop: Callable[..., Room], desk: Page, open_browser: Callable[..., BrowserContext]
) -> None:
    room = workshop()
    questions = f"/desk/meetings/{room.meeting}/questions"
    forms.post(questions, page=questions, act="open")
    page = f"/desk/meetings/{room.meeting}/moderate"
    forms.post(f"{page}/rules", page=page, mode="first", offensive="mask", own_words="")
    remote = open_browser(**PHONE, storage_state=desk.context.storage_state()).new_page()
    remote.goto(f"{room.path}/remote")
    remote.locator("#keys").wait_for()
    remote.locator("#asked summary").click()
    expect(remote.get_by_text("No questions are left")).to_be_visible()
    asker, reader = room.phone(), room.phone()
    look(asker)
    look(reader)
    ask(asker, "Why so shitty?")
    asker.locator(".question__fate").get_by_text("The facilitator looks at it first").wait_for()
    expect(remote.locator("#asked-waiting")).to_have_text("Questions to approve: 1")
    desk.bring_to_front()
    desk.goto(page)
    entry = desk.locator("[data-entry]")
    expect(entry.locator(".queue__text").first).to_have_text("Why so ******?")
    expect(entry.get_by_text("Question on the board")).to_be_visible()
    assert serious_problems(desk) == []
    desk.keyboard.press("j")
    desk.keyboard.press("m")
    expect(entry.get_by_text("Why so shitty?")).to_be_visible()
    assert reader.locator(".question").count() == 0
    desk.keyboard.press("a")
    expect(entry).to_have_count(0)
    expect(reader.locator(".question")).to_contain_text("Why so ******?")
    remote.bring_to_front()
    row = remote.locator(".asked__one", has_text="Why so ******?")
    expect(remote.locator("#asked-waiting")).to_be_hidden()
    row.get_by_role("button", name="On the screen").click()
    expect(room.screen.locator("#questions-text")).to_have_text("Why so ******?")
    expect(row.get_by_role("button", name="Off the screen")).to_be_visible()
    assert serious_problems(remote) == []
    row.get_by_role("button", name="Answered").click()
    expect(row).to_have_count(0)
    expect(room.screen.locator("#questions-text")).to_be_hidden()
    expect(reader.locator(".question").get_by_text("Answered")).to_be_visible()
