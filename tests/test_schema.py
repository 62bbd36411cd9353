"""The tables as migrated: equal to the models, and with nothing in them that could point at a person."""

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from pollapp.database import Base, connect

OF_PARTICIPANTS = ("ballot", "tally", "snapshot", "review")


def test_the_migrated_schema_equals_the_models(blank_database: Path) -> None:
    engine = connect(f"sqlite:///{blank_database}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


@pytest.mark.parametrize("table", OF_PARTICIPANTS)
def test_what_participants_answer_has_no_time_no_serial_and_no_way_back(blank_database: Path, table: str) -> None:
    database = sqlite3.connect(blank_database)
    ddl = database.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()[0]
    columns = {row[1]: row[2].upper() for row in database.execute(f"pragma table_info({table})")}
    targets = {row[2] for row in database.execute(f"pragma foreign_key_list({table})")}
    database.close()
    assert "WITHOUT ROWID" in ddl.upper()
    assert "AUTOINCREMENT" not in ddl.upper()
    assert not [name for name, kind in columns.items() if "DATE" in kind or "TIME" in kind or "FLOAT" in kind]
    assert not [name for name in columns if any(word in name for word in ("_at", "_on", "address", "agent", "token"))]
    assert targets == {"round"}
