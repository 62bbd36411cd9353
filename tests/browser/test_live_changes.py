"""What changes while people look on: a countdown, the looks of the meeting, and results that are shown with care."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ASKED, CHOSEN, Room, say
from tests.people import Desk as Forms
from tests.people import Phone
from tests.real_server import RealServer

pytestmark = pytest.mark.browser


def test_a_countdown_is_seen_on_screen_and_phone_and_closes_on_both(workshop: Callable[..., Room]) -> None:
    room = workshop()
    phone = room.phone()
    room.next(ASKED)
    say(phone, "in time")
    timer = phone.get_by_role("timer")
    expect(timer).to_be_hidden()
    room.screen.keyboard.press("t")
    room.screen.keyboard.type("2")
    room.screen.keyboard.press("Enter")
    expect(timer).to_contain_text("1:5")
    phone.reload()
    expect(timer).to_contain_text("1:5")
    room.screen.keyboard.press("t")
    room.screen.get_by_role("button", name="Stop the countdown").click()
    expect(timer).to_be_hidden()
    expect(room.screen.locator("#countdown")).to_be_hidden()
    room.screen.keyboard.press("t")
    room.screen.keyboard.type("0.1")
    room.screen.keyboard.press("Enter")
    expect(timer).to_contain_text("0:0")
    expect(room.screen.locator("#countdown")).to_contain_text("0:0")
    phone.get_by_text("This is closed now. Your answer counts.").wait_for(timeout=20_000)
    expect(timer).to_be_hidden()
    expect(room.screen.locator("#mark-closed")).to_be_visible()
    expect(room.screen.locator("#countdown")).to_be_hidden()


def look_of(page: Page) -> list[str]:
    return page.evaluate("[document.documentElement.dataset.theme, document.documentElement.dataset.accent]")


def test_new_settings_reach_open_screens_and_phones(workshop: Callable[..., Room], forms: Forms) -> None:
    room = workshop()
    phone = room.phone()
    room.screen.evaluate("window.isSamePage = true")
    settings = f"/desk/meetings/{room.meeting}/settings"
    new = {"title": "Renamed", "language": "en", "theme": "dark", "accent": "pink", "preset": "standard"}
    forms.post(settings, **new)
    expect(room.screen.locator(".join__meeting")).to_have_text("Renamed")
    assert look_of(room.screen) == ["dark", "pink"]
    expect(phone.locator(".phone__meeting")).to_have_text("Renamed")
    assert look_of(phone)[1] == "pink"
    assert phone.title() == "Renamed"
    room.next(ASKED)
    phone.fill("#answer-0", "half a tho")
    forms.post(settings, **{**new, "theme": "light", "title": "Renamed again"})
    expect(phone.locator(".phone__meeting")).to_have_text("Renamed again")
    expect(phone.locator("#answer-0")).to_have_value("half a tho")
    expect(room.screen).to_have_title("Renamed again · pollapp")
    assert look_of(room.screen) == ["light", "pink"]
    assert room.screen.evaluate("window.isSamePage")


@pytest.mark.parametrize("server_settings", [{"POLLAPP_LANGUAGES": "en,ar"}, {"POLLAPP_LANGUAGES": "en"}])
class TestInAnotherLanguage:
    def test_a_language_written_from_right_to_left_turns_the_screen_around_and_keeps_the_stage(
        self, workshop: Callable[..., Room], forms: Forms, server_settings: dict[str, str]
    ) -> None:
        room = workshop()
        room.next(ASKED)
        new = {"title": "Renamed", "language": "ar", "theme": "auto", "accent": "teal", "preset": "standard"}
        forms.post(f"/desk/meetings/{room.meeting}/settings", **new)
        expect(room.screen.locator("html")).to_have_attribute("dir", "rtl")
        expect(room.screen.locator("html")).to_have_attribute("lang", server_settings["POLLAPP_LANGUAGES"][-2:])
        expect(room.screen.get_by_role("heading", name=ASKED)).to_be_visible()
        assert room.screen.evaluate("document.querySelector('.foot__code').dir") == "ltr"


def test_hidden_results_are_shown_only_after_a_question_that_tells_nothing(
    workshop: Callable[..., Room], server: RealServer
) -> None:
    room = workshop("chatham_house")
    phones = [Phone(server.url, room.code) for _ in range(5)]
    room.next(ASKED)
    room.screen.keyboard.press("h")
    expect(room.screen.locator("#message-text")).to_have_text("Results are hidden")
    room.screen.keyboard.press("h")
    expect(room.screen.locator("#message-text")).not_to_have_text("Results are hidden")
    expect(room.screen.locator("#show-dialog")).to_be_hidden()
    room.next(CHOSEN)
    for number, phone in enumerate(phones):
        stage = phone.line.wait_for(lambda latest: "Just starting" in latest["stage"]["html"])["stage"]
        options = re.findall(r'name="answer.0" value="(\w+)"', stage["html"])
        assert phone.answer(stage["round"], [options[number % 2]])["ok"]
        phone.line.hang_up()
    room.screen.keyboard.press("c")
    expect(room.screen.locator("#figures")).to_contain_text("60%")
    dialog = room.screen.locator("#show-dialog")
    room.screen.keyboard.press("h")
    expect(room.screen.locator("#mark-veil")).to_be_visible()
    room.screen.keyboard.press("h")
    expect(dialog).to_contain_text("If everybody gave the same answer, showing it tells what each person answered.")
    assert room.screen.evaluate("document.activeElement.textContent.trim()") == "Keep hidden"
    room.screen.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(room.screen.locator("#mark-veil")).to_be_visible()
    room.screen.locator("#do-share").click()
    expect(dialog).to_be_visible()
    room.screen.keyboard.press("Escape")
    expect(room.screen.locator("#mark-shared")).to_be_hidden()
    room.screen.keyboard.press("h")
    with room.screen.context.expect_page() as opened:
        dialog.get_by_role("link", name="Look at it on your desk").click()
    opened.value.get_by_role("heading", name="Results", exact=True).wait_for()
    room.screen.bring_to_front()
    dialog.get_by_role("button", name="Show", exact=True).click()
    expect(room.screen.locator("#mark-veil")).to_be_hidden()


def test_the_desk_warns_of_a_unanimous_result(workshop: Callable[..., Room], desk: Page) -> None:
    room = workshop()
    phones = [room.phone() for _ in range(2)]
    room.next(ASKED)
    room.next(CHOSEN)
    for phone in phones:
        phone.get_by_text("On our way").click()
        phone.locator("[data-send]").click()
        phone.get_by_text("Saved", exact=True).wait_for()
    desk.goto(f"/desk/meetings/{room.meeting}/results")
    expect(desk.get_by_text("Everybody gave the same answer.")).to_be_visible()


def test_rounds_are_compared_on_screen_and_desk(workshop: Callable[..., Room], desk: Page) -> None:
    room = workshop()
    phone = room.phone()
    room.next(ASKED)
    room.next(CHOSEN)
    expect(room.screen.locator("#do-compare")).to_be_hidden()
    phone.get_by_text("On our way").click()
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved", exact=True).wait_for()
    room.screen.locator("#do-again").click()
    room.screen.locator("#again-yes").click()
    phone.get_by_text("Just starting").click()
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved", exact=True).wait_for()
    room.screen.keyboard.press("r")
    panels = room.screen.locator(".compared__round")
    expect(panels).to_have_count(2)
    expect(panels.nth(0)).to_contain_text("Round 1")
    for panel, label in ((0, "On our way"), (1, "Just starting")):
        row = panels.nth(panel).locator(".choice__option", has_text=label)
        expect(row.locator(".choice__value")).to_have_text("100%")
    cells = room.screen.locator("#figures tr", has_text="On our way").locator("td")
    expect(cells).to_have_text(["1", "0", "100%", "0%"])
    room.screen.reload()
    expect(panels).to_have_count(2)
    room.screen.keyboard.press("r")
    expect(panels).to_have_count(0)
    desk.goto(f"/desk/meetings/{room.meeting}/results")
    expect(desk.get_by_text("Rounds side by side", exact=True)).to_be_visible()
