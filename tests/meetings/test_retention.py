"""How long answers are kept: within limits, only ever shorter once promised; and what an erased meeting leaves."""

from datetime import date, timedelta

import pytest

from pollapp.database import Base, Database
from pollapp.errors import BadSettings, NotFound, PresetFrozen, RetentionPromised, UnknownMeeting
from pollapp.meetings import Meeting, agenda, erasing, joining
from tests.actors import Facilitator

LIMITS = {"standard": (1, 1095, 365), "chatham_house": (1, 30, 30)}


@pytest.fixture
def host(facilitator: Facilitator, careful: Facilitator, preset: str) -> Facilitator:
    """A facilitator, under each preset in turn."""
    return {"standard": facilitator, "chatham_house": careful}[preset]


def change(host: Facilitator, **changes: object) -> Meeting:
    return host.database.run(agenda.update_meeting, host.id, host.owner_id, **changes)


def test_each_preset_has_limits_and_a_default(host: Facilitator, preset: str) -> None:
    least, most, default = LIMITS[preset]
    assert host.meeting.keep_days == default
    assert change(host, keep_days=least).keep_days == least
    assert change(host, keep_days=most).keep_days == most
    for days in (least - 1, most + 1, -5):
        with pytest.raises(BadSettings) as refused:
            change(host, keep_days=days)
        assert (refused.value.params["least"], refused.value.params["most"]) == (least, most)


def test_another_preset_brings_its_own_days_unless_others_were_chosen(facilitator: Facilitator) -> None:
    assert change(facilitator, preset="chatham_house").keep_days == 30
    assert change(facilitator, preset="standard").keep_days == 365
    assert change(facilitator, keep_days=7).keep_days == 7
    assert change(facilitator, preset="chatham_house", keep_days=7).keep_days == 7
    assert change(facilitator, preset="standard", keep_days=400).keep_days == 400
    assert change(facilitator, preset="chatham_house", keep_days=400).keep_days == 30
    with pytest.raises(BadSettings):
        change(facilitator, keep_days=31)


def test_after_the_first_answer_it_is_only_made_shorter(host: Facilitator) -> None:
    poll = host.ask("choice")
    change(host, keep_days=20)
    change(host, keep_days=25)
    host.let_in().answer(poll, ["yes"])
    assert change(host, keep_days=25).keep_days == 25
    with pytest.raises(RetentionPromised) as refused:
        change(host, keep_days=26)
    assert refused.value.params["most"] == 25
    assert change(host, keep_days=3).keep_days == 3
    with pytest.raises(RetentionPromised):
        change(host, keep_days=4)


def test_after_the_end_the_day_moves_with_it_but_not_into_the_past(host: Facilitator) -> None:
    host.end()
    before = host.look().meeting.erase_on
    assert before == date.today() + timedelta(days=host.meeting.keep_days)
    assert change(host, keep_days=10).erase_on == date.today() + timedelta(days=10)
    with pytest.raises(RetentionPromised):
        change(host, keep_days=11)

    def ended_nine_days_ago(session):
        session.get_one(Meeting, host.id).erase_on = date.today() + timedelta(days=1)

    host.database.run(ended_nine_days_ago)
    with pytest.raises(BadSettings) as refused:
        change(host, keep_days=9)
    assert refused.value.params["reason"] == "day_is_past"


def test_the_seal_does_not_thaw_what_was_promised(host: Facilitator, preset: str) -> None:
    change(host, keep_days=20)
    poll = host.ask("choice")
    host.let_in().answer(poll, ["yes"])
    host.end()
    host.seal()
    other = "standard" if preset == "chatham_house" else "chatham_house"
    with pytest.raises(PresetFrozen):
        change(host, preset=other)
    with pytest.raises(RetentionPromised):
        change(host, keep_days=21)


@pytest.mark.parametrize(
    ("people", "published"), [(4, {"standard": 4, "chatham_house": 0}), (7, {"standard": 7, "chatham_house": 5})]
)
def test_erasing_leaves_a_line_of_days_and_counts(
    host: Facilitator, database: Database, preset: str, people: int, published: dict[str, int]
) -> None:
    poll = host.ask("open_text")
    host.add("heading")
    for number in range(people):
        host.let_in().answer(poll, f"Forget {number}")
        if number == 4:
            host.close()
            host.open()
    host.end()
    host.seal()
    before = database.read(agenda.meetings_of, host.owner_id)
    database.run(erasing.erase, host.id)
    database.run(erasing.erase, host.id)
    (line,) = database.read(erasing.erased_of, host.owner_id)
    assert (line.held_on, line.erased_on, line.polls, line.answers) == (
        date.today(),
        date.today(),
        1,
        published[preset],
    )
    assert line.id != host.id
    assert len(database.read(agenda.meetings_of, host.owner_id)) == len(before) - 1
    with pytest.raises(UnknownMeeting):
        database.read(joining.by_code, host.meeting.code)
    with database.engine.connect() as connection:
        left = {
            name: connection.execute(table.select()).all()
            for name, table in Base.metadata.tables.items()
            if name not in ("facilitator", "erased_meeting", "meeting", "stage")
        }
    assert not any(left.values()), left
    for words in ("Forget", host.meeting.title, host.meeting.code, "What do you think?"):
        assert words not in str(vars(line))


def test_a_line_is_removed_by_its_owner_only(host: Facilitator, database: Database, stranger_id: int) -> None:
    database.run(erasing.erase, host.id)
    (line,) = database.read(erasing.erased_of, host.owner_id)
    assert database.read(erasing.erased_of, stranger_id) == []
    with pytest.raises(NotFound):
        database.run(erasing.remove_line, line.id, stranger_id)
    database.run(erasing.remove_line, line.id, host.owner_id)
    assert database.read(erasing.erased_of, host.owner_id) == []


def test_a_meeting_that_belongs_to_nobody_leaves_no_line(database: Database, keys) -> None:
    nobodys = database.run(agenda.create_meeting, keys, owner_id=None, title="Demo")
    database.run(erasing.erase, nobodys.id)
    assert database.read(lambda session: session.get(Meeting, nobodys.id)) is None
