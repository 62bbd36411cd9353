"""Several servers store in one database at once: what was accepted is what is stored and what is counted."""

import itertools
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from pollapp.ballots import Cast, K, Round, store_batch
from pollapp.database import Database, immediate
from pollapp.errors import DomainError, PresetFrozen, RetentionPromised, UndoExpired
from pollapp.live import writer as writing
from pollapp.live.runtime import ThreadRuntime
from pollapp.live.writer import Outcome, Writer
from pollapp.meetings import agenda, ending
from tests.actors import OPTIONS, Facilitator
from tests.books import Books
from tests.databases import Postgres
from tests.live.server_process import ServerProcess
from tests.waiting import PATIENCE_S, wait_until

YES, NO = ["yes"], ["no"]
BookOf = Callable[[Round], Books]
on_postgres = pytest.mark.parametrize(
    "databases", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def all_at_once(url: str, *batches: list[Cast], threads: int = 40) -> list[list[str]]:
    """Have each batch stored by a process of its own, all at the same time; return their codes."""
    servers = [ServerProcess(url, casts, threads) for casts in batches]
    for server in servers:
        server.go()
    return [server.results() for server in servers]


def test_the_same_new_ballots_through_two_servers_are_saved_by_both_and_counted_once(
    facilitator: Facilitator, database_url: str, books: BookOf
) -> None:
    slides = [
        facilitator.add("choice", settings={"options": OPTIONS}, stays_open=True),
        facilitator.add("word_cloud", settings={"entries": 2}),
    ]
    first, second = (facilitator.poll(facilitator.go(slide)) for slide in slides)
    room = [facilitator.let_in() for _ in range(60)]
    casts = [person.cast(first, YES) for person in room]
    casts += [person.cast(second, word, slot=slot) for person in room for slot, word in enumerate(("trust", "time"))]
    backwards = list(reversed(casts))
    for codes in all_at_once(database_url, casts, backwards):
        assert set(codes) == {"saved"}
    assert books(first).tally() == {"yes": 60, "#ballots": 60, "#participants": 60}
    assert books(second).tally() == {"~trust": 60, "~time": 60, "#ballots": 120, "#participants": 60}


def test_changes_and_retries_through_two_servers_keep_the_books(
    facilitator: Facilitator, database_url: str, books: BookOf
) -> None:
    chance = random.Random(11)
    poll, room = facilitator.ask("word_cloud", entries=2), [facilitator.let_in() for _ in range(25)]
    words = ["trust", "remedy", None, "time"]
    casts = [
        person.cast(poll, words[(number + revision) % 4], slot=slot, revision=revision)
        for number, person in enumerate(room)
        for slot in range(2)
        for revision in range(1, 7)
    ]
    shuffled = [chance.sample(casts, len(casts)) for _ in range(2)]
    for codes in all_at_once(database_url, *shuffled):
        assert set(codes) == {"saved"}
    assert {revision for revision, _ in books(poll).ballots()} == {6}
    assert books(poll).balance()


def test_a_round_closes_while_two_servers_store_without_a_pause(
    facilitator: Facilitator, database: Database, database_url: str, books: BookOf
) -> None:
    poll = facilitator.ask("choice")
    batches = [[facilitator.let_in().cast(poll, YES) for _ in range(1500)] for _ in range(2)]
    servers = [ServerProcess(database_url, casts, threads=20, held_back=20) for casts in batches]
    for server in servers:
        server.go()
    wait_until(lambda: books(poll).revision() >= 5)
    facilitator.close()
    counted = books(poll).tally()["#ballots"]
    for server in servers:
        server.go_on()
    said = Counter(code for server in servers for code in server.results())
    assert set(said) == {"saved", "closed"}
    assert said["saved"] == len(books(poll).ballots()) == books(poll).tally()["#ballots"] == counted


def test_steps_of_publishing_are_right_when_two_servers_store_into_one_round(
    careful: Facilitator, database_url: str, books: BookOf
) -> None:
    poll = careful.ask("choice")
    batches = [[careful.let_in().cast(poll, YES) for _ in range(45)] for _ in range(2)]
    servers = [ServerProcess(database_url, casts, threads=1) for casts in batches]
    for server in servers:
        server.go()
    seen = [0]
    while books(poll).tally().get("#participants", 0) < 90:
        seen.append(careful.sees(poll).participants or 0)
    for server in servers:
        assert set(server.results()) == {"saved"}
    seen.append(careful.sees(poll).participants or 0)
    assert seen[-1] == 85, "one by one: a step at each fifth participant, published at the fifth after it"
    assert all(after == before or after - before >= K for before, after in itertools.pairwise(seen))
    assert len(set(seen)) > 3
    careful.close()
    assert careful.sees(poll).participants == 90


# On PostgreSQL alone, where transactions meet half-way.


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    writer = Writer(database.engine, ThreadRuntime(), lambda _rounds: None)
    writer.start()
    yield writer
    writer.stop()


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The size of each batch that a writer tried to store."""
    sizes: list[int] = []

    def count(connection, casts):
        sizes.append(len(casts))
        return store_batch(connection, casts)

    monkeypatch.setattr(writing, "store_batch", count)
    return sizes


def wait_for_a_waiter(databases: Postgres, url: str) -> None:
    """Wait until a connection to this database waits for a lock."""
    query = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
    wait_until(lambda: bool(databases.tell(query, url.rpartition("/")[2])))


def in_the_background(writer: Writer, cast: Cast) -> Callable[[], str]:
    """Send a cast; call what is returned to wait for its code."""
    results: list[str] = []

    def send() -> None:
        result = writer.store(cast)
        results.append(result.code if isinstance(result, Outcome) else "unknown")

    thread = threading.Thread(target=send, daemon=True)
    thread.start()

    def code() -> str:
        thread.join(PATIENCE_S)
        return results[0]

    return code


@on_postgres
def test_a_ballot_stored_by_another_server_meanwhile_is_saved_at_the_second_try_of_the_whole_batch(
    facilitator: Facilitator,
    database: Database,
    databases: Postgres,
    database_url: str,
    books: BookOf,
    writer: Writer,
    tries: list[int],
) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    with immediate(database.engine).begin() as other:
        store_batch(other, [participant.cast(poll, YES)])
        code = in_the_background(writer, participant.cast(poll, YES))
        wait_for_a_waiter(databases, database_url)
    assert code() == "saved"
    assert tries == [1, 1]
    assert books(poll).tally() == {"yes": 1, "#ballots": 1, "#participants": 1}


@on_postgres
def test_a_deadlock_is_nobodys_fault_and_tried_again(
    facilitator: Facilitator,
    database: Database,
    databases: Postgres,
    database_url: str,
    books: BookOf,
    writer: Writer,
    tries: list[int],
) -> None:
    poll = facilitator.ask("choice")
    facilitator.let_in().answer(poll, YES)
    with database.engine.connect() as other:
        other.exec_driver_sql("SET LOCAL deadlock_timeout = '1min'")  # so that the writer is the one that gives way
        other.exec_driver_sql("SELECT * FROM tally FOR UPDATE")
        code = in_the_background(writer, facilitator.let_in().cast(poll, YES))
        wait_for_a_waiter(databases, database_url)
        other.exec_driver_sql("SELECT * FROM round FOR UPDATE")
    assert code() == "saved"
    assert len(tries) > 1
    assert books(poll).tally()["yes"] == 2


@on_postgres
def test_a_connection_cut_while_it_rests_is_replaced_unnoticed(
    facilitator: Facilitator, database: Database, databases: Postgres, database_url: str, books: BookOf, writer: Writer
) -> None:
    poll = facilitator.ask("choice")
    assert in_the_background(writer, facilitator.let_in().cast(poll, YES))() == "saved"
    casts = [facilitator.let_in().cast(poll, YES) for _ in range(2)]
    for cast in casts:
        assert databases.cut_off(database_url) > 0
        assert in_the_background(writer, cast)() == "saved"
    databases.cut_off(database_url)
    assert facilitator.look().poll is not None, "connections of the pool are replaced too"
    assert books(poll).tally()["yes"] == 3


@on_postgres
def test_a_connection_that_postgresql_ends_at_the_commit_is_unknown_and_a_retry_counts_once(
    facilitator: Facilitator,
    database: Database,
    databases: Postgres,
    database_url: str,
    books: BookOf,
    writer: Writer,
    tries: list[int],
) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()

    def end_it(connection: Connection) -> None:
        if connection.get_execution_options().get("immediate"):
            pid = connection.connection.dbapi_connection.info.backend_pid  # type: ignore[union-attr]
            assert databases.cut_off(database_url, pid) == 1

    event.listen(database.engine, "commit", end_it)
    assert in_the_background(writer, participant.cast(poll, YES))() == "unknown"
    event.remove(database.engine, "commit", end_it)
    assert tries == [1]
    assert books(poll).ballots() == []
    for _ in range(2):
        assert in_the_background(writer, participant.cast(poll, YES))() == "saved"
    assert books(poll).tally() == {"yes": 1, "#ballots": 1, "#participants": 1}


@on_postgres
def test_the_writer_needs_no_connection_of_the_pool(
    facilitator: Facilitator, database: Database, writer: Writer
) -> None:
    poll = facilitator.ask("choice")
    assert in_the_background(writer, facilitator.let_in().cast(poll, YES))() == "saved"
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # what a QueuePool tells


def meanwhile(databases: Postgres, url: str, act: Callable[[], object], then: Callable[[], None]) -> list[Exception]:
    """Act in a thread; once that waits for a lock, do `then`; return what the act raised."""
    problems: list[Exception] = []

    def try_to() -> None:
        try:
            act()
        except DomainError as problem:
            problems.append(problem)

    thread = threading.Thread(target=try_to, daemon=True)
    thread.start()
    wait_for_a_waiter(databases, url)
    then()
    thread.join(PATIENCE_S)
    return problems


@on_postgres
@pytest.mark.parametrize(
    ("changes", "refusal"), [({"preset": "chatham_house"}, PresetFrozen), ({"keep_days": 400}, RetentionPromised)]
)
def test_nothing_promised_can_change_while_the_first_answer_is_being_stored(
    facilitator: Facilitator,
    database: Database,
    databases: Postgres,
    database_url: str,
    changes: dict[str, Any],
    refusal: type[DomainError],
) -> None:
    poll = facilitator.ask("choice")
    change = partial(database.run, agenda.update_meeting, facilitator.id, facilitator.owner_id, **changes)
    with immediate(database.engine).connect() as other:
        store_batch(other, [facilitator.let_in().cast(poll, YES)])
        problems = meanwhile(databases, database_url, change, other.commit)
    assert [type(problem) for problem in problems] == [refusal]
    meeting = facilitator.look().meeting
    assert (meeting.preset, meeting.keep_days) == ("standard", 365)


@on_postgres
def test_an_end_cannot_be_undone_while_another_server_destroys_the_key(
    facilitator: Facilitator,
    database: Database,
    databases: Postgres,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    steps = ending.SEAL_STEPS  # before this step an undo may still come first, and the seal then stops
    monkeypatch.setattr(ending, "SEAL_STEPS", steps[steps.index(ending._destroy_key) :])
    facilitator.ask("choice")
    facilitator.end()

    def undo(session: Session) -> None:
        agenda.get_meeting(session, facilitator.id, facilitator.owner_id)  # as the desk does, before it waits
        ending.undo_end(session, facilitator.id, facilitator.keys)

    with Session(immediate(database.engine)) as other:
        ending._lock(other, facilitator.id)
        problems = meanwhile(
            databases,
            database_url,
            partial(database.run, undo),
            lambda: ending.seal(other, facilitator.keys, facilitator.id),
        )
    assert [type(problem) for problem in problems] == [UndoExpired]
    assert facilitator.look().meeting.state == "sealed"
