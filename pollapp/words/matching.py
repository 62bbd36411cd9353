"""Compare typed answers: what a fair reader takes for the same answer has the same key.

Case, accents, punctuation, width, spaces and a leading article do not matter. Word endings do, and so does every letter
and digit: "Iraq" is not "Iran", "12" not "13", and "-5" not "5".
"""

import re
from functools import lru_cache

from pollapp.words import spelling
from pollapp.words.folding import split
from pollapp.words.simplifying import simplified

ARTICLES = {
    "de": "der die das den dem des ein eine einen einem einer",
    "en": "the a an",
    "es": "el la los las un una unos unas lo",
    "fr": "le la les un une des l",
    "it": "il lo la i gli le un uno una l",
    "nl": "de het een",
    "pt": "o a os as um uma uns umas",
}
"""Words that may stand in front of an answer or not, by language, spelled barely."""

MOST_KEY = 240
"""Characters of a key: some signs stand for whole words, so that a short answer may have a long one."""

MOST_REMEMBERED = 16_384

_NEGATIVE = re.compile(r"[-\u2212\u2013]\s*\d")
_ELIDED = re.compile(r"^l'(?=\w)")
_ARABIC_ARTICLE = re.compile("^ال(?=\\w{2})")


@lru_cache(maxsize=MOST_REMEMBERED)
def match_key(text: str, language: str) -> str:
    """Return what answers that are the same have in common; "" only for what holds nothing visible."""
    plain = simplified(spelling.compatible(text), language)
    words = [spelling.bare(word) for word in split(plain)]
    if not words:
        return "".join(spelling.bare(plain).split())[:MOST_KEY]
    if language in ("fr", "it"):
        words[0] = _ELIDED.sub("", words[0])
    if language == "ar":
        words[0] = _ARABIC_ARTICLE.sub("", words[0])
    if len(words) > 1 and words[0] in ARTICLES.get(language, "").split():
        words = words[1:]
    sign = "-" if _NEGATIVE.match(plain.strip()) else ""
    words[0] = words[0].lstrip("-\u2212") or words[0]
    return (sign + "".join(words).replace("'", ""))[:MOST_KEY]


def forget() -> None:
    """Forget answers that were compared."""
    match_key.cache_clear()
