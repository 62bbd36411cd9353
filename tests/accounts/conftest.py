"""Accounts on a database, with nothing of the web around it."""

import pytest

from pollapp.accounts import add_facilitator
from pollapp.database import Database

PASSWORD = "a long enough phrase"


@pytest.fixture
def ada(database: Database) -> int:
    """The id of a facilitator with the password `PASSWORD`."""
    return database.run(add_facilitator, email="ada@example.org", password=PASSWORD, name="Ada").id
