"""Pins in the browser: a picture is chosen in the editor, marked by touch, by keyboard and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser.conftest import Room, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.browser.test_ranking import SIZES
from tests.people import Desk as Forms
from tests.pictures.test_decoding import file_of

pytestmark = pytest.mark.browser

ASKED = "Where should the bench stand?"
PARK: FilePayload = {"name": "park.jpg", "mimeType": "image/jpeg", "buffer": file_of(1600, 900)}
BOARD = """() => {
  const box = document.querySelector("#chart").getBoundingClientRect();
  const frame = document.querySelector(".board__frame").getBoundingClientRect();
  return {
    ratio: Math.round(frame.width / frame.height * 100) / 100,
    outside: frame.bottom > box.bottom + 2 || frame.right > box.right + 2 || frame.left < box.left - 2,
    full: frame.height > box.height * 0.85 || frame.width > box.width * 0.95,
    loaded: document.querySelector(".board__image").naturalWidth > 0,
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
  };
}"""


@pytest.fixture
def mark(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Callable[..., Room]:
    """Call for a meeting whose first slide asks for pins on a picture chosen in the editor, on stage: `mark(pins="2")`."""

    def open_room(**settings: str) -> Room:
        meeting = forms.make_meeting("Town walk", "standard")
        forms.add_slide(
            meeting, "pin", ASKED, **({"pins": "1", "display": "heat", "alt": "A map of the park"} | settings)
        )
        desk.goto(f"/desk/meetings/{meeting}")
        desk.locator("[data-picture-file]").set_input_files(PARK)
        expect(desk.locator("[data-picture-image]")).to_be_visible()
        desk.get_by_text("Saved", exact=True).wait_for()
        room = Room(desk, open_browser, meeting)
        room.next(ASKED)
        return room

    return open_room


def test_a_picture_is_chosen_refused_taken_off_and_brought_back(forms: Forms, desk: Page) -> None:
    meeting = forms.make_meeting("Town walk", "standard")
    forms.add_slide(meeting, "pin", ASKED, pins="1", display="heat", alt="")
    desk.goto(f"/desk/meetings/{meeting}")
    chooser = desk.locator("[data-picture-file]")
    chooser.set_input_files({"name": "notes.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"})
    expect(desk.get_by_text("This file is not a picture that can be read.")).to_be_visible()
    chooser.set_input_files(PARK)
    image = desk.locator("[data-picture-image]")
    expect(image).to_be_visible()
    expect(desk.get_by_text("This file is not a picture that can be read.")).to_be_hidden()
    preview = desk.frame_locator("[data-preview]")
    expect(preview.locator(".board__image")).to_be_visible()
    assert serious_problems(desk) == []
    desk.get_by_role("button", name="Take it off").click()
    expect(image).to_be_hidden()
    expect(preview.get_by_text("No picture has been chosen yet.")).to_be_visible()
    desk.locator("[data-undo]").click()
    expect(desk.locator("[data-picture-image]")).to_be_visible()
    desk.reload()
    expect(desk.locator("[data-picture-image]")).to_be_visible()


def test_by_touch_and_by_keyboard(mark: Callable[..., Room]) -> None:
    room = mark(pins="2", left="40", top="40", right="60", bottom="60")
    phone = room.phone(**SMALL)
    phone.get_by_text("Or tap on the picture.").wait_for()
    picture = phone.get_by_role("img", name="A map of the park")
    size = picture.bounding_box()
    assert size
    phone.locator("[data-picture]").tap(position={"x": size["width"] * 0.5, "y": size["height"] * 0.5})
    first = phone.get_by_role("group", name="Pin 1")
    expect(first.get_by_label("from the left")).to_have_value("50")
    expect(phone.locator("[data-pin]").first).to_be_visible()
    assert serious_problems(phone) == []
    assert too_wide_with_large_text(phone) == []
    phone.locator("[data-send]").tap()
    expect(phone.locator(".receipt__answer")).to_have_text(["Pin 1, from the left: 50", "Pin 1, from the top: 50"])
    expect(room.screen.get_by_text("In the marked area: 100%")).to_be_visible()
    assert "50%" not in room.screen.locator(".board__said").inner_text()

    other = room.phone()
    other.get_by_role("group", name="Pin 1").get_by_label("from the left").focus()
    other.keyboard.type("10")
    other.keyboard.press("Enter")
    expect(other.locator("#problem-0")).to_contain_text("A pin has one number only.")
    other.get_by_role("group", name="Pin 1").get_by_label("from the top").focus()
    other.keyboard.type("120")
    other.keyboard.press("Enter")
    expect(other.locator("#problem-0")).to_contain_text("One of the pins is not on the picture")
    other.keyboard.press("ControlOrMeta+a")
    other.keyboard.type("20")
    other.keyboard.press("Enter")
    other.get_by_text("Saved", exact=True).wait_for()
    expect(room.screen.get_by_text("In the marked area: 50%")).to_be_visible()
    expect(room.screen.locator(".board__mark")).to_have_count(2)
    assert serious_problems(room.screen) == []


def test_without_javascript(mark: Callable[..., Room]) -> None:
    room = mark()
    phone = room.phone(java_script_enabled=False)
    phone.reload()
    expect(phone.get_by_role("img", name="A map of the park")).to_be_visible()
    phone.get_by_label("from the left").fill("30")
    phone.locator("[data-send]").click()
    expect(phone.locator("#problem-0")).to_contain_text("A pin has one number only.")
    phone.get_by_label("from the top").fill("70")
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved. You can change your answer while this is open.").wait_for()
    expect(room.screen.locator(".board__mark")).to_have_count(1)


def test_the_board_fits_every_screen(mark: Callable[..., Room]) -> None:
    room = mark()
    room.screen.locator(".board__image").wait_for()
    for width, height in SIZES:
        room.screen.set_viewport_size({"width": width, "height": height})
        room.screen.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height])
        room.screen.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        room.screen.wait_for_function("() => document.querySelector('.board__image').naturalWidth > 0")
        board = room.screen.evaluate(BOARD)
        expected = {"outside": False, "full": True, "loaded": True, "scrolls": False}
        assert board == board | expected, (width, height)
        assert board["ratio"] == pytest.approx(16 / 9, abs=0.02)
