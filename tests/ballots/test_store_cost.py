"""What a batch costs: its number of SQL statements does not grow with the number of answers."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from pollapp.ballots import store_batch
from pollapp.ballots.statements import MOST_PARAMETERS
from pollapp.database import Database
from tests.actors import Facilitator

WORDS = ("trust", "remedy", "time")


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """Collect the statements sent to the database."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_arguments):
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


def cost(facilitator: Facilitator, database: Database, answers: int, *, change: bool) -> int:
    """Return how many statements it takes to store so many answers."""
    poll, room = facilitator.ask("word_cloud"), [facilitator.let_in() for _ in range(answers)]
    first = [person.cast(poll, WORDS[index % 3]) for index, person in enumerate(room)]
    second = [person.cast(poll, WORDS[(index + 1) % 3], revision=2) for index, person in enumerate(room)]
    if change:
        database.run(lambda session: store_batch(session.connection(), first))
    with counting(database) as statements:
        database.run(lambda session: store_batch(session.connection(), second if change else first))
    return len(statements)


@pytest.mark.parametrize("change", [False, True], ids=["new", "changed"])
def test_a_batch_of_hundreds_takes_as_many_statements_as_a_batch_of_four(
    facilitator: Facilitator, database: Database, change: bool
) -> None:
    few = cost(facilitator, database, 4, change=change)
    assert cost(facilitator, database, MOST_PARAMETERS, change=change) <= few
    assert few <= 8


def test_the_largest_batch_only_reads_its_ballots_in_more_parts(facilitator: Facilitator, database: Database) -> None:
    few = cost(facilitator, database, 3, change=False)
    assert cost(facilitator, database, 1000, change=False) <= few + 1000 // MOST_PARAMETERS


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize("change", [False, True], ids=["new", "changed"])
def test_a_vote_reads_nobody_elses_ballots(facilitator: Facilitator, database: Database, change: bool) -> None:
    """However many there are, in this round and in others. PostgreSQL chooses its ways by what it knows of the tables."""
    with counting(database) as said:
        cost(facilitator, database, 5, change=change)
    votes = {each for each in said if "FROM wanted" in each or each.startswith("UPDATE ballot")}
    with database.engine.connect() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {each}", (None,) * each.count("?")).all() for each in votes
        ]
    steps = [step.detail for plan in plans for step in plan if "ballot" in step.detail]
    assert len(steps) == (2 if change else 1)
    assert all(step.startswith("SEARCH ballot USING PRIMARY KEY (round_id=? AND id=?)") for step in steps)


def test_publishing_in_steps_costs_the_same_for_any_batch(careful: Facilitator, database: Database) -> None:
    assert cost(careful, database, MOST_PARAMETERS, change=False) <= cost(careful, database, 5, change=False) + 1
