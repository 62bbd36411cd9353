"""The agenda: limits, order, what may still change once people have answered, and whose meeting it is."""

from typing import Any

import pytest

from pollapp import kinds
from pollapp.ballots import KeyRing, rounds
from pollapp.database import Database
from pollapp.errors import (
    BadSettings,
    KeyDestroyed,
    NotFound,
    PresetFrozen,
    SettingsFrozen,
    TooManySlides,
    UnknownKind,
    UnknownMeeting,
)
from pollapp.meetings import agenda, joining, templates
from tests.actors import OPTIONS, Facilitator

YES = ["yes"]


def order(facilitator: Facilitator) -> list[str]:
    """Return the prompts of the agenda in order, checking that positions have no gaps."""
    slides = facilitator.database.read(agenda.slides_of, facilitator.id)
    assert [slide.position for slide in slides] == list(range(len(slides)))
    return [slide.prompt for slide in slides]


def change(facilitator: Facilitator, **changes: Any) -> Any:
    return facilitator.database.run(agenda.update_meeting, facilitator.id, facilitator.owner_id, **changes)


def mend(facilitator: Facilitator, slide_id: str, settings: dict[str, Any], **changes: Any) -> Any:
    return facilitator.database.run(agenda.update_slide, facilitator.id, slide_id, settings=settings, **changes)


@pytest.mark.parametrize("template", sorted(templates.TEMPLATES))
def test_a_template_makes_a_meeting_whose_slides_all_load(
    database: Database, keys: KeyRing, owner_id: int, template: str
) -> None:
    facilitator = Facilitator(database, keys, owner_id, template=template)
    slides = database.read(agenda.slides_of, facilitator.id)
    assert [slide.kind for slide in slides] == [draft.kind for draft in templates.TEMPLATES[template].slides]
    for slide in slides:
        kinds.load_settings(slide.kind, slide.settings)


