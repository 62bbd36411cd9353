"""What the database holds, table by table, in the words that stand beside each column of the models."""

from typing import NamedTuple

from sqlalchemy import Table

from pollapp import accounts, ballots, meetings, pictures, questions, quizzes
from pollapp.database import Base
from pollapp.gettext import N_

DOMAINS = (accounts, ballots, questions, quizzes, meetings, pictures)
"""Imported so that every table is known to `Base.metadata`."""

GROUPS = {
    "people": N_("About people who answer"),
    "facilitators": N_("About facilitators"),
    "meetings": N_("About meetings"),
}
"""Whom a table is about, in the order of the page; titles are message ids."""


class StoredColumn(NamedTuple):
    """A column, and one plain sentence about it (a message id)."""

    name: str
    about: str


class StoredTable(NamedTuple):
    """A table: what it holds and until when (message ids), and its columns."""

    name: str
    title: str
    about: str
    until: str
    columns: list[StoredColumn]


class Group(NamedTuple):
    """The tables that are about the same people or things; the title is a message id."""

    name: str
    title: str
    tables: list[StoredTable]


def groups() -> list[Group]:
    """Return every table of the schema in its group. Raises `KeyError` when one does not say what it holds."""
    tables = Base.metadata.tables.values()
    return [
        Group(name, title, [_describe(table) for table in tables if table.info["group"] == name])
        for name, title in GROUPS.items()
    ]


def _describe(table: Table) -> StoredTable:
    columns = [StoredColumn(column.name, column.info["about"]) for column in table.columns]
    return StoredTable(table.name, table.info["title"], table.info["about"], table.info["until"], columns)
