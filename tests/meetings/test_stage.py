"""The stage: what each command does, and what is refused."""

import time
from typing import Any

import pytest

from pollapp.ballots import rounds
from pollapp.database import Database
from pollapp.errors import BadCommand, DomainError, MeetingEnded, NotFound, NothingToDo, StaleStage, UnknownAction
from pollapp.meetings import Scene, stage
from tests.actors import Facilitator

YES, NO = ["yes"], ["no"]


@pytest.fixture
def facilitator(facilitator: Facilitator) -> Facilitator:
    """A facilitator with a heading, two polls and a text on the agenda."""
    facilitator.slides = [  # type: ignore[attr-defined]
        facilitator.add("heading"),
        facilitator.add("choice"),
        facilitator.add("word_cloud"),
        facilitator.add("text"),
    ]
    return facilitator


def poll_state(scene: Scene) -> str | None:
    return scene.poll.state if scene.poll else None


def test_a_meeting_begins_as_a_draft_that_shows_no_slide(facilitator: Facilitator) -> None:
    scene = facilitator.look()
    assert (scene.meeting.state, scene.slide, scene.position, scene.of) == ("draft", None, 0, 4)


def test_next_walks_the_agenda_and_goes_live(facilitator: Facilitator) -> None:
    scenes = [facilitator.next() for _ in range(4)]
    assert [scene.position for scene in scenes] == [1, 2, 3, 4]
    assert {scene.meeting.state for scene in scenes} == {"live"}
    assert [poll_state(scene) for scene in scenes] == [None, "open", "open", None]


def test_previous_goes_back_without_opening_what_was_closed(facilitator: Facilitator) -> None:
    for _ in range(3):
        facilitator.next()
    scene = facilitator.previous()
    assert (scene.position, poll_state(scene)) == (2, "closed")


@pytest.mark.parametrize(
    ("steps", "action", "reason"),
    [(0, "previous", "first_slide"), (1, "previous", "first_slide"), (4, "next", "last_slide")],
)
def test_beyond_the_ends_there_is_nothing(facilitator: Facilitator, steps: int, action: str, reason: str) -> None:
    for _ in range(steps):
        facilitator.next()
    with pytest.raises(NothingToDo) as refused:
        facilitator.do(action)
    assert refused.value.params["reason"] == reason


def test_a_meeting_without_slides_says_so(database: Database, keys: Any, owner_id: int) -> None:
    with pytest.raises(NothingToDo) as refused:
        Facilitator(database, keys, owner_id).next()
    assert refused.value.params["reason"] == "no_slides"


def test_every_command_makes_a_new_version(facilitator: Facilitator) -> None:
    versions = [facilitator.look().stage.version]
    actions = ("next", "show_join", "hide_join", "blank", "unblank")
    versions.extend(facilitator.do(action).stage.version for action in actions)
    assert versions == sorted(set(versions))


@pytest.mark.parametrize("action", sorted(stage.COMMANDS))
def test_a_command_given_for_an_older_stage_is_refused_and_does_nothing(facilitator: Facilitator, action: str) -> None:
    facilitator.next()
    facilitator.next()
    before = facilitator.look()
    facilitator.version -= 1
    with pytest.raises(StaleStage) as refused:
        facilitator.do(action, slide=facilitator.slides[0].id, seconds=30)  # type: ignore[attr-defined]
    assert refused.value.params["version"] == before.stage.version
    assert facilitator.look().stage.version == before.stage.version


@pytest.mark.parametrize("action", sorted(stage.COMMANDS))
def test_an_ended_meeting_takes_no_command(facilitator: Facilitator, action: str) -> None:
    facilitator.next()
    facilitator.end()
    with pytest.raises(MeetingEnded):
        facilitator.do(action, slide=facilitator.slides[0].id, seconds=30)  # type: ignore[attr-defined]


@pytest.mark.parametrize("action", ["", "explode", "__class__", "end"])
def test_a_command_that_does_not_exist_is_refused(facilitator: Facilitator, action: str) -> None:
    with pytest.raises(UnknownAction):
        facilitator.do(action)


