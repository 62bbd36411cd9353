"""Sharing a meeting: a moderator comes by a link and takes an answer off, a projector shows what the room is to see."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import ASKED, CHOSEN, LAPTOP, PHONE, Room, say, serious_problems
from tests.people import PASSWORD

pytestmark = pytest.mark.browser

NARROW = """() => [...document.querySelectorAll("body *")]
  .filter((one) => !one.closest(".visually-hidden, svg") && one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def server_settings() -> dict[str, str]:
    return {"POLLAPP_OPEN_REGISTRATION": "1"}


def new_link(desk: Page) -> str:
    """Wait for the link that was just made, and return its path."""
    link = desk.get_by_role("textbox", name="The link", exact=True)
    return "/" + link.input_value().split("/", 3)[3]


def test_a_moderator_is_invited_and_removes_an_answer(
    workshop: Callable[..., Room], desk: Page, open_browser: Callable[..., BrowserContext]
) -> None:
    room = workshop()
    phone = room.phone()
    room.next(ASKED)
    say(phone, "Something rude")
    desk.goto(f"/desk/meetings/{room.meeting}")
    desk.get_by_role("link", name="People").click()
    desk.get_by_label("For whom?").fill("bob@example.org")
    found = serious_problems(desk)
    desk.get_by_role("button", name="Make a link", exact=True).click()
    link = new_link(desk)
    found += serious_problems(desk)
    desk.get_by_role("button", name="Copy").click()
    desk.get_by_text("Copied").wait_for()

    bob = open_browser(**LAPTOP).new_page()
    bob.goto(link)
    bob.get_by_role("link", name="Make an account").click()
    bob.get_by_label("Your name").fill("Bob")
    bob.get_by_label("E-mail").fill("bob@example.org")
    bob.get_by_label("Password").fill(PASSWORD)
    bob.keyboard.press("Enter")
    bob.get_by_role("heading", name="Peer learning").wait_for()
    found += serious_problems(bob)
    bob.get_by_role("button", name="Take part").click()
    bob.get_by_text("You take part in").wait_for()
    expect(bob.get_by_role("navigation", name="Meeting").get_by_role("link")).to_have_text(
        ["Moderation", "Questions", "Review", "People"]
    )

    with bob.expect_popup() as popup:
        bob.get_by_role("link", name="Screen").click()
    screen = popup.value
    card = screen.locator(".cards__card", has_text="Something rude")
    card.wait_for()
    screen.keyboard.press("ArrowRight")
    screen.keyboard.press("b")
    expect(screen.get_by_role("button", name="Next")).to_have_count(0)
    found += serious_problems(screen)
    card.focus()
    screen.keyboard.press("Delete")
    screen.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(room.screen.locator(".cards__card")).to_have_count(0)
    expect(room.screen.locator("#blank")).to_be_hidden()
    phone.get_by_text("Your answer was removed", exact=True).wait_for()

    desk.reload()
    expect(desk.get_by_role("listitem").filter(has_text="removed answers")).to_contain_text("Bob")
    desk.locator("summary", has_text="Remove").click()
    found += serious_problems(desk)
    desk.get_by_role("button", name="Remove Bob").click()
    desk.get_by_text("can no longer open").wait_for()
    screen.get_by_role("heading", name="Not found").wait_for()
    bob.goto("/desk/")
    bob.get_by_role("heading", name="Ask your first question").wait_for()
    assert found == []


def test_a_projector_shows_what_the_room_is_to_see_until_its_link_is_withdrawn(
    workshop: Callable[..., Room], desk: Page, open_browser: Callable[..., BrowserContext]
) -> None:
    room = workshop()
    phone = room.phone()
    desk.goto(f"/desk/meetings/{room.meeting}/people")
    desk.get_by_role("button", name="Make a link for a screen").click()
    link = new_link(desk)
    projector = open_browser(viewport={"width": 1920, "height": 1080}).new_page()
    projector.goto(link)
    projector.get_by_text("Join with your phone").wait_for()
    assert link.rpartition("/")[2] not in projector.url
    for key in ("ArrowRight", "Space", "j", "b", "c"):
        projector.keyboard.press(key)
    found = serious_problems(projector)
    room.next(ASKED)
    room.next(CHOSEN)
    projector.get_by_role("heading", name=CHOSEN).wait_for()
    room.screen.keyboard.press("h")
    projector.get_by_text("Results are hidden").wait_for()
    phone.get_by_text("On our way").click()
    phone.locator("[data-send]").click()
    phone.get_by_text("Saved", exact=True).wait_for()
    expect(projector.locator("#count-number")).to_have_text("1")
    expect(projector.locator("#chart")).to_contain_text("On our way")
    expect(projector.locator("#chart")).not_to_contain_text("100")
    projector.keyboard.press("?")
    projector.get_by_role("heading", name="Keyboard").wait_for()
    found += serious_problems(projector)
    projector.keyboard.press("Escape")
    room.screen.keyboard.press("h")
    expect(projector.locator("#chart")).to_contain_text("100")

    desk.reload()
    screens = desk.get_by_role("listitem").filter(has_text="Works until it is withdrawn")
    screens.get_by_role("button", name="Withdraw").click()
    desk.get_by_text("The link is withdrawn.").wait_for()
    projector.get_by_text("This link does not work").wait_for()
    expect(room.screen.get_by_role("heading", name=CHOSEN)).to_be_visible()
    room.screen.keyboard.press("b")
    expect(room.screen.locator("#blank")).to_be_visible()
    assert found == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_page_of_people_fits_a_phone(
    workshop: Callable[..., Room], desk: Page, open_browser: Callable[..., BrowserContext], direction: str
) -> None:
    room = workshop()
    page = open_browser(**PHONE, color_scheme="dark", storage_state=desk.context.storage_state()).new_page()
    page.goto(f"/desk/meetings/{room.meeting}/people")
    page.get_by_label("For whom?").fill(f"{'long.' * 8}address@department.university.example.org")
    page.get_by_role("button", name="Make a link", exact=True).click()
    new_link(page)
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)
    assert page.evaluate(NARROW) == []
    assert serious_problems(page) == []
