"""The whole application on a database of each kind, with a way to see every byte that is on the disk."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url

from config import Config
from pollapp import create_app, extensions, start
from tests.databases import forget
from tests.needs import absent
from tests.runtimes import PatientRuntime

POSTGRES = os.environ.get("POLLAPP_TESTS_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
"""A PostgreSQL server on which tests may make databases and look into files: its user is a superuser."""


OF_ANSWERS = ("ballot", "tally", "snapshot", "review", "question", "upvote", "text_upvote", "text_votes")


class OnSQLite:
    """A file, its write-ahead log, and what else is in the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'pollapp.sqlite3'}"

    def tidy_up(self) -> None:
        """Do nothing: the server has overwritten what it deleted."""

    def files(self) -> dict[str, bytes]:
        """Return the bytes of every file."""
        return {path.name: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    def close(self) -> None:
        """Leave the file to its folder."""


class OnPostgres:
    """A database of its own, and the files its tables and their indexes are in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=5)
        except psycopg.OperationalError:
            absent("PostgreSQL")
        self._name = f"pollapp_proof_{secrets.token_hex(6)}"
        self._server.execute(f"CREATE DATABASE {self._name} TEMPLATE template0 ENCODING 'UTF8'")
        self._plain = make_url(POSTGRES).set(database=self._name)
        self.url = self._plain.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)

    def tidy_up(self) -> None:
        """Have the server remove what it deleted, as it does in an idle hour after a seal."""
        forget(extensions.database)

    def files(self) -> dict[str, bytes]:
        """Return the bytes of every table of answers and of its indexes, dead rows included, and what is in the folder."""
        found: dict[str, Any] = {path.name: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        with psycopg.connect(self._plain.render_as_string(hide_password=False), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            query = """
                SELECT relname, pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class
                WHERE oid IN (SELECT indexrelid FROM pg_index WHERE indrelid::regclass::text = ANY(%(tables)s))
                OR relkind = 'r' AND relname = ANY(%(tables)s)
            """
            found.update(connection.execute(query, {"tables": list(OF_ANSWERS)}).fetchall())
        return {name: bytes(content) for name, content in found.items()}

    def close(self) -> None:
        """Drop it."""
        self._server.execute(f"DROP DATABASE {self._name} WITH (FORCE)")
        self._server.close()


Disk = OnSQLite | OnPostgres
KINDS = {"sqlite": OnSQLite, "postgres": OnPostgres}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A database of each kind in turn."""
    folder = tmp_path / "data"
    folder.mkdir()
    disk = KINDS[request.param](folder)
    yield disk
    disk.close()


@pytest.fixture
def house(disk: Disk, tmp_path: Path, runtime: PatientRuntime) -> Iterator[Flask]:
    """The whole application on that database."""
    app = create_app(Config(data_dir=str(tmp_path / "data"), database_url=disk.url), runtime)
    start.migrate(extensions.database.engine)
    extensions.hub.start()
    yield app
    runtime.settle()
    extensions.hub.stop()
    extensions.database.close()
