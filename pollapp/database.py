"""The database: engine settings that the promises rest on, and one way to run a domain function in a transaction."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import orjson
from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session

P = ParamSpec("P")
T = TypeVar("T")
Offload = Callable[[Callable[[], Any]], Any]

BUSY_TIMEOUT_MS = 15_000
"""How long a SQLite connection waits for another to finish writing."""


class Base(DeclarativeBase):
    """The declarative base of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def connect(url: str) -> Engine:
    """Make an engine. Its errors never show parameters, since those hold what people answered."""
    engine = create_engine(
        url,
        hide_parameters=True,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def immediate(engine: Engine) -> Engine:
    """Return the same engine for transactions that are going to write (SQLite: BEGIN IMMEDIATE)."""
    return engine.execution_options(immediate=True)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once when writing: a later upgrade could fail without waiting."""
    wants_to_write = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if wants_to_write else "BEGIN")


class Database:
    """Runs domain functions in a transaction of their own, where they cannot hold up other people."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._offload: Offload = lambda call: call()

    def init(self, url: str, offload: Offload | None = None) -> None:
        """Connect to `url`; `offload` runs a call away from the event loop and waits for it."""
        self._engine = connect(url)
        if offload is not None:
            self._offload = offload

    @property
    def engine(self) -> Engine:
        """The engine of the running application."""
        if self._engine is None:
            raise RuntimeError("the database is not set up yet")
        return self._engine

    def read(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `function(session, ...)` in a transaction that is rolled back, and return its value."""

        def call() -> T:
            with Session(self.engine, expire_on_commit=False) as session:
                return function(session, *args, **kwargs)

        return self._offload(call)  # type: ignore[no-any-return]  # what a call returns comes back as it is

    def run(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `function(session, ...)` in a transaction that is committed when it returns.

        A function that takes several steps may commit after each.
        """

        def call() -> T:
            with Session(immediate(self.engine), expire_on_commit=False) as session:
                value = function(session, *args, **kwargs)
                session.commit()
                return value

        return self._offload(call)  # type: ignore[no-any-return]  # what a call returns comes back as it is

    def truncate_log(self) -> bool:
        """Empty SQLite's write-ahead log, so that what was deleted is in no file any more.

        Return False when somebody was reading for so long that it could not be done.
        """

        def call() -> bool:
            connection = self.engine.raw_connection()
            try:
                (is_busy, *_pages) = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return not is_busy
            finally:
                connection.close()

        return self.engine.dialect.name != "sqlite" or bool(self._offload(call))

    def close(self) -> None:
        """Give every connection back."""
        if self._engine is not None:
            self._engine.dispose()
