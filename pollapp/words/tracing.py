"""A text spelled another way for comparing, with the way back to where each character stands in the original."""

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from pollapp.words import characters, spelling
from pollapp.words.simplifying import simplified


class Traced(NamedTuple):
    """A text as it is compared. `origins` holds, for each of its characters, the place it came from; `length` is the original's."""

    text: str
    origins: Sequence[int]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` up to `end` stand in the original, with marks that were left out."""
        last = self.origins[end - 1]
        after = self.origins[end] if end < len(self.origins) else self.length
        return self.origins[start], max(after, last + 1)


def plain_width(text: str) -> Traced:
    """Return the text in one width and with ASCII digits, whatever the script's own: "＠" is "@", "٣" is "3"."""
    return _trace(text, text, _plain_width)


def barest(text: str) -> Traced:
    """Return the text in small letters without accents, vowel signs and width (`spelling.bare`), Chinese simplified."""
    return _trace(text, text.lower(), _barest)


def _trace(text: str, as_ascii: str, spell: Callable[[str], str]) -> Traced:
    if text.isascii():
        return Traced(as_ascii, range(len(text)), len(text))
    spelled: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for part in spell(character):
            if spell is _barest and _is_loose_accent(part, spelled):
                continue
            spelled.append(part)
            origins.append(index)
    return Traced("".join(spelled), origins, len(text))


@lru_cache(maxsize=8192)
def _plain_width(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return unicodedata.normalize("NFKC", character) if digit is None else str(digit)


@lru_cache(maxsize=8192)
def _barest(character: str) -> str:
    return character.lower() if character.isascii() else simplified(spelling.bare(_plain_width(character)), "zh")


def _is_loose_accent(character: str, before: Sequence[str]) -> bool:
    """Tell whether a character is an accent that has no composed form with the Latin or Greek letter before it."""
    return bool(before) and characters.is_mark(character) and characters.script(before[-1]) in {"LATIN", "GREEK"}
