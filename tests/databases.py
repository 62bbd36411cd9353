"""Databases for tests: a blank one brought to the schema by the migrations, and quick copies of it for each test."""

import os
import secrets
import shutil
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from pollapp import start
from pollapp.database import Base, Database, connect
from tests.needs import absent

FILE = "pollapp.sqlite3"
POSTGRES = os.environ.get("POLLAPP_TESTS_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
"""A PostgreSQL server on which tests may make databases and look into files: its user is a superuser."""


TRIES = 20


def forget(database: Database) -> None:
    """Have what was deleted removed from the files. PostgreSQL itself may hold old rows for a moment, so more than once."""
    assert any(database.forget_deleted() for _ in range(TRIES))


class SQLite:
    """Copies of a blank file."""

    def __init__(self, folder: Path) -> None:
        self.blank = folder / FILE
        migrate(f"sqlite:///{self.blank}")

    def copy(self, folder: Path) -> str:
        """Put a copy into a folder and return its address."""
        return f"sqlite:///{shutil.copy(self.blank, folder / FILE)}"

    def drop(self, url: str) -> None:
        """Leave the file to the folder it is in."""

    def contents(self, url: str) -> bytes:
        """Return every byte of the database's files."""
        path = Path(url.removeprefix("sqlite:///"))
        return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))

    def close(self) -> None:
        """Leave the blank file to the folder it is in."""


class Postgres:
    """Copies of a blank database, all with names of this run's own. One that is given back is emptied and used again."""

    def __init__(self, server: str = POSTGRES) -> None:
        self._url = make_url(server).set(drivername="postgresql")
        self._run = f"pollapp_test_{secrets.token_hex(4)}"
        self._made: list[str] = []
        self._free: list[str] = []
        try:
            self._server = psycopg.connect(server, autocommit=True, connect_timeout=5)
        except psycopg.OperationalError:
            absent("PostgreSQL")
        self._make("template0")
        migrate(self._made[0])

    def _make(self, template: str) -> str:
        name = f"{self._run}_{len(self._made)}"
        self.tell(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        self._made.append(self._url.set(database=name).render_as_string(hide_password=False))
        return self._made[-1]

    def copy(self, _folder: Path | None = None) -> str:
        """Return the address of a blank database, as a setting of pollapp."""
        return self._free.pop() if self._free else self._make(f"{self._run}_0")

    def drop(self, url: str) -> None:
        """Take a database back."""
        self.cut_off(url)
        with psycopg.connect(url) as connection:
            for table in reversed(Base.metadata.sorted_tables):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
        self._free.append(url)

    def cut_off(self, url: str, pid: int | None = None) -> int:
        """End every connection to a database, or the one of this backend; return how many that were."""
        query = """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = %s AND pid = coalesce(%s, pid)
        """
        return len(self.tell(query, make_url(url).database, pid))

    def tell(self, statement: str, *parameters: object) -> list[tuple[object, ...]]:
        """Run a statement as the server's superuser, outside pollapp's databases."""
        cursor = self._server.execute(statement, parameters or None)  # type: ignore[call-overload]
        return cursor.fetchall() if cursor.description else []

    def contents(self, url: str) -> bytes:
        """Return every byte of the database's files: tables, indexes and the server's own statistics."""
        self.tell("CHECKPOINT")
        query = """
            SELECT pg_read_binary_file(folder || name, 0, 1 << 29, true)
            FROM (SELECT 'base/' || oid || '/' AS folder FROM pg_database WHERE datname = %s) AS place,
            LATERAL pg_ls_dir(folder) AS name
        """
        return b"".join(bytes(row[0]) for row in self.tell(query, make_url(url).database) if row[0])

    def close(self) -> None:
        for url in self._made:
            self.tell(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")
        self._server.close()


def migrate(url: str) -> None:
    """Bring a database to the current schema."""
    engine = connect(url)
    start.migrate(engine)
    engine.dispose()
