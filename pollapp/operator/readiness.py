"""Whether this server can do its work now, found out without waiting long for a database that is away."""

import os
from typing import NamedTuple

from config import Config
from pollapp import start
from pollapp.extensions import database, hub
from pollapp.live.probe import Probe
from pollapp.meetings import agenda, ending
from pollapp.meetings.ending import Due

PATIENCE_S = 2.0
"""How long a request waits for the database."""

_migrated = Probe(lambda: database.read(start.is_migrated))
_meetings = Probe(lambda: database.read(agenda.count_by_state))
_due = Probe(lambda: database.read(ending.calendar))


class Readiness(NamedTuple):
    """What must be so; nothing here is secret."""

    database: bool
    schema: bool
    keys: bool
    writer: bool
    queue: bool


def look(config: Config) -> Readiness:
    """Return what is as it must be."""
    migrated = _migrated.look(hub.runtime, PATIENCE_S)
    return Readiness(
        database=migrated is not None,
        schema=bool(migrated),
        keys=os.access(config.key_path, os.R_OK | os.W_OK | os.X_OK),
        writer=hub.writer.is_alive(),
        queue=not hub.writer.is_stuck(),
    )


def meetings() -> dict[str, int] | None:
    """Return how many meetings there are by state, None when the database does not answer."""
    return _meetings.look(hub.runtime, PATIENCE_S)


def due() -> list[Due] | None:
    """Return what happens to meetings by itself, None when the database does not answer."""
    return _due.look(hub.runtime, PATIENCE_S)
