"""Slide kinds: one module per kind, all of one shape (`base.Kind`), found by name (`registry`)."""

from pollapp.kinds.base import WRITTEN, Answer, Column, Counted, Kind, Table, Tally, Text, first_rows, messages, words
from pollapp.kinds.comparing import column_heading, compare
from pollapp.kinds.pictures import size_of as picture_size
from pollapp.kinds.registry import all_kinds, get, load_settings

__all__ = [
    "WRITTEN",
    "Answer",
    "Column",
    "Counted",
    "Kind",
    "Table",
    "Tally",
    "Text",
    "all_kinds",
    "column_heading",
    "compare",
    "first_rows",
    "get",
    "load_settings",
    "messages",
    "picture_size",
    "words",
]
