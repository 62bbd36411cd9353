"""What a phone shows in every state, also after a reload; and what two tabs of one phone make of each other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ASKED, CHOSEN, Room, say
from tests.real_server import RealServer

pytestmark = pytest.mark.browser


def still_there_after_a_reload(phone: Page, text: str) -> None:
    shown = phone.get_by_text(text).filter(visible=True).first
    for _ in range(2):
        shown.wait_for()
        phone.reload()
    shown.wait_for()


def test_every_state_survives_a_reload(workshop: Callable[..., Room], desk: Page, server: RealServer) -> None:
    room = workshop()
    phone = room.phone()
    came_as_reply = "performance.getEntriesByType('navigation')[0].name.endsWith('/enter')"
    assert (phone.url, phone.evaluate(came_as_reply)) == (f"{server.url}/m/{room.code}", True)
    still_there_after_a_reload(phone, "You are in")
    room.next(ASKED)
    phone.fill("#answer-0", "half a tho")
    phone.reload()
    expect(phone.locator("#answer-0")).to_have_value("half a tho")
    say(phone, "a thought")
    still_there_after_a_reload(phone, "You can change your answer while this is open.")
    expect(phone.locator("body")).to_contain_text("a thought")
    room.screen.keyboard.press("c")
    still_there_after_a_reload(phone, "This is closed now. Your answer counts.")
    room.next(CHOSEN)
    phone.get_by_text("On our way").click()
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved", exact=True).wait_for()
    room.screen.locator("#do-share").click()
    still_there_after_a_reload(phone, "People who answered: 1")
    desk.goto(f"/desk/meetings/{room.meeting}/end")
    desk.get_by_role("button", name="End").click()
    still_there_after_a_reload(phone, "The meeting has ended")
    assert phone.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('pollapp:')).length") == 0


def test_the_second_of_two_tabs_is_shown_the_answer_that_counts(workshop: Callable[..., Room]) -> None:
    room = workshop()
    one = room.phone()
    other = one.context.new_page()
    other.goto(f"/m/{room.code}")
    other.get_by_role("heading", name="You are in").wait_for()
    # What one tab keeps does not reach the other here: they meet at the server only.
    other.evaluate("window.addEventListener('storage', (event) => event.stopImmediatePropagation(), true)")
    room.next(ASKED)
    for tab in (one, other):
        tab.locator("#answer-0").wait_for()
    say(one, "from the first tab")
    other.fill("#answer-0", "from the second tab")
    other.locator("[data-send]").click()
    other.get_by_text("Changed in another tab", exact=True).wait_for()
    expect(other.locator(".receipt")).to_contain_text("from the first tab")
    other.get_by_role("button", name="Change my answer").click()
    expect(other.locator("#answer-0")).to_have_value("from the second tab")
    other.locator("[data-send]").click()
    other.get_by_text("Saved", exact=True).wait_for()
    card = room.screen.locator(".cards__card")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("from the second tab")


def test_the_first_field_left_empty_counts_its_person_also_without_javascript(forms, desk: Page, open_browser) -> None:
    meeting = forms.make_meeting("Peer learning", "standard")
    forms.add_slide(meeting, "word_cloud", "Your own key words?", entries="3")
    room = Room(desk, open_browser, meeting)
    phone = room.phone(java_script_enabled=False)
    room.next("Your own key words?")
    phone.goto(f"/m/{room.code}")
    phone.fill("#answer-1", "trust")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator("#answer-0")).to_have_value("trust")
    expect(phone.locator("#answer-1")).to_have_value("")
    expect(room.screen.locator("#count-number")).to_have_text("1")
