"""How likely chance alone does as well as an attacker. No simulation, and no approximation: both bounds are proved here.

The referee knows which of n things each participant left in two columns; the attacker does not. If the evidence says
nothing, then the true pairing is a uniformly random permutation of n to him, whatever he does with the evidence. So:

Hits. The attacker names at most w suspects for each thing. The chance that k or more are right is at most w**k / k!.
  The expected number of sets of k right guesses is at most C(n, k) * w**k * (n - k)! / n! = w**k / k!: there are
  C(n, k) sets of things, at most w**k ways to fit suspects to one, and a random permutation contains a given set of k
  pairs with probability (n - k)! / n!. Markov's inequality does the rest. (With w = 1 these are the fixed points of a
  permutation, Montmort's problem of 1708.)

Order. The attacker puts both columns in some order. The number of pairs that are in one order here and in the other
  there is the number of inversions of a random permutation: a sum of independent numbers, uniform on 0..i for
  i = 0..n-1 (Knuth, The Art of Computer Programming 3, section 5.1.1; it is Kendall's tau of 1938). A number uniform
  on 0..i is sub-Gaussian with its own variance v: log E exp(s(X - EX)) = g(Ms/2) - g(s/2) with M = i + 1 and
  g(x) = log(sinh x / x); since g'(x) <= x/3, that is at most (M**2 - 1) s**2 / 24 = v s**2 / 2. Variances add up, so
  the chance of being z standard deviations off, on either side, is at most 2 exp(-z**2 / 2).
"""

import math
from bisect import bisect_left, insort
from collections.abc import Sequence

ALARM = 1e-10
"""A less likely success is no chance. A game makes fewer than 10,000 guesses, so a false alarm has a chance below 1e-6."""


def of_hits(hits: int, suspects: int) -> float:
    """Return a bound on the chance of so many hits with at most so many suspects for each thing."""
    return min(1.0, math.exp(hits * math.log(suspects) - math.lgamma(hits + 1)))


def of_order(ranks: Sequence[int]) -> float:
    """Return a bound on the chance that one column is this much in order, or in reverse, in the order of another.

    `ranks` holds, in the order of the one, each one's place in the order of the other.
    """
    count = len(ranks)
    variance = count * (count - 1) * (2 * count + 5) / 72
    if not variance:
        return 1.0
    inversions, seen = 0, list[int]()
    for number, rank in enumerate(ranks):
        inversions += number - bisect_left(seen, rank)
        insort(seen, rank)
    deviation = inversions - count * (count - 1) / 4
    return min(1.0, 2 * math.exp(-(deviation**2) / variance / 2))
