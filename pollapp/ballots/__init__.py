"""Rounds and their ballots: storing batches, tallies, publishing, sealing."""

from pollapp.ballots import ids, rounds
from pollapp.ballots.counting import WITHDRAWN, decode, encode
from pollapp.ballots.keys import KeyRing
from pollapp.ballots.models import CLOSED, OPEN, Round
from pollapp.ballots.publishing import K, published_total
from pollapp.ballots.rounds import Asked, Own
from pollapp.ballots.sealing import reduce_ballots
from pollapp.ballots.snapshots import RoundSnapshot, compose, take
from pollapp.ballots.store import Cast, Outcome, store_batch

__all__ = [
    "CLOSED",
    "OPEN",
    "WITHDRAWN",
    "Asked",
    "Cast",
    "K",
    "KeyRing",
    "Outcome",
    "Own",
    "Round",
    "RoundSnapshot",
    "compose",
    "decode",
    "encode",
    "ids",
    "published_total",
    "reduce_ballots",
    "rounds",
    "store_batch",
    "take",
]
