"""Quizzes: players with nicknames, what their answers are worth, and who leads. Nothing else of the meeting knows them."""

from pollapp.quizzes import ids, naming, timing
from pollapp.quizzes.players import Player, keep, players_of, take_away
from pollapp.quizzes.scores import Scored, rescore, scores_of
from pollapp.quizzes.sealing import reduce_quiz
from pollapp.quizzes.standings import Standing, rank, standings
from pollapp.quizzes.store import Named, Naming, Play, store_batch, store_names

__all__ = [
    "Named",
    "Naming",
    "Play",
    "Player",
    "Scored",
    "Standing",
    "ids",
    "keep",
    "naming",
    "players_of",
    "rank",
    "reduce_quiz",
    "rescore",
    "scores_of",
    "standings",
    "store_batch",
    "store_names",
    "take_away",
    "timing",
]
