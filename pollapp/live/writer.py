"""The writer: one native thread that stores whatever arrived while its last batch was committing.

"Saved" is only said after the commit. A batch that fails is cut in two until the row that spoils it stands alone;
only that one is refused. When it is unknown whether a commit arrived, nothing is said to have been saved.
"""

import logging
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import NamedTuple

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from pollapp.ballots import Cast, Outcome, store_batch
from pollapp.database import immediate
from pollapp.live.runtime import Runtime, Waiter

MOST_CASTS = 1000
"""Casts in one batch."""

log = logging.getLogger(__name__)


class _Job(NamedTuple):
    cast: Cast
    waiter: Waiter


class Unknown(NamedTuple):
    """The cast may or may not be stored: its phone sends it again, which is safe."""


Result = Outcome | Unknown


class Writer:
    """Stores casts in batches; `on_stored` is called in the loop with the rounds that changed."""

    def __init__(self, engine: Engine, runtime: Runtime, on_stored: Callable[[set[int]], None]) -> None:
        self._engine = immediate(engine)
        self._runtime = runtime
        self._on_stored = on_stored
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Store what is queued, then end the thread."""
        self._queue.put(None)
        self._thread.join()

    def store(self, cast: Cast) -> Result:
        """Queue a cast and wait until it is committed or refused."""
        waiter = self._runtime.waiter()
        self._queue.put(_Job(cast, waiter))
        result: Result = waiter.wait()
        return result

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
                self._reply(jobs, self._store(jobs))

    def _reply(self, jobs: list[_Job], results: list[Result]) -> None:
        changed = {
            job.cast.round_id
            for job, result in zip(jobs, results, strict=True)
            if isinstance(result, Outcome) and result.code == "saved"
        }

        def tell() -> None:
            for job, result in zip(jobs, results, strict=True):
                job.waiter.set(result)
            self._on_stored(changed)

        self._runtime.call_in_loop(tell)

    def _store(self, jobs: list[_Job]) -> list[Result]:
        try:
            with self._engine.begin() as connection:
                outcomes = store_batch(connection, [job.cast for job in jobs])
        except Exception as problem:  # noqa: BLE001  # whatever one answer does, the writer lives on for the others
            return self._bisect(jobs, problem)
        return list(outcomes)

    def _bisect(self, jobs: list[_Job], problem: Exception) -> list[Result]:
        is_no_row_to_blame = isinstance(problem, OperationalError)  # connection lost, disk full, locked for too long
        if is_no_row_to_blame or len(jobs) == 1:
            log.error("could not store %d answers: %s", len(jobs), type(problem).__name__)
            return [Unknown() for _ in jobs]
        middle = len(jobs) // 2
        return [*self._store(jobs[:middle]), *self._store(jobs[middle:])]
