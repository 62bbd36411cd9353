"""What single pieces cost, in this process: parsing and counting an answer of each kind, results, a vote in a full table."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rooms import OPTIONS, build

from pollapp import kinds
from pollapp.ballots import Cast, encode, store_batch
from pollapp.ballots.ids import ballot_id
from pollapp.database import immediate
from pollapp.extensions import database

TIMES = 5
BATCH = 1000
DISTINCT_WORDS = 10_000
RAW: dict[str, Any] = {"list": ["a"], "text": "learning from peers"}
"""An ordinary answer for each form of raw answers, to the settings a new slide begins with."""
OWN: dict[str, Any] = {
    "ranking": ["b:1", "a:2", "c:3"],
    "pin": ["1.x:34", "1.y:56"],
    "grid": ["a.x:2", "a.y:8", "b.x:5", "b.y:5", "c.x:9", "c.y:1"],
}
"""The same for kinds whose answers have parts."""


def parse_and_keys() -> dict[str, float]:
    """Return the microseconds from a raw answer to its keys, by kind."""
    found = {}
    for kind in kinds.all_kinds():
        if kind.TAKES_ANSWERS:
            settings, raw = kind.Settings(), OWN.get(kind.NAME, RAW[kind.RAW])

            def once(kind: kinds.Kind = kind, settings: Any = settings, raw: Any = raw) -> None:
                kind.keys(settings, kind.parse(settings, raw))

            found[kind.NAME] = _median_us(once, 5000)
    return found


def results_of_many_words() -> dict[str, float]:
    """Return the milliseconds to make results of a cloud with many distinct words, the first time and then."""
    cloud = kinds.get("word_cloud")
    tally = {f"~word number {number}": 1 + number % 7 for number in range(DISTINCT_WORDS)}
    counted = kinds.Counted(DISTINCT_WORDS, DISTINCT_WORDS, tally)
    start = time.perf_counter()
    cloud.results(cloud.Settings(), counted, "en")
    first = time.perf_counter() - start
    then = _median_us(lambda: cloud.results(cloud.Settings(), counted, "en"), 1) / 1000
    return {"first_ms": round(first * 1000, 1), "then_ms": round(then, 1)}


def vote_in_a_full_table(few: int, many: int) -> dict[str, float]:
    """Return the microseconds to store a vote (SQLite, batches of 1,000) beside few ballots and beside many."""
    with tempfile.TemporaryDirectory() as folder:
        room = build(Path(folder), [1])[0]
        database.init(f"sqlite:///{Path(folder) / 'pollapp.sqlite3'}")
        stored, found = 0, {}
        for name, goal in (("few_us", few), ("many_us", many)):
            while stored < goal:
                _store(room.round, stored)
                stored += BATCH
            times = []
            for _ in range(TIMES):
                start = time.perf_counter()
                _store(room.round, stored)
                times.append((time.perf_counter() - start) / BATCH * 1e6)
                stored += BATCH
            found[name] = round(statistics.median(times), 1)
        database.close()
    return {**found, "ratio": round(found["many_us"] / found["few_us"], 2)}


def _store(round_id: int, first: int) -> None:
    casts = [
        Cast(round_id, ballot_id(b"bench", b"%d" % number, round_id, 0), 0, 1, encode([option]), {option: 1})
        for number in range(first, first + BATCH)
        for option in [OPTIONS[number % len(OPTIONS)]]
    ]
    with immediate(database.engine).begin() as connection:
        store_batch(connection, casts)


def _median_us(call: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        for _ in range(repeats):
            call()
        times.append((time.perf_counter() - start) / repeats * 1e6)
    return round(statistics.median(times), 2)