def test_commands_to_no_meeting_find_none(database: Database) -> None:
    with pytest.raises(NotFound):
        database.run(stage.command, "nothing", 1, "next", {})
    with pytest.raises(NotFound):
        database.read(stage.scene, "nothing")


@pytest.mark.parametrize("slide", [None, "", "nothing", 7, ["s"]])
def test_going_to_no_slide_is_refused(facilitator: Facilitator, slide: object) -> None:
    with pytest.raises(NotFound):
        facilitator.do("go", slide=slide)


def test_next_closes_the_poll_unless_it_stays_open(facilitator: Facilitator) -> None:
    closing, staying = facilitator.add("choice"), facilitator.add("choice", stays_open=True)
    first, second = facilitator.poll(facilitator.go(closing)), facilitator.poll(facilitator.go(staying))
    facilitator.go(closing)
    assert facilitator.let_in().answer(first, ["a"]).code == "closed"
    assert facilitator.let_in().answer(second, ["a"]).code == "saved"


def test_going_to_the_slide_that_is_on_stage_closes_nothing(facilitator: Facilitator) -> None:
    slide = facilitator.add("choice")
    facilitator.go(slide)
    assert poll_state(facilitator.go(slide)) == "open"


def test_a_poll_that_does_not_open_on_arrival_waits_to_be_opened(facilitator: Facilitator) -> None:
    slide = facilitator.add("choice", opens_on_arrival=False)
    assert facilitator.go(slide).poll is None
    assert poll_state(facilitator.open()) == "open"


