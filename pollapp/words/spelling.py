"""Spell a word in the barest way: what is the same word but for case, accents, width or apostrophes is spelled the same."""

import re
import unicodedata
from functools import lru_cache

from pollapp.words import characters

APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02bc\u02b9\u02bb\u2032\u00b4\uff07`"), "'")
"""What phones and keyboards write for an apostrophe."""

_LIGATURES = str.maketrans({"æ": "ae", "œ": "oe", "ı": "i"})
_ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "\u0640": None})
_ARABIC_VOWELS = re.compile("[\u0610-\u061a\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc]")
_VARIATION_SELECTORS = re.compile("[\ufe0e\ufe0f]")
_BETWEEN_IDEOGRAPHS = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U0003ffff]) (?=[\u3400-\u9fff\U00020000-\U0003ffff])")

_STRESS = "\u0300\u0301"
_DIAERESIS = "\u0308"


def compatible(text: str) -> str:
    """Return text with one width, one apostrophe and no space between Chinese characters (NFKC); case and accents stay."""
    text = unicodedata.normalize("NFKC", text.translate(APOSTROPHES)).translate(APOSTROPHES)
    return _BETWEEN_IDEOGRAPHS.sub("", " ".join(_VARIATION_SELECTORS.sub("", text).split()))


def unvowelled(word: str) -> str:
    """Return an Arabic word without vowel signs and stretching, as dictionaries list it."""
    return _ARABIC_VOWELS.sub("", word).replace("\u0640", "")


def bare(word: str) -> str:
    """Return the word in lower case and without accents.

    Latin and Greek letters lose every mark. Cyrillic ones lose stress marks, and ё is е, but й is a letter of its
    own. Arabic loses vowel signs and tells neither the forms of alef nor ta marbuta from ha; Hebrew loses its
    points. Vowel signs of other scripts (Devanagari, Thai, ...) are the word itself and stay.
    """
    return _bare(unicodedata.normalize("NFKC", word.translate(APOSTROPHES)).casefold())


@lru_cache(maxsize=16384)
def _bare(word: str) -> str:
    kept: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFD", word):
        if not characters.is_mark(character):
            base = character
        elif _is_accent(character, base):
            continue
        kept.append(character)
    unmarked = unicodedata.normalize("NFC", "".join(kept))
    return unvowelled(unmarked).translate(_ARABIC_LETTERS).translate(_LIGATURES)


def forget() -> None:
    """Forget which words were spelled."""
    _bare.cache_clear()


def _is_accent(mark: str, base: str) -> bool:
    match characters.script(base) if base else "":
        case "LATIN" | "GREEK" | "HEBREW":
            return characters.script(mark) in {"COMBINING", "HEBREW"}
        case "CYRILLIC":
            return mark in _STRESS or (mark == _DIAERESIS and base == "е")
        case _:
            return False
