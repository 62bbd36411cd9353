"""Alembic's environment: migrations run on the application's own engine, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from sqlalchemy import Connection, Engine

from pollapp.accounts import models as account_models
from pollapp.ballots import models as ballot_models
from pollapp.database import Base, immediate, stand_alone
from pollapp.meetings import models as meeting_models
from pollapp.moderation import models as moderation_models

MODELS = (account_models, ballot_models, meeting_models, moderation_models)
"""Imported so that every table is known to `Base.metadata`."""


@contextmanager
def _foreign_keys_at_rest(connection: Connection) -> Iterator[None]:
    """Let SQLite write a table anew: dropping the old one would else delete all rows of others that refer to it.

    It can be said outside of a transaction only, so it holds for all migrations: none may count on a cascade.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys = ON")


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        stand_alone(connection)  # of two servers that start together, one migrates and the other waits
        context.run_migrations()


engine: Engine = context.config.attributes["engine"]
with immediate(engine).connect() as connection, _foreign_keys_at_rest(connection):
    _run(connection)
