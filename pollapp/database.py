"""The database: engine settings that the promises rest on, and one way to run a domain function in a transaction."""

import logging
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import orjson
from sqlalchemy import URL, Connection, Engine, ExceptionContext, MetaData, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from config import BadConfig
from pollapp import forgetting
from pollapp.errors import Unavailable, Unstorable

P = ParamSpec("P")
T = TypeVar("T")
Offload = Callable[[Callable[[], Any]], Any]

BUSY_TIMEOUT_MS = 15_000
"""How long a connection waits for another to give its locks back."""

EAGER_MS = 3
"""How long SQLite waits for its write lock before we let it begin anew: it asks ever more seldom, up to 100 ms apart."""

STATEMENT_TIMEOUT_MS = 60_000
"""How long PostgreSQL works on one statement. None of ours takes a second; this ends one that went wrong."""

IDLE_TIMEOUT_MS = 60_000
"""How long PostgreSQL keeps the locks of a transaction whose program does nothing any more."""

POOL_SIZE = 20
"""Connections kept open: as many as the event loop has threads for them. More threads get more, see `_POOL`."""

_DRIVERS = {"sqlite": "sqlite", "postgres": "postgresql+psycopg"} | dict.fromkeys(
    ("postgresql", "postgresql+psycopg"), "postgresql+psycopg"
)

# A thread holds one connection at most, so the threads are the limit. A limit here would only make them wait in turn,
# and time out in a queue, where they now wait for nobody.
_POOL: dict[str, Any] = {"pool_size": POOL_SIZE, "max_overflow": -1}

_POSTGRES: dict[str, Any] = {
    "pool_pre_ping": True,  # a connection that a restart of PostgreSQL has cut is replaced unnoticed
    # Transactions that write take the locks they need (docs/architecture.md#two-databases) and then read what is there
    # now: at this level each statement sees what was committed before it began, so nothing is ever refused as stale.
    "isolation_level": "READ COMMITTED",
}

# Until when a server that says nothing counts as gone: 5 s while connecting, about a minute afterwards.
_POSTGRES_CONNECTION: dict[str, Any] = {
    "application_name": "pollapp",
    "client_encoding": "utf8",
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}

_entering: WeakKeyDictionary[object, set[Connection]] = WeakKeyDictionary()
"""Connections of this process that wait for SQLite's write lock, by the dialect of their engine."""

_ALONE = 0x706F6C6C
"""PostgreSQL's advisory lock for what only one server may do at a time."""

log = logging.getLogger(__name__)


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
    """Make an engine. Its errors never show parameters, since those hold what people answered.

    Raises `BadConfig` for an address of something that is neither SQLite nor PostgreSQL.
    """
    address = _read_address(url)
    options = _POOL if address.database not in (None, "", ":memory:") else {}
    if is_postgres := address.get_backend_name() == "postgresql":
        chosen = {name: value for name, value in _POSTGRES_CONNECTION.items() if name not in address.query}
        options = _POOL | _POSTGRES | {"connect_args": chosen}
    engine = create_engine(
        address,
        hide_parameters=True,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        **options,
    )
    event.listen(engine, "handle_error", _leave_values_out)
    event.listen(engine, "connect", _set_up_postgres if is_postgres else _set_up_sqlite)
    if not is_postgres:
        _entering[engine.dialect] = set()
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _read_address(url: str) -> URL:
    """Return the address with the driver we use. What is said of a bad one does not repeat it: it may hold a password."""
    scheme, _, rest = url.partition("://")
    is_torn = scheme != "sqlite" and "@" in rest.partition("?")[0].partition("@")[2]  # a password's half as host
    if scheme in _DRIVERS and not is_torn:
        with suppress(ArgumentError, ValueError):
            return make_url(f"{_DRIVERS[scheme]}://{rest}")
    raise BadConfig(
        "POLLAPP_DATABASE_URL must be an address such as postgresql://user:password@host/database "
        "or sqlite:////folder/file; special characters in a password are written as %XX."
    )


