"""Taking an answer off: covered at once, gone from screen and files, and its writer is told."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pollapp.live.hub import LONGEST_SPREAD_MS
from tests.browser.conftest import ASKED, Room, say

pytestmark = pytest.mark.browser


def test_a_removed_answer_is_covered_then_gone_and_only_its_writer_is_told(workshop: Callable[..., Room]) -> None:
    room = workshop()
    rude, kind = room.phone(), room.phone()
    room.next(ASKED)
    say(rude, "Something rude")
    say(kind, "Something kind")
    card = room.screen.locator(".cards__card", has_text="Something rude")
    card.hover()
    card.get_by_role("button", name="Remove").click()
    expect(card.locator(".cards__text")).to_be_hidden()
    room.screen.get_by_role("dialog").get_by_role("button", name="Keep it").click()
    expect(card.locator(".cards__text")).to_be_visible()

    card.focus()
    room.screen.keyboard.press("Delete")
    room.screen.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(card).to_have_count(0)
    expect(room.screen.locator("#figures")).not_to_contain_text("Something rude")
    rude.get_by_text("Your answer was removed", exact=True).wait_for()
    expect(rude.locator("body")).not_to_contain_text("Something rude")
    expect(kind.get_by_text("Saved", exact=True)).to_be_visible()
    rude.reload()
    rude.get_by_text("Your answer was removed", exact=True).wait_for()


def test_removal_at_the_desk_takes_it_off_the_screen_too(workshop: Callable[..., Room], desk: Page) -> None:
    room = workshop()
    phone = room.phone()
    room.next(ASKED)
    say(phone, "Something rude")
    room.screen.locator(".cards__card").wait_for()
    desk.goto(f"/desk/meetings/{room.meeting}/results")
    desk.get_by_role("link", name="Remove answers").click()
    desk.locator(".texts summary").click()
    desk.get_by_role("button", name="Remove the answer").click()
    desk.get_by_text("The answer is removed.").wait_for()
    expect(room.screen.locator(".cards__card")).to_have_count(0)
    phone.get_by_text("Your answer was removed", exact=True).wait_for()


def test_published_answers_are_removed_under_the_chatham_house_rule(workshop: Callable[..., Room]) -> None:
    room = workshop("chatham_house")
    phones = [room.phone() for _ in range(5)]
    room.next(ASKED)
    for number, phone in enumerate(phones):
        say(phone, f"Answer {number}")
    expect(room.screen.locator("#message-text")).to_contain_text("Shown after ten answers")
    room.screen.keyboard.press("c")
    card = room.screen.locator(".cards__card", has_text="Answer 3")
    card.focus()
    room.screen.keyboard.press("Delete")
    room.screen.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(card).to_have_count(0)
    expect(room.screen.locator(".cards__card")).to_have_count(4)
    phones[3].get_by_text("Your answer was removed", exact=True).wait_for(timeout=LONGEST_SPREAD_MS + 10_000)


def test_who_is_writing_anew_learns_that_the_answer_was_removed(workshop: Callable[..., Room]) -> None:
    room = workshop()
    phone = room.phone()
    room.next(ASKED)
    say(phone, "Something rude")
    phone.get_by_role("button", name="Change my answer").click()
    phone.fill("#answer-0", "Something ruder")
    card = room.screen.locator(".cards__card")
    card.focus()
    room.screen.keyboard.press("Delete")
    room.screen.get_by_role("dialog").get_by_role("button", name="Remove").click()
    phone.get_by_text("Your answer was removed", exact=True).wait_for()
    expect(phone.locator("#answer-0")).to_be_hidden()
