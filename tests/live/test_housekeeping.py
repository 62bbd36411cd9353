"""What happens by itself: one meeting that fails holds up no other, and deleted bytes vanish even after a crash."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from pollapp import extensions, forgetting
from pollapp.ballots import KeyRing
from pollapp.database import Database
from pollapp.errors import Unavailable
from pollapp.live.housekeeping import Done, Housekeeping
from pollapp.meetings import Meeting, agenda, ending
from tests.actors import Facilitator

WORDS = "Quetzalcoatlus northropi"


@pytest.fixture
def told() -> list[str]:
    """The meetings whose stage changed."""
    return []


@pytest.fixture
def house(database: Database, keys: KeyRing, told: list[str]) -> Housekeeping:
    return Housekeeping(database, keys, lambda scene: told.append(scene.meeting.id))


def turn_back(host: Facilitator, **values: object) -> None:
    def change(session):
        meeting = session.get_one(Meeting, host.id)
        for name, value in values.items():
            setattr(meeting, name, value)

    host.database.run(change)


def log_of(database_file: Path) -> bytes:
    log = database_file.with_name(f"{database_file.name}-wal")
    return log.read_bytes() if log.exists() else b""


def test_a_meeting_left_alone_is_ended_sealed_and_erased(
    house: Housekeeping, facilitator: Facilitator, told: list[str]
) -> None:
    facilitator.ask("choice")
    assert house.look() == []
    turn_back(facilitator, active_at=agenda.now() - timedelta(days=500))
    assert house.look() == [Done("end", facilitator.id)]
    assert told == [facilitator.id]
    assert house.look() == []
    turn_back(facilitator, ended_at=agenda.now() - timedelta(hours=2))
    assert house.look() == [Done("seal", facilitator.id), Done("erase", facilitator.id)]
    assert house.look() == []


def test_answers_are_noted_at_the_next_look(house: Housekeeping, facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    turn_back(facilitator, active_at=agenda.now() - timedelta(days=5))
    house.answers_came({poll.id}, set())
    assert house.look() == []
    assert facilitator.look().meeting.answered_on == agenda.now().date()


def test_a_day_that_could_not_be_stored_is_stored_later(
    house: Housekeeping, facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = facilitator.ask("choice")
    house.answers_came({poll.id}, set())

    def be_away(*_about: object) -> None:
        raise Unavailable()

    with monkeypatch.context() as patch:
        patch.setattr(ending, "note_answers", be_away)
        with pytest.raises(Unavailable):
            house.look()
    house.look()
    assert facilitator.look().meeting.answered_on == agenda.now().date()


def test_what_the_writer_stores_counts_as_activity(host: Facilitator) -> None:
    poll = host.ask("choice")
    turn_back(host, active_at=agenda.now() - timedelta(days=5))
    assert extensions.hub.store(host.let_in().cast(poll, ["yes"])).code == "saved"
    assert extensions.hub.keep_house() == []
    assert host.look().meeting.answered_on == agenda.now().date()


def test_a_meeting_that_cannot_be_sealed_holds_up_no_other_and_is_tried_again(
    house: Housekeeping, facilitator: Facilitator, careful: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for host in (facilitator, careful):
        host.end()
        turn_back(host, ended_at=agenda.now() - timedelta(hours=2))
    destroy = KeyRing.destroy

    def refuse_one(keys: KeyRing, meeting_id: str) -> None:
        if meeting_id == facilitator.id:
            raise PermissionError(13, "Permission denied")
        destroy(keys, meeting_id)

    with monkeypatch.context() as patch:
        patch.setattr(KeyRing, "destroy", refuse_one)
        assert house.look() == [Done("seal", careful.id)]
    assert house.look() == [Done("seal", facilitator.id)]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_the_log_is_emptied_after_a_crash_and_again_when_somebody_was_reading(
    house: Housekeeping,
    facilitator: Facilitator,
    database: Database,
    database_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    poll = facilitator.ask("open_text")
    facilitator.let_in().answer(poll, WORDS)
    database.run(agenda.delete_meeting, facilitator.keys, facilitator.id, facilitator.owner_id)
    assert WORDS.encode() in log_of(database_file), "what a process before this one left"
    reader = sqlite3.connect(database_file, isolation_level=None)
    reader.execute("begin").execute("select * from meeting").fetchall()
    database.engine.dispose()
    monkeypatch.setattr(forgetting, "SQLITE_PATIENCE_MS", 50)
    house.look()
    assert WORDS.encode() in log_of(database_file), "somebody reads what is there"
    reader.close()
    house.look()
    assert WORDS.encode() not in log_of(database_file) + database_file.read_bytes()
    monkeypatch.setattr(database, "forget_deleted", lambda: pytest.fail("nothing was deleted since"))
    house.look()
