"""Split sentences into the words a reader would name; Chinese has no spaces and needs a dictionary."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Protocol, cast

from pollapp.words import characters, folding, spelling
from pollapp.words.simplifying import simplified
from pollapp.words.stopwords import stop_words

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
_HYPHENS = str.maketrans("\u2010\u2011", "--")
_FUNCTION_WORDS = frozenset("cdefhkmopruwxy")
"""First letters of the part-of-speech tags (ICTCLAS) of words that name nothing."""


class _Segmenter(Protocol):
    def tag(self, text: str) -> list[tuple[str, str]]: ...


@cache
def segmenter() -> _Segmenter:
    """Return the Chinese segmenter; its dictionary takes 0.2 s and 34 MB at first use, so only who needs it loads it."""
    return cast(_Segmenter, import_module("rjieba"))


def telling_words(text: str, language: str) -> list[str]:
    """Return the words of a text that are not stop words, as written, in order, with repeats."""
    text = spelling.compatible(_ADDRESS.sub(" ", text)).translate(_HYPHENS)
    shouted = folding.is_shouted(text) and " " in text
    found: list[str] = []
    for word in folding.split(text, inside="'&-"):
        if any(map(characters.is_ideograph, word)):
            found.extend(_chinese_words(word, language))
        elif folding.is_acronym(word) and not shouted:
            found.append(word)
        else:
            found.extend(_without_stop_words(word, language))
    return found


def _chinese_words(run: str, language: str) -> Iterator[str]:
    """Yield words as written; the dictionary is one of simplified characters."""
    stops = stop_words(language)
    simple = simplified(run, language)
    at = 0
    for word, tag in segmenter().tag(simple if len(simple) == len(run) else run):
        written = run[at : at + len(word)]
        at += len(word)
        if tag == "eng" or (tag[0] not in _FUNCTION_WORDS and word not in stops):
            yield written


def _without_stop_words(word: str, language: str) -> Iterator[str]:
    """Yield the word, or the part that says something when it is elided or contracted ("l'école", "people's")."""
    parts = [part for part in word.split("'") if not _says_nothing(part, language)]
    if parts and not _says_nothing(word, language):
        yield "'".join(parts)


def _says_nothing(part: str, language: str) -> bool:
    is_number = part.replace(".", "").replace(",", "").isdecimal()
    return is_number or (len(part) < 2 and not part.isupper()) or spelling.bare(part) in stop_words(language)
