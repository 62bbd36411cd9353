"""Slide kinds: one module per kind, all of one shape (`base.Kind`), found by name (`registry`)."""

from pollapp.kinds.base import (
    FIRST_ROWS,
    WRITTEN,
    Answer,
    Column,
    Counted,
    Kind,
    Table,
    Tally,
    Text,
    can_be_curated,
    cloud,
    concealed,
    figures,
    first_rows,
    has_correct,
    is_curated,
    is_one_at_a_time,
    messages,
    with_cloud,
    words,
    writes,
)
from pollapp.kinds.comparing import column_heading, compare
from pollapp.kinds.pictures import size_of as picture_size
from pollapp.kinds.players import MOST_HOSTS, Player, host_of, player_of, sources
from pollapp.kinds.quiz import QuizKind, QuizSettings, is_in_quiz, is_question, worth
from pollapp.kinds.quiz_type import MOST_ACCEPTED
from pollapp.kinds.quiz_type import Settings as QuizTypeSettings
from pollapp.kinds.registry import all_kinds, get, load_settings

__all__ = [
    "FIRST_ROWS",
    "MOST_ACCEPTED",
    "MOST_HOSTS",
    "WRITTEN",
    "Answer",
    "Column",
    "Counted",
    "Kind",
    "Player",
    "QuizKind",
    "QuizSettings",
    "QuizTypeSettings",
    "Table",
    "Tally",
    "Text",
    "all_kinds",
    "can_be_curated",
    "cloud",
    "column_heading",
    "compare",
    "concealed",
    "figures",
    "first_rows",
    "get",
    "has_correct",
    "host_of",
    "is_curated",
    "is_in_quiz",
    "is_one_at_a_time",
    "is_question",
    "load_settings",
    "messages",
    "picture_size",
    "player_of",
    "sources",
    "with_cloud",
    "words",
    "worth",
    "writes",
]
