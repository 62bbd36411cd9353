"""What many ask for at the same moment is read for all of them at once, and never before they asked."""

import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor

import pytest

from pollapp.live.gathering import MOST_KEYS, Gathered
from pollapp.live.runtime import ThreadRuntime

SOON_S = 10


class AwayError(Exception):
    """The database is not there."""


class Shelf:
    """Reads what is asked for; the first read waits until it is told to end."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.reads: list[set[int]] = []
        self.may_end = threading.Event()
        self.reading = threading.Event()
        self._problem = problem

    def read(self, keys: Collection[int]) -> dict[int, int]:
        self.reads.append(set(keys))
        if len(self.reads) == 1:
            self.reading.set()
            assert self.may_end.wait(SOON_S)
        elif self._problem is not None:
            raise self._problem
        return {key: key * key for key in keys}


def ask(shelf: Shelf, first: Collection[int], *then: Collection[int]) -> list[object]:
    """Ask for some keys, and for others while the first are being read; return what each was told."""
    gathered = Gathered(ThreadRuntime(), shelf.read)

    def told(keys: Collection[int]) -> object:
        try:
            found = gathered.get(keys)
        except AwayError as problem:
            return problem
        return {key: found[key] for key in keys}

    with ThreadPoolExecutor(1 + len(then)) as people:
        asked = [people.submit(told, first)]
        assert shelf.reading.wait(SOON_S)
        for number, keys in enumerate(then, start=1):
            asked.append(people.submit(told, keys))
            while len(gathered._asked) < number:
                pass
        shelf.may_end.set()
        return [one.result(SOON_S) for one in asked]


def test_who_asks_during_a_read_is_served_by_the_next_one_together_with_all_others() -> None:
    shelf = Shelf()
    assert ask(shelf, [1], [2], [3, 4], [2]) == [{1: 1}, {2: 4}, {3: 9, 4: 16}, {2: 4}]
    assert shelf.reads == [{1}, {2, 3, 4}]


def test_a_read_that_fails_fails_for_those_it_was_for() -> None:
    problem = AwayError()
    assert ask(Shelf(problem), [1], [2], [3]) == [{1: 1}, problem, problem]


@pytest.mark.parametrize(("more", "reads"), [(MOST_KEYS - 1, 2), (MOST_KEYS, 3)])
def test_a_read_is_for_no_more_keys_than_the_database_takes_at_once(more: int, reads: int) -> None:
    shelf = Shelf()
    ask(shelf, [0], range(1, 1 + more), [MOST_KEYS + 1])
    assert len(shelf.reads) == reads