def test_a_code_has_eight_digits_and_is_found_however_it_is_typed(facilitator: Facilitator, database: Database) -> None:
    code = facilitator.meeting.code
    assert (len(code), code[0] != "0", code.isdecimal()) == (8, True, True)
    arabic = "".join(chr(0x660 + int(digit)) for digit in code)
    for typed in (code, f" {code[:4]} {code[4:]} ", f"{code[:4]}-{code[4:]}", arabic):
        assert database.read(joining.by_code, joining.read_code(typed)).id == facilitator.id


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "abcdefgh", "1234567²", "'; DROP--", "12345678\x00"])
def test_what_cannot_be_a_code_is_an_unknown_meeting(typed: str) -> None:
    with pytest.raises(UnknownMeeting):
        joining.read_code(typed)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": ""}, "required"),
        ({"title": " \n"}, "required"),
        ({"title": "x" * 121}, "too_long"),
        ({"theme": "neon"}, "unknown_choice"),
        ({"accent": "beige"}, "unknown_choice"),
        ({"language": "xx"}, "unknown_choice"),
        ({"preset": "open_book"}, "unknown_choice"),
        ({"state": "live"}, "unknown"),
        ({"code": "11111111"}, "unknown"),
    ],
)
def test_a_meeting_is_not_changed_to_what_does_not_fit(
    facilitator: Facilitator, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(BadSettings) as refused:
        change(facilitator, **changes)
    assert refused.value.params["reason"] == reason


def test_limits_of_texts_hold_at_their_edge(facilitator: Facilitator) -> None:
    assert len(change(facilitator, title="x" * 120).title) == 120
    slide = facilitator.add("text", prompt="x" * 300, notes="x" * 2000)
    for more in ({"prompt": "x" * 301}, {"notes": "x" * 2001}):
        with pytest.raises(BadSettings):
            mend(facilitator, slide.id, slide.settings, **more)


def test_nobody_elses_meeting_is_found(
    facilitator: Facilitator, database: Database, keys: KeyRing, stranger_id: int
) -> None:
    assert [meeting.id for meeting in database.read(agenda.meetings_of, facilitator.owner_id)] == [facilitator.id]
    assert database.read(agenda.meetings_of, stranger_id) == []
    for attempt in (
        lambda: database.read(agenda.get_meeting, facilitator.id, stranger_id),
        lambda: database.run(agenda.update_meeting, facilitator.id, stranger_id, title="Mine"),
        lambda: database.run(agenda.delete_meeting, keys, facilitator.id, stranger_id),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_the_preset_may_change_until_the_first_answer(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    assert change(facilitator, preset="chatham_house").preset == "chatham_house"
    change(facilitator, preset="standard")
    facilitator.let_in().answer(poll, YES)
    with pytest.raises(PresetFrozen):
        change(facilitator, preset="chatham_house")
    assert change(facilitator, preset="standard", title="Still mine").title == "Still mine"


def test_a_preset_chosen_after_asking_holds_for_what_was_asked(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    change(facilitator, preset="chatham_house")
    facilitator.let_in().answer(poll, YES)
    assert facilitator.sees(poll).results is None
    assert facilitator.sees(poll).waiting == "first_ten"


def test_a_hundred_slides_are_enough(facilitator: Facilitator) -> None:
    for _ in range(100):
        facilitator.database.run(agenda.add_slide, facilitator.id, "heading")
    with pytest.raises(TooManySlides):
        facilitator.add("heading")
    first = facilitator.database.read(agenda.slides_of, facilitator.id)[0]
    with pytest.raises(TooManySlides):
        facilitator.database.run(agenda.duplicate_slide, facilitator.id, first.id)


def test_a_slide_of_no_kind_is_refused(facilitator: Facilitator) -> None:
    with pytest.raises(UnknownKind):
        facilitator.add("hologram")


def test_slides_are_added_moved_and_copied_in_order(facilitator: Facilitator) -> None:
    slides = {name: facilitator.add("text", prompt=name) for name in "abc"}
    run = facilitator.database.run
    run(agenda.move_slide, facilitator.id, slides["c"].id, 0)
    assert order(facilitator) == ["c", "a", "b"]
    run(agenda.move_slide, facilitator.id, slides["c"].id, 99)
    run(agenda.move_slide, facilitator.id, slides["b"].id, -5)
    assert order(facilitator) == ["b", "a", "c"]
    run(agenda.add_slide, facilitator.id, "heading", position=1)
    assert order(facilitator) == ["b", "", "a", "c"]
    copy = run(agenda.duplicate_slide, facilitator.id, slides["a"].id)
    assert order(facilitator) == ["b", "", "a", "a", "c"]
    assert (copy.id != slides["a"].id, copy.position) == (True, 3)


def test_a_deleted_slide_comes_back_where_it_was(facilitator: Facilitator) -> None:
    slides = {name: facilitator.add("text", prompt=name) for name in "abc"}
    run = facilitator.database.run
    run(agenda.delete_slide, facilitator.id, slides["b"].id)
    assert facilitator.look().of == 2
    with pytest.raises(NotFound):
        facilitator.go(slides["b"])
    run(agenda.restore_slide, facilitator.id, slides["b"].id)
    run(agenda.restore_slide, facilitator.id, slides["b"].id)
    assert order(facilitator) == ["a", "b", "c"]


def test_the_slide_on_stage_cannot_be_deleted(facilitator: Facilitator) -> None:
    slide = facilitator.add("text")
    facilitator.go(slide)
    with pytest.raises(BadSettings) as refused:
        facilitator.database.run(agenda.delete_slide, facilitator.id, slide.id)
    assert refused.value.params["reason"] == "on_stage"


def test_slides_of_another_meeting_cannot_be_touched(facilitator: Facilitator, careful: Facilitator) -> None:
    slide = careful.add("text")
    run = facilitator.database.run
    for attempt in (
        lambda: run(agenda.move_slide, facilitator.id, slide.id, 0),
        lambda: run(agenda.delete_slide, facilitator.id, slide.id),
        lambda: run(agenda.restore_slide, facilitator.id, slide.id),
        lambda: run(agenda.duplicate_slide, facilitator.id, slide.id),
        lambda: mend(facilitator, slide.id, {}),
        lambda: facilitator.go(slide),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_mended_wording_reaches_the_round_and_marks_it(facilitator: Facilitator) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    participant.answer(poll, YES)
    mended = [{**OPTIONS[0], "label": "Yes, please"}, *OPTIONS[1:]]
    mend(facilitator, poll.slide_id, {"options": mended}, prompt="Shall we?")
    after = facilitator.database.read(rounds.get, facilitator.id, poll.id)
    assert (after.mended, after.prompt) == (True, "Shall we?")
    assert facilitator.sees(poll).results["options"][0]["label"] == "Yes, please"
    assert facilitator.sees(poll).results["options"][0]["count"] == 1


def test_saving_without_a_change_marks_nothing(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    mend(facilitator, poll.slide_id, poll.settings, prompt=poll.prompt, notes="Only for me")
    assert not facilitator.database.read(rounds.get, facilitator.id, poll.id).mended


def test_what_was_asked_is_frozen_once_it_was_asked(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    for settings in ({"options": OPTIONS[:2]}, {"options": OPTIONS, "most": 2}):
        with pytest.raises(SettingsFrozen):
            mend(facilitator, poll.slide_id, settings, prompt="Changed all the same")
    slide = facilitator.database.read(agenda.get_slide, facilitator.id, poll.slide_id)
    asked = [{"id": option["id"], "label": option["label"]} for option in slide.settings["options"]]
    assert (asked, slide.prompt) == (OPTIONS, "What do you think?")


def test_before_it_is_asked_everything_may_change(facilitator: Facilitator) -> None:
    slide = facilitator.add("choice")
    assert mend(facilitator, slide.id, {"options": OPTIONS, "most": 2}).settings["most"] == 2


def test_settings_that_do_not_fit_the_kind_are_refused(facilitator: Facilitator) -> None:
    slide = facilitator.add("word_cloud")
    for settings in ({"entries": 0}, {"entries": "3"}, {"colour": "red"}):
        with pytest.raises(BadSettings):
            mend(facilitator, slide.id, settings)
    with pytest.raises(BadSettings):
        mend(facilitator, slide.id, {}, position=3)


def test_deleting_a_meeting_takes_everything_and_its_key(
    facilitator: Facilitator, database: Database, keys: KeyRing
) -> None:
    poll = facilitator.ask("choice")
    facilitator.let_in().answer(poll, YES)
    database.run(agenda.delete_meeting, keys, facilitator.id, facilitator.owner_id)
    with pytest.raises(KeyDestroyed):
        keys.get(facilitator.id)
    with database.engine.connect() as connection:
        for table in ("meeting", "slide", "stage", "round", "ballot", "tally"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0  # noqa: S608


def test_meetings_of_nobody_are_adopted_by_the_first_account(database: Database, keys: KeyRing, owner_id: int) -> None:
    demo = Facilitator(database, keys, None, template="welcome")  # type: ignore[arg-type]
    database.run(agenda.adopt, owner_id)
    assert database.read(agenda.get_meeting, demo.id, owner_id).title == "Peer learning"
