"""What was deleted leaves the database's files soon after, when nobody is held up by it, and in any case within a day."""

from collections.abc import Callable

import pytest

from pollapp.database import Database
from pollapp.live.tidying import AT_LATEST_S, EVERY_S, Tidying
from tests.actors import Facilitator

on_postgres = [pytest.mark.postgres, pytest.mark.parametrize("databases", ["postgres"], indirect=True)]


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def forgotten(database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Call to learn how often the files were cleaned."""
    times = []
    clean = database.forget_deleted

    def counted() -> bool:
        times.append(1)
        return clean()

    monkeypatch.setattr(database, "forget_deleted", counted)
    return lambda: len(times)


def test_a_start_finishes_what_the_run_before_may_have_left(
    database: Database, forgotten: Callable[[], int], clock: Clock
) -> None:
    tidying = Tidying(database, clock)
    assert tidying.attend()
    assert tidying.attend()
    assert forgotten() == 1


def test_it_is_done_after_a_deletion_and_once_a_day(
    database: Database, forgotten: Callable[[], int], clock: Clock
) -> None:
    tidying = Tidying(database, clock)
    tidying.attend()
    tidying.want()
    tidying.attend()
    assert forgotten() == 2
    clock.now += EVERY_S
    tidying.attend()
    assert forgotten() == 3


def test_what_could_not_be_done_is_tried_again(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    tidying, replies = Tidying(database), [False, False, True]
    monkeypatch.setattr(database, "forget_deleted", lambda: replies.pop(0))
    assert [tidying.attend() for _ in range(4)] == [False, False, True, True]


class TestWhileAMeetingRuns:
    pytestmark = on_postgres

    def test_postgresql_waits_until_it_is_quiet_but_not_forever(
        self, database: Database, facilitator: Facilitator, forgotten: Callable[[], int], clock: Clock
    ) -> None:
        facilitator.ask("choice")
        tidying = Tidying(database, clock)
        assert not tidying.attend()
        assert forgotten() == 0
        clock.now += AT_LATEST_S
        assert tidying.attend()
        tidying.want()
        assert not tidying.attend()
        facilitator.end()
        assert tidying.attend()
        assert forgotten() == 2
