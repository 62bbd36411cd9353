"""Find names of a list in a text, in any script, whatever their case, accents and width, also with the endings of a genitive."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pollapp.words import characters
from pollapp.words.tracing import Traced, barest

_PART = re.compile(r"[^\s\-\u2010-\u2015\u00b7]+")
_BETWEEN = r"[\W_]{0,3}"

_UNSPACED = frozenset({"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"})
"""Scripts whose words stand together without spaces."""

_BEFORE = {"ARABIC": "[وف]?(?:[بكل]?ال|لل|[بكل])?", "HEBREW": "[ושמהבלכ]{0,2}"}
"""What these scripts write in front of a name without a space: and, in, like, for, the."""

_CYRILLIC_ENDINGS = (
    "(?:[аяыиеуюоьй]|о[йюмв]|е[йюмв]|[ыи]м|[ыи]ми|ами|ями|ов[аыуе]|ев[аыуе]|овой|евой|ин|ин[аыуе]|иной|иным|овым|ым)?"
)
_ENDINGS = {"LATIN": "s?", "CYRILLIC": _CYRILLIC_ENDINGS, "GREEK": "[σςυ]?", "HANGUL": r"\w{0,2}"}
_FALLS_OFF = {"CYRILLIC": "аяыиеуюоьй", "GREEK": "σς"}
"""Last letters of a name that its other cases replace."""

_SHORTEST_STEM = 3


class _Wanted(NamedTuple):
    anchor: str
    pattern: re.Pattern[str]


def spans(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where one of the names stands in the text, in no order; the places may overlap."""
    traced = barest(text)
    for wanted in _wanted(tuple(names)):
        if wanted.anchor in traced.text:
            yield from _places(traced, wanted.pattern)


def _places(traced: Traced, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(traced.text):
        start, end = found.span("name")
        yield traced.span(start, end)


@lru_cache(maxsize=16)
def _wanted(names: tuple[str, ...]) -> tuple[_Wanted, ...]:
    found = (_wanted_one(name) for name in names)
    return tuple(wanted for wanted in found if wanted is not None)


def _wanted_one(name: str) -> _Wanted | None:
    """Return what to look for; a name without letters or digits is not looked for."""
    parts = _PART.findall(barest(name).text)
    if not any(map(characters.is_letter, "".join(parts))):
        return None
    first, last = parts[0][0], parts[-1][-1]
    stems = [*parts[:-1], _stem(parts[-1])]
    body = _BETWEEN.join(map(re.escape, stems))
    begin = "" if _stands_together(first) else r"(?<!\w)" + _BEFORE.get(characters.script(first), "")
    end = "" if _stands_together(last) else _ENDINGS.get(characters.script(last), "") + r"(?!\w)"
    return _Wanted(max(stems, key=len), re.compile(f"{begin}(?P<name>{body}{end})"))


def _stem(part: str) -> str:
    """Return the part that all cases of a name share."""
    falls_off = _FALLS_OFF.get(characters.script(part[-1]), "")
    return part[:-1] if part[-1] in falls_off and len(part) > _SHORTEST_STEM else part


def _stands_together(character: str) -> bool:
    """Tell whether a name that begins or ends so needs no boundary there."""
    return not characters.is_letter(character) or characters.script(character) in _UNSPACED


def forget() -> None:
    """Forget the lists of names."""
    _wanted.cache_clear()
