"""Read for many people at once what each asks of the database by a number of its own: a hall joins within seconds."""

from collections import deque
from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Generic, NamedTuple, TypeVar

from pollapp.live.runtime import Runtime, Waiter

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

MOST_KEYS = 1000
"""Keys in one read, unless one person alone asks for more."""


class _Asked(NamedTuple, Generic[Key]):
    keys: Collection[Key]
    waiter: Waiter


class Gathered(Generic[Key, Value]):
    """Calls `read(keys)` for all who asked while the last read was under way; a read always begins after the question.

    Call in the loop.
    """

    def __init__(self, runtime: Runtime, read: Callable[[Collection[Key]], Mapping[Key, Value]]) -> None:
        self._runtime = runtime
        self._read = read
        self._asked: deque[_Asked[Key]] = deque()
        self._is_reading = False

    def get(self, keys: Collection[Key]) -> Mapping[Key, Value]:
        """Return what is known of these keys, and maybe of others. Raises what `read` raises, for all it was for."""
        waiter = self._runtime.waiter()
        self._asked.append(_Asked(keys, waiter))
        if not self._is_reading:
            self._is_reading = True
            self._runtime.spawn(self._serve)
        found, problem = waiter.wait()
        if problem is not None:
            raise problem
        return found  # type: ignore[no-any-return]  # a waiter returns what it was handed

    def _serve(self) -> None:
        while self._asked:
            people, keys = self._next()
            found: Mapping[Key, Value] | None = None
            problem: Exception | None = None
            try:
                found = self._read(keys)
            except Exception as error:  # noqa: BLE001  # raised where it was asked
                problem = error
            for waiter in people:
                waiter.set((found, problem))
        self._is_reading = False

    def _next(self) -> tuple[list[Waiter], set[Key]]:
        """Return who is served next, and with which keys."""
        people: list[Waiter] = []
        keys: set[Key] = set()
        while self._asked and (not people or len(keys) + len(self._asked[0].keys) <= MOST_KEYS):
            asked = self._asked.popleft()
            people.append(asked.waiter)
            keys.update(asked.keys)
        return people, keys