def reading(engine: Engine) -> Engine:
    """Return the same engine for transactions that only read: all their statements see one state of the database."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def immediate(engine: Engine) -> Engine:
    """Return the same engine for transactions that are going to write (SQLite: BEGIN IMMEDIATE)."""
    return engine.execution_options(immediate=True)


def others_wait_to_write(engine: Engine) -> bool:
    """Tell whether a transaction of this process waits to write. Never on PostgreSQL, where they write side by side.

    SQLite gives its lock to whoever asks at the right moment: one that writes without a pause would keep all others out.
    """
    return bool(_entering.get(engine.dialect))


def stand_alone(connection: Connection) -> None:
    """Until the end of this transaction, let no other server do what it asks to do alone.

    On SQLite there is nothing to do: a transaction that writes is alone from its start.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ALONE})


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


def _set_up_postgres(connection: Any, _record: Any) -> None:
    """Set what must not depend on how the server is configured: "saved" is only said after a commit that is on disk."""
    connection.execute(
        f"SET lock_timeout = {BUSY_TIMEOUT_MS}; SET statement_timeout = {STATEMENT_TIMEOUT_MS}; "
        f"SET idle_in_transaction_session_timeout = {IDLE_TIMEOUT_MS}; "
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )
    connection.commit()


def _leave_values_out(context: ExceptionContext) -> None:
    """Cut what PostgreSQL adds to its errors ("Key (id)=(...) already exists"): it would end in tracebacks and logs."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once when writing: a later upgrade could fail without waiting."""
    if not connection.get_execution_options().get("immediate", False):
        connection.exec_driver_sql("BEGIN")
        return
    entering = _entering[connection.dialect]
    entering.add(connection)
    try:
        _begin_eagerly(connection)
    finally:
        entering.discard(connection)


def _begin_eagerly(connection: Connection) -> None:
    """Ask for the write lock every millisecond or two, for as long as others may keep it.

    The writer stands back while somebody waits (`others_wait_to_write`), so whoever sleeps here holds up a whole hall.
    """
    driver: Any = connection.connection.dbapi_connection
    until = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    driver.execute(f"PRAGMA busy_timeout = {EAGER_MS}")
    try:
        while time.monotonic() < until:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as problem:
                if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    break
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the last time by SQLAlchemy, whose errors are known here
    finally:
        driver.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


class Database:
    """Runs domain functions in a transaction of their own, where they cannot hold up other people."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._offload: Offload = lambda call: call()

    def init(self, url: str, offload: Offload | None = None) -> None:
        """Connect to `url`; `offload` runs a call away from the event loop and waits for it."""
        self._engine = connect(url)
        self._reading, self._writing = reading(self._engine), immediate(self._engine)
        if offload is not None:
            self._offload = offload

    @property
    def engine(self) -> Engine:
        """The engine of the running application."""
        if self._engine is None:
            raise RuntimeError("the database is not set up yet")
        return self._engine

    def read(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `function(session, ...)` in a transaction that is rolled back, and return its value.

        Raises what the function raises, `Unstorable` and `Unavailable`.
        """

        def call() -> T:
            with _told_plainly(), Session(self._reading, expire_on_commit=False) as session:
                return function(session, *args, **kwargs)

        return self._offload(call)  # type: ignore[no-any-return]  # what a call returns comes back as it is

    def run(self, function: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call `function(session, ...)` in a transaction that is committed when it returns. Raises as `read` does.

        A function that takes several steps may commit after each.
        """

        def call() -> T:
            with _told_plainly(), Session(self._writing, expire_on_commit=False) as session:
                value = function(session, *args, **kwargs)
                session.commit()
                return value

        return self._offload(call)  # type: ignore[no-any-return]  # what a call returns comes back as it is

    @property
    def forgetting_blocks(self) -> bool:
        """Whether `forget_deleted` keeps others waiting."""
        return forgetting.blocks_others(self.engine)

    def forget_deleted(self) -> bool:
        """Remove what was deleted or changed from the database's own files; tell whether all of it could be."""
        return bool(self._offload(lambda: forgetting.forget_deleted(self.engine, Base.metadata)))

    def close(self) -> None:
        """Give every connection back."""
        if self._engine is not None:
            self._engine.dispose()


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn what a database says of itself into errors that people can be told."""
    try:
        yield
    except (DataError, UnicodeEncodeError):
        raise Unstorable() from None
    except DBAPIError as problem:
        if not isinstance(problem, OperationalError) and not problem.connection_invalidated:
            raise
        log.error("the database could not do its work: %s", problem.orig)  # noqa: TRY400  # a traceback a phone would be too much
        raise Unavailable() from problem
