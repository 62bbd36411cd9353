"""A quiz in the browser: three phones, one without JavaScript, from the lobby over two questions to the leaderboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import FADED, Room, serious_problems
from tests.browser.test_accessibility import SMALL, too_wide_with_large_text
from tests.people import Desk as Forms

pytestmark = pytest.mark.browser

TIME = {"seconds": "240", "scoring": "flat"}
CAPITAL = "Which city is the capital of Australia?"
CITY = "Where is the seat of the International Court of Justice?"
OPTIONS = {
    "options-0-label": "Sydney",
    "options-1-label": "Canberra",
    "options-1-correct": "y",
    "options-2-label": "Melbourne",
}


@pytest.fixture
def quiz(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext]) -> Room:
    """A meeting with a lobby, a question of each kind and a leaderboard after each, its screen open."""
    meeting = forms.make_meeting("Quiz night", "standard")
    forms.add_slide(meeting, "quiz_lobby", "Quiz night")
    forms.add_slide(meeting, "quiz_choice", CAPITAL, **TIME, **OPTIONS)
    forms.add_slide(meeting, "leaderboard", "After one question")
    forms.add_slide(meeting, "quiz_type", CITY, accepted="The Hague", **TIME)
    forms.add_slide(meeting, "leaderboard", "And the winner is")
    return Room(desk, open_browser, meeting)


def choose_nickname(phone: Page, nickname: str) -> None:
    phone.get_by_label("Nickname", exact=True).fill(nickname)
    phone.get_by_role("button", name="Use this nickname").click()


def pick(phone: Page, label: str) -> None:
    phone.get_by_label(label).check()
    phone.get_by_role("button", name="Send").click()


def leaders(room: Room) -> list[str]:
    room.screen.evaluate(FADED)
    rows = room.screen.locator(".leaders__row").all()
    return [" ".join(row.locator("td:not(.leaders__moved)").all_inner_texts()) for row in rows]


def close(room: Room) -> None:
    room.screen.bring_to_front()
    room.screen.keyboard.press("c")
    room.screen.get_by_text("Closed", exact=True).wait_for()


def refused(phone: Page, nickname: str, because: str) -> None:
    choose_nickname(phone, nickname)
    expect(phone.locator("#nickname-problem")).to_contain_text(because)


def result(phone: Page) -> Locator:
    return phone.locator("[data-quiz-result]")


def meet_in_the_lobby(quiz: Room, otter: Page, heron: Page, plain: Page) -> None:
    refused(otter, "fuck you", "may offend others")
    choose_nickname(otter, "Otter")
    expect(otter.locator("[data-player-says]")).to_have_text("You play as Otter")
    refused(heron, "OTTER", "Somebody has this nickname already")
    choose_nickname(heron, "<b>Heron</b>")
    plain.reload()
    plain.locator("summary", has_text="Choose a nickname").click()
    choose_nickname(plain, "Rude")
    expect(plain.locator("[data-player-name]")).to_have_text("Rude")
    names = quiz.screen.locator(".lobby__name")
    expect(names).to_have_count(3)
    assert set(names.all_inner_texts()) == {"Otter", "<b>Heron</b>", "Rude"}
    quiz.screen.get_by_role("button", name="Take the nickname “Rude” away").click()
    expect(names.filter(has_text="Rude")).to_have_count(0)
    plain.reload()
    expect(plain.locator("[data-player-name]")).not_to_have_text("Rude")
    for page in (quiz.screen, otter, heron):
        assert serious_problems(page) == []
    assert not too_wide_with_large_text(heron)


def pick_the_capital(quiz: Room, otter: Page, heron: Page, plain: Page) -> None:
    screen = quiz.screen
    for phone in (otter, heron):
        phone.get_by_role("heading", name=CAPITAL).wait_for()
        expect(phone.get_by_text("Your first answer counts")).to_be_visible()
    pick(otter, "Canberra")
    expect(otter.locator(".receipt__text")).to_have_text("Wait until the time is up.")
    expect(otter.get_by_role("button", name="Change my answer")).to_have_count(0)
    pick(heron, "Sydney")
    plain.reload()
    pick(plain, "Canberra")
    expect(plain.get_by_text("Sent. Wait until the time is up.")).to_be_visible()
    expect(screen.locator(".countdown")).to_be_visible()
    expect(screen.locator("#count-number")).to_have_text("3")
    expect(screen.locator(".choice__value").first).to_be_empty()
    assert serious_problems(otter) == serious_problems(screen) == []
    close(quiz)
    expect(screen.locator(".choice__option--correct .choice__label")).to_have_text("Canberra")
    expect(result(otter)).to_have_text("Right! Points: 1,000")
    expect(result(heron)).to_have_text("Not right this time")
    plain.reload()
    expect(result(plain)).to_have_text("Right! Points: 1,000")


def mend_the_capital(quiz: Room, desk: Page, heron: Page) -> None:
    """The facilitator says on stage that Sydney counts too, from the remote, and takes it back."""
    desk.goto(f"{quiz.path}/remote")
    desk.get_by_text("Was the wrong option marked?").click()
    marked = quiz.screen.locator(".choice__option--correct .choice__label")
    desk.get_by_role("button", name="Accept “Sydney”").click()
    expect(marked).to_have_count(2)
    expect(result(heron)).to_have_text("Right! Points: 1,000")
    assert serious_problems(desk) == []
    desk.get_by_role("button", name="Do not count “Sydney”").click()
    expect(marked).to_have_text(["Canberra"])
    expect(result(heron)).to_have_text("Not right this time")


def take_away_from_the_remote(quiz: Room, desk: Page, heron: Page, late: Page) -> None:
    """Nobody touches the projector; the list follows whoever comes, and the room follows the list."""
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(f"{quiz.path}/remote")
    desk.get_by_role("link", name="Players").click()
    items = desk.locator(".players__item")
    expect(items).to_have_count(4)
    late.locator("summary", has_text="Choose another nickname").click()
    choose_nickname(late, "Loud")
    expect(items.filter(has_text="Loud")).to_have_count(1)
    assert serious_problems(desk) == []
    button = items.filter(has_text="<b>Heron").get_by_role("button", name="Take away")
    button.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-status]")).to_contain_text("“<b>Heron</b>” is now “")
    expect(items.filter(has_text="Given instead")).to_have_count(2)
    expect(desk.locator(".players__one:focus")).to_contain_text("Given instead")
    quiz.screen.bring_to_front()  # a tab behind others draws few frames
    expect(quiz.screen.locator(".leaders__name").filter(has_text="<b>Heron")).to_have_count(0)
    heron.reload()
    expect(heron.locator("[data-player-says] .player__name")).not_to_contain_text("<b>")


def test_a_quiz_from_the_lobby_to_the_leaderboard(quiz: Room, desk: Page) -> None:
    screen = quiz.screen
    otter, heron = quiz.phone(), quiz.phone(**SMALL)
    plain = quiz.phone(java_script_enabled=False)
    quiz.next("Quiz night")
    expect(screen.get_by_text("Choose a nickname on your phone")).to_be_visible()
    meet_in_the_lobby(quiz, otter, heron, plain)

    quiz.next(CAPITAL)
    pick_the_capital(quiz, otter, heron, plain)
    mend_the_capital(quiz, desk, heron)
    quiz.next("After one question")
    expect(screen.locator(".leaders__row")).to_have_count(3)
    assert leaders(quiz)[2] == "3 <b>Heron</b> 0"
    expect(heron.locator("[data-player-standing]")).to_have_text("Points: 0. Place 3 of 3.")
    assert serious_problems(screen) == serious_problems(heron) == []

    quiz.next(CITY)
    late = quiz.phone()
    for phone, words in ((otter, "the HAGUE"), (heron, "Den Haag"), (late, "Geneva")):
        phone.locator("#answer-0").fill(words)
        phone.get_by_role("button", name="Send").click()
        expect(phone.locator(".receipt__text")).to_have_text("Wait until the time is up.")
    close(quiz)
    expect(screen.locator(".typed__right")).to_have_text("Right: The Hague")
    expect(result(late)).to_have_text("Not right this time")
    quiz.next("And the winner is")
    expect(screen.locator(".leaders__row")).to_have_count(4)
    assert leaders(quiz)[0] == "1 Otter 2,000"
    assert leaders(quiz)[2] == "3 <b>Heron</b> 0"

    desk.goto(f"/desk/meetings/{quiz.meeting}/results")
    desk.get_by_text("Which answers count").last.click()
    desk.get_by_role("button", name="Accept “Den Haag”").click()
    expect(desk.get_by_text("“Den Haag” counts now")).to_be_visible()
    assert serious_problems(desk) == []
    expect(screen.locator(".leaders__row").nth(1).locator(".leaders__name")).to_have_text("<b>Heron</b>")
    expect(heron.locator("[data-player-standing]")).to_have_text("Points: 1,000. Place 2 of 4.")
    take_away_from_the_remote(quiz, desk, heron, late)
