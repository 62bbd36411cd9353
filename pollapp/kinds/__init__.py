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
    messages,
    words,
    writes,
)
from pollapp.kinds.comparing import column_heading, compare
from pollapp.kinds.pictures import size_of as picture_size
from pollapp.kinds.quiz import Judged, QuizKind, QuizSettings, is_in_quiz, is_question, worth
from pollapp.kinds.registry import all_kinds, get, load_settings

__all__ = [
    "FIRST_ROWS",
    "WRITTEN",
    "Answer",
    "Column",
    "Counted",
    "Judged",
    "Kind",
    "QuizKind",
    "QuizSettings",
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
    "load_settings",
    "messages",
    "picture_size",
    "words",
    "worth",
    "writes",
]
