"""Open answers on the screen: every way to show them, at every size, while more come in."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from pollapp.kinds.open_text import MOST_ENTRIES
from tests.browser.conftest import ASKED, OPEN_TEXT, Room, serious_problems
from tests.people import Desk as Forms
from tests.people import Phone

pytestmark = pytest.mark.browser

SETTINGS = OPEN_TEXT | {"entries": str(MOST_ENTRIES)}
SIZES = [(1280, 720), (1920, 1080), (1024, 768)]
SMALLEST = 0.022
"""Of the screen's height: what can be read from the back row."""

LONGEST = ("We have a written policy that was agreed with the people it concerns, and it is reviewed. " * 12)[
    :1000
].strip()
HOSTILE = ("<img src=x onerror=document.body.remove()> " + "w" * 400 + "😀" * 200)[:1000]
ARABIC = "كيف نبدأ بشكل عملي مع فرق صغيرة وميزانية محدودة؟ ISO 26000"
PLAIN = [f"{'To hear how others begin. ' * (1 + number % 4)}({number})" for number in range(22)]

PICTURE = """() => {
  const box = document.querySelector("#chart").getBoundingClientRect();
  const isBand = Boolean(document.querySelector(".band"));
  const seen = [...document.querySelectorAll("#chart .cards__card:not(.cards__card--away)")];
  const own = (card) => card.getBoundingClientRect();
  return {
    some: seen.length > 0,
    cut: seen.filter((card) => card.scrollHeight > card.clientHeight + 2 || card.scrollWidth > card.clientWidth + 2).length,
    outside: seen.filter((card) => own(card).bottom > box.bottom + 2 || own(card).top < box.top - 2
      || (!isBand && (own(card).right > box.right + 2 || own(card).left < box.left - 2))).length,
    apart: seen.every((one) => seen.every((other) => one === other || own(one).right <= own(other).left + 1
      || own(other).right <= own(one).left + 1 || own(one).bottom <= own(other).top + 1 || own(other).bottom <= own(one).top + 1)),
    share: Math.min(...seen.map((card) => parseFloat(getComputedStyle(card.firstElementChild).fontSize))) / innerHeight,
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
  };
}"""
"""What of the answers in sight is wrong, and how large the smallest text is."""

PLACES = """() => Object.fromEntries([...document.querySelectorAll("#chart .cards__card:not(.cards__card--new)")]
  .map((card) => [card.dataset.key, card.style.transform]))"""
FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
STILL = "() => document.getAnimations().every((one) => one.effect.getTiming().iterations === Infinity)"


class Wall:
    """A meeting with one open text, its screen, and phones that write into it."""

    def __init__(self, forms: Forms, room: Room) -> None:
        self.forms = forms
        self.room = room
        self.screen = room.screen
        self.phones: list[Phone] = []

    def write(self, *texts: str) -> None:
        """Answer from new phones, up to ten answers each, and wait until the screen knows."""
        for start in range(0, len(texts), MOST_ENTRIES):
            phone = Phone(self.forms.url, self.room.code)
            self.phones.append(phone)
            for slot, text in enumerate(texts[start : start + MOST_ENTRIES]):
                assert phone.answer(phone.round_on_stage(), text, slot=slot)["ok"]
        expect(self.screen.locator("#count-number")).to_have_text(str(len(self.phones)))

    def show_as(self, display: str) -> None:
        """Choose another way to show answers, at the desk, while people answer."""
        editor = f"/desk/meetings/{self.room.meeting}"
        slide = re.search(rf"{editor}/slides/(\w+)", self.forms.get(editor).text)
        assert slide
        fields = {f"settings-{name}": value for name, value in (SETTINGS | {"display": display}).items()}
        self.forms.post(slide[0], page=editor, prompt=ASKED, notes="", opens_on_arrival="y", **fields)

    def close(self) -> None:
        """Hang up all phones."""
        for phone in self.phones:
            phone.line.hang_up()


