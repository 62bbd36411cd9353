"""Rounds and their ballots: storing batches, tallies, publishing, sealing."""

from pollapp.ballots import curating, ids, moderating, review, rounds, upvoting
from pollapp.ballots.counting import WITHDRAWN, decode, encode
from pollapp.ballots.keys import KeyRing
from pollapp.ballots.models import CLOSED, OPEN, Round
from pollapp.ballots.publishing import published, published_total
from pollapp.ballots.rounds import Asked, Own
from pollapp.ballots.sealing import reduce_ballots
from pollapp.ballots.snapshots import RoundSnapshot, compose, take, take_for_files, veil
from pollapp.ballots.stepping import STEPPED, K, stepped
from pollapp.ballots.store import Cast, Outcome, StoredMeanwhile, lock_rounds, store_batch

__all__ = [
    "CLOSED",
    "OPEN",
    "STEPPED",
    "WITHDRAWN",
    "Asked",
    "Cast",
    "K",
    "KeyRing",
    "Outcome",
    "Own",
    "Round",
    "RoundSnapshot",
    "StoredMeanwhile",
    "compose",
    "curating",
    "decode",
    "encode",
    "ids",
    "lock_rounds",
    "moderating",
    "published",
    "published_total",
    "reduce_ballots",
    "review",
    "rounds",
    "stepped",
    "store_batch",
    "take",
    "take_for_files",
    "upvoting",
    "veil",
]
