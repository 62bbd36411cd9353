"""A database with the tables of accounts, and nothing of the web around it."""

from pathlib import Path

import pytest

from pollapp.accounts import add_facilitator
from pollapp.database import Base, Database

PASSWORD = "a long enough phrase"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    database = Database()
    database.init(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    Base.metadata.create_all(database.engine)
    yield database
    database.close()


@pytest.fixture
def ada(database: Database) -> int:
    """The id of a facilitator with the password `PASSWORD`."""
    return database.run(add_facilitator, email="ada@example.org", password=PASSWORD, name="Ada").id
