"""Count what people wrote: entries folded together, shown in the form most people used."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from pollapp.words.folding import fold
from pollapp.words.segmenting import telling_words


class Word(NamedTuple):
    """A word of a cloud: its stable identity, the form most people wrote, and how often it was written."""

    key: str
    word: str
    count: int  # type: ignore[assignment]  # the field hides tuple.count, which nobody calls on a word


def merge(tally: Mapping[str, int], language: str) -> list[Word]:
    """Return the entries of a tally folded together, most frequent first; the sum of counts stays.

    Ties, of forms and of words, are broken by the text itself, so every screen agrees. Entries counted
    zero times are left out.
    """
    groups: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for entry, count in tally.items():
        if count > 0:
            groups[fold(entry, language)].append((-count, entry))
    words = [Word(key, min(forms)[1], -sum(count for count, _ in forms)) for key, forms in groups.items()]
    return sorted(words, key=lambda word: (-word.count, word.word))


def cloud_words(texts: Iterable[str], language: str) -> dict[str, int]:
    """Return the words of free texts with the number of texts each is in; stop words are dropped.

    A word that one text holds in several forms counts once, in the form it has first.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_distinct_words(text, language))
    return dict(counts)


@lru_cache(maxsize=4096)
def _distinct_words(text: str, language: str) -> tuple[str, ...]:
    first_forms: dict[str, str] = {}
    for word in telling_words(text, language):
        first_forms.setdefault(fold(word, language), word)
    return tuple(first_forms.values())


def forget() -> None:
    """Forget which texts were split."""
    _distinct_words.cache_clear()
