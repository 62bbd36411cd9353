"""Remove what was deleted or changed from the database's own files.

SQLite overwrites what it deletes, so only its write-ahead log is left to empty. PostgreSQL keeps old rows in the pages
of a table, and a plain VACUUM leaves their bytes there until something else needs the room: VACUUM FULL writes each
table and its indexes anew and drops the old files.
"""

import logging
import re
from typing import Any

from sqlalchemy import Engine, MetaData
from sqlalchemy.exc import OperationalError

PATIENCE_MS = 5_000
"""How long the cleaning waits for a table of PostgreSQL; whoever comes after it waits as long."""

SQLITE_PATIENCE_MS = 1_000
"""How long it waits for readers of a SQLite file; nobody can write meanwhile."""

log = logging.getLogger(__name__)


def blocks_others(engine: Engine) -> bool:
    """Tell whether cleaning keeps others waiting: PostgreSQL locks a table while it writes it anew."""
    return engine.dialect.name == "postgresql"


def forget_deleted(engine: Engine, metadata: MetaData) -> bool:
    """Clean the files of these tables; tell whether nothing is left that could not be removed now."""
    # A connection of its own, closed afterwards: it gets settings that no other use of it may inherit.
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.detach()
        if not blocks_others(engine):
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {SQLITE_PATIENCE_MS}")
            busy: int = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
            return not busy
        kept_for_others: list[int] = []
        driver: Any = connection.connection.dbapi_connection
        driver.add_notice_handler(lambda notice: kept_for_others.append(_rows_kept(notice)))
        connection.exec_driver_sql(f"SET lock_timeout = {PATIENCE_MS}; SET statement_timeout = 0")
        quote = engine.dialect.identifier_preparer.format_table
        try:
            for table in metadata.sorted_tables:
                connection.exec_driver_sql(f"VACUUM (FULL, VERBOSE) {quote(table)}")
        except OperationalError as problem:
            log.warning(
                "deleted rows are to be removed from PostgreSQL's files later (%s)", type(problem.orig).__name__
            )
            return False
    return not any(kept_for_others)


def _rows_kept(notice: Any) -> int:
    """Return how many old rows VACUUM kept since somebody's transaction, such as a backup's, may still read them.

    It says so in words of the server's language, the number first.
    """
    found = re.search(r"\d+", notice.message_detail or "")
    return int(found[0]) if found else 0
