"""Find words of a cloud that are probably the same and that folding keeps apart: misspelled, or written in another way.

Two words are near when they have the same letters with other spaces ("follow up", "followup"), the same words in another
order, the spelling of another country or keyboard ("organisation", "Uebung"), or when one letter is wrong, missing, too
many, or in its neighbour's place. What a dictionary knows is no slip of another word: "learning" is not "leaning".
Better none than a wrong one: the first letter has to be right, short words and digits are left alone.

The word that a dictionary knows is the one to be joined to, also where more people wrote the other: many make the same slip.
But what many write and no dictionary knows may be a name, so then the slip has to be a plain one. Where nothing tells which is
right, it is the one that was written more often.

No two words are compared that have nothing in common: all that are left when any one letter is taken out are looked up in
one index. That costs a look for each letter, so it grows with the number of words and not with its square.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, groupby
from typing import NamedTuple

from pollapp.words.counting import Word
from pollapp.words.lemmas import is_known
from pollapp.words.spelling import bare

MOST_COMPARED = 3000
"""Words that are compared, the most frequent of a cloud: beyond that the whole would take more than a blink."""

SHORTEST = 5
"""Letters of the shortest word in which a slip is looked for. One letter makes too many of the shorter ones another word."""

SHORTEST_SPACED = 4
CLEARLY_MORE = 2
"""How many times as often a word that no dictionary knows must be written for a near one to be a slip of it."""

OFTEN_WRONG = 8
"""How many times as often as a known word a near one may be written to be a slip of it, unless the slip is a plain one."""

MOST_ALIKE = 8
"""Words that may have the same left: more are a series ("group 1" to "group 30") and no slips, and would cost its square."""

SPACES, ORDER, SPELLING, SLIP = "spaces", "order", "spelling", "slip"

_KEYBOARD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_AMERICAN = {"is": "iz", "ys": "yz", "our": "or", "tre": "ter", "ence": "ense", "ogue": "og", "ll": "l"}
_BRITISH = re.compile(
    r"is(?=(?:e|es|ed|er|ers|ing|ation|ations)\b)|ys(?=(?:e|es|ed|er|ers|ing)\b)|our(?=s?\b|al|ed|ful|ing|ite|ist)"
    r"|tre(?=s?\b)|ence(?=s?\b)|ogue(?=s?\b)|ll(?=(?:ed|er|ers|ing)\b)"
)


class Near(NamedTuple):
    """Two words that are probably the same: `word` is the one to be joined to the other; `why` says how they differ."""

    word: Word
    into: Word
    why: str


def near_duplicates(
    words: Sequence[Word], language: str, *, most: int, dismissed: Collection[tuple[str, str]] = ()
) -> list[Near]:
    """Return up to `most` pairs of near words, those that were written most often first; pure.

    `words` come as `merge` returns them; `dismissed` are pairs of keys, each in order. No word is to be joined to two.
    """
    compared = words[:MOST_COMPARED]
    place = {word.key: at for at, word in enumerate(compared)}
    found: dict[str, Near] = {}
    for near in _pairs(compared, language):
        one, other = near.word.key, near.into.key
        before, back = found.get(one), found.get(other)
        if (min(one, other), max(one, other)) in dismissed or (back is not None and back.into.key == one):
            continue
        if before is None or place[other] < place[before.into.key]:
            found[one] = near
    ranked = sorted(found.values(), key=lambda near: (-near.word.count - near.into.count, near.word.key))
    return ranked[:most]


def _pairs(words: Sequence[Word], language: str) -> Iterator[Near]:
    groups: dict[tuple[str, str], list[Word]] = {}
    for word in words:
        for group in _groups(word, language):
            groups.setdefault(group, []).append(word)
    for (why, _), group_words in groups.items():
        first = group_words[0]
        if why == SPELLING and len(group_words) > 1:
            first = next((word for word in group_words if _is_proper(word, language)), first)
        for other in group_words:
            if other is not first and (why != SPACES or " " not in first.key or " " not in other.key):
                yield Near(other, first, why)
    for one, other in _one_letter_apart(words):
        if _is_slip(one, other, language):
            yield Near(other, one, SLIP)
        elif _is_slip(other, one, language):
            yield Near(one, other, SLIP)


def _groups(word: Word, language: str) -> Iterator[tuple[str, str]]:
    """Yield what a word has in common with those that are the same in other spaces, in another order, in other spelling."""
    parts = word.key.split()
    together = "".join(parts)
    if len(together) >= SHORTEST_SPACED:
        yield SPACES, together
    if len(parts) > 1:
        yield ORDER, " ".join(sorted(parts))
    spelled = {_spelled(text, language) for text in (word.key, word.word)}
    yield from ((SPELLING, each) for each in spelled if len(each) >= SHORTEST)


def _spelled(text: str, language: str) -> str:
    """Return a word as it is spelled on an English keyboard and, in English, in the American way."""
    text = bare(text.casefold().translate(_KEYBOARD))
    return _BRITISH.sub(lambda found: _AMERICAN[found[0]], text) if language == "en" else text


def _one_letter_apart(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Yield pairs that have something left in common when a letter of one or of each is taken out."""
    index: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        for text in {word.key, bare(word.word)}:
            if len(text) >= SHORTEST:
                for left in {text, *(text[:place] + text[place + 1 :] for place in range(1, len(text)))}:
                    index.setdefault(left, []).append(at)
    alike = (dict.fromkeys(places) for places in index.values() if 1 < len(places) <= MOST_ALIKE)
    pairs = {pair for places in alike for pair in combinations(places, 2)}
    yield from ((words[one], words[other]) for one, other in sorted(pairs))


