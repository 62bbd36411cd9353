"""The tables as migrated: equal to the models, and with nothing in them that could point at a person."""

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.types import Date, DateTime, Float, Time

from pollapp.database import Base, Database
from tests.databases import SQLite

OF_PARTICIPANTS = ("ballot", "tally", "snapshot", "review", "curation")


def test_the_migrated_schema_equals_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_migrated_keys_are_those_of_the_models(database: Database) -> None:
    """Alembic does not compare them, and by its key a table of SQLite is stored."""
    tables = inspect(database.engine)
    keys = {name: tables.get_pk_constraint(name)["constrained_columns"] for name in Base.metadata.tables}
    assert keys == {name: [column.name for column in table.primary_key] for name, table in Base.metadata.tables.items()}
    assert keys["ballot"] == ["round_id", "id"]


@pytest.mark.parametrize("table", OF_PARTICIPANTS)
def test_what_participants_answer_has_no_time_no_serial_and_no_way_back(database: Database, table: str) -> None:
    tables = inspect(database.engine)
    columns = {column["name"]: column for column in tables.get_columns(table)}
    assert not [name for name, column in columns.items() if isinstance(column["type"], Date | DateTime | Float | Time)]
    assert not [name for name in columns if any(word in name for word in ("_at", "_on", "address", "agent", "token"))]
    assert not [name for name, column in columns.items() if column.get("default") or column.get("identity")]
    assert {key["referred_table"] for key in tables.get_foreign_keys(table)} == {"round"}


@pytest.mark.parametrize("table", OF_PARTICIPANTS)
def test_on_sqlite_rows_have_no_serial_number_either(sqlite: SQLite, table: str) -> None:
    database = sqlite3.connect(sqlite.blank)
    ddl = database.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()[0]
    database.close()
    assert "WITHOUT ROWID" in ddl.upper()
    assert "AUTOINCREMENT" not in ddl.upper()


@pytest.mark.postgres
@pytest.mark.parametrize("databases", ["postgres"], indirect=True)
def test_on_postgresql_no_statistics_are_kept_of_what_people_wrote(database: Database) -> None:
    """They would hold samples of it, in a table that no seal reaches."""
    query = """
        SELECT relname || '.' || attname FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid
        WHERE relname = ANY(%(tables)s) AND relkind = 'r' AND attnum > 0 AND coalesce(attstattarget, -1) <> 0
        AND format_type(atttypid, NULL) IN ('text', 'json', 'bytea', 'character varying')
    """
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql(query, {"tables": list(OF_PARTICIPANTS)}).scalars().all() == []
