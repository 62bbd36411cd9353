"""Files to take home: one module per format, found by name (`registry`), all fed by the same anonymised dataset."""

from pollapp.exports.collect import collect
from pollapp.exports.dataset import Dataset, LeaderData, QuestionData, QuestionsData, RoundData, SlideData
from pollapp.exports.making import File, make
from pollapp.exports.naming import file_name
from pollapp.exports.registry import Format, all_formats, get

__all__ = [
    "Dataset",
    "File",
    "Format",
    "LeaderData",
    "QuestionData",
    "QuestionsData",
    "RoundData",
    "SlideData",
    "all_formats",
    "collect",
    "file_name",
    "get",
    "make",
]
