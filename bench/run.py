"""Measure the live path and print it beside a bare WebSocket server measured in the same run: `make bench`.

The server has one core, the load generator another. Everything goes to this computer only, is bounded in number and
time, and ends by itself. The figures are also written to a JSON file, so that two commits can be compared:

    python bench/run.py --quick
    python bench/run.py --compare before.json after.json
    python bench/run.py --async-mode both
"""

import argparse
import contextlib
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import answers
import lag
import pieces
import rooms
import servers
import weights

from pollapp import kinds
from pollapp.kinds import quiz

UNLIMITED = {f"POLLAPP_{name}": "1000000" for name in ("MESSAGES_PER_S", "JOINS_PER_S", "MAX_PHONES_PER_ADDRESS")}
"""What is limited is set so high that the server is measured and not its limits."""

STAGE_BYTES = 3000
"""About what a stage with a poll takes."""

KILLED_AFTER_S = 0.3
"""How long phones have been answering, of a second, when their server is killed."""

VOTERS = 300
TURNS = 7
"""Phones that vote in a poll of each kind, and how often it is that kind's turn."""

CROWD_TURNS = 5
"""How often a thousand phones vote beside few ballots, and beside many."""

PLAYERS = 2000
QUESTIONS = 3
"""Phones that answer each question of a quiz once, and how many questions they are asked in a turn."""


@dataclass
class Figure:
    """One thing measured. `ratio` is to the raw server; `must` and `aim` are the budgets, where there are some."""

    name: str
    value: float
    unit: str
    ratio: float | None = None
    must: str = ""
    aim: str = ""


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    seconds: int
    herds: tuple[int, ...]
    crowd: int
    askers: int
    fanouts: int
    few: int
    many: int
    is_full: bool


FULL = Plan(
    seconds=8, herds=(1000, 5000, 10_000), crowd=5000, askers=2000, fanouts=15, few=10_000, many=100_000, is_full=True
)
QUICK = Plan(seconds=3, herds=(1000, 5000), crowd=1000, askers=2000, fanouts=8, few=3000, many=30_000, is_full=False)


def main() -> int:
    """Measure, or compare two files."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="measure less: under two minutes")
    parser.add_argument("--kinds", action="store_true", help="measure only what a vote in a poll of each kind costs")
    parser.add_argument(
        "--beside", action="store_true", help="measure only what a vote beside ten times the ballots costs"
    )
    parser.add_argument("--out", default="bench.json", help="the file for the figures (bench.json)")
    parser.add_argument("--transport", default="own", choices=["own", "plain"], help="how WebSockets are carried")
    parser.add_argument(
        "--async-mode",
        default="eventlet",
        choices=["eventlet", "gevent", "both"],
        help="the server's event loop; both are measured one after the other and printed side by side",
    )
    parser.add_argument("--compare", nargs=2, metavar=("BEFORE", "AFTER"), help="print two files side by side")
    wanted = parser.parse_args()
    if wanted.compare:
        compare(*(json.loads(Path(name).read_text(encoding="utf-8")) for name in wanted.compare))
        return 0
    out, both = Path(wanted.out), wanted.async_mode == "both"
    found = []
    for mode in ("eventlet", "gevent") if both else (wanted.async_mode,):
        machine = describe(mode)
        print(f"{machine['cpu']}, {machine['cores']} cores, Python {machine['python']}, commit {machine['commit']}")
        print(f"load average {machine['load']} before it began: beyond a half, other programs are measured too")
        print(f"python {' '.join(sys.argv)} ({mode})\n")
        how = {"POLLAPP_TRANSPORT": wanted.transport, "POLLAPP_ASYNC_MODE": mode}
        plan = QUICK if wanted.quick else FULL
        figures = (
            votes_by_kind(how) if wanted.kinds else votes_beside(plan, how) if wanted.beside else measure(plan, how)
        )
        table(figures)
        found.append({"machine": machine, "command": sys.argv, "figures": [asdict(figure) for figure in figures]})
        file = out.with_suffix(f".{mode}{out.suffix}") if both else out
        file.write_text(json.dumps(found[-1], indent=2) + "\n", encoding="utf-8")
        print(f"\nWritten to {file}.\n")
    if both:
        compare(*found)
    return 0


def describe(async_mode: str) -> dict[str, Any]:
    """Return what the figures depend on."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    cpu = next((line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")), "?")
    commit = subprocess.run(("git", "rev-parse", "--short", "HEAD"), capture_output=True, text=True, check=False)
    names = ("flask-socketio", "python-socketio", "python-engineio", async_mode, "sqlalchemy", "websockets")
    return {
        "cpu": cpu,
        "cores": len(servers.CORES),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "commit": commit.stdout.strip(),
        "async_mode": async_mode,
        "versions": {name: version(name) for name in names},
    }


