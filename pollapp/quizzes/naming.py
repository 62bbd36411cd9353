"""Nicknames: which may be chosen, and those that are given to whoever chooses none."""

from collections.abc import Container, Iterator
from functools import cache
from itertools import count

from pollapp.errors import BadNickname
from pollapp.quizzes.given import ADJECTIVES, ANIMALS, NOUNS, UNSPACED
from pollapp.words import clean, find_personal, match_key, offensive_finder

MOST_LENGTH = 20
"""Characters of a nickname."""

MOST_FOLDED = 60
"""Characters of a nickname by which it is told from others: some signs stand for whole words."""

MOST_TYPED = 200
"""What is longer is no nickname, and not looked at."""

_NUMBERS = [number for number in range(2, 60) if number not in (13, 14, 18, 28)]
"""What stands behind a name: no number that is unlucky or has become a sign of something."""

_DIGITS = "237"
"""Longer numbers are made of these: with all ten, some would spell words."""

_PLAIN = 2
"""Names without a number that are tried for somebody, where two words make one."""

_OTHERS, _STEP = 16, 7919
"""Names that are tried for somebody before numbers grow, and how far apart they are."""

Name = tuple[str, str]
"""A name as it is shown, and folded."""


def read(raw: object, language: str, own_words: tuple[str, ...] = ()) -> str:
    """Return a nickname as it is shown. Raises `BadNickname`.

    Offensive words, of the meeting's own list too, addresses, numbers and handles are refused: a nickname is on the screen at once.
    """
    if not isinstance(raw, str) or len(raw) > MOST_TYPED:
        raise BadNickname(reason="too_long", limit=MOST_LENGTH, length=len(raw) if isinstance(raw, str) else 0)
    nickname = clean(raw)
    if not fold(nickname):
        raise BadNickname(reason="empty")
    if len(nickname) > MOST_LENGTH:
        raise BadNickname(reason="too_long", limit=MOST_LENGTH, length=len(nickname))
    if offensive_finder(language, own_words)(nickname):
        raise BadNickname(reason="offensive")
    if find_personal([nickname])[0]:
        raise BadNickname(reason="personal")
    return nickname


def fold(nickname: str) -> str:
    """Return what nicknames that look the same have in common: two players of a meeting have different ones."""
    return match_key(nickname, "")[:MOST_FOLDED]


def suggestion(player: bytes, language: str) -> str:
    """Return the name that this player is offered: always the same one."""
    return next(candidates(player, language))[0]


def free(player: bytes, language: str, taken: Container[str]) -> Name:
    """Return a name for this player that nobody has; `taken` holds folded ones."""
    return next(name for name in candidates(player, language) if name[1] not in taken)


def candidates(player: bytes, language: str) -> Iterator[Name]:
    """Yield names for this player without end, in the language of the meeting or else in English: always the same ones."""
    stems, first = _stems(language), int.from_bytes(player[:6], "big")
    plain = 0 if language in NOUNS else _PLAIN
    for turn in range(_OTHERS):
        rest, which = divmod(first + turn * _STEP, len(stems))
        yield stems[which] if turn < plain else _numbered(stems[which], str(_NUMBERS[rest % len(_NUMBERS)]), language)
    for turn in count():
        digits, which = divmod(turn, len(stems))
        yield _numbered(stems[(first + which) % len(stems)], _long_number(digits), language)


def is_ours(nickname: str, language: str) -> bool:
    """Tell whether a nickname is one that may be given: it says nothing of anybody, whoever chose it."""
    stem = fold(nickname.rstrip("0123456789 "))
    return stem in _folded_stems(language)


@cache
def _folded_stems(language: str) -> frozenset[str]:
    return frozenset(folded for _, folded in _stems(language))


@cache
def _stems(language: str) -> list[Name]:
    """Return what names in this language begin with."""
    if language in NOUNS:
        return [(noun, fold(noun)) for noun in NOUNS[language].split()]
    firsts, seconds = ([(word, fold(word)) for word in words.split()] for words in (ADJECTIVES, ANIMALS))
    return [(f"{first[0]} {second[0]}", first[1] + second[1]) for second in seconds for first in firsts]


def _long_number(place: int) -> str:
    """Return a number of three digits or more, another one for each place."""
    length = 3
    while place >= len(_DIGITS) ** length:
        place -= len(_DIGITS) ** length
        length += 1
    return "".join(_DIGITS[place // len(_DIGITS) ** power % len(_DIGITS)] for power in range(length))


def _numbered(stem: Name, number: str, language: str) -> Name:
    return f"{stem[0]}{'' if language in UNSPACED else ' '}{number}", f"{stem[1]}{number}"
