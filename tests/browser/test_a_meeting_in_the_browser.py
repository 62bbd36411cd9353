"""A meeting as people see it: a facilitator, a screen and phones, each in a real Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Room, serious_problems

pytestmark = pytest.mark.browser

WORD = "What one word describes your day so far?"
WHERE = "Where are you joining from?"


def test_three_phones_answer_and_the_screen_and_the_files_show_it(room: Room, desk: Page) -> None:
    phones = [room.phone() for _ in range(3)]
    room.next(WORD)
    for phone, word in zip(phones, ("Hope", "hope", "patience"), strict=True):
        phone.fill("#answer-0", word)
        phone.locator("[data-send]").click()
        phone.get_by_text("Saved", exact=True).wait_for()
    expect(room.screen.locator("table").first).to_contain_text("patience")
    expect(room.screen.locator("table").first).to_contain_text("2")
    phones[0].reload()
    expect(phones[0].locator("body")).to_contain_text("Hope")
    room.next(WHERE)
    phones[1].get_by_text("Europe").click()
    phones[1].locator("[data-send]").click()
    phones[1].get_by_text("Saved", exact=True).wait_for()
    expect(room.screen.locator("body")).to_contain_text("100%")
    room.screen.reload()
    expect(room.screen.get_by_role("heading", name=WHERE).first).to_be_visible()
    room.screen.keyboard.press("c")
    phones[1].get_by_text("closed", exact=False).first.wait_for()
    desk.goto(f"/desk/meetings/{room.meeting}/results")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Excel").click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_a_phone_without_javascript_answers_and_changes_its_answer(room: Room) -> None:
    phone = room.phone(java_script_enabled=False)
    room.next(WORD)
    phone.goto(f"/m/{room.code}")
    phone.fill("#answer-0", "plain")
    phone.get_by_role("button", name="Send").click()
    assert phone.locator("#answer-0").input_value() == "plain"
    expect(phone.locator("body")).to_contain_text("Saved")
    phone.fill("#answer-0", "x" * 61)
    phone.locator("[data-send]").click()
    expect(phone.locator("body")).to_contain_text("up to 60 fit")
    assert phone.locator("#answer-0").input_value() == "x" * 61
    phone.fill("#answer-0", "simple")
    phone.locator("[data-send]").click()
    assert phone.locator("#answer-0").input_value() == "simple"
    expect(room.screen.locator("table").first).to_contain_text("simple")


def test_an_answer_given_offline_is_kept_and_sent_once_when_the_network_is_back(room: Room) -> None:
    phone = room.phone()
    room.next(WORD)
    phone.locator("#answer-0").wait_for()
    phone.context.set_offline(True)
    phone.fill("#answer-0", "tunnel")
    phone.locator("[data-send]").click()
    phone.get_by_text("Not saved yet").first.wait_for()
    phone.context.set_offline(False)
    phone.get_by_text("Saved", exact=True).wait_for(timeout=40_000)
    row = room.screen.locator("table").first.locator("tr", has_text="tunnel")
    expect(row).to_contain_text("1")


def test_a_new_slide_does_not_take_away_what_someone_is_typing(room: Room) -> None:
    phone = room.phone()
    room.next(WORD)
    phone.fill("#answer-0", "half a tho")
    room.next(WHERE)
    phone.get_by_text("Europe").wait_for()
    room.screen.keyboard.press("ArrowLeft")
    room.screen.get_by_role("heading", name=WORD).first.wait_for()
    room.screen.keyboard.press("c")
    expect(phone.locator("#answer-0")).to_have_value("half a tho")


def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways_on_a_small_phone(
    room: Room, desk: Page, open_browser: Callable[..., BrowserContext]
) -> None:
    stranger = open_browser(viewport={"width": 320, "height": 568}).new_page()
    found: list[str] = []
    for path in ("/", "/join?code=00000000", f"/m/{room.code}", "/what-we-store", "/desk/sign-in", "/nowhere"):
        stranger.goto(path)
        assert stranger.evaluate("document.documentElement.scrollWidth") <= 320, path
        found += serious_problems(stranger)
    phone = room.phone()
    room.next(WORD)
    phone.locator("#answer-0").wait_for()
    found += serious_problems(phone) + serious_problems(room.screen)
    phone.fill("#answer-0", "calm")
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved", exact=True).wait_for()
    found += serious_problems(phone)
    room.next(WHERE)
    phone.get_by_text("Europe").wait_for()
    found += serious_problems(phone) + serious_problems(room.screen)
    at = f"/desk/meetings/{room.meeting}"
    for path in ("/desk/", "/desk/meetings/new", at, f"{at}/settings", f"{at}/results", f"{at}/end", "/desk/account"):
        desk.goto(path)
        found += serious_problems(desk)
    assert found == []
