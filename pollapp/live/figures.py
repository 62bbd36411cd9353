"""What this server counts of itself: totals only, nothing that names a meeting, code, address or person.

Counting costs an addition on the way of an answer; what is made of it is worked out when somebody looks.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Literal, ParamSpec, TypeVar, get_args

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.metrics_core import CounterMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import Engine, ExceptionContext, event
from sqlalchemy.exc import OperationalError

from pollapp.ballots import Outcome
from pollapp.errors import DomainError

P = ParamSpec("P")
T = TypeVar("T")

Reason = Literal["behind", "flood", "too_large", "malformed", "too_many", "silent", "other"]
"""Why a client was dropped: it read too slowly, sent too much, too large or unreadable messages, there were too many
of its address or in all, it did not answer pings, or anything else."""

Broadcast = Literal["stage", "results", "presence", "again", "agenda", "board", "questions", "quiz", "texts"]

TICK_S = 0.05
"""Seconds between two looks at how late the loop is."""

REMEMBERED_S = 10
"""Seconds over which answers a second are worked out."""

disable_created_metrics()  # type: ignore[no-untyped-call]  # when something happened first is nobody's business
registry = CollectorRegistry()


class Count(Collector):
    """A counter whose increment is one addition. Add in the loop only."""

    def __init__(self, name: str, about: str, label: str = "", values: Iterable[str] = ()) -> None:
        self._name, self._about, self._label = name, about, label
        self.counts: dict[str, int] = dict.fromkeys(values if label else ("",), 0)
        registry.register(self)

    def add(self, value: str = "") -> None:
        """Count one more. The values of a label are the program's own words."""
        self.counts[value] = self.counts.get(value, 0) + 1

    def total(self) -> int:
        """Return how many there were in all."""
        return sum(self.counts.values())

    def collect(self) -> Iterable[Metric]:
        """Yield the counter as Prometheus wants it."""
        family = CounterMetricFamily(self._name, self._about, labels=[self._label] if self._label else None)
        for value, count in self.counts.items():
            family.add_metric([value] if self._label else [], count)
        yield family


def _seconds(name: str, about: str) -> Histogram:
    buckets = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
    return Histogram(name, about, buckets=buckets, registry=registry)


ANSWERS_STORED = Count("pollapp_answers_stored", "Answers of which phones were told that they are saved.")
ANSWERS_REFUSED = Count(
    "pollapp_answers_refused",
    "Answers of which phones were told that they are not saved, by the code they were told.",
    "code",
    ("bad_answer", "closed", "removed", "superseded", "slow_down", "try_again", "unknown_round"),
)
STAGE_CHANGES = Count("pollapp_stage_changes", "Changes of what a meeting shows.")
BROADCASTS = Count(
    "pollapp_broadcasts",
    "Messages prepared for everybody in a meeting, by what they tell; each goes to every phone or screen in it.",
    "about",
    get_args(Broadcast),
)
CLIENTS_DROPPED = Count(
    "pollapp_clients_dropped", "Connections the server ended, by reason.", "reason", get_args(Reason)
)
HOUSEKEEPING = Count(
    "pollapp_housekeeping",
    "Meetings that this process ended, sealed or erased by itself.",
    "step",
    ("end", "seal", "erase"),
)
_database_errors = Counter(
    "pollapp_database_errors",
    "Errors of the database: it was away, locked or full (unavailable), or refused a statement (other).",
    ["kind"],
    registry=registry,
)
DATABASE_ERRORS = {kind: _database_errors.labels(kind) for kind in ("unavailable", "other")}
"""Counted in any thread, so with a lock: not a `Count`."""

BATCH_ANSWERS = Histogram(
    "pollapp_batch_answers",
    "Answers stored together in one transaction.",
    buckets=(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000),
    registry=registry,
)
COMMIT_SECONDS = _seconds("pollapp_commit_seconds", "Time from the begin of a batch's transaction to its commit.")
LOOP_LAG_SECONDS = _seconds(
    "pollapp_loop_lag_seconds", "How late the loop came back to a task that sleeps 50 ms: what everybody waits besides."
)

