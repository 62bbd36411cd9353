"""Count what people wrote: entries folded together, shown in the form most people used."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from heapq import nsmallest
from itertools import chain
from operator import neg
from typing import NamedTuple

from pollapp.words.folding import fold
from pollapp.words.segmenting import telling_words


class Word(NamedTuple):
    """A word of a cloud: its stable identity, the form most people wrote, and how often it was written."""

    key: str
    word: str
    count: int  # type: ignore[assignment]  # the field hides tuple.count, which nobody calls on a word


class Merged(NamedTuple):
    """A tally folded together: its most frequent words in order, how many there are in all, and the sum of counts."""

    words: list[Word]
    distinct: int
    entries: int


def merge(tally: Mapping[str, int], language: str) -> list[Word]:
    """Return the entries of a tally folded together, most frequent first; the sum of counts stays.

    Ties, of forms and of words, are broken by the text itself, so every screen agrees. Entries counted
    zero times are left out.
    """
    return merge_most_frequent(tally, language, len(tally)).words


def merge_most_frequent(tally: Mapping[str, int], language: str, most: int) -> Merged:
    """Return the first `most` words that `merge` would, without sorting the others.

    A screen asks ten times a second, so what it costs per word is kept low: a look at what the entry was folded to
    before, and an addition. 10,000 words take some milliseconds.
    """
    counts: dict[str, int] = {}
    forms: dict[str, str] = {}
    contested: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for entry, count in tally.items():
        if count <= 0:
            continue
        key = fold(entry, language)
        if key not in forms:
            counts[key], forms[key] = count, entry
            continue
        if key not in contested:
            contested[key].append((-counts[key], forms[key]))
        contested[key].append((-count, entry))
        counts[key] += count
    for key, written in contested.items():
        forms[key] = min(written)[1]
    first = nsmallest(most, zip(map(neg, counts.values()), forms.values(), counts, strict=True))
    words = [Word(key, word, -count) for count, word, key in first]
    return Merged(words, len(counts), sum(counts.values()))


def cloud_words(texts: Iterable[str], language: str) -> dict[str, int]:
    """Return the words of free texts with the number of texts each is in; stop words are dropped.

    A word that one text holds in several forms counts once, in the form it has first.
    """
    return dict(Counter(chain.from_iterable(_distinct_words(text, language) for text in texts)))


@lru_cache(maxsize=16384)
def _distinct_words(text: str, language: str) -> tuple[str, ...]:
    first_forms: dict[str, str] = {}
    for word in telling_words(text, language):
        first_forms.setdefault(fold(word, language), word)
    return tuple(first_forms.values())


def forget() -> None:
    """Forget which texts were split."""
    _distinct_words.cache_clear()
