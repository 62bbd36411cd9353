"""Upvotes of open answers: who wants what somebody wrote to be talked about, counted and never tied to anybody."""

from pollapp.ballots.upvotes.ids import upvote_id
from pollapp.ballots.upvotes.models import TextUpvote, TextVotes
from pollapp.ballots.upvotes.numbers import are_on, forget, numbers_of, pause
from pollapp.ballots.upvotes.reading import OwnUpvote, Upvotable, own, own_names, upvotable
from pollapp.ballots.upvotes.sealing import keep, write_again
from pollapp.ballots.upvotes.store import TextFate, TextVote, lock_rounds, store_votes

__all__ = [
    "OwnUpvote",
    "TextFate",
    "TextUpvote",
    "TextVote",
    "TextVotes",
    "Upvotable",
    "are_on",
    "forget",
    "keep",
    "lock_rounds",
    "numbers_of",
    "own",
    "own_names",
    "pause",
    "store_votes",
    "upvotable",
    "upvote_id",
    "write_again",
]
