"""Slides that ask nothing: whole on every screen and phone, with hostile text in them, and nothing fetched from elsewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Room, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.browser.test_layouts import SIZES, SMALLEST
from tests.people import Desk as Forms

pytestmark = pytest.mark.browser

LINK = "https://www.example.org/watch?v=1"
HOSTILE = "<img src=https://evil.example/x.png onerror=alert(1)>"
PICTURE = """() => {
  const foot = document.querySelector("#foot").getBoundingClientRect();
  const texts = [...document.querySelectorAll("#slide *")].filter((one) => !one.closest("svg, .visually-hidden")
    && [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
  return {
    outside: [...document.querySelectorAll("#slide *")].filter((one) => !one.closest(".visually-hidden")).filter((one) => {
      const it = one.getBoundingClientRect(); return it.bottom > foot.top + 2 || it.right > innerWidth + 1 || it.left < -1; }).map((one) => one.className),
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
    readable: Math.min(...texts.map((one) => parseFloat(getComputedStyle(one).fontSize))) / innerHeight,
  };
}"""
SLIDES = {
    "Ground rules": (
        "text",
        {
            "body": f"# Agreed\n- **One** [rule]({LINK})\n- {HOSTILE}\n\n![pixel](https://evil.example/x.png)\n\n```\nx\n```"
        },
    ),
    "Said": ("quote", {"text": f"{HOSTILE} {'To be fully human ' * 30}", "who": "Nelson Mandela " * 9}),
    "How many": (
        "big_number",
        {"number": "W203840WWWWWWWWW", "unit": "millions of euros a day", "caption": "word " * 39},
    ),
    "Come in": (
        "instructions",
        {
            "before": "\n".join(["Connect to the Wi-Fi Guests, whose password is on the wall " * 2] * 3),
            "after": "x" * 120,
        },
    ),
    "Watch": ("video", {"link": LINK, "note": f"{HOSTILE} {'Look at this. ' * 17}"}),
}


@pytest.fixture
def room(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Room:
    """A meeting with one slide of each kind."""
    meeting = forms.make_meeting("City day", "standard")
    for title, (kind, settings) in SLIDES.items():
        forms.add_slide(meeting, kind, title, **settings)
    return Room(desk, open_browser, meeting)


def test_every_kind_fits_every_screen_and_phone(room: Room) -> None:
    phone = room.phone(**SMALL)
    for title in SLIDES:
        room.next(title)
        for width, height in SIZES:
            room.screen.set_viewport_size({"width": width, "height": height})
            room.screen.wait_for_function(
                "size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height]
            )
            room.screen.evaluate(
                "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            picture = room.screen.evaluate(PICTURE)
            assert picture == picture | {"outside": [], "scrolls": False}, (title, width, height)
            assert picture["readable"] >= SMALLEST, (title, width, height, picture)
        assert room.screen.locator("#slide img, #slide iframe, #slide video").count() == 0
        assert serious_problems(room.screen) == [], title
        phone.get_by_role("heading", name=title).wait_for()
        assert phone.locator("[data-stage] img, [data-stage] iframe, [data-stage] video").count() == 0
        phone.evaluate("document.documentElement.style.fontSize = ''")
        assert serious_problems(phone) == [], title
        assert too_wide_with_large_text(phone) == [], title


@pytest.mark.parametrize("javascript", [True, False])
def test_phones_can_follow_links_and_let_a_neighbour_in(room: Room, javascript: bool) -> None:
    phone = room.phone(java_script_enabled=javascript)
    for title in SLIDES:
        room.next(title)
        if not javascript:
            phone.goto(f"/m/{room.code}")
        phone.get_by_role("heading", name=title).wait_for()
        if title == "Ground rules":
            link = phone.get_by_role("link", name="rule", exact=True)
            expect(link).to_have_attribute("rel", "noopener noreferrer")
            expect(phone.get_by_text(HOSTILE)).to_be_visible()
        elif title == "Come in":
            expect(phone.locator(".joining__code")).to_have_text(f"{room.code[:4]} {room.code[4:]}")
            expect(phone.get_by_role("img", name="QR code that opens the meeting")).to_be_visible()
    link = phone.get_by_role("link", name="Open the video")
    expect(link).to_have_attribute("href", LINK)
    expect(link).to_have_attribute("target", "_blank")
    link.focus()
    expect(link).to_be_focused()


def test_the_preview_follows_what_is_typed(room: Room, desk: Page) -> None:
    desk.goto(f"/desk/meetings/{room.meeting}")
    preview = desk.frame_locator("iframe").first
    preview.get_by_role("heading", name="Ground rules").wait_for()
    desk.get_by_label("Text", exact=True).fill("Now **in bold**")
    expect(preview.locator("strong")).to_have_text("in bold")


def test_a_link_that_is_none_is_refused_where_it_was_typed(room: Room, desk: Page) -> None:
    desk.goto(f"/desk/meetings/{room.meeting}")
    desk.get_by_text("Watch").first.click()
    desk.get_by_label("Link").fill("javascript:alert(1)")
    expect(desk.locator("[data-wrong$=link]")).to_contain_text("begins with https://")
