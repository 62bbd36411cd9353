"""The migrated schema: each table and each column of answers is known by name, and none could point at a person.

A table or a column that is new fails here until somebody has said, below, what it holds.
"""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import Connection, inspect, text
from sqlalchemy.types import Date, DateTime, Float, Interval, Numeric, Time

from pollapp import extensions

OF_PARTICIPANTS = {
    "ballot": {"id", "round_id", "revision", "answer"},
    "tally": {"round_id", "key", "count"},
    "curation": {"round_id", "changes", "dismissed"},
    "snapshot": {"round_id", "published", "number", "participants", "ballots", "tally", "texts"},
    "moderation": {"round_id", "entry", "fingerprint", "state", "masks"},
    "review": {"round_id", "entry", "fingerprint", "findings", "decision", "replacement"},
    "question": {
        "id",
        "meeting_id",
        "state",
        "text",
        "edited",
        "answered",
        "labels",
        "reply",
        "merged_into",
        "votes",
        "shown_votes",
        "waiting_votes",
        "reviewed",
        "found",
        "decision",
        "masks",
    },
    "upvote": {"id", "question_id", "revision", "given"},
    "text_upvote": {"round_id", "id", "text", "words", "revision", "given"},
    "text_votes": {"round_id", "text", "words", "votes", "shown_votes", "waiting_votes"},
    "player": {"id", "meeting_id", "nickname", "folded", "given", "reviewed", "points"},
    "score": {"round_id", "player_id", "worth", "right", "entry"},
}
"""Tables that hold what participants answered, with all the columns they may have."""

BELONGS_TO = {"question": {"meeting"}, "upvote": {"question"}, "player": {"meeting"}}
"""What a table of answers refers to, if not to its round."""

OF_MEETINGS = {
    "board", "meeting", "moderation_rules", "slide", "stage", "round", "erased_meeting", "picture", "picture_file",
}  # fmt: skip
"""What facilitators made, and what a meeting shows. Nothing of a participant."""

OF_CLOCKS = {"quiz_clock"}
"""When the facilitator opened a quiz question, while it is open: of a round, and nothing of who answers."""

OF_FACILITATORS = {"facilitator", "sign_in", "one_time_link", "member", "meeting_link", "audit_entry"}
OF_MACHINERY = {"alembic_version"}

TIMES = (Date, DateTime, Time, Interval, Float, Numeric)
TELLING = ("_at", "_on", "time", "date", "serial", "seq", "addr", "ip", "agent", "token", "device", "participant_id")
"""Parts of names that a column of answers may not have."""

Plant = Callable[[Connection], None]


def complaints(connection: Connection) -> list[str]:
    """Return what is wrong with the tables."""
    tables = inspect(connection)
    names = set(tables.get_table_names())
    said = [f"{name} is not classified" for name in names - OF_MEETINGS - OF_CLOCKS - OF_FACILITATORS - OF_MACHINERY]
    said = [each for each in said if each.split()[0] not in OF_PARTICIPANTS]
    for name in names:
        targets = {key["referred_table"] for key in tables.get_foreign_keys(name)}
        if targets & set(OF_PARTICIPANTS) - BELONGS_TO.get(name, set()):
            said.append(f"{name} refers to an answer")
        if "round" in targets and name not in OF_PARTICIPANTS and name not in OF_CLOCKS:
            said.append(f"{name} belongs to a round, so it holds answers")
    for name, known in OF_PARTICIPANTS.items():
        if {key["referred_table"] for key in tables.get_foreign_keys(name)} != BELONGS_TO.get(name, {"round"}):
            said.append(f"{name} refers to something else than what it answers")
        for column in tables.get_columns(name):
            said += [f"{name}.{column['name']} {problem}" for problem in _problems_of(column, known)]
    return said + _complaints_of_the_database(connection)


def _problems_of(column, known: set[str]) -> list[str]:
    said = []
    if column["name"] not in known:
        said.append("is not known")
    if isinstance(column["type"], TIMES):
        said.append("is a time or could hold one")
    if column["name"] not in known and any(part in column["name"] for part in TELLING):
        said.append("has a telling name")
    if column.get("default") is not None or column.get("identity") or column.get("computed"):
        said.append("is filled in by the database")
    return said


def _complaints_of_the_database(connection: Connection) -> list[str]:
    if connection.dialect.name == "sqlite":
        query = "select name, type, coalesce(sql, '') as ddl from sqlite_master"
        found = connection.execute(text(query)).all()
        said = [f"{row.name} is a {row.type}" for row in found if row.type in ("trigger", "view")]
        ddl = {row.name: row.ddl.upper() for row in found if row.type == "table"}
        said += [f"{name} has row numbers" for name in OF_PARTICIPANTS if "WITHOUT ROWID" not in ddl[name]]
        return said
    query = """
        SELECT tgrelid::regclass::text || ' has a trigger' FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT c.relname || ' is a ' || c.relkind::text FROM pg_class c WHERE relnamespace = 'public'::regnamespace
        AND (relkind IN ('v', 'm') OR relkind = 'S' AND EXISTS (
            SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.refobjid::regclass::text = ANY(:names)
        ))
    """
    return list(connection.execute(text(query), {"names": list(OF_PARTICIPANTS)}).scalars())


def test_no_table_of_answers_can_point_at_a_person_or_a_time(house: Flask) -> None:
    with extensions.database.engine.connect() as connection:
        assert complaints(connection) == []


LEAKS = {
    "a time": "alter table ballot add column answered_at timestamp",
    "a time as a number": "alter table ballot add column since float",
    "an address": "alter table ballot add column address text",
    "a reference": "alter table ballot add column meeting_id varchar(16) references meeting(id)",
    "a default": "alter table tally add column note text default 'x'",
    "a new table": "create table seen (token text primary key)",
    "a new table of a round": "create table cast_by (round_id integer references round(id))",
    "an order of arrival": "alter table question add column place integer",
    "a reference of an upvote": "alter table upvote add column asked_in varchar(16) references meeting(id)",
    "a reference of an upvote of an answer": "alter table text_upvote add column asked_in varchar(16) references meeting(id)",
    "an order of upvotes": "alter table text_votes add column place integer",
    "a time of an answer to a quiz": "alter table score add column answered_at float",
    "a reference of a player": "alter table player add column round_id integer references round(id)",
    "a view": "create view latest as select * from ballot",
}


@pytest.mark.parametrize("leak", LEAKS)
def test_what_could_is_found_out(house: Flask, leak: str) -> None:
    with extensions.database.engine.begin() as connection:
        connection.execute(text(LEAKS[leak]))
        assert complaints(connection)


@pytest.mark.parametrize("disk", ["sqlite"], indirect=True)
def test_row_numbers_are_found_out(house: Flask) -> None:
    with extensions.database.engine.begin() as connection:
        connection.execute(text("alter table tally rename to before"))
        connection.execute(text("create table tally (round_id integer references round(id), key text, count integer)"))
        assert "tally has row numbers" in complaints(connection)


@pytest.mark.parametrize("disk", ["postgres"], indirect=True)
def test_serial_numbers_are_found_out(house: Flask) -> None:
    with extensions.database.engine.begin() as connection:
        connection.execute(text("alter table ballot add column number serial"))
        assert "ballot.number is filled in by the database" in complaints(connection)