def measure(plan: Plan, how: dict[str, str]) -> list[Figure]:
    """Run every scenario; `how` are settings of the server."""
    figures: list[Figure] = []
    with servers.raw() as raw:
        echo = servers.load(raw, scenario="echo", phones=1000, seconds=plan.seconds)
        everybody = servers.load(raw, scenario="everybody", phones=plan.crowd, times=plan.fanouts, bytes=STAGE_BYTES)
    figures.append(Figure("raw ws: echoes", echo["per_s"], "per s"))
    figures.append(Figure("raw ws: to all, last one", everybody["last_ms"]["p50"], "ms"))
    sizes = [1000, *plan.herds, plan.askers, *[plan.crowd] * 4]
    settings = how | UNLIMITED
    with tempfile.TemporaryDirectory() as folder:
        made = rooms.build(Path(folder), sizes)
        with servers.pollapp(Path(folder), **settings) as server:
            figures += _votes(server, made[0], plan, echo)
            for phones, room in zip(plan.herds, made[1:], strict=False):
                figures += _herd(server, room, phones)
            figures += _upvotes(server, made[-5], plan)
            figures += _fanout(server, made[-4], plan, everybody)
            figures += _joins(server, made[-3], plan)
        with servers.pollapp(Path(folder), **settings) as server:
            figures += _idle(server, made[-2], plan)
        figures += _storm(Path(folder), made[-1], plan, how)
    figures += _lag(plan, settings)
    figures += _weights() + _pieces(plan)
    return figures + votes_beside(plan, how) + votes_by_kind(how) if plan.is_full else figures


def votes_beside(plan: Plan, how: dict[str, str]) -> list[Figure]:
    """Vote as often as a second allows in a round that has few ballots, and in one that has many, in turns."""
    costs: dict[int, list[float]] = {plan.few: [], plan.many: []}
    with tempfile.TemporaryDirectory() as folder:
        made = rooms.build(Path(folder), [1000] * len(costs))
        for stored, room in zip(costs, made, strict=True):
            pieces.fill_round(Path(folder) / "pollapp.sqlite3", room.round, stored)
        with servers.pollapp(Path(folder), **how, **UNLIMITED) as server:
            for _ in range(CROWD_TURNS):
                for each, room in zip(costs.values(), made, strict=True):
                    found = servers.load(server, scenario="votes", phones=1000, seconds=2, **room.task())
                    _all_saved(found)
                    each.append(1e6 / found["per_s"])
    return [
        Figure(f"a vote end to end beside {stored:,} in its round", statistics.median(each), "us", None, must)
        for (stored, each), must in zip(costs.items(), ("", "1.1 of the former"), strict=True)
    ]


def votes_by_kind(how: dict[str, str]) -> list[Figure]:
    """Vote in a poll of each kind, in turns: in a quiz once, as the first answer counts there, else as often as a second allows."""
    return _votes_again_and_again(how) + _first_votes(how)


def _votes_again_and_again(how: dict[str, str]) -> list[Figure]:
    asking = [kind for kind in kinds.all_kinds() if kind.TAKES_ANSWERS and not kinds.is_question(kind)]
    polls = [rooms.Poll(kind.NAME, {}, answers.to(kind)) for kind in asking]
    costs: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        made = rooms.build_each(Path(folder), [(VOTERS, poll) for poll in polls])
        with servers.pollapp(Path(folder), **how, **UNLIMITED) as server:
            for _ in range(TURNS):
                for poll, room in zip(polls, made, strict=True):
                    found = servers.load(server, scenario="votes", phones=VOTERS, seconds=1, **room.task())
                    _all_saved(found)
                    costs.setdefault(poll.kind, []).append(1e6 / found["per_s"])
    cost = {kind: statistics.median(each) for kind, each in costs.items()}
    return [
        Figure(f"a vote end to end, choice = 1: {kind}", us / cost["choice"], "", None, "1.2")
        for kind, us in cost.items()
    ]


