"""What everybody asks for at once is read once, and fails once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pollapp.live.remembering import Remembered
from pollapp.live.runtime import ThreadRuntime, Waiter

SOON_S = 10
LONG_S = 3600


class AwayError(Exception):
    """The database is not there."""


class Watched(ThreadRuntime):
    """Says when somebody is about to wait."""

    def __init__(self) -> None:
        self.somebody_waits = threading.Event()

    def waiter(self) -> Waiter:
        waiter = super().waiter()
        wait = waiter.wait

        def say_and_wait() -> object:
            self.somebody_waits.set()
            return wait()

        waiter.wait = say_and_wait  # type: ignore[method-assign]
        return waiter


def test_a_read_that_fails_fails_once_for_all_who_wait_and_is_tried_again_by_who_asks_next() -> None:
    runtime = Watched()
    reading, may_end = threading.Event(), threading.Event()
    reads: list[str] = []

    def read(key: str) -> int:
        reads.append(key)
        if len(reads) > 1:
            return len(reads)
        reading.set()
        assert may_end.wait(SOON_S)
        raise AwayError

    remembered = Remembered(runtime, read, LONG_S)
    with ThreadPoolExecutor(2) as people:
        first = people.submit(remembered.get, "poll")
        assert reading.wait(SOON_S)
        second = people.submit(remembered.get, "poll")
        assert runtime.somebody_waits.wait(SOON_S)
        may_end.set()
        for asked in (first, second):
            with pytest.raises(AwayError):
                asked.result(SOON_S)
    assert reads == ["poll"]
    assert remembered.get("poll") == remembered.get("poll") == 2


def test_threads_that_remember_nothing_read_the_same_side_by_side() -> None:
    together = threading.Barrier(2, timeout=SOON_S)

    def read(_key: str) -> int:
        together.wait()
        return 7

    remembered = Remembered(ThreadRuntime(), read, 0)
    with ThreadPoolExecutor(2) as people:
        assert list(people.map(remembered.get, ["poll", "poll"])) == [7, 7]
