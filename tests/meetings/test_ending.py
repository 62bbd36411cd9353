"""End, undo, seal, erase: what stays, what goes, and that a run cut short is finished by the next."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from pollapp.ballots import KeyRing
from pollapp.ballots.models import Ballot, Snapshot, TallyCount
from pollapp.database import Database, reading
from pollapp.errors import KeyDestroyed, MeetingEnded, UndoExpired
from pollapp.meetings import Meeting, agenda, ending, erasing, presets
from tests.actors import Facilitator
from tests.databases import Postgres, SQLite, forget

YES = ["yes"]


def pass_time(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Let the clock of the ending stand later."""
    later = agenda.now() + by
    monkeypatch.setattr(ending, "now", lambda: later)


def rows(database: Database, table: type) -> list:
    with database.engine.connect() as connection:
        return list(connection.execute(select(table.__table__)))


def meeting_of(facilitator: Facilitator) -> Meeting:
    return facilitator.look().meeting


def test_the_end_closes_every_round_and_is_read_only(facilitator: Facilitator) -> None:
    staying = facilitator.add("choice", stays_open=True)
    first = facilitator.poll(facilitator.go(staying))
    second = facilitator.ask("choice")
    facilitator.end()
    assert facilitator.let_in().answer(first, ["a"]).code == "closed"
    assert facilitator.let_in().answer(second, YES).code == "closed"
    for change in (lambda: facilitator.add("text"), facilitator.next, facilitator.end):
        with pytest.raises(MeetingEnded):
            change()


@pytest.mark.parametrize(("preset", "days"), [("standard", 365), ("chatham_house", 30)])
def test_the_end_sets_the_day_of_erasure(
    database: Database, keys: KeyRing, owner_id: int, preset: str, days: int
) -> None:
    facilitator = Facilitator(database, keys, owner_id, preset=preset)
    facilitator.end()
    meeting = meeting_of(facilitator)
    assert meeting.ended_at is not None
    assert presets.PRESETS[preset].keep_days == meeting.keep_days == days
    assert abs((meeting.erase_on - meeting.ended_at.date()).days - days) <= 1