def _first_votes(how: dict[str, str]) -> list[Figure]:
    """Play a quiz of each kind under a nickname, beside choices that are answered once by as many phones."""
    slides, slow = 1 + TURNS * QUESTIONS, {"seconds": quiz.LONGEST_S}
    polls = [
        rooms.CHOICE._replace(slides=slides),
        rooms.Poll("quiz_choice", rooms.CHOICE.settings | slow, rooms.CHOICE.raws, slides),
        rooms.Poll(
            "quiz_type", slow | {"accepted": ["Berne"]}, ("Berne", "Basle", "Geneva", "Zurich", "Lugano"), slides
        ),
    ]
    rates: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        made = rooms.build_each(Path(folder), [(PLAYERS, poll) for poll in polls])
        versions = {room.meeting: room.version for room in made}
        with servers.pollapp(Path(folder), **how, **UNLIMITED) as server:
            for _ in range(TURNS):
                for poll, room in zip(polls, made, strict=True):
                    task = room.task() | {"version": versions[room.meeting], "named": poll.kind != "choice"}
                    found = servers.load(server, scenario="questions", phones=PLAYERS, times=QUESTIONS, **task)
                    _all_saved(found)
                    versions[room.meeting] = found["version"]
                    rates.setdefault(poll.kind, []).append(1e6 / found["per_s"])
    # Each turn is compared with the choice of the same turn: the computer may be busier in the next.
    return [
        Figure(
            f"a first vote end to end, choice = 1: {kind}",
            statistics.median(us / choice for us, choice in zip(each, rates["choice"], strict=True)),
            "",
            None,
            "1.2",
        )
        for kind, each in rates.items()
    ]


def _votes(server: servers.Server, room: rooms.Room, plan: Plan, echo: dict[str, Any]) -> list[Figure]:
    found = servers.load(server, scenario="votes", phones=1000, seconds=plan.seconds, **room.task())
    _all_saved(found)
    ratio = found["per_s"] / echo["per_s"]
    return [
        Figure("stored votes, 1,000 phones, closed loop", found["per_s"], "per s", ratio, "0.12 of raw", "0.5 of raw"),
        Figure("the same: ack p50", found["ack_ms"]["p50"], "ms"),
    ]


def _herd(server: servers.Server, room: rooms.Room, phones: int) -> list[Figure]:
    found = servers.load(server, scenario="herd", phones=phones, **room.task())
    _all_saved(found)
    name = f"herd of {phones:,} in 1 s"
    five = phones == 5000
    return [
        Figure(f"{name}: all acked", found["all_acked_ms"], "ms", None, "1100 ms" if five else ""),
        Figure(f"{name}: ack p99", found["ack_ms"]["p99"], "ms", None, *(("15 ms", "4 ms") if five else ())),
        Figure(f"{name}: vote to screen p99", found["screen_ms"]["p99"], "ms", None, "110 ms" if five else ""),
    ]