@pytest.fixture
def wall(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Iterator[Wall]:
    """An open text on the screen."""
    meeting = forms.make_meeting("Peer learning", "standard")
    forms.add_slide(meeting, "open_text", ASKED, **SETTINGS)
    room = Room(desk, open_browser, meeting)
    room.next(ASKED)
    made = Wall(forms, room)
    yield made
    made.close()


def resize(screen: Page, width: int, height: int) -> None:
    """Give the screen another size and wait until everything has found its place."""
    screen.set_viewport_size({"width": width, "height": height})
    screen.wait_for_function("size => innerWidth === size[0] && innerHeight === size[1]", arg=[width, height])
    screen.evaluate(FRAMES)
    screen.wait_for_function(STILL)


def test_every_display_fits_every_size_and_nothing_jumps_when_answers_come(wall: Wall) -> None:
    screen = wall.screen
    wall.write(LONGEST, HOSTILE, ARABIC, *PLAIN)
    for display, mark in (("bubbles", ".cards--bubbles"), ("grid", ".cards--grid"), ("ticker", ".cards--ticker")):
        wall.show_as(display)
        screen.locator(f"#chart {mark} > .cards__card").first.wait_for()
        for width, height in SIZES:
            resize(screen, width, height)
            seen = screen.evaluate(PICTURE)
            wanted = {"some": True, "cut": 0, "outside": 0, "apart": True, "scrolls": False}
            assert seen == seen | wanted, (display, width, height, seen)
            assert seen["share"] >= SMALLEST, (display, width, height, seen)
        assert screen.locator("img[src=x]").count() == 0
        before = screen.evaluate(PLACES)
        wall.write("One more")
        screen.evaluate(FRAMES)
        after = screen.evaluate(PLACES)
        assert {key: after.get(key, place) for key, place in before.items()} == before, display


def test_the_band_rests_stops_and_is_turned_by_hand(wall: Wall) -> None:
    screen = wall.screen
    moved = "() => document.querySelector('.cards--ticker').style.transform"
    wall.show_as("ticker")
    wall.write(*PLAIN[:2])
    screen.locator(".cards--ticker > .cards__card").nth(1).wait_for()
    assert screen.evaluate(moved) == ""
    expect(screen.get_by_role("button", name="Stop the band")).to_be_hidden()
    wall.write(*PLAIN[2:8])
    screen.wait_for_function(f"{moved} !== ''")
    screen.get_by_role("button", name="Stop the band").click()
    there = screen.evaluate(moved)
    screen.evaluate(FRAMES)
    assert screen.evaluate(moved) == there
    first = screen.locator(".cards--ticker > .cards__card").first.get_attribute("data-key")
    screen.get_by_role("button", name="On to the next answers").click()
    assert screen.locator(".cards--ticker > .cards__card").first.get_attribute("data-key") != first
    screen.get_by_role("button", name="Let the band move").click()
    screen.wait_for_function(f"{moved} !== ''")

    screen.emulate_media(reduced_motion="reduce")
    screen.reload()
    screen.get_by_role("button", name="Let the band move").wait_for()
    screen.evaluate(FRAMES)
    assert screen.evaluate(moved) == ""


LARGE = """(root) => {
  const text = document.querySelector(`${root} .one__text`);
  const box = document.querySelector("#chart").getBoundingClientRect();
  const own = text.getBoundingClientRect();
  return {
    fits: text.scrollHeight <= text.clientHeight + 1 && text.scrollWidth <= text.clientWidth + 1
      && own.bottom <= box.bottom + 1 && own.right <= box.right + 1,
    share: parseFloat(getComputedStyle(text).fontSize) / innerHeight,
    scrolls: document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight,
  };
}"""


def assert_large(screen: Page, root: str, text: str) -> None:
    """Check that a text is shown large at every size."""
    expect(screen.locator(f"{root} .one__words")).to_have_text(text)
    for width, height in SIZES:
        resize(screen, width, height)
        seen = screen.evaluate(LARGE, root)
        assert seen == seen | {"fits": True, "scrolls": False}, (width, height, seen)
        assert seen["share"] >= SMALLEST, (width, height, seen)


def test_one_at_a_time_moves_by_key_and_by_remote_and_never_by_itself(
    wall: Wall, desk: Page, open_browser: Callable[..., BrowserContext]
) -> None:
    screen = wall.screen
    wall.show_as("one")
    wall.write(LONGEST)
    assert_large(screen, "#chart", LONGEST)
    wall.write(HOSTILE, ARABIC)
    expect(screen.locator("#figures tbody tr")).to_have_count(3)
    expect(screen.locator("#chart .one__words")).to_have_text(LONGEST)
    order = screen.locator("#figures tbody tr").all_text_contents()
    at = order.index(LONGEST)
    key, beside = ("n", order[at + 1]) if at < 2 else ("p", order[at - 1])
    screen.bring_to_front()
    screen.keyboard.press(key)
    assert_large(screen, "#chart", beside)
    wall.write(*PLAIN[:9])
    expect(screen.locator("#chart .pager__where")).to_contain_text("of 12")
    expect(screen.locator("#chart .one__words")).to_have_text(beside)
    remote = desk.context.new_page()
    remote.set_viewport_size({"width": 390, "height": 844})
    remote.goto(f"{wall.room.path}/remote")
    expect(remote.locator("#apart-text")).to_have_text(beside)
    where = str(remote.locator("#apart-place").text_content())
    remote.get_by_role("button", name="Previous answer" if where.startswith("12 ") else "Next answer").click()
    expect(screen.locator("#chart .one__words")).not_to_have_text(beside)
    shown = str(screen.locator("#chart .one__words").text_content())
    expect(remote.locator("#apart-text")).to_have_text(shown)
    screen.bring_to_front()
    back = screen.get_by_role("button", name="Next answer" if where.startswith("12 ") else "Previous answer")
    back.focus()
    screen.keyboard.press("Enter")
    expect(screen.locator("#chart .one__words")).to_have_text(beside)
    expect(back).to_be_focused()
    assert serious_problems(screen) == []
    assert serious_problems(remote) == []


def test_an_answer_is_shown_large_from_screen_desk_and_remote_until_it_is_closed_or_hidden(
    wall: Wall, desk: Page
) -> None:
    screen = wall.screen
    wall.write(ARABIC, "Kind")
    large = screen.locator("#large .one__words")
    screen.bring_to_front()
    screen.locator(".cards__card", has_text="Kind").click()
    assert_large(screen, "#large", "Kind")
    other = desk.context.new_page()
    other.goto(wall.room.path)
    expect(other.locator("#large .one__words")).to_have_text("Kind")
    screen.reload()
    expect(large).to_have_text("Kind")
    screen.bring_to_front()
    screen.keyboard.press("Escape")
    expect(large).to_be_hidden()
    expect(other.locator("#large")).to_be_hidden()

    card = screen.locator(".cards__card", has_text="ISO 26000")
    card.focus()
    screen.keyboard.press("l")
    assert_large(screen, "#large", ARABIC)
    screen.keyboard.press("ArrowRight")
    expect(large).to_be_hidden()
    expect(card).to_be_focused()
    screen.get_by_role("heading", name=ASKED).wait_for()

    wall.write(LONGEST, HOSTILE)
    desk.goto(f"/desk/meetings/{wall.room.meeting}/moderate?show=shown")
    row = desk.locator("[data-entry]", has_text="Kind")
    row.focus()
    desk.keyboard.press("l")
    row.get_by_role("button", name="Off the screen").wait_for()
    expect(large).to_have_text("Kind")
    expect(row).to_be_focused()
    desk.keyboard.press("h")
    expect(large).to_be_hidden()
    expect(screen.locator(".cards__card")).to_have_count(3)

    remote = desk.context.new_page()
    remote.set_viewport_size({"width": 390, "height": 844})
    remote.goto(f"{wall.room.path}/remote")
    remote.locator("#results > summary").click()
    answer = remote.locator("#texts > li", has_text=LONGEST[:80])
    answer.get_by_role("button", name="On the screen").click()
    assert_large(screen, "#large", LONGEST)
    assert serious_problems(screen) == []
    answer.get_by_role("button", name="Off the screen").click()
    expect(large).to_be_hidden()
