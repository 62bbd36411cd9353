"""What an attacker may try. Each attack yields what it did and how likely chance alone does as well."""

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, product
from typing import NamedTuple

from pollapp.ballots import ids
from pollapp.ballots.upvotes import ids as answer_ids
from pollapp.questions import ids as board_ids
from pollapp.quizzes import ids as quiz_ids
from tests.anonymity import chance
from tests.anonymity.evidence import PEOPLE, Column, Evidence, Trace

SUSPECTS = 4


class Finding(NamedTuple):
    """What an attack came to: its name, what it linked, and a bound on the chance of so much by chance."""

    attack: str
    linked: str
    chance: float


def pairs_of_columns(evidence: Evidence) -> Iterator[tuple[Column, Column]]:
    """Yield columns that may be linked; the same words in two tables are no secret."""
    for one, other in combinations(sorted(evidence.columns), 2):
        if one[1:] != other[1:]:
            yield one, other


def same_order(evidence: Evidence) -> Iterator[Finding]:
    """Put both columns in the order of any mark: does the one order tell of the other?"""
    for one, other in pairs_of_columns(evidence):
        here, there = _of_both(evidence.columns[one], evidence.columns[other])
        orders = {mark: _in_order(here, mark) for mark in _marks(here)}
        ranks = {mark: {who: rank for rank, who in enumerate(_in_order(there, mark))} for mark in _marks(there)}
        for mark, mark_there in product(orders, ranks):
            order = [ranks[mark_there][who] for who in orders[mark]]
            yield Finding("same order", f"{one} by {mark}, {other} by {mark_there}", chance.of_order(order))


def neighbours(evidence: Evidence) -> Iterator[Finding]:
    """Suspect what is nearest: the next ids, the next rows, the next bytes of a file."""
    for one, other in pairs_of_columns(evidence):
        here, there = _of_both(evidence.columns[one], evidence.columns[other])
        for mark in set(_marks(here)) & set(_marks(there)):
            places = sorted((trace.marks[mark], trace.who) for trace in there if mark in trace.marks)
            hits = 0
            for trace in here:
                if mark in trace.marks:
                    at = bisect_left(places, (trace.marks[mark], -1))
                    near = places[max(0, at - SUSPECTS // 2) : at + SUSPECTS // 2]
                    hits += any(who == trace.who for _, who in near)
            yield Finding("neighbours", f"{one}, {other} by {mark}", chance.of_hits(hits, SUSPECTS))


def unusual_values(evidence: Evidence) -> Iterator[Finding]:
    """Suspect what shares a value that few have: a revision, a count, a transaction."""
    for one, other in pairs_of_columns(evidence):
        here, there = _of_both(evidence.columns[one], evidence.columns[other])
        for mark in set(_marks(here)) & set(_marks(there)):
            having: defaultdict[int, set[int]] = defaultdict(set)
            for trace in there:
                if mark in trace.marks:
                    having[trace.marks[mark]].add(trace.who)
            hits = sum(
                1
                for trace in here
                if mark in trace.marks and len(having[trace.marks[mark]]) <= SUSPECTS
                if trace.who in having[trace.marks[mark]]
            )
            yield Finding("unusual values", f"{one}, {other} by {mark}", chance.of_hits(hits, SUSPECTS))


def recomputed_ids(evidence: Evidence) -> Iterator[Finding]:
    """Compute again, with every key that is left and every token, which ballots are whose."""
    stored = {bytes(row["id"]) for row in evidence.rows["ballot"]}
    hits = 0
    for key, token in product(evidence.keys, evidence.tokens):
        identity = ids.read_token(key, token)
        if identity:
            places = product(evidence.rounds.values(), range(3))
            hits += any(ids.ballot_id(key, identity, round_id, slot) in stored for round_id, slot in places)
    yield Finding("recomputed ids", "tokens and ballots", chance.of_hits(hits, 1))
    questions = {bytes(row["id"]) for row in evidence.rows["question"]}
    upvotes = {bytes(row["id"]) for row in evidence.rows["upvote"]}
    hits = 0
    for key, token in product(evidence.keys, evidence.tokens):
        identity = ids.read_token(key, token)
        if identity:
            hits += any(board_ids.question_id(key, identity, slot) in questions for slot in range(2)) or any(
                board_ids.upvote_id(key, identity, question) in upvotes for question in questions
            )
    yield Finding("recomputed ids", "tokens and the board", chance.of_hits(hits, 1))
    upvoted = {(row["round_id"], row["text"], row["words"]) for row in evidence.rows["text_upvote"]}
    upvoted |= {(row["round_id"], row["text"], row["words"]) for row in evidence.rows["text_votes"]}
    upvotes = {bytes(row["id"]) for row in evidence.rows["text_upvote"]}
    hits = 0
    for key, token in product(evidence.keys, evidence.tokens):
        identity = ids.read_token(key, token)
        if identity and upvotes:
            hits += any(answer_ids.upvote_id(key, identity, *answer) in upvotes for answer in upvoted)
    yield Finding("recomputed ids", "tokens and upvotes of answers", chance.of_hits(hits, 1))

    players = {bytes(row["id"]) for row in evidence.rows["player"]}
    hits = 0
    for key, token in product(evidence.keys, evidence.tokens):
        identity = ids.read_token(key, token)
        hits += bool(identity and quiz_ids.player_id(key, identity) in players)
    yield Finding("recomputed ids", "tokens and players", chance.of_hits(hits, 1))


def _of_both(here: list[Trace], there: list[Trace]) -> tuple[list[Trace], list[Trace]]:
    """Return what those left who are in both columns."""
    both = {trace.who for trace in here} & {trace.who for trace in there}
    return [trace for trace in here if trace.who in both], [trace for trace in there if trace.who in both]


def _marks(traces: list[Trace]) -> list[str]:
    return sorted({mark for trace in traces for mark in trace.marks})


def _in_order(traces: list[Trace], mark: str) -> list[int]:
    """Return who is behind these things in the order of a mark; what it does not tell apart is in any order."""
    shuffled = random.Random(mark).sample(traces, len(traces))
    return [trace.who for trace in sorted(shuffled, key=lambda trace: trace.marks.get(mark, -1))]


ATTACKS: tuple[Callable[[Evidence], Iterator[Finding]], ...] = (
    same_order,
    neighbours,
    unusual_values,
    recomputed_ids,
)


def findings(evidence: Evidence) -> list[Finding]:
    """Try everything; return what chance does not explain."""
    made = [finding for attack in ATTACKS for finding in attack(evidence)]
    assert len(made) < 10_000, "more guesses than the alarm allows for"
    assert any(PEOPLE in pair for pair in pairs_of_columns(evidence)), "there was something to link"
    return [finding for finding in made if finding.chance < chance.ALARM]
