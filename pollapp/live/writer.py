"""The writer: one native thread that stores whatever arrived while its last batch was committing.

"Saved" is only said after the commit. A batch that fails is cut in two until the row that spoils it stands alone;
only that one is refused. When it is unknown whether a commit arrived, nothing is said to have been saved.
"""

import logging
import threading
import time
from _queue import Empty, SimpleQueue  # the real ones: eventlet puts a slow one written in Python into `queue`
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from pollapp import questions, quizzes
from pollapp.ballots import Cast, Outcome, StoredMeanwhile, store_batch, upvoting
from pollapp.ballots.upvoting import TextFate, TextVote
from pollapp.database import immediate, others_wait_to_write
from pollapp.live import figures
from pollapp.live.runtime import Runtime
from pollapp.questions import Ask, Fate, Vote
from pollapp.quizzes import Named, Naming, Play

MOST_CASTS = 1000
"""Answers, nicknames, questions and upvotes in one batch."""

MOST_TRIES = 5
"""How often a batch is stored anew when another server got in its way, or the connection had gone before the commit."""

PAUSE_S = 0.05
"""Seconds before a batch is tried again, so that whoever was in its way gets through."""

GIVE_WAY_S = 0.25
"""Seconds a batch stands back at most, so that a facilitator's step comes between two batches of a hall that answers."""

GLANCE_S = 0.002
"""Seconds between two looks at whether it has."""

STUCK_S = 10.0
"""A batch that takes longer holds everybody up."""

DEADLOCK, STALE = "40P01", "40001"
"""PostgreSQL's codes for transactions that were rolled back for no fault of their own."""

log = logging.getLogger(__name__)


Item = Cast | Play | Naming | Ask | Vote | TextVote
"""What is stored: an answer, one to a quiz question, a nickname, what a phone does on the board, or an upvote of an answer."""


class _Job(NamedTuple):
    item: Item
    done: "Callable[[Result], None]"


class Unknown(NamedTuple):
    """It may or may not be stored: its phone sends it again, which is safe."""


class _CommitFailed(Exception):
    """Whether the batch is stored is unknown."""


Stored = Outcome | Fate | Named | TextFate
Result = Stored | Unknown


class Changed(NamedTuple):
    """What a batch changed: rounds by number, boards and players of quizzes by meeting."""

    rounds: set[int]
    boards: set[str]
    players: set[str]


