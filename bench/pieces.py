"""What single pieces cost, in this process: parsing and counting an answer of each kind, results, a vote in a full table."""

import contextlib
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import answers
from rooms import OPTIONS, build
from sqlalchemy import Engine, insert, select

from pollapp import kinds
from pollapp.ballots import Cast, curated, encode, store_batch
from pollapp.ballots.ids import ballot_id
from pollapp.ballots.models import Round
from pollapp.database import connect, immediate
from pollapp.words import fold, merge, near_duplicates

TIMES = 5
TURNS = 20
BATCH = 1000
PHONES = 250
"""How many answered each of the rounds that fill a table."""
DISTINCT_WORDS = 10_000
CHANGES = 60
"""What a busy facilitator changes in one cloud."""


def parse_and_keys() -> dict[str, float]:
    """Return the microseconds from a raw answer to its keys, by kind."""
    found = {}
    for kind in kinds.all_kinds():
        if kind.TAKES_ANSWERS:
            settings, (raw, _) = kind.Settings(), answers.to(kind)

            def once(kind: kinds.Kind = kind, settings: Any = settings, raw: Any = raw) -> None:
                kind.keys(settings, kind.parse(settings, raw))

            found[kind.NAME] = _median_us(once, 5000)
    return found


def results_of_many_words() -> dict[str, float]:
    """Return the milliseconds to make results of a cloud with many distinct words: the first time, then, and curated; and to suggest words that are near."""
    cloud = kinds.get("word_cloud")
    tally = {f"~word number {number}": 1 + number % 7 for number in range(DISTINCT_WORDS)}
    counted = kinds.Counted(DISTINCT_WORDS, DISTINCT_WORDS, tally)
    start = time.perf_counter()
    cloud.results(cloud.Settings(), counted, "en")
    first = time.perf_counter() - start
    then = _median_us(lambda: cloud.results(cloud.Settings(), counted, "en"), 1) / 1000
    acts = [(curated.HIDE, ""), (curated.MERGE, fold("word number 0", "en")), (curated.RENAME, "another name")]
    words = [fold(f"word number {1 + number}", "en") for number in range(CHANGES)]
    changes = [
        curated.Change(str(number), act, (word,), into)
        for number, word in enumerate(words)
        for act, into in [acts[number % 3]]
    ]

    def again() -> None:
        cloud.results(cloud.Settings(), curated.apply(cloud, counted, changes, "en")[0], "en")

    merged = merge({f"word number {number}": 1 + number % 7 for number in range(DISTINCT_WORDS)}, "en")
    return {
        "near_ms": round(_median_us(lambda: near_duplicates(merged, "en", most=10), 1) / 1000, 1),
        "first_ms": round(first * 1000, 1),
        "then_ms": round(then, 1),
        "curated_ms": round(_median_us(again, 1) / 1000, 1),
    }


def vote_in_a_full_table(few: int, many: int) -> dict[str, float]:
    """Return the microseconds to store a vote (SQLite, batches of 1,000) beside few ballots and beside many.

    The others are in other rounds, as on a server that has been used for long, or all in the round of the vote. The
    databases take turns, so that a busy moment of the computer slows them all.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as engines:
        round_id = build(Path(folder), [1])[0].round
        times: dict[str, list[float]] = {}
        tables = {}
        for name, stored, in_one_round in (
            ("few_us", few, False),
            ("many_us", many, False),
            ("few_in_one_round_us", few, True),
            ("many_in_one_round_us", many, True),
        ):
            engine = connect(f"sqlite:///{shutil.copy(Path(folder) / 'pollapp.sqlite3', Path(folder) / name)}")
            engines.callback(engine.dispose)
            tables[name] = engine, _fill(engine, round_id, stored, in_one_round=in_one_round)
        for turn in range(TURNS):
            for name, (engine, voted) in tables.items():
                casts = [_cast(voted, -number) for number in range(turn * BATCH + 1, (turn + 1) * BATCH + 1)]
                start = time.perf_counter()
                _store(engine, casts)
                times.setdefault(name, []).append((time.perf_counter() - start) / BATCH * 1e6)
    return {name: round(statistics.median(each), 1) for name, each in times.items()}


def fill_round(database: Path, round_id: int, stored: int) -> None:
    """Store so many ballots in a round, in a database that nobody uses."""
    engine = connect(f"sqlite:///{database}")
    for start in range(0, stored, BATCH):
        _store(engine, [_cast(round_id, number) for number in range(start, start + BATCH)])
    engine.dispose()


def _fill(engine: Engine, round_id: int, stored: int, *, in_one_round: bool) -> int:
    """Store so many ballots and return a round to vote in: in the midst of the others, or the one that has them all."""
    with immediate(engine).begin() as connection:
        first = connection.execute(select(Round.__table__).where(Round.id == round_id)).one()._asdict()
        others = [first | {"id": round_id + n, "number": 1 + n} for n in range(1, stored // PHONES + 2)]
        connection.execute(insert(Round), others)
    ids = [each["id"] for each in others]
    voted: int = ids.pop(len(ids) // 2)
    for start in range(0, stored, BATCH):
        numbers = range(start, start + BATCH)
        _store(engine, [_cast(voted if in_one_round else ids[number // PHONES], number) for number in numbers])
    return voted


def _cast(round_id: int, number: int) -> Cast:
    option = OPTIONS[number % len(OPTIONS)]
    return Cast(round_id, ballot_id(b"bench", b"%d" % number, round_id, 0), 0, 1, encode([option]), {option: 1})


def _store(engine: Engine, casts: list[Cast]) -> None:
    with immediate(engine).begin() as connection:
        store_batch(connection, casts)


def _median_us(call: Callable[[], object], repeats: int) -> float:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        for _ in range(repeats):
            call()
        times.append((time.perf_counter() - start) / repeats * 1e6)
    return round(statistics.median(times), 2)