def _is_proper(word: Word, language: str) -> bool:
    """Tell whether a dictionary knows every part of a word, in the form that most people wrote."""
    return all(is_known(part, language) for part in word.word.split())


def _is_slip(proper: Word, slip: Word, language: str) -> bool:
    """Tell whether the second of two words is probably meant as the first."""
    return any(
        _is_slip_of(right, wrong, proper, slip, language)
        for right, wrong in {(proper.key, slip.key), (bare(proper.word), bare(slip.word))}
    )


def _is_slip_of(proper_text: str, slip_text: str, proper: Word, slip: Word, language: str) -> bool:
    rights, wrongs = proper_text.split(), slip_text.split()
    differing = [pair for pair in zip(rights, wrongs, strict=False) if pair[0] != pair[1]]
    if len(rights) != len(wrongs) or len(differing) != 1:
        return False
    (right, wrong) = differing[0]
    if min(len(right), len(wrong)) < SHORTEST - 1 or max(len(right), len(wrong)) < SHORTEST:
        return False
    if not _one_slip(right, wrong):
        return False
    if _known(wrong, slip, language):
        return False
    if not _known(right, proper, language):
        return proper.count >= CLEARLY_MORE * slip.count
    return proper.count >= slip.count or _is_plain(right, wrong) or _is_no_name(right, wrong, proper, slip)


def _is_plain(right: str, wrong: str) -> bool:
    """Tell whether a slip is one that many make: a letter doubled or not doubled, or two in each other's place."""
    if len(right) == len(wrong):
        return sorted(right) == sorted(wrong)
    return [letter for letter, _ in groupby(right)] == [letter for letter, _ in groupby(wrong)]


def _is_no_name(right: str, wrong: str, proper: Word, slip: Word) -> bool:
    """Tell whether what more people wrote than the known word is probably no word of its own, such as a name."""
    if slip.count > OFTEN_WRONG * proper.count or right[-1] != wrong[-1]:
        return False
    return slip.word == slip.word.lower() or proper.word != proper.word.lower()


def _known(text: str, word: Word, language: str) -> bool:
    """Tell whether a dictionary knows a word, as it is folded or as people wrote it."""
    written = (each.strip(".,;:!?") for each in word.word.split())
    return any(is_known(each, language) for each in _unique(text, (each for each in written if bare(each) == text)))


def _unique(first: str, rest: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys([first, *rest])


def _one_slip(one: str, other: str) -> bool:
    """Tell whether one word becomes the other by a letter too many, missing, wrong, or in its neighbour's place."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    mine, its = one[start : len(one) - end], other[start : len(other) - end]
    if start == 0 or not (mine + its).isalpha():
        return False
    return max(len(mine), len(its)) == 1 or (len(mine) == 2 and mine == its[::-1])
