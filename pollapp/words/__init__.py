"""What people wrote, as words: cleaning, folding together, counting, and the languages of meetings."""

from pollapp.words.cleaning import clean, storable
from pollapp.words.counting import Merged, Word, cloud_words, merge, merge_most_frequent
from pollapp.words.folding import fold
from pollapp.words.forgetting import forget
from pollapp.words.languages import LANGUAGES, Language, direction
from pollapp.words.matching import match_key
from pollapp.words.near import Near, near_duplicates
from pollapp.words.offensive import Finder, Spans, mask, merged_spans, offensive_finder, own_finder, spans_again
from pollapp.words.personal import MARK, Finding, black_out, find_personal, find_words
from pollapp.words.warming import warm

__all__ = [
    "LANGUAGES",
    "MARK",
    "Finder",
    "Finding",
    "Language",
    "Merged",
    "Near",
    "Spans",
    "Word",
    "black_out",
    "clean",
    "cloud_words",
    "direction",
    "find_personal",
    "find_words",
    "fold",
    "forget",
    "mask",
    "match_key",
    "merge",
    "merge_most_frequent",
    "merged_spans",
    "near_duplicates",
    "offensive_finder",
    "own_finder",
    "spans_again",
    "storable",
    "warm",
]