_screens = 0
_stored_by_second: deque[int] = deque(maxlen=REMEMBERED_S + 1)


def answered(results: Iterable[object]) -> None:
    """Count what became of a batch's answers. Those of which that is unknown are counted where phones are told so."""
    for result in results:
        if isinstance(result, Outcome):
            if result.code == "saved":
                ANSWERS_STORED.add()
            else:
                ANSWERS_REFUSED.add(result.code)


def counts_refusals(cast: Callable[P, T]) -> Callable[P, T]:
    """Have answers counted that are refused before they are stored."""

    @wraps(cast)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return cast(*args, **kwargs)
        except DomainError as error:
            refused(error.code)
            raise

    return call


def refused(code: str) -> None:
    """Count an answer that is not saved."""
    ANSWERS_REFUSED.add(code)


def committed(answers: int, seconds: float) -> None:
    """Note a batch that was committed. May be called from any thread."""
    BATCH_ANSWERS.observe(answers)
    COMMIT_SECONDS.observe(seconds)


def dropped(reason: Reason) -> None:
    """Count a connection that the server ended."""
    CLIENTS_DROPPED.add(reason)


def sent(about: Broadcast) -> None:
    """Count a message to everybody in a meeting."""
    BROADCASTS.add(about)


def stage_changed() -> None:
    """Count a change of what a meeting shows, and the message that tells of it."""
    STAGE_CHANGES.add()
    BROADCASTS.add("stage")


def screen_came() -> None:
    """Count a presenter screen in."""
    global _screens  # noqa: PLW0603  # one number of one process
    _screens += 1


def screen_went() -> None:
    """Count a presenter screen out."""
    global _screens  # noqa: PLW0603  # likewise
    _screens -= 1


def screens() -> int:
    """Return how many presenter screens are connected."""
    return _screens


def watch_database(engine: Engine) -> None:
    """Have errors of this engine counted."""
    event.listen(engine, "handle_error", _count_error)


def _count_error(context: ExceptionContext) -> None:
    is_away = context.is_disconnect or isinstance(context.sqlalchemy_exception, OperationalError)
    DATABASE_ERRORS["unavailable" if is_away else "other"].inc()


def database_errors() -> int:
    """Return how many errors there were in all."""
    samples = next(iter(_database_errors.collect())).samples
    return round(sum(one.value for one in samples))


def watch_loop(sleep: Callable[[float], None]) -> None:
    """Measure for ever how late the loop is; `sleep` lets others run. Costs about 5 microseconds twenty times a second."""
    next_second = 0.0
    while True:
        began = time.monotonic()
        if began >= next_second:
            next_second = began + 1
            _stored_by_second.append(ANSWERS_STORED.total())
        sleep(TICK_S)
        LOOP_LAG_SECONDS.observe(max(0.0, time.monotonic() - began - TICK_S))


def answers_per_second() -> float:
    """Return how many answers a second were stored lately."""
    if len(_stored_by_second) < 2:
        return 0.0
    return (_stored_by_second[-1] - _stored_by_second[0]) / (len(_stored_by_second) - 1)


def count_of(histogram: Histogram) -> int:
    """Return how often something was measured."""
    return round(_buckets(histogram)[-1][1])


def within(histogram: Histogram, share: float) -> float | None:
    """Return the least bound of a histogram below which this share of what was measured lies.

    None when nothing was measured yet; infinite when it lies above the last bound.
    """
    buckets = _buckets(histogram)
    total = buckets[-1][1]
    if not total:
        return None
    return next(bound for bound, count in buckets if count >= share * total)


def _buckets(histogram: Histogram) -> Sequence[tuple[float, float]]:
    """Return how much was measured up to each bound, the last of which is infinite."""
    samples = next(iter(histogram.collect())).samples
    return [(float(one.labels["le"]), one.value) for one in samples if one.name.endswith("_bucket")]
