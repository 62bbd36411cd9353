"""Fold an entry to its identity: what is the same answer to a reader gets the same key."""

import re
from functools import lru_cache

from pollapp.words import characters, spelling
from pollapp.words.lemmas import lemma
from pollapp.words.simplifying import simplified
from pollapp.words.stopwords import stop_words

_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")
_LONGEST_ACRONYM = 4
_SHORTEST_INFLECTED = 3


MOST_REMEMBERED = 131_072
"""Entries whose identity is remembered, about 30 MB: those of a dozen meetings with 10,000 words each."""


@lru_cache(maxsize=MOST_REMEMBERED)
def fold(entry: str, language: str) -> str:
    """Return the identity of an entry: case, accents, punctuation, width and inflection do not matter, order does.

    A phrase stays whole, each of its words folded. An acronym that reads as another word in small letters keeps
    its capitals ("AIDS", "US", French "UN"). Folding a folded entry changes nothing; only "" folds to "".
    """
    forms = [entry]
    while (form := _fold_once(forms[-1], language)) not in forms:
        forms.append(form)
    return min(forms[forms.index(form) :])


def _fold_once(entry: str, language: str) -> str:
    text = simplified(spelling.compatible(entry), language)
    words = split(text)
    if not words:
        return spelling.bare(text) or entry
    alone = len(words) == 1
    shouted = not alone and is_shouted(text)
    return " ".join(_fold_word(word, language, alone=alone, shouted=shouted) for word in words)


def split(text: str, inside: str = "'&") -> list[str]:
    """Return the words of a text: runs of letters, digits, emoji, and the signs that make a name ("C++", "R&D").

    The signs of `inside` belong to a word between two letters. Signs alone are words only where there is
    nothing else.
    """
    text = _INITIALS.sub(lambda initials: initials[0].replace(".", ""), text)
    padded = f" {text} "
    spaced = "".join(
        padded[index] if _belongs(padded[index - 1], padded[index], padded[index + 1], inside) else " "
        for index in range(1, len(padded) - 1)
    )
    words = spaced.split()
    telling = [word for word in words if any(map(_tells, word))]
    return telling or words


def is_shouted(text: str) -> bool:
    """Tell whether a whole text is in capitals, so that capitals do not mean an acronym."""
    return text.isupper()


def is_acronym(word: str) -> bool:
    """Tell whether a word, in a text that is not shouted, is an acronym: two to four capitals."""
    return 2 <= len(word) <= _LONGEST_ACRONYM and word.isupper() and word.isalpha()


def _tells(character: str) -> bool:
    return characters.is_letter(character) or characters.is_symbol(character)


def _belongs(before: str, character: str, after: str, inside: str) -> bool:
    """Tell whether a character is part of a word, given its neighbours."""
    if _tells(character) or character in characters.JOINERS or character in characters.EMOJI_TAGS:
        return True
    if character in inside:
        return characters.is_letter(before) and characters.is_letter(after)
    match character:
        case "." | ",":
            return before.isdecimal() and after.isdecimal()
        case "#":
            return characters.is_letter(before)
        case "%":
            return before.isdecimal()
        case "+":
            return characters.is_letter(before) or before == "+" or after.isdecimal()
        case "$":
            return before.isdecimal() or after.isdecimal()
        case _:
            return False


def _fold_word(word: str, language: str, *, alone: bool, shouted: bool) -> str:
    if not shouted:
        capitals = word.removesuffix("s")
        if is_acronym(capitals):
            return _fold_acronym(capitals, language, alone=alone)
    return _reduce(word, language)


def _fold_acronym(word: str, language: str, *, alone: bool) -> str:
    small = spelling.bare(word)
    reads_as_another = _reduce(small, language) != small or (alone and small in stop_words(language))
    return small.upper() if reads_as_another else small


def _reduce(word: str, language: str) -> str:
    """Return the barest spelling of a word's dictionary form; stop words and names with digits or signs stay as they are."""
    small = spelling.bare(word)
    if small in stop_words(language):
        return small
    if len(word) >= _SHORTEST_INFLECTED and all(map(_is_inflected, word)):
        small = spelling.bare(lemma(word, language))
    return small.replace("'", "") or small


def _is_inflected(character: str) -> bool:
    return character == "'" or (characters.is_letter(character) and not character.isnumeric())
