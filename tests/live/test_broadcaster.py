"""Pictures are sent at once when it is quiet, then together, and less often when sending takes long."""

from collections.abc import Callable

import pytest

from pollapp.live.broadcaster import LONGEST_PAUSE_S, PAUSE_PER_WORK, Broadcaster
from pollapp.live.runtime import ThreadRuntime

INTERVAL_S = 0.1


class SlowMotion(ThreadRuntime):
    """Runs what is spawned when told to, in a time of its own, and lets something happen in each pause."""

    def __init__(self) -> None:
        self.time = 0.0
        self.pauses: list[float] = []
        self.meanwhile: list[Callable[[], None]] = []
        self._spawned: list[Callable[[], None]] = []

    def spawn(self, call: Callable[..., None], *args: object) -> None:
        self._spawned.append(lambda: call(*args))

    def sleep(self, seconds: float) -> None:
        self.time += seconds
        self.pauses.append(seconds)
        if self.meanwhile:
            self.meanwhile.pop(0)()

    def run(self) -> None:
        """Do what was set off."""
        while self._spawned:
            self._spawned.pop(0)()


@pytest.fixture
def runtime() -> SlowMotion:
    return SlowMotion()


def broadcaster(runtime: SlowMotion, took: float, work: float | None = None) -> tuple[Broadcaster[int], list[float]]:
    """Return one that takes so long to send, and when it sent. All of that is work unless told otherwise."""
    sent: list[float] = []

    def send(_key: int) -> float:
        sent.append(runtime.time)
        runtime.time += took
        return took if work is None else work

    return Broadcaster(runtime, send, INTERVAL_S, clock=lambda: runtime.time), sent


def test_a_first_change_is_sent_at_once_and_later_ones_together(runtime: SlowMotion) -> None:
    one, sent = broadcaster(runtime, took=0.0)

    def three_more() -> None:
        for _ in range(3):
            one.mark({7})

    runtime.meanwhile.append(three_more)
    one.mark({7})
    runtime.run()
    assert sent == [0.0, INTERVAL_S]


@pytest.mark.parametrize(
    ("took", "work", "pause"),
    [
        (0.001, 0.001, INTERVAL_S - 0.001),
        (0.1, 0.1, 0.1 * PAUSE_PER_WORK),
        (5.0, 5.0, LONGEST_PAUSE_S),
        (0.04, 0.001, INTERVAL_S - 0.04),
        (0.2, 0.001, 0.2),
        (5.0, 0.001, LONGEST_PAUSE_S),
    ],
    ids=["light", "heavy", "heaviest", "waits", "waits-long", "waits-longest"],
)
def test_the_pause_grows_with_the_work_of_sending_up_to_a_limit(
    runtime: SlowMotion, took: float, work: float, pause: float
) -> None:
    one, sent = broadcaster(runtime, took, work)
    runtime.meanwhile.append(lambda: one.mark({7}))
    one.mark({7})
    runtime.run()
    assert runtime.pauses == pytest.approx([pause, pause])
    assert sent == pytest.approx([0.0, took + pause])
