"""Group commit with real threads on a real file: what was said to be saved is what is stored, once."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from pollapp.ballots import Cast, Round, store_batch
from pollapp.database import Database, immediate, others_wait_to_write
from pollapp.live import writer as writing
from pollapp.live.runtime import ThreadRuntime
from pollapp.live.writer import Changed, Result, Unknown, Writer
from tests.actors import Facilitator
from tests.books import Books
from tests.waiting import PATIENCE_S, wait_until

YES, NO = ["yes"], ["no"]
BookOf = Callable[[Round], Books]


@pytest.fixture
def changed() -> list[set[int]]:
    """The rounds that were said to have changed, batch by batch."""
    return []


@pytest.fixture
def writer(database: Database, changed: list[set[int]]) -> Iterator[Writer]:
    writer = Writer(database.engine, ThreadRuntime(), changed.append)
    writer.start()
    yield writer
    writer.stop()


def at_once(writer: Writer, casts: list[Cast], also: Callable[[], object] = lambda: None) -> list[Result]:
    """Send casts from as many threads, let go together with `also`; return the results in the order of the casts."""
    results: dict[int, Result] = {}
    start = threading.Barrier(len(casts) + 1)

    def send(index: int, cast: Cast) -> None:
        start.wait()
        results[index] = writer.store(cast)

    threads = [threading.Thread(target=send, args=pair, daemon=True) for pair in enumerate(casts)]
    for thread in threads:
        thread.start()
    start.wait()
    also()
    join(threads)
    return [results[index] for index in range(len(casts))]


def join(threads: list[threading.Thread]) -> None:
    """Wait for threads, and fail when one is still waiting for its reply."""
    deadline = time.monotonic() + PATIENCE_S
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    assert not any(thread.is_alive() for thread in threads), "somebody never got a reply"


def codes(results: list[Result]) -> Counter[str]:
    return Counter("unknown" if isinstance(result, Unknown) else result.code for result in results)


def as_one_batch(
    database: Database, casts: list[Cast], changed: Callable[[set[int]], object] = lambda _rounds: None
) -> list[Result]:
    """Store casts in a single batch: they queue up before the writer starts."""
    writer = Writer(database.engine, ThreadRuntime(), changed)
    results: dict[int, Result] = {}

    def send(index: int, cast: Cast) -> None:
        results[index] = writer.store(cast)

    threads = [threading.Thread(target=send, args=pair, daemon=True) for pair in enumerate(casts)]
    for thread in threads:
        thread.start()
    while writer._queue.qsize() < len(casts):
        time.sleep(0.001)
    writer.start()
    join(threads)
    writer.stop()
    return [results[index] for index in range(len(casts))]


def test_many_answers_at_once_are_all_counted(facilitator: Facilitator, writer: Writer, books: BookOf) -> None:
    poll = facilitator.ask("choice")
    results = at_once(writer, [facilitator.let_in().cast(poll, YES) for _ in range(150)])
    assert codes(results) == {"saved": 150}
    assert books(poll).tally() == {"yes": 150, "#ballots": 150, "#participants": 150}


def test_one_answer_sent_many_times_at_once_is_one_ballot(
    facilitator: Facilitator, writer: Writer, books: BookOf
) -> None:
    poll = facilitator.ask("choice")
    results = at_once(writer, [facilitator.let_in().cast(poll, YES)] * 100)
    assert codes(results) == {"saved": 100}
    assert books(poll).tally() == {"yes": 1, "#ballots": 1, "#participants": 1}


def test_of_two_tabs_at_once_one_counts_and_the_other_is_told(
    facilitator: Facilitator, writer: Writer, books: BookOf
) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    results = at_once(writer, [participant.cast(poll, YES), participant.cast(poll, NO)])
    assert codes(results) == {"saved": 1, "superseded": 1}
    assert results[0].answer == results[1].answer
    assert books(poll).balance()


@pytest.mark.parametrize("attempt", range(5))
def test_answers_racing_a_close_are_stored_or_refused_and_told_so(
    facilitator: Facilitator, writer: Writer, books: BookOf, attempt: int
) -> None:
    poll = facilitator.ask("choice")
    casts = [facilitator.let_in().cast(poll, YES) for _ in range(60)]

    def close() -> None:
        for cast in late[: attempt * 5]:
            writer.store(cast)
        facilitator.close()

    late = [facilitator.let_in().cast(poll, NO) for _ in range(attempt * 5)]
    results = at_once(writer, casts, close)
    said = codes(results)
    assert said["saved"] + said["closed"] == len(casts)
    assert len(books(poll).ballots()) == said["saved"] + len(late) == books(poll).tally().get("#ballots", 0)
    assert books(poll).balance()


def test_changes_and_withdrawals_at_once_keep_the_books(
    facilitator: Facilitator, writer: Writer, books: BookOf
) -> None:
    poll, room = facilitator.ask("word_cloud"), [facilitator.let_in() for _ in range(20)]
    words = ["trust", "remedy", None, "time"]
    at_once(
        writer,
        [person.cast(poll, words[(i + r) % 4], revision=r) for i, person in enumerate(room) for r in range(1, 5)],
    )
    assert {revision for revision, _ in books(poll).ballots()} == {4}
    assert books(poll).balance()


def test_answers_that_wait_become_one_batch(
    facilitator: Facilitator, database: Database, changed: list[set[int]]
) -> None:
    poll = facilitator.ask("choice")
    results = as_one_batch(database, [facilitator.let_in().cast(poll, YES) for _ in range(50)], changed.append)
    assert codes(results) == {"saved": 50}
    assert changed == [Changed({poll.id}, set(), set())]


class Spoilt(dict):  # type: ignore[type-arg]
    """Keys that cannot be counted."""

    def __init__(self, problem: Exception) -> None:
        self.problem = problem

    def items(self):
        raise self.problem


@pytest.mark.parametrize(
    "problem", [ValueError(), OverflowError(), AttributeError(), RuntimeError()], ids=lambda each: type(each).__name__
)
def test_a_cast_that_spoils_its_batch_is_refused_alone(
    facilitator: Facilitator, database: Database, books: BookOf, problem: Exception
) -> None:
    poll = facilitator.ask("choice")
    casts = [facilitator.let_in().cast(poll, YES) for _ in range(20)]
    good = casts[7]
    casts[7] = Cast(good.round_id, good.ballot_id, good.slot, good.revision, good.answer, Spoilt(problem))
    results = as_one_batch(database, casts)
    assert isinstance(results[7], Unknown)
    assert codes(results) == {"saved": 19, "unknown": 1}
    assert books(poll).tally() == {"yes": 19, "#ballots": 19, "#participants": 19}
    assert codes(as_one_batch(database, [good])) == {"saved": 1}


def test_a_number_the_database_cannot_hold_is_refused_alone(
    facilitator: Facilitator, database: Database, books: BookOf
) -> None:
    poll = facilitator.ask("choice")
    casts = [facilitator.let_in().cast(poll, YES) for _ in range(5)]
    casts[2] = facilitator.let_in().cast(poll, YES, revision=2**70)
    assert codes(as_one_batch(database, casts)) == {"saved": 4, "unknown": 1}
    assert books(poll).balance()


@contextmanager
def failing(database: Database, moment: str, fail: Callable[[Connection], object]) -> Iterator[None]:
    """Have every batch meet `fail` at a moment of its transaction: when it counts, or when it commits."""

    def at_commit(connection):
        if connection.get_execution_options().get("immediate"):
            fail(connection)

    def at_tally(connection, _cursor, statement, *_arguments):
        if "INSERT INTO tally" in statement:
            at_commit(connection)

    name, listener = {"tally": ("before_cursor_execute", at_tally), "commit": ("commit", at_commit)}[moment]
    event.listen(database.engine, name, listener)
    yield
    event.remove(database.engine, name, listener)


def disk_is_full(connection: Connection) -> None:
    raise OperationalError("COMMIT", None, OSError("disk I/O error"))


def reply_is_lost(connection: Connection) -> None:
    """The commit arrives, its reply does not."""
    connection.connection.dbapi_connection.commit()
    raise OperationalError("COMMIT", None, OSError("gone"), connection_invalidated=True)


@pytest.mark.parametrize("moment", ["tally", "commit"])
def test_after_a_batch_that_failed_nothing_is_half_stored(
    facilitator: Facilitator, writer: Writer, database: Database, books: BookOf, changed: list[set[int]], moment: str
) -> None:
    poll = facilitator.ask("choice")
    casts = [facilitator.let_in().cast(poll, YES) for _ in range(4)]
    with failing(database, moment, disk_is_full):
        assert codes(at_once(writer, casts)) == {"unknown": 4}
    assert (books(poll).ballots(), books(poll).tally()) == ([], {})
    assert not any(each.rounds for each in changed)
    assert codes(at_once(writer, casts)) == {"saved": 4}
    assert books(poll).tally()["yes"] == 4


def test_when_the_reply_to_a_commit_is_lost_nobody_is_told_saved_and_a_retry_counts_once(
    facilitator: Facilitator, database: Database, books: BookOf
) -> None:
    poll = facilitator.ask("choice")
    casts = [facilitator.let_in().cast(poll, YES) for _ in range(8)]
    with failing(database, "commit", reply_is_lost):
        assert codes(as_one_batch(database, casts)) == {"unknown": 8}
    assert len(books(poll).ballots()) == 8
    assert codes(as_one_batch(database, casts)) == {"saved": 8}
    assert books(poll).tally() == {"yes": 8, "#ballots": 8, "#participants": 8}


def test_a_batch_whose_commit_failed_is_not_tried_in_parts(
    facilitator: Facilitator, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll, tries = facilitator.ask("choice"), []
    monkeypatch.setattr(
        writing, "store_batch", lambda connection, casts: tries.append(len(casts)) or store_batch(connection, casts)
    )
    with failing(database, "commit", disk_is_full):
        as_one_batch(database, [facilitator.let_in().cast(poll, YES) for _ in range(8)])
    assert tries == [8]


def test_what_is_queued_is_stored_before_the_writer_stops(
    facilitator: Facilitator, database: Database, books: BookOf
) -> None:
    poll = facilitator.ask("choice")
    writer = Writer(database.engine, ThreadRuntime(), lambda _rounds: None)
    casts = [facilitator.let_in().cast(poll, YES) for _ in range(30)]
    threads = [threading.Thread(target=writer.store, args=(cast,), daemon=True) for cast in casts]
    for thread in threads:
        thread.start()
    while writer._queue.qsize() < len(casts):
        time.sleep(0.001)
    writer.start()
    writer.stop()
    assert books(poll).tally()["yes"] == 30
    join(threads)


def test_one_who_cannot_be_told_keeps_nobody_else_of_the_batch_waiting(
    facilitator: Facilitator, database: Database, changed: list[set[int]]
) -> None:
    poll = facilitator.ask("choice")
    told: list[Result] = []

    def gone(_result: Result) -> None:
        raise ConnectionError

    writer = Writer(database.engine, ThreadRuntime(), changed.append)
    for done in (told.append, gone, told.append):
        writer.store_soon(facilitator.let_in().cast(poll, YES), done)
    writer.start()
    writer.stop()
    assert codes(told) == {"saved": 2}
    assert changed == [Changed({poll.id}, set(), set())]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_facilitator_who_waits_comes_before_the_next_batch(
    facilitator: Facilitator, database: Database, writer: Writer
) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    results: list[Result] = []
    with immediate(database.engine).begin():
        closing = threading.Thread(target=facilitator.close, daemon=True)
        closing.start()
        wait_until(lambda: others_wait_to_write(database.engine))
        writer.store_soon(participant.cast(poll, YES), results.append)
        wait_until(lambda: writer.waiting() == 0)
    join([closing])
    wait_until(lambda: bool(results))
    assert codes(results) == {"closed": 1}
