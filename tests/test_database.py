"""What the database says of a failure, and what of that may be told."""

import sys
import threading
import traceback
from pathlib import Path
from sqlite3 import Cursor

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from pollapp.database import BUSY_TIMEOUT_MS, EAGER_MS, Database, immediate, others_wait_to_write
from pollapp.errors import Unavailable, Unstorable
from pollapp.meetings import agenda
from tests.actors import Facilitator
from tests.databases import Postgres
from tests.waiting import PATIENCE_S, wait_until

TOO_LONG_MS = 20


@pytest.mark.usefixtures("owner_id")
def test_an_error_and_its_traceback_hold_no_value(database: Database) -> None:
    def twice(session: Session) -> None:
        query = "INSERT INTO facilitator (email, name, password_hash) SELECT :email, name, :secret FROM facilitator"
        session.execute(text(query), {"email": "ada@example.org", "secret": "Quetzalcoatlus"})

    with pytest.raises(IntegrityError) as failed:
        database.run(twice)
    said = "".join(traceback.format_exception(failed.value))
    assert "facilitator" in said
    assert "ada@example.org" not in said.replace('"ada@example.org", "secret"', "")
    assert "Quetzalcoatlus" not in said.replace('"secret": "Quetzalcoatlus"', "")


@pytest.mark.parametrize("half", ["\ud83d", "a\udc00"])
def test_half_a_character_is_unstorable_anywhere(database: Database, half: str) -> None:
    with pytest.raises(Unstorable):
        database.read(lambda session: session.execute(text("SELECT :it"), {"it": half}).scalar())


@pytest.mark.postgres
@pytest.mark.parametrize("databases", ["postgres"], indirect=True)
def test_a_connection_cut_in_the_midst_is_told_as_a_database_that_does_not_answer(
    database: Database, databases: Postgres, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    def be_cut_off(session: Session) -> None:
        session.execute(text("SELECT 1"))
        databases.cut_off(database_url)
        session.execute(text("SELECT 'Quetzalcoatlus'"))

    with pytest.raises(Unavailable):
        database.run(be_cut_off)
    assert "could not do its work" in caplog.text
    assert "Quetzalcoatlus" not in caplog.text
    assert database.read(lambda session: session.execute(text("SELECT 1")).scalar()) == 1


@pytest.mark.postgres
@pytest.mark.parametrize("databases", ["postgres"], indirect=True)
def test_what_only_reads_sees_one_moment_and_cannot_write(database: Database) -> None:
    with pytest.raises(Exception, match="read-only"):
        database.read(lambda session: session.execute(text("DELETE FROM meeting")))


@pytest.mark.postgres
@pytest.mark.parametrize("databases", ["postgres"], indirect=True)
def test_postgresql_is_told_how_long_to_wait_and_when_to_say_saved(database: Database) -> None:
    names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "synchronous_commit")
    with database.engine.connect() as connection:
        told = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in names]
    assert told == ["15s", "1min", "1min", "on"]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_sqlite_overwrites_what_is_deleted(database: Database, facilitator: Facilitator, database_file: Path) -> None:
    """The text is longer than a row's own page holds: its end is in a page that nothing uses after the deletion."""
    words = "Quetzalcoatlus northropi"
    poll = facilitator.ask("open_text")
    facilitator.let_in().answer(poll, f"{'猫' * 400} {words}")
    database.forget_deleted()
    assert words.encode() in database_file.read_bytes()
    database.run(agenda.delete_meeting, facilitator.keys, facilitator.id, facilitator.owner_id)
    database.forget_deleted()
    assert words.encode() not in database_file.read_bytes()


def busy_timeout_ms(database: Database) -> object:
    return database.run(lambda session: session.execute(text("PRAGMA busy_timeout")).scalar())


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_who_waits_for_sqlites_lock_gets_it_and_waits_as_long_as_ever_for_all_else(database: Database) -> None:
    with immediate(database.engine).begin():
        found: list[object] = []
        waiting = threading.Thread(target=lambda: found.append(busy_timeout_ms(database)), daemon=True)
        waiting.start()
        wait_until(lambda: others_wait_to_write(database.engine))
    waiting.join(PATIENCE_S)
    assert found == [BUSY_TIMEOUT_MS]
    assert not others_wait_to_write(database.engine)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_who_waits_for_sqlites_lock_too_long_is_told(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    busy_timeout_ms(database)  # a connection is open, with its own patience
    monkeypatch.setattr(sys.modules["pollapp.database"], "BUSY_TIMEOUT_MS", TOO_LONG_MS)
    last_ms = []

    def look(_connection: object, cursor: Cursor, statement: str, *_how: object) -> None:
        if statement == "BEGIN IMMEDIATE":
            last_ms.append(cursor.connection.execute("PRAGMA busy_timeout").fetchone()[0])

    with immediate(database.engine).begin():
        event.listen(database.engine, "before_cursor_execute", look)
        with pytest.raises(Unavailable):
            database.run(lambda session: session.execute(text("SELECT 1")))
    event.remove(database.engine, "before_cursor_execute", look)
    assert last_ms == [EAGER_MS], "the last time it waits no longer than any other"
    assert not others_wait_to_write(database.engine)
    assert busy_timeout_ms(database) == TOO_LONG_MS
