"""A choice in the browser: as donut, pie and dots, each readable on every screen."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser.conftest import Room, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.browser.test_layouts import SIZES, SMALLEST
from tests.people import Desk as Forms
from tests.people import Phone
from tests.pictures.test_decoding import file_of
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

OWN = {"other": "y", "other_label": "Something else"}
HILLS: FilePayload = {"name": "hills.jpg", "mimeType": "image/jpeg", "buffer": file_of(1600, 1200)}
SEA: FilePayload = {"name": "sea.png", "mimeType": "image/png", "buffer": file_of(600, 900)}

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


def write_without_javascript(plain: Page) -> None:
    """Pick an option and write another, which is one too many; then what was written alone."""
    plain.get_by_label("To the hills").check()
    plain.get_by_role("textbox", name="Something else").fill("a boat trip")
    plain.locator("[data-send]").click()
    expect(plain.locator("#problem-0")).to_contain_text("Too many with what you wrote yourself: choose 1 at most")
    plain.get_by_role("radio", name="Something else").check()
    plain.locator("[data-send]").click()
    plain.get_by_text("Saved. You can change your answer while this is open.").wait_for()
    expect(plain.get_by_role("textbox", name="Something else")).to_have_value("a boat trip")


def test_an_answer_of_ones_own_from_the_phone_over_the_queue_to_the_screen(
    choose: Choose, forms: Forms, desk: Page
) -> None:
    room = choose("To the hills", "To the sea", **OWN)
    queue = f"/desk/meetings/{room.meeting}/moderate"
    forms.post(f"{queue}/rules", page=queue, mode="first", offensive="off", own_words="")
    room.screen.get_by_role("button", name="Show results on phones").click()
    phone = room.phone(**SMALL)
    field = phone.get_by_role("textbox", name="Something else")
    expect(field).to_be_hidden()
    phone.get_by_text("Something else").first.tap()
    expect(field).to_be_focused()
    phone.locator("[data-send]").tap()
    expect(phone.locator("#problem-0")).to_have_text("Write what it is, or choose one of the others.")
    field.fill("x" * 61)
    expect(phone.locator("#problem-0")).to_contain_text("Too long by 1: the limit is 60 characters.")
    expect(phone.locator("[data-send]")).to_have_attribute("aria-disabled", "true")
    field.fill("x" * 60)
    expect(phone.get_by_text("Characters left: 0")).to_be_visible()
    field.fill("A boat trip")
    phone.get_by_role("radio", name="To the sea").check()
    expect(field).to_be_hidden()
    phone.get_by_role("radio", name="Something else").check()
    expect(field).to_have_value("A boat trip")
    assert serious_problems(phone) == []
    assert too_wide_with_large_text(phone) == []
    phone.locator("[data-send]").tap()
    expect(phone.locator(".receipt__answer")).to_have_text("Something else: A boat trip")
    phone.reload()
    expect(phone.locator(".receipt__answer")).to_have_text("Something else: A boat trip")
    phone.get_by_role("button", name="Change my answer").click()
    expect(field).to_have_value("A boat trip")

    write_without_javascript(room.phone(java_script_enabled=False))
    bar = room.screen.locator(".choice__option", has_text="Something else").locator(".choice__value")
    expect(bar).to_have_text("2")
    expect(phone.locator(".shared__chart .choice__value").last).to_have_text("2")
    for page in (room.screen, phone):
        assert "boat" not in str(page.locator(".choice").text_content())
        expect(page.locator(".written")).to_be_hidden()
    assert "boat" not in room.screen.content()
    assert "boat" not in str(phone.locator(".shared").text_content())
    desk.bring_to_front()
    desk.goto(queue)
    desk.get_by_role("button", name="Approve").click()
    for page in (room.screen, phone):
        expect(page.locator(".written__word")).to_have_text(re.compile("boat trip2", re.IGNORECASE))
    assert serious_problems(room.screen) == []
    expect(
        room.screen.locator("table tr", has_text=re.compile("boat trip", re.IGNORECASE)).locator("td").first
    ).to_have_text(re.compile("boat trip", re.IGNORECASE))


def test_options_get_pictures_in_the_editor_and_show_them_everywhere(
    forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]
) -> None:
    meeting = forms.make_meeting("Team day", "standard")
    labels = {"options-0-label": "To the hills", "options-1-label": "To the sea"}
    forms.add_slide(meeting, "choice", ASKED, least="1", most="1", unit="count", display="bars", **labels)
    desk.goto(f"/desk/meetings/{meeting}")
    desk.get_by_label("Picture of option 1", exact=True).set_input_files(HILLS)
    images = desk.locator("[data-picture-image]")
    expect(images.nth(0)).to_be_visible()
    desk.get_by_role("button", name="Add an option").click()
    desk.keyboard.type("Stay here")
    desk.get_by_label("Picture of option 3", exact=True).set_input_files(SEA)
    expect(images.nth(2)).to_be_visible()
    desk.get_by_role("button", name="Move option 3 up").click()
    preview = desk.frame_locator("[data-preview]")
    expect(preview.locator(".choice__option").nth(1).locator("img")).to_be_visible()
    expect(preview.locator(".choice__option").nth(1)).to_contain_text("Stay here")
    desk.get_by_role("button", name="Take the picture of option 2 off").click()
    expect(preview.locator(".choice__picture")).to_have_count(1)
    desk.locator("[data-undo]").click()
    expect(preview.locator(".choice__picture")).to_have_count(2)
    assert serious_problems(desk) == []

    room = Room(desk, open_browser, meeting)
    room.next(ASKED)
    phone = room.phone(**SMALL)
    hills = phone.get_by_role("img", name="To the hills")
    expect(hills).to_have_attribute("loading", "lazy")
    assert hills.evaluate("async (one) => (await one.decode(), one.naturalWidth)") == 480
    for label in ("To the hills", "Stay here", "To the sea"):
        expect(phone.get_by_role("radio", name=label, exact=True)).to_be_visible()
        expect(phone.locator(".option__label", has_text=label)).to_be_visible()
    assert serious_problems(phone) == []
    assert too_wide_with_large_text(phone) == []
    before = hills.get_attribute("src")
    desk.bring_to_front()
    desk.get_by_label("Picture of option 1", exact=True).set_input_files(SEA)
    expect(hills).not_to_have_attribute("src", str(before))
    hills.tap()
    phone.locator("[data-send]").tap()
    expect(phone.locator(".receipt__answer")).to_have_text("To the hills")
    expect(room.screen.locator(".choice__picture")).to_have_count(2)
    room.screen.wait_for_function(
        "() => [...document.querySelectorAll('.choice__picture')].every((one) => one.naturalWidth)"
    )


@pytest.mark.parametrize(("display", "number"), [("bars", 3), ("donut", 6), ("dots", 20)])
def test_what_was_written_leaves_the_chart_its_room(
    choose: Choose, forms: Forms, desk: Page, server: RealServer, display: str, number: int
) -> None:
    room = choose(*[f"{place} {WORDS}"[:40] for place in range(number)], display=display, **OWN)
    someone = Phone(server.url, room.code)
    round_id = someone.round_on_stage()
    hostile = "<b>bold</b><script>window.hacked = 1</script>"
    for text in [hostile, *(f"Something quite different, such as number {place}" for place in range(13))]:
        assert someone.answer(round_id, [f"other:{text}"])["ok"]
        someone.line.hang_up()
        someone = Phone(server.url, room.code)
    someone.line.hang_up()
    expect(room.screen.locator(".choice__value, .ring__value").last).to_have_text("14")
    expect(room.screen.locator(".written__text", has_text="bold")).to_have_text(hostile)
    assert room.screen.evaluate("window.hacked") is None
    texts = (
        ".choice__label, .choice__value, .ring__label, .ring__value, :is(.written__word, .written__more):not([hidden])"
    )
    for width, height in SIZES:
        room.screen.set_viewport_size({"width": width, "height": height})
        room.screen.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height])
        room.screen.evaluate(STILL)
        picture = room.screen.evaluate(PICTURE, texts)
        assert picture == picture | {"outside": 0, "scrolls": False}, (width, height)
        assert picture["share"] >= SMALLEST, (width, height, picture)
        parts = room.screen.evaluate(
            """() => [".choice, .ring__list", ".written"].map((one) => document.querySelector(`#chart :is(${one})`).getBoundingClientRect())
              .map(({top, bottom}) => ({top, bottom}))"""
        )
        assert parts[0]["bottom"] <= parts[1]["top"] + 1, (width, height, "the chart ends above what was written")
        shown = room.screen.locator(".written__word:not([hidden])").count()
        assert shown >= 1
        expect(room.screen.locator(".written__more")).to_have_text(f"and {14 - shown} more")