def test_within_the_hour_the_end_is_undone(facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = facilitator.ask("choice")
    facilitator.end()
    pass_time(monkeypatch, timedelta(minutes=59))
    facilitator.undo_end()
    meeting = meeting_of(facilitator)
    assert (meeting.state, meeting.ended_at, meeting.erase_on) == ("live", None, None)
    facilitator.open()
    assert facilitator.let_in().answer(poll, YES).code == "saved"


@pytest.mark.parametrize("minutes", [61, 600])
def test_after_the_hour_the_end_stays(facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    facilitator.end()
    pass_time(monkeypatch, timedelta(minutes=minutes))
    with pytest.raises(UndoExpired):
        facilitator.undo_end()


def test_only_an_end_can_be_undone(facilitator: Facilitator) -> None:
    with pytest.raises(UndoExpired):
        facilitator.undo_end()
    facilitator.end()
    facilitator.seal()
    with pytest.raises(UndoExpired):
        facilitator.undo_end()


def test_meetings_are_sealed_after_the_hour_and_ended_when_left_alone(
    facilitator: Facilitator, careful: Facilitator, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    careful.add("text")
    careful.next()
    facilitator.end()
    assert (database.read(ending.due_for_seal), database.read(ending.idle)) == ([], [])
    pass_time(monkeypatch, timedelta(hours=73))
    assert database.read(ending.due_for_seal) == [facilitator.id]
    assert database.read(ending.idle) == [careful.id]


def test_a_running_meeting_cannot_be_sealed(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    facilitator.let_in().answer(poll, YES)
    facilitator.seal()
    assert meeting_of(facilitator).state == "live"
    facilitator.keys.get(facilitator.id)


def test_the_seal_destroys_the_key_and_the_ballots_and_keeps_the_tally(
    facilitator: Facilitator, database: Database, tmp_path: Path
) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    participant.answer(poll, YES)
    facilitator.end()
    facilitator.seal()
    with pytest.raises(KeyDestroyed):
        facilitator.keys.get(facilitator.id)
    assert list((tmp_path / "keys").iterdir()) == []
    assert rows(database, Ballot) == []
    assert participant.own(poll) == []
    assert participant.answer(poll, YES).code == "closed"
    assert facilitator.sees(poll).results["options"][0]["count"] == 1


def test_the_seal_gives_texts_new_random_names(facilitator: Facilitator, database: Database) -> None:
    poll, room = facilitator.ask("open_text"), [facilitator.let_in() for _ in range(6)]
    for number, person in enumerate(room):
        person.answer(poll, f"Answer {number}")
    room[5].answer(poll, None, revision=2)
    before = {row.id for row in rows(database, Ballot)}
    facilitator.end()
    facilitator.seal()
    after = rows(database, Ballot)
    assert before.isdisjoint(row.id for row in after)
    assert {row.revision for row in after} == {0}
    assert {text["text"] for text in facilitator.sees(poll).results["texts"]} == {
        f"Answer {number}" for number in range(5)
    }


def test_the_seal_keeps_of_a_careful_meeting_only_what_was_published(careful: Facilitator, database: Database) -> None:
    poll = careful.ask("open_text")
    for number in range(5):
        careful.let_in().answer(poll, f"First {number}")
    careful.close()
    careful.open()
    for number in range(3):
        careful.let_in().answer(poll, f"Late {number}")
    names = {text["id"] for text in careful.sees(poll).results["texts"]}
    careful.end()
    careful.seal()
    assert (rows(database, Ballot), rows(database, TallyCount)) == ([], [])
    assert [row.participants for row in rows(database, Snapshot)] == [5]
    assert "Late" not in str(rows(database, Snapshot))
    texts = careful.sees(poll).results["texts"]
    assert {text["text"] for text in texts} == {f"First {number}" for number in range(5)}
    assert names.isdisjoint(text["id"] for text in texts)


def test_the_seal_may_run_again(facilitator: Facilitator, database: Database) -> None:
    poll = facilitator.ask("open_text")
    facilitator.let_in().answer(poll, "Still here")
    facilitator.end()
    facilitator.seal()
    before = rows(database, Ballot), facilitator.look().stage.version
    facilitator.seal()
    assert (rows(database, Ballot), facilitator.look().stage.version) == before


def test_a_seal_cut_short_after_the_key_is_finished_by_the_next(facilitator: Facilitator, database: Database) -> None:
    poll = facilitator.ask("choice")
    facilitator.let_in().answer(poll, YES)
    facilitator.end()
    facilitator.keys.destroy(facilitator.id)
    assert len(rows(database, Ballot)) == 1
    facilitator.seal()
    assert meeting_of(facilitator).state == "sealed"
    assert rows(database, Ballot) == []


def test_a_meeting_is_due_for_erasure_on_its_day_once_sealed(facilitator: Facilitator, database: Database) -> None:
    facilitator.end()

    def bring_forward(session):
        session.get_one(Meeting, facilitator.id).erase_on = agenda.now().date() - timedelta(days=1)

    database.run(bring_forward)
    assert database.read(ending.due_for_erasure) == []
    facilitator.seal()
    assert database.read(ending.due_for_erasure) == [facilitator.id]


def test_what_was_answered_is_in_no_file_of_the_database_after_seal_and_erasure(
    facilitator: Facilitator, database: Database, databases: SQLite | Postgres, database_url: str
) -> None:
    poll, turncoat = facilitator.ask("open_text"), facilitator.let_in()
    turncoat.answer(poll, "Archaeopteryx lithographica")
    turncoat.answer(poll, "Quetzalcoatlus northropi", revision=2)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
    assert b"Archaeopteryx" in databases.contents(database_url), "the test must be able to find what is there"
    facilitator.end()
    facilitator.seal()
    forget(database)
    assert b"Archaeopteryx" not in databases.contents(database_url)
    assert b"Quetzalcoatlus" in databases.contents(database_url)
    database.run(erasing.erase, facilitator.id)
    forget(database)
    database.close()
    assert b"Quetzalcoatlus" not in databases.contents(database_url)


def test_what_somebody_else_is_reading_is_forgotten_when_they_are_done(
    facilitator: Facilitator, database: Database, databases: SQLite | Postgres, database_url: str
) -> None:
    facilitator.let_in().answer(facilitator.ask("open_text"), "Quetzalcoatlus northropi")
    reader = reading(database.engine).connect()
    reader.exec_driver_sql("SELECT * FROM alembic_version").all()
    facilitator.end()
    facilitator.seal()
    database.run(erasing.erase, facilitator.id)
    assert not database.forget_deleted()
    reader.close()
    forget(database)
    database.close()
    assert b"Quetzalcoatlus" not in databases.contents(database_url)


def test_the_day_of_the_last_answer_is_known_and_nothing_finer_and_the_end_forgets_it(
    facilitator: Facilitator, database: Database
) -> None:
    poll = facilitator.ask("choice")
    assert meeting_of(facilitator).answered_on is None
    database.run(ending.note_answers, {poll.id})
    assert meeting_of(facilitator).answered_on == agenda.now().date()
    facilitator.end()
    assert meeting_of(facilitator).answered_on is None
    database.run(ending.note_answers, {poll.id})
    assert meeting_of(facilitator).answered_on is None


def test_a_meeting_is_not_ended_while_people_still_answer(
    facilitator: Facilitator, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = facilitator.ask("choice")
    start = agenda.now().replace(hour=12)
    for days in range(1, 9):
        monkeypatch.setattr(ending, "now", lambda at=start + timedelta(days=days): at)
        database.run(ending.note_answers, {poll.id})
        assert database.read(ending.idle) == []
    (due,) = database.read(ending.calendar)
    last = start + timedelta(days=8)
    assert due.at == last.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=4)
    assert due.at - last >= ending.IDLE_WINDOW
    monkeypatch.setattr(ending, "now", lambda: due.at - timedelta(seconds=1))
    assert database.read(ending.idle) == []
    monkeypatch.setattr(ending, "now", lambda: due.at + timedelta(seconds=1))
    assert database.read(ending.idle) == [facilitator.id]


def test_the_calendar_says_what_comes_next(facilitator: Facilitator, database: Database) -> None:
    assert database.read(ending.calendar) == [], "a draft stays until somebody acts"
    facilitator.ask("choice")
    (live,) = database.read(ending.calendar)
    assert (live.step, live.at) == ("end", meeting_of(facilitator).active_at + ending.IDLE_WINDOW)
    facilitator.end()
    (ended,) = database.read(ending.calendar)
    assert (ended.step, ended.at) == ("seal", meeting_of(facilitator).ended_at + ending.UNDO_WINDOW)
    facilitator.seal()
    (sealed,) = database.read(ending.calendar)
    assert (sealed.step, sealed.at) == ("erase", meeting_of(facilitator).erase_on)
    assert not ending.is_due(sealed.at)


def test_a_meeting_left_alone_on_a_server_that_was_off_is_erased_when_it_was_promised(
    facilitator: Facilitator, database: Database
) -> None:
    facilitator.ask("choice")
    long_ago = agenda.now() - timedelta(days=100)

    def age(session):
        session.get_one(Meeting, facilitator.id).active_at = long_ago

    database.run(age)
    database.run(ending.end_idle, facilitator.id)
    meeting = meeting_of(facilitator)
    assert meeting.erase_on == (long_ago + ending.IDLE_WINDOW).date() + timedelta(days=365)
    facilitator.undo_end()
    assert meeting_of(facilitator).state == "live"


def test_an_end_whose_key_is_gone_cannot_be_undone(facilitator: Facilitator) -> None:
    facilitator.end()
    facilitator.keys.destroy(facilitator.id)
    with pytest.raises(UndoExpired):
        facilitator.undo_end()


def test_whoever_still_holds_the_key_cannot_answer_after_the_seal(facilitator: Facilitator, database: Database) -> None:
    poll, old = facilitator.ask("choice"), facilitator.let_in()
    old.answer(poll, YES)
    facilitator.end()
    facilitator.seal()
    for revision in (1, 2):
        assert old.answer(poll, YES, revision=revision).code == "closed"
    assert rows(database, Ballot) == []
