"""An image slide in the browser: chosen in the editor, whole on every screen, and on phones."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser.conftest import Room, serious_problems
from tests.browser.test_layouts import SIZES
from tests.people import Desk as Forms
from tests.pictures.test_decoding import file_of

pytestmark = pytest.mark.browser

SHOWN = "The old bridge"
BRIDGE: FilePayload = {"name": "bridge.jpg", "mimeType": "image/jpeg", "buffer": file_of(1200, 1500)}
PICTURE = """() => {
  const image = document.querySelector(".image__picture").getBoundingClientRect();
  const caption = document.querySelector(".image__caption").getBoundingClientRect();
  const foot = document.querySelector("#foot").getBoundingClientRect();
  return {
    over: image.bottom > caption.top + 1 || caption.bottom > foot.top + 1,
    small: image.height < innerHeight * 0.4,
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
  };
}"""


def test_a_picture_is_whole_on_every_screen_and_on_phones(
    forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]
) -> None:
    meeting = forms.make_meeting("Town walk", "standard")
    forms.add_slide(meeting, "image", SHOWN, picture="", alt="A stone bridge over a river", caption="Built in 1569")
    desk.goto(f"/desk/meetings/{meeting}")
    desk.locator("[data-picture-file]").set_input_files(BRIDGE)
    expect(desk.locator("[data-picture-image]")).to_be_visible()
    desk.get_by_text("Saved", exact=True).wait_for()
    room = Room(desk, open_browser, meeting)
    phone = room.phone()
    room.next(SHOWN)
    for width, height in SIZES:
        room.screen.set_viewport_size({"width": width, "height": height})
        room.screen.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height])
        assert room.screen.evaluate(PICTURE) == {"over": False, "small": False, "scrolls": False}, (width, height)
    for page in (room.screen, phone):
        image = page.get_by_role("img", name="A stone bridge over a river")
        expect(image).to_be_visible()
        page.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())
        expect(page.get_by_text("Built in 1569")).to_be_visible()
        assert serious_problems(page) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
