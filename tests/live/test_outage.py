"""A database that does not answer for a while: what the server does by itself is made up for afterwards."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pollapp import extensions
from pollapp.ballots import rounds
from pollapp.errors import Unavailable
from pollapp.live.broadcaster import Broadcaster
from pollapp.meetings.models import Stage
from tests.actors import Facilitator
from tests.runtimes import PatientRuntime


def fail_once(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return the call as it is when the database does not answer at first."""
    failures = [Unavailable()]

    def called(*arguments: Any, **named: Any) -> Any:
        if failures:
            raise failures.pop()
        return call(*arguments, **named)

    return called


def test_a_picture_that_could_not_be_drawn_is_sent_later(runtime: PatientRuntime) -> None:
    sent: list[int] = []

    def send(key: int) -> float:
        sent.append(key)
        return 0.0

    Broadcaster(runtime, fail_once(send), 0.1).mark({7})
    runtime.settle()
    assert sent == [7]


def test_a_countdown_that_ran_out_meanwhile_closes_its_round(
    host: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll, over = host.ask("choice"), time.time() - 1

    def run_out(session: Session) -> None:
        session.get_one(Stage, host.id).countdown_ends_at = over

    extensions.database.run(run_out)
    monkeypatch.setattr(extensions.database, "run", fail_once(extensions.database.run))
    extensions.hub._arm(host.look())
    extensions.hub._runtime.settle()
    assert extensions.database.read(rounds.get, host.id, poll.id).state == "closed"


def test_looking_after_meetings_goes_on_after_a_failure(host: Facilitator, monkeypatch: pytest.MonkeyPatch) -> None:
    class Enough(BaseException):
        """Ends the endless loop."""

    def look_again() -> None:
        raise Enough

    extensions.hub._runtime.settle()  # the application's own looks are over
    monkeypatch.setattr("pollapp.live.hub.HOUSEKEEPING_S", 0)
    monkeypatch.setattr(extensions.hub, "keep_house", fail_once(look_again))
    with pytest.raises(Enough):
        extensions.hub._keep_house()
