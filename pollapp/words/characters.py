"""What kind of character this is: the questions that cleaning, folding and splitting ask of Unicode."""

import unicodedata
from functools import lru_cache

ZERO_WIDTH_NON_JOINER = "\u200c"
ZERO_WIDTH_JOINER = "\u200d"
JOINERS = frozenset({ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER})

EMOJI_TAGS = frozenset(map(chr, range(0xE0020, 0xE0080)))
"""The invisible letters inside the flags of England, Scotland and Wales."""

BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Characters that Unicode calls letters, marks or symbols and that show nothing."""

_PLAIN_SCRIPTS = frozenset({"LATIN", "GREEK", "CYRILLIC"})


@lru_cache(maxsize=8192)
def script(character: str) -> str:
    """Return the first word of a character's Unicode name ("LATIN", "ARABIC", ...), or ""."""
    return unicodedata.name(character, "").partition(" ")[0]


@lru_cache(maxsize=8192)
def is_mark(character: str) -> bool:
    """Tell whether a character is drawn on the one before it."""
    return unicodedata.category(character).startswith("M")


@lru_cache(maxsize=8192)
def is_letter(character: str) -> bool:
    """Tell whether a character is a letter, a digit or a mark on one."""
    return unicodedata.category(character)[0] in "LMN"


@lru_cache(maxsize=8192)
def is_symbol(character: str) -> bool:
    """Tell whether a character is a symbol beyond ASCII: an emoji, an arrow, a currency sign."""
    return not character.isascii() and unicodedata.category(character)[0] == "S"


def is_ideograph(character: str) -> bool:
    """Tell whether a character is a Chinese one."""
    return script(character) == "CJK"


@lru_cache(maxsize=8192)
def marks_allowed(base: str) -> int:
    """Return how many marks a character can carry in any real spelling, after composition (NFC)."""
    return 4 if unicodedata.category(base).startswith("L") and script(base) not in _PLAIN_SCRIPTS else 2
