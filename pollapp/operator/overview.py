"""The numbers of the operator's page, ready to be shown."""

import platform
import resource
import shutil
import sqlite3
import time
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from prometheus_client import Histogram

from config import Config
from pollapp.extensions import database, hub
from pollapp.live import figures
from pollapp.meetings.ending import Due
from pollapp.operator import readiness
from pollapp.operator.readiness import Readiness

MOST_DUE = 20
"""Rows of what is due next."""

LIBRARIES = (
    "alembic",
    "Flask",
    "Flask-SocketIO",
    "orjson",
    "prometheus_client",
    "psycopg",
    "python-engineio",
    "python-socketio",
    "SQLAlchemy",
)

_started_at = time.time()


@dataclass(frozen=True)
class Delay:
    """Milliseconds within which half and 99 of 100 of what was measured lie. None: nothing was measured yet."""

    half: float | None
    nearly_all: float | None


@dataclass(frozen=True)
class Disk:
    """Bytes of the file system that holds the data folder."""

    free: int
    total: int

    @property
    def is_short(self) -> bool:
        """Whether less than a twentieth is left."""
        return self.free * 20 < self.total


@dataclass(frozen=True)
class OpenFiles:
    """How many the system allows (None: as many as one likes), and how many phones are let in."""

    allowed: int | None
    phones: int

    @property
    def are_few(self) -> bool:
        """Whether they run out before the server is full."""
        return self.allowed is not None and self.allowed <= self.phones


@dataclass(frozen=True)
class Overview:
    """Everything the page shows."""

    readiness: Readiness
    now: datetime
    started_at: datetime
    phones: int
    screens: int
    per_second: float
    waiting: int
    stored: int
    refused: dict[str, int]
    batches: int
    stage_changes: int
    broadcasts: int
    dropped: int
    database_errors: int
    commit: Delay
    lag: Delay
    meetings: dict[str, int] | None
    done: dict[str, int]
    due: list[Due] | None
    due_besides: int
    is_tidy: bool
    disk: Disk
    files: OpenFiles
    versions: dict[str, str]
    settings: dict[str, str | None]


def look(config: Config) -> Overview:
    """Return the numbers of now. A database that does not answer is told as such, after a little while."""
    ready = readiness.look(config)
    coming = readiness.due() if ready.database else None
    if coming is not None:
        coming.sort(key=lambda one: _moment(one.at))
    return Overview(
        readiness=ready,
        now=datetime.now(UTC),
        started_at=datetime.fromtimestamp(_started_at, UTC),
        phones=hub.phones(),
        screens=figures.screens(),
        per_second=figures.answers_per_second(),
        waiting=hub.writer.waiting(),
        stored=figures.ANSWERS_STORED.total(),
        refused={code: count for code, count in figures.ANSWERS_REFUSED.counts.items() if count},
        batches=figures.count_of(figures.BATCH_ANSWERS),
        stage_changes=figures.STAGE_CHANGES.total(),
        broadcasts=figures.BROADCASTS.total(),
        dropped=figures.CLIENTS_DROPPED.total(),
        database_errors=figures.database_errors(),
        commit=_delay(figures.COMMIT_SECONDS),
        lag=_delay(figures.LOOP_LAG_SECONDS),
        meetings=readiness.meetings() if ready.database else None,
        done=dict(figures.HOUSEKEEPING.counts),
        due=coming[:MOST_DUE] if coming is not None else None,
        due_besides=max(0, len(coming or ()) - MOST_DUE),
        is_tidy=hub.is_tidy(),
        disk=_disk(config),
        files=_open_files(config),
        versions=versions(),
        settings=_settings(config),
    )


def _delay(histogram: Histogram) -> Delay:
    half, nearly_all = figures.within(histogram, 0.5), figures.within(histogram, 0.99)
    return Delay(half and half * 1000, nearly_all and nearly_all * 1000)


def _moment(at: datetime | date) -> datetime:
    return at if isinstance(at, datetime) else datetime(at.year, at.month, at.day)  # noqa: DTZ001  # both are UTC without saying so


def _disk(config: Config) -> Disk:
    found = shutil.disk_usage(config.data_path)
    return Disk(found.free, found.total)


def _open_files(config: Config) -> OpenFiles:
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return OpenFiles(None if soft == resource.RLIM_INFINITY else soft, config.max_phones)


@cache
def versions() -> dict[str, str]:
    """Return the versions of what this server is made of."""
    found = {"Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}
    for name in (*LIBRARIES, hub.runtime.async_mode):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _settings(config: Config) -> dict[str, str | None]:
    """Return every setting as text; None for one that is secret and set."""
    shown: dict[str, str | None] = {}
    for each in fields(config):
        value = getattr(config, each.name)
        name = f"POLLAPP_{each.name.upper()}"
        if each.metadata["secret"] and value:
            shown[name] = None
        elif isinstance(value, bool):
            shown[name] = str(int(value))
        else:
            shown[name] = ", ".join(value) if isinstance(value, tuple) else str(value)
    return shown


def database_name() -> str:
    """Return which kind of database is used."""
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[database.engine.dialect.name]