def _upvotes(server: servers.Server, room: rooms.Room, plan: Plan) -> list[Figure]:
    found = servers.load(server, scenario="upvotes", phones=plan.askers, times=plan.askers // 4, **room.task())
    _all_saved(found)
    name = f"{plan.askers // 4:,} of {plan.askers:,} upvote in 5 s"
    return [
        Figure(f"{name}: messages to each phone", found["per_phone"], ""),
        Figure(f"{name}: ack p99", found["ack_ms"]["p99"], "ms"),
    ]


def _fanout(server: servers.Server, room: rooms.Room, plan: Plan, everybody: dict[str, Any]) -> list[Figure]:
    found = servers.load(server, scenario="fanout", phones=plan.crowd, times=plan.fanouts, **room.task())
    ratio = found["last_ms"]["p50"] / everybody["last_ms"]["p50"]
    name = f"stage change to {plan.crowd:,}, last one"
    return [Figure(name, found["last_ms"]["p50"], "ms", ratio, "3.4 of raw", "1.1 of raw")]


def _joins(server: servers.Server, room: rooms.Room, plan: Plan) -> list[Figure]:
    first = servers.load(server, scenario="joins", phones=plan.crowd, **room.task())
    again = servers.load(server, scenario="returns", phones=plan.crowd, **room.task())
    budget = ("10 s", "4 s") if plan.crowd == 5000 else ()
    name = f"{plan.crowd:,} phones join"
    return [
        Figure(f"{name}: card, entry, page, socket, stage", first["all_in_ms"] / 1000, "s", None, *budget),
        Figure(f"{name}: page, socket, stage", again["all_in_ms"] / 1000, "s", None, *budget),
    ]


def _idle(server: servers.Server, room: rooms.Room, plan: Plan) -> list[Figure]:
    before = server.memory_kb()
    with servers.generator(server, scenario="idle", phones=plan.crowd, **room.task()) as process:
        if process.stdout is None or not process.stdout.readline():
            raise RuntimeError("the phones did not get in")
        each = (server.memory_kb() - before) / plan.crowd
    return [Figure(f"memory per phone, {plan.crowd:,} idle", each, "KB", None, "45 KB", "15 KB")]


def _lag(plan: Plan, settings: dict[str, str]) -> list[Figure]:
    late = lag.under_a_herd(plan.crowd, **settings)
    name = f"how late the loop is in a herd of {plan.crowd:,}"
    return [
        Figure(f"{name}: p50", late["p50"], "ms"),
        Figure(f"{name}: p99", late["p99"], "ms", None, "5 ms"),
        Figure(f"{name}: max", late["max"], "ms"),
    ]


def _storm(folder: Path, room: rooms.Room, plan: Plan, how: dict[str, str]) -> list[Figure]:
    """Kill the server while everybody answers, and start it again, with its limits as they come."""
    settings = how | {"POLLAPP_PORT": str(servers.free_port())}
    with contextlib.ExitStack() as after:
        with servers.pollapp(folder, **settings) as server:
            process = after.enter_context(servers.generator(server, scenario="storm", phones=plan.crowd, **room.task()))
            if process.stdin is None or process.stdout is None or not process.stdout.readline():
                raise RuntimeError("the phones did not get in")
            process.stdin.write(b"answer\n")
            process.stdin.flush()
            time.sleep(KILLED_AFTER_S)
            server.process.kill()
        with servers.pollapp(folder, **settings):
            said, _ = process.communicate(timeout=300)
    found = json.loads(said.splitlines()[-1])
    with contextlib.closing(sqlite3.connect(folder / "pollapp.sqlite3")) as database:
        stored = database.execute("SELECT count(*) FROM ballot WHERE round_id = ?", (room.round,)).fetchone()[0]
    if found["forgotten"] or stored != plan.crowd:
        raise RuntimeError(f"{found['forgotten']} answers were forgotten and {stored} stored of {plan.crowd}")
    return [
        Figure(f"{plan.crowd:,} phones back after a restart", found["back_ms"] / 1000, "s", None, "30 s"),
        Figure("the same: each answer saved once after", found["saved_ms"] / 1000, "s"),
    ]


def _all_saved(found: dict[str, Any]) -> None:
    if found["refused"]:
        raise RuntimeError(f"{found['refused']} answers were refused, so the figures mean nothing")


def _weights() -> list[Figure]:
    budgets = {"phone": ("60 KB", "35 KB")}
    return [
        Figure(f"first load of the {page}'s page, compressed", size / 1024, "KB", None, *budgets.get(page, ()))
        for page, size in weights.all_pages().items()
    ]


def _pieces(plan: Plan) -> list[Figure]:
    words, full = pieces.results_of_many_words(), pieces.vote_in_a_full_table(plan.few, plan.many)
    found = [Figure(f"parse and keys: {kind}", us, "us") for kind, us in pieces.parse_and_keys().items()]
    return [
        *found,
        Figure("results of 10,000 distinct words, first time", words["first_ms"], "ms"),
        Figure("the same again", words["then_ms"], "ms"),
        Figure(f"the same with {pieces.CHANGES} changes by the facilitator", words["curated_ms"], "ms"),
        Figure("words of 10,000 that are near, suggested", words["near_ms"], "ms"),
        Figure(f"vote beside {plan.few:,} ballots in other rounds", full["few_us"], "us"),
        Figure(f"vote beside {plan.many:,} ballots in other rounds", full["many_us"], "us", None, "1.1 of the former"),
        Figure(f"vote beside {plan.few:,} ballots in its round", full["few_in_one_round_us"], "us"),
        Figure(f"vote beside {plan.many:,} ballots in its round", full["many_in_one_round_us"], "us"),
    ]


def table(figures: list[Figure]) -> None:
    """Print the figures."""
    _print_row("", "", "", "of raw", "must", "aim")
    for each in figures:
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        _print_row(each.name, f"{each.value:,.2f}".rstrip("0").rstrip("."), each.unit, ratio, each.must, each.aim)


def _print_row(name: str, value: str, unit: str, ratio: str, must: str, aim: str) -> None:
    print(f"{name:<48}{value:>10} {unit:<6}{ratio:>7}  {must:<18}{aim}".rstrip())


def compare(before: dict[str, Any], after: dict[str, Any]) -> None:
    """Print the figures of two files and their ratio."""
    print(" -> ".join(_name(measured["machine"]) for measured in (before, after)))
    old = {figure["name"]: figure["value"] for figure in before["figures"]}
    for figure in after["figures"]:
        if old.get(figure["name"]):
            was, now = old[figure["name"]], figure["value"]
            print(f"{figure['name']:<48}{was:>12,.2f} {now:>12,.2f} {figure['unit']:<6}{now / was:>7.2f}")


def _name(machine: dict[str, Any]) -> str:
    return f"{machine['commit']} on {machine.get('async_mode', 'eventlet')}"


if __name__ == "__main__":
    sys.exit(main())
