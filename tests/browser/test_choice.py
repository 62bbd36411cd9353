"""A choice in the browser: as donut, pie and dots, each readable on every screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Room, serious_problems
from tests.browser.test_layouts import SIZES, SMALLEST
from tests.people import Desk as Forms
from tests.people import Phone
from tests.real_server import RealServer

pytestmark = pytest.mark.browser

ASKED = "What shall we do next?"
WORDS = "We have a written policy that was agreed with the people it concerns " * 3
PICTURE = """(selector) => {
  const box = document.querySelector("#chart").getBoundingClientRect();
  const texts = [...document.querySelectorAll(selector)].filter((one) => getComputedStyle(one).opacity !== "0");
  const scale = document.querySelector(".ring__picture")?.getScreenCTM().a ?? 1;
  const sizeOf = (one) => parseFloat(getComputedStyle(one).fontSize) * (one instanceof SVGElement ? scale : 1);
  return {
    outside: texts.filter((one) => { const it = one.getBoundingClientRect(); return it.top < box.top - 2 || it.bottom > box.bottom + 2 || it.right > box.right + 2 || it.left < box.left - 2; }).length,
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
    share: Math.min(...texts.map(sizeOf)) / innerHeight,
  };
}"""
STILL = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

Choose = Callable[..., Room]


@pytest.fixture
def choose(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Choose:
    """Call with labels and settings for a meeting whose first slide is a choice, on stage: `choose("Yes", "No")`."""

    def open_room(*labels: str, **settings: str) -> Room:
        meeting = forms.make_meeting("Team day", "standard")
        named = {f"options-{place}-label": label for place, label in enumerate(labels)}
        forms.add_slide(meeting, "choice", ASKED, **({"least": "1", "most": "1", "unit": "count"} | named | settings))
        room = Room(desk, open_browser, meeting)
        room.next(ASKED)
        return room

    return open_room


def answer(server: RealServer, room: Room, *counts: int) -> None:
    """Have so many phones choose each option, in their order."""
    someone = Phone(server.url, room.code)
    options = re.findall(r'name="answer\.0" value="(\w+)"', someone.page())
    round_id = someone.round_on_stage()
    crowd = [someone] + [Phone(server.url, room.code) for _ in range(sum(counts) - 1)]
    picks = [option for option, count in zip(options, counts, strict=False) for _ in range(count)]
    for phone, pick in zip(crowd, picks, strict=True):
        assert phone.answer(round_id, [pick])["ok"]
        phone.line.hang_up()


@pytest.mark.parametrize(
    ("display", "labels", "texts"),
    [
        ("donut", ["Yes", "No"], ".ring__label, .ring__value, .ring__place, .ring__number"),
        ("pie", [f"{number} {WORDS}"[:80] for number in range(8)], ".ring__label, .ring__value, .ring__number"),
        ("donut", [f"{number} {WORDS}"[:200] for number in range(8)], ".ring__label, .ring__value, .ring__number"),
        ("dots", ["Rest", "Work", "Walk"], ".choice__label, .choice__value"),
        ("dots", [f"{number} {WORDS}"[:20] for number in range(30)], ".choice__label, .choice__value"),
    ],
    ids=["donut", "full pie", "long donut", "dots", "many dots"],
)
def test_every_picture_fits_every_screen(
    choose: Choose, server: RealServer, display: str, labels: list[str], texts: str
) -> None:
    room = choose(*labels, display=display)
    answer(server, room, *[4, 2, 1, 1, 1, 1, 1, 1][: len(labels)])
    expect(room.screen.locator(".choice__value, .ring__value").first).to_have_text("4")
    for width, height in SIZES:
        room.screen.set_viewport_size({"width": width, "height": height})
        room.screen.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height])
        room.screen.evaluate(STILL)
        picture = room.screen.evaluate(PICTURE, texts)
        assert picture == picture | {"outside": 0, "scrolls": False}, (width, height)
        assert picture["share"] >= SMALLEST, (width, height, picture)
    assert serious_problems(room.screen) == []


def test_each_phone_has_its_own_order_and_keeps_it(choose: Choose) -> None:
    labels = [f"Option {letter}" for letter in "ABCDEFGHIJ"]
    room = choose(*labels, shuffled="y")
    sent: list[str] = []
    phones = [room.phone(), room.phone(), room.phone()]
    orders = []
    for phone in phones:
        phone.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame))))
        orders.append(phone.locator(".option__label").all_text_contents())
        phone.reload()
        expect(phone.locator(".option__label")).to_have_text(orders[-1])
    assert all(sorted(order) == labels for order in orders)
    assert len({tuple(order) for order in [labels, *orders]}) > 2
    phone = phones[0]
    seed = phone.evaluate("JSON.parse(Object.values({...localStorage}).find((text) => text.includes('seed'))).seed")
    phone.locator("label.option").first.tap()
    phone.locator("[data-send]").tap()
    phone.get_by_text("Saved", exact=True).wait_for()
    expect(phone.locator(".receipt__answer")).to_have_text(orders[0][0])
    expect(room.screen.locator("table tr", has_text=orders[0][0]).locator("td").first).to_have_text("1")
    expect(room.screen.locator(".choice__label")).to_have_text(labels)
    assert sent
    assert not any(str(seed) in frame for frame in sent)
    phone.get_by_role("button", name="Change my answer").click()
    phone.keyboard.press("ArrowDown")
    expect(phone.get_by_role("radio", name=orders[0][1], exact=True)).to_be_checked()
    plain = room.phone(java_script_enabled=False)
    expect(plain.locator(".option__label")).to_have_text(labels)


@pytest.mark.parametrize("display", ["bars", "donut", "dots"])
def test_what_is_correct_shows_when_it_is_revealed_and_not_before(
    choose: Choose, server: RealServer, display: str
) -> None:
    room = choose("Bern", "Basel", "Basle", **{"options-0-correct": "y", "display": display})
    answer(server, room, 2, 1)
    phone = room.phone()
    room.screen.bring_to_front()
    room.screen.get_by_role("button", name="Show results on phones").click()
    expect(phone.locator(".shared__chart :is(.choice__label, .ring__label)").first).to_be_visible()
    right = ".choice__option--correct, .ring__named--correct"
    assert room.screen.locator(right).count() == phone.locator(right).count() == 0
    assert room.screen.get_by_role("columnheader", name="Correct").count() == 0
    room.screen.keyboard.press("a")
    for page in (room.screen, phone):
        expect(page.locator(right)).to_contain_text("Bern")
    expect(room.screen.locator("table tr", has_text="Bern").locator("td").last).to_have_text("✓")
    assert serious_problems(room.screen) == []
    room.screen.get_by_role("button", name="Hide what is correct").click()
    for page in (room.screen, phone):
        expect(page.locator(right)).to_have_count(0)
