"""Databases of earlier versions are brought to the current schema with what is in them."""

import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from pollapp import start
from pollapp.database import connect
from tests.real_server import ROOT

MEETING = (
    "insert into meeting (id, code, owner_id, title, language, theme, accent, preset, state, locked, created_on, active_at,"
    " ended_at, erase_on) values (?, ?, ?, 'A title', 'en', 'auto', 'blue', ?, ?, 0, '2026-01-02', '2026-01-02 10:00:00',"
    " null, ?)"
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of the first version, with an account and meetings in every state."""
    path = tmp_path / "pollapp.sqlite3"
    alembic = Config()
    alembic.set_main_option("script_location", str(ROOT / "pollapp" / "migrations"))
    alembic.attributes["engine"] = connect(f"sqlite:///{path}")
    command.upgrade(alembic, "0001")
    alembic.attributes["engine"].dispose()
    with sqlite3.connect(path) as database:
        database.execute("insert into facilitator values (1, 'ada@example.org', 'Ada', 'none')")
        for row in (
            ("live", "10000001", 1, "standard", "live", None),
            ("sealed", "10000002", 1, "chatham_house", "sealed", "2026-02-01"),
            ("erased", "10000003", 1, "standard", "erased", "2026-03-01"),
            ("demo", "10000004", None, "standard", "erased", "2026-03-01"),
        ):
            database.execute(MEETING, row)
        database.execute("insert into stage values ('live', 1, null, 1, 0, 0, 0, null)")
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
    alembic = Config()
    alembic.set_main_option("script_location", str(ROOT / "pollapp" / "migrations"))
    alembic.attributes["engine"] = engine
    command.upgrade(alembic, "0008")
    engine.dispose()
    with sqlite3.connect(tmp_path / "pollapp.sqlite3") as database:
        for name, shown in (("round", "true"), ("slide", "false")):
            known = {row[1]: row[2] for row in database.execute(f"pragma table_info({name})")}
            values = {column: 1 if "INT" in kind or kind == "BOOLEAN" else "x" for column, kind in known.items()}
            values |= {"kind": "number", "settings": f'{{"correct": 5, "show_correct": {shown}}}'}
            columns, blanks = ", ".join(f'"{column}"' for column in values), ", ".join("?" * len(values))
            database.execute(f"insert into {name} ({columns}) values ({blanks})", tuple(values.values()))  # noqa: S608  # names of our own schema
    command.upgrade(alembic, "0009")
    engine.dispose()
    with sqlite3.connect(tmp_path / "pollapp.sqlite3") as database:
        (stored, revealed), (unrevealed,) = (
            database.execute(query).fetchone()
            for query in ("select settings, revealed from round", "select settings from slide")
        )
        assert (json.loads(stored), revealed, json.loads(unrevealed)) == ({"correct": 5}, 1, {"correct": 5})
