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
    concealed,
    first_rows,
    has_correct,
    is_curated,
    is_one_at_a_time,
    is_upvoted,
    messages,
    most_upvoted_first,
    words,
    writes,
)
from pollapp.kinds.comparing import column_heading, compare
from pollapp.kinds.pictures import size_of as picture_size
from pollapp.kinds.quiz import QuizKind, QuizSettings, is_in_quiz, is_question, worth
from pollapp.kinds.quiz_type import MOST_ACCEPTED
from pollapp.kinds.quiz_type import Settings as QuizTypeSettings
from pollapp.kinds.registry import all_kinds, get, load_settings

__all__ = [
    "FIRST_ROWS",
    "MOST_ACCEPTED",
    "WRITTEN",
    "Answer",
    "Column",
    "Counted",
    "Kind",
    "QuizKind",
    "QuizSettings",
    "QuizTypeSettings",
    "Table",
    "Tally",
    "Text",
    "all_kinds",
    "column_heading",
    "compare",
    "concealed",
    "first_rows",
    "get",
    "has_correct",
    "is_curated",
    "is_in_quiz",
    "is_one_at_a_time",
    "is_question",
    "is_upvoted",
    "load_settings",
    "messages",
    "most_upvoted_first",
    "picture_size",
    "words",
    "worth",
    "writes",
]