def test_open_and_close_and_open_again_is_the_same_round(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    assert poll_state(facilitator.close()) == "closed"
    scene = facilitator.open()
    assert (facilitator.poll(scene).id, poll_state(scene)) == (poll.id, "open")


def test_opening_what_is_open_changes_nothing(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    assert facilitator.poll(facilitator.open()).id == poll.id


@pytest.mark.parametrize("action", ["open", "close", "ask_again"])
def test_a_slide_that_asks_nothing_cannot_be_opened_closed_or_asked_again(
    facilitator: Facilitator, action: str
) -> None:
    facilitator.next()
    with pytest.raises(NothingToDo) as refused:
        facilitator.do(action)
    assert refused.value.params["reason"] == "no_poll"


def test_results_are_shown_on_arrival_unless_the_slide_hides_them(facilitator: Facilitator) -> None:
    hidden = facilitator.add("choice", results_hidden=True)
    assert facilitator.next().stage.results_visible
    assert not facilitator.go(hidden).stage.results_visible
    assert facilitator.do("show_results").stage.results_visible
    assert not facilitator.do("hide_results").stage.results_visible


@pytest.mark.parametrize(
    ("on", "off", "setting"),
    [
        ("show_join", "hide_join", "join_visible"),
        ("show_questions", "hide_questions", "questions_visible"),
        ("blank", "unblank", "blank"),
        ("share_results", "unshare_results", "results_on_phones"),
    ],
)
def test_what_is_switched_on_is_off_again_on_the_next_slide(
    facilitator: Facilitator, on: str, off: str, setting: str
) -> None:
    facilitator.next()
    assert getattr(facilitator.do(on).stage, setting)
    assert not getattr(facilitator.do(off).stage, setting)
    facilitator.do(on)
    assert not getattr(facilitator.next().stage, setting)


def test_asking_again_starts_round_two_and_keeps_round_one(facilitator: Facilitator) -> None:
    first, participant = facilitator.ask("choice"), facilitator.let_in()
    participant.answer(first, YES)
    second = facilitator.ask_again()
    assert (second.number, second.state) == (2, "open")
    assert facilitator.sees(first).ballots == 1
    assert facilitator.sees(second).ballots == 0
    assert participant.answer(first, NO, revision=2).code == "closed"
    assert participant.answer(second, NO).code == "saved"


@pytest.mark.parametrize("seconds", [4, 3601, 0, -5, None, "30", 10.5, True])
def test_a_countdown_outside_its_limits_is_refused(facilitator: Facilitator, seconds: object) -> None:
    facilitator.ask("choice")
    with pytest.raises(BadCommand) as refused:
        facilitator.do("countdown", seconds=seconds)
    assert (refused.value.params["least"], refused.value.params["most"]) == (5, 3600)


@pytest.mark.parametrize("seconds", [5, 3600])
def test_a_countdown_at_its_limits_is_taken(facilitator: Facilitator, seconds: int) -> None:
    facilitator.ask("choice")
    ends_at = facilitator.do("countdown", seconds=seconds).stage.countdown_ends_at
    assert ends_at is not None
    assert ends_at - time.time() == pytest.approx(seconds, abs=2)


def test_only_an_open_poll_can_be_counted_down(facilitator: Facilitator) -> None:
    facilitator.ask("choice")
    facilitator.close()
    with pytest.raises(NothingToDo) as refused:
        facilitator.do("countdown", seconds=30)
    assert refused.value.params["reason"] == "not_open"


def test_a_countdown_that_ran_out_closes_the_poll_once(facilitator: Facilitator, database: Database) -> None:
    facilitator.ask("choice")
    before = facilitator.do("countdown", seconds=5).stage
    version, ends_at = before.version, before.countdown_ends_at
    assert ends_at is not None
    assert database.run(stage.close_due, facilitator.id, ends_at - 1) is None, "another one, set anew since"
    scene = database.run(stage.close_due, facilitator.id, ends_at)
    assert scene is not None
    assert (poll_state(scene), scene.stage.countdown_ends_at, scene.stage.version) == ("closed", None, version + 1)
    assert database.run(stage.close_due, facilitator.id, ends_at) is None


@pytest.mark.parametrize("action", ["stop_countdown", "close", "next", "ask_again"])
def test_a_countdown_ends_with_what_it_counted(facilitator: Facilitator, database: Database, action: str) -> None:
    facilitator.ask("choice")
    facilitator.add("text")
    facilitator.do("countdown", seconds=30)
    assert [scene.meeting.id for scene in database.read(stage.countdowns)] == [facilitator.id]
    assert facilitator.do(action).stage.countdown_ends_at is None
    assert database.read(stage.countdowns) == []


def test_news_are_of_the_newest_round_on_stage_only(facilitator: Facilitator, database: Database) -> None:
    first = facilitator.ask("choice")
    assert database.read(stage.news, first.id) is not None
    second = facilitator.ask_again()
    assert database.read(stage.news, first.id) is None
    assert database.read(stage.news, second.id) is not None
    facilitator.ask("word_cloud")
    assert database.read(stage.news, second.id) is None
    assert database.read(stage.news, 999) is None


def test_a_round_of_another_meeting_is_unknown(
    facilitator: Facilitator, careful: Facilitator, database: Database
) -> None:
    poll = facilitator.ask("choice")
    with pytest.raises(DomainError, match="unknown_round"):
        database.read(rounds.get, careful.id, poll.id)


def test_only_what_is_marked_as_correct_can_be_revealed(facilitator: Facilitator) -> None:
    facilitator.next()
    facilitator.next()
    with pytest.raises(NothingToDo) as refused:
        facilitator.do("reveal")
    assert refused.value.params["reason"] == "no_correct"


def test_what_is_correct_stays_revealed_until_it_is_hidden_and_a_new_round_begins_without(
    facilitator: Facilitator,
) -> None:
    facilitator.ask("choice", options=[{"id": "a", "label": "Bern", "correct": True}, {"id": "b", "label": "Basel"}])
    assert [facilitator.do(action).poll.revealed for action in ("reveal", "unreveal", "reveal")] == [True, False, True]
    facilitator.previous()
    assert facilitator.next().poll.revealed
    assert not facilitator.do("ask_again").poll.revealed
