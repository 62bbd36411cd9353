"""Databases of earlier versions are brought to the current schema with what is in them."""

import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect

from pollapp import start
from pollapp.ballots import rounds
from pollapp.database import Database, connect
from tests.actors import Facilitator
from tests.real_server import ROOT

MEETING = (
    "insert into meeting (id, code, owner_id, title, language, theme, accent, preset, state, locked, created_on, active_at,"
    " ended_at, erase_on) values (?, ?, ?, 'A title', 'en', 'auto', 'blue', ?, ?, 0, '2026-01-02', '2026-01-02 10:00:00',"
    " null, ?)"
)


def alembic_for(engine: Engine) -> Config:
    """Return what Alembic's commands take, to work on this database."""
    alembic = Config()
    alembic.set_main_option("script_location", str(ROOT / "pollapp" / "migrations"))
    alembic.attributes["engine"] = engine
    return alembic


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of the first version, with an account and meetings in every state."""
    path = tmp_path / "pollapp.sqlite3"
    engine = connect(f"sqlite:///{path}")
    command.upgrade(alembic_for(engine), "0001")
    engine.dispose()
    with sqlite3.connect(path) as database:
        database.execute("insert into facilitator values (1, 'ada@example.org', 'Ada', 'none')")
        for row in (
            ("live", "10000001", 1, "standard", "live", None),
            ("sealed", "10000002", 1, "chatham_house", "sealed", "2026-02-01"),
            ("erased", "10000003", 1, "standard", "erased", "2026-03-01"),
            ("demo", "10000004", None, "standard", "erased", "2026-03-01"),
        ):
            database.execute(MEETING, row)
        for meeting in ("live", "erased"):
            database.execute("insert into stage values (?, 1, null, 1, 0, 0, 0, null)", (meeting,))
    database.close()
    return path


def test_meetings_get_the_days_they_were_promised_and_erased_ones_become_a_line(old: Path) -> None:
    engine = connect(f"sqlite:///{old}")
    start.migrate(engine)
    engine.dispose()
    database = sqlite3.connect(old)
    assert database.execute("select id, keep_days, erase_on from meeting order by id").fetchall() == [
        ("live", 365, None),
        ("sealed", 30, "2026-02-01"),
    ]
    assert database.execute("select owner_id, held_on, erased_on, polls, answers from erased_meeting").fetchall() == [
        (1, "2026-01-02", "2026-03-01", 0, 0)
    ]
    assert database.execute("select count(*) from stage").fetchone() == (1,)
    database.close()


def test_a_correct_value_that_was_shown_stays_revealed(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'pollapp.sqlite3'}")
    command.upgrade(alembic_for(engine), "0008")
    engine.dispose()
    with sqlite3.connect(tmp_path / "pollapp.sqlite3") as database:
        for name, shown in (("round", "true"), ("slide", "false")):
            known = {row[1]: row[2] for row in database.execute(f"pragma table_info({name})")}
            values = {column: 1 if "INT" in kind or kind == "BOOLEAN" else "x" for column, kind in known.items()}
            values |= {"kind": "number", "settings": f'{{"correct": 5, "show_correct": {shown}}}'}
            columns, blanks = ", ".join(f'"{column}"' for column in values), ", ".join("?" * len(values))
            database.execute(f"insert into {name} ({columns}) values ({blanks})", tuple(values.values()))  # noqa: S608  # names of our own schema
    command.upgrade(alembic_for(engine), "0009")
    engine.dispose()
    with sqlite3.connect(tmp_path / "pollapp.sqlite3") as database:
        (stored, revealed), (unrevealed,) = (
            database.execute(query).fetchone()
            for query in ("select settings, revealed from round", "select settings from slide")
        )
        assert (json.loads(stored), revealed, json.loads(unrevealed)) == ({"correct": 5}, 1, {"correct": 5})


def test_ballots_keep_what_they_hold_when_their_key_changes_and_changes_back(
    facilitator: Facilitator, database: Database
) -> None:
    for text in ("first", "second"):
        poll = facilitator.ask("open_text")
        for number in range(6):
            assert facilitator.let_in().answer(poll, f"{text} {number}").code == "saved"

    def ballots() -> tuple[list[str], list[tuple[object, ...]]]:
        """Return the key of the table, and its rows: as they lie in it on SQLite, where that is the order of the key."""
        query = "SELECT round_id, id, revision, answer FROM ballot"
        with database.engine.connect() as connection:
            rows = [tuple(row) for row in connection.exec_driver_sql(query)]
            key = inspect(connection).get_pk_constraint("ballot")["constrained_columns"]
        if database.engine.dialect.name == "sqlite":
            assert rows == sorted(rows, key=lambda row: row[1] if key == ["id"] else row[:2])
        return key, sorted(rows)

    before = ballots()
    assert (before[0], len(before[1])) == (["round_id", "id"], 12)
    try:
        command.downgrade(alembic_for(database.engine), "0009")
        assert ballots() == (["id"], before[1])
    finally:
        start.migrate(database.engine)
    assert ballots() == before
    facilitator.let_in().answer(poll, "one more")
    assert len(ballots()[1]) == 13


def test_what_belongs_to_rounds_stays_when_their_table_is_written_anew(
    facilitator: Facilitator, database: Database
) -> None:
    poll = facilitator.ask("choice")
    for _ in range(3):
        facilitator.let_in().answer(poll, ["yes"])
    newest = facilitator.ask("choice")

    def content() -> dict[str, list[str]]:
        with database.engine.connect() as connection:
            return {
                name: sorted(map(str, connection.exec_driver_sql(f"SELECT * FROM {name}").all()))  # noqa: S608  # names of our own schema
                for name in ("round", "ballot", "tally")
            }

    before = content()
    assert [len(rows) for rows in before.values()] == [2, 3, 4]
    try:
        command.downgrade(alembic_for(database.engine), "0016")
        assert content() == before
    finally:
        start.migrate(database.engine)
    assert content() == before
    database.run(rounds.delete_rounds, [newest.id])
    assert content()["tally"] == before["tally"]
    assert facilitator.poll(facilitator.open()).id > newest.id
    database.run(rounds.delete_rounds, [poll.id])
    assert (content()["ballot"], content()["tally"]) == ([], [])