class Writer:
    """Stores answers and questions in batches; `on_stored` is called in the loop with what they changed."""

    def __init__(self, engine: Engine, runtime: Runtime, on_stored: Callable[[Changed], None]) -> None:
        self._engine = immediate(engine)
        self._connection: Connection | None = None
        self._runtime = runtime
        self._on_stored = on_stored
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._busy_since: float | None = None
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Store what is queued, then end the thread."""
        self._queue.put(None)
        self._thread.join()

    def store(self, item: Item) -> Result:
        """Queue something and wait until it is committed or refused."""
        waiter = self._runtime.waiter()
        self.store_soon(item, waiter.set)
        result: Result = waiter.wait()
        return result

    def store_soon(self, item: Item, done: "Callable[[Result], None]") -> None:
        """Queue something; `done` is called in the loop with what became of it."""
        self._queue.put(_Job(item, done))

    def waiting(self) -> int:
        """Return how many answers, questions and upvotes wait for the next batch."""
        return self._queue.qsize()

    def is_alive(self) -> bool:
        """Tell whether the thread runs."""
        return self._thread.is_alive()

    def is_stuck(self) -> bool:
        """Tell whether one batch has been under way for longer than `STUCK_S`."""
        since = self._busy_since
        return since is not None and time.monotonic() - since > STUCK_S

    def _run(self) -> None:
        stopping = False
        while not stopping:
            batch = [self._queue.get()]
            try:
                while len(batch) < MOST_CASTS:
                    batch.append(self._queue.get_nowait())
            except Empty:
                pass
            jobs = [job for job in batch if job is not None]
            stopping = len(jobs) < len(batch)
            if jobs:
                self._busy_since = time.monotonic()
                self._reply(jobs, self._store(jobs))
                self._busy_since = None
        self._hang_up()

    def _reply(self, jobs: list[_Job], results: list[Result]) -> None:
        saved = [
            job.item
            for job, result in zip(jobs, results, strict=True)
            if not isinstance(result, Unknown) and result.code == "saved"
        ]
        changed = Changed(
            {_round_of(item) for item in saved if isinstance(item, Cast | Play | TextVote)},
            {item.meeting_id for item in saved if isinstance(item, Ask | Vote)},
            {item.meeting_id for item in saved if isinstance(item, Naming | Play)},
        )

        def tell() -> None:
            figures.answered(results)
            for job, result in zip(jobs, results, strict=True):
                try:
                    job.done(result)
                except Exception:  # one phone that cannot be told must not keep the others of its batch waiting
                    log.exception("could not tell what became of an answer")
            self._on_stored(changed)

        self._runtime.call_in_loop(tell)

    def _store(self, jobs: list[_Job], tries: int = MOST_TRIES) -> list[Result]:
        try:
            return [*self._commit([job.item for job in jobs])]
        except Exception as problem:  # noqa: BLE001  # whatever one answer does, the writer lives on for the others
            if tries > 1 and _may_be_tried_again(problem):
                _pause(PAUSE_S)
                return self._store(jobs, tries - 1)
            return self._bisect(jobs, problem)

    def _commit(self, items: list[Item]) -> list[Stored]:
        """Store all in one transaction. Raises `_CommitFailed` if the commit did; else nothing of it is stored."""
        self._give_way()
        began = time.monotonic()
        connection = self._connect()
        transaction = connection.begin()
        try:
            outcomes = _store_together(connection, items)
        except BaseException:
            self._roll_back(connection)
            raise
        try:
            transaction.commit()
        except Exception as problem:
            self._hang_up()
            raise _CommitFailed from problem
        figures.committed(len(items), time.monotonic() - began)
        return outcomes

    def _give_way(self) -> None:
        """Let transactions in that wait for their turn to write."""
        until = time.monotonic() + GIVE_WAY_S
        while others_wait_to_write(self._engine) and time.monotonic() < until:
            _pause(GLANCE_S)

    def _connect(self) -> Connection:
        """Return the writer's own connection: outside the pool, it waits for nobody and nobody for it."""
        if self._connection is None:
            self._connection = self._engine.connect()
            self._connection.detach()
        return self._connection

    def _roll_back(self, connection: Connection) -> None:
        try:
            connection.rollback()
        except SQLAlchemyError:
            self._hang_up()
        if connection.invalidated:
            self._hang_up()

    def _hang_up(self) -> None:
        """Close the connection; the next batch opens a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except SQLAlchemyError as problem:
                log.info("a connection could not be closed: %s", type(problem).__name__)

    def _bisect(self, jobs: list[_Job], problem: Exception) -> list[Result]:
        # Commit failed, connection lost, disk full, locked for too long: no row is to blame, and parts would fare no better.
        is_no_row_to_blame = isinstance(problem, OperationalError | _CommitFailed | StoredMeanwhile)
        if is_no_row_to_blame or len(jobs) == 1:
            cause = problem.__cause__ or problem
            log.error("could not store %d answers: %s", len(jobs), type(cause).__name__)
            return [Unknown() for _ in jobs]
        middle = len(jobs) // 2
        return [*self._store(jobs[:middle]), *self._store(jobs[middle:])]


def _pause(seconds: float) -> None:
    """Hold up this thread alone, whatever `time.sleep` was patched to."""
    threading.Event().wait(seconds)


def _store_together(connection: Connection, items: list[Item]) -> list[Stored]:
    """Store answers, then upvotes of them, nicknames, and what was done on boards: locks are taken in one order everywhere."""
    answers = [item for item in items if isinstance(item, Cast | Play)]
    if len(answers) == len(items):
        return [*_store_answers(connection, answers)]
    votes = [item for item in items if isinstance(item, TextVote)]
    namings = [item for item in items if isinstance(item, Naming)]
    acts = [item for item in items if isinstance(item, Ask | Vote)]
    if votes and answers:
        upvoting.lock_rounds(connection, {_round_of(item) for item in (*votes, *answers)})
    outcomes = iter(_store_answers(connection, answers) if answers else ())
    text_fates = iter(upvoting.store_votes(connection, votes) if votes else ())
    named = iter(quizzes.store_names(connection, namings) if namings else ())
    fates = iter(questions.store_batch(connection, acts) if acts else ())
    results: dict[type[Item], Iterator[Stored]] = {
        Cast: outcomes,
        Play: outcomes,
        TextVote: text_fates,
        Naming: named,
        Ask: fates,
        Vote: fates,
    }
    return [next(results[type(item)]) for item in items]


def _store_answers(connection: Connection, answers: list[Cast | Play]) -> list[Outcome]:
    """Store answers; those of quizzes cost more, and only where there are any."""
    casts = [answer for answer in answers if isinstance(answer, Cast)]
    return store_batch(connection, casts) if len(casts) == len(answers) else quizzes.store_batch(connection, answers)


def _round_of(item: Cast | Play | TextVote) -> int:
    return item.cast.round_id if isinstance(item, Play) else item.round_id


def _may_be_tried_again(problem: Exception) -> bool:
    """Tell whether a batch of which nothing is stored may well be stored at the next try."""
    if isinstance(problem, DBAPIError):
        return problem.connection_invalidated or getattr(problem.orig, "sqlstate", None) in (DEADLOCK, STALE)
    return isinstance(problem, StoredMeanwhile)
