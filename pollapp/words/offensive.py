"""Find offensive words in the languages of the United Nations, and those of a meeting's own list; mask them.

The words come from a maintained package (glin-profanity). Entries are compared as whole words, folded, so that a place
such as Scunthorpe is none; its search for disguised spellings ("f.u.c.k") takes milliseconds for a long text, so only
texts that look disguised go through it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from pollapp.words import characters, naming, ordinary
from pollapp.words.folding import fold
from pollapp.words.spelling import bare
from pollapp.words.tracing import Traced, barest

MASK = "*"
"""What stands for each character of a masked word, so that its length stays."""

NAMES = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian", "zh": "chinese"}
"""Languages whose offensive words are known, and what the package calls them."""

EVERYWHERE = ("ar", "en", "ru", "zh")
"""Those whose words are looked for in every meeting: English, and languages whose scripts keep them from being mistaken."""

MOST_REMEMBERED = 16_384
"""Texts whose offensive words are remembered, for each list in use."""

_OWN_SCRIPT = {"ar": "ARABIC", "ru": "CYRILLIC", "zh": "CJK"}
_WORD = re.compile(r"\w+(?:'\w+)*")
_COMPOUND = re.compile(r"\w+(?:['-]\w+)*")
_LOOKS_DISGUISED = re.compile(
    r"""[^\W\d_][*@$%!?\#+]+\w      # a sign in a word: f*ck
    | [@$]\w                        # or in front of one
    | [^\W\d_]\d | \d[^\W\d_]       # a digit in a word: sh1t
    | ([^\W\d_])\1\1                # a letter drawn out
    | (?:(?<!\w)\w\W+){2}\w(?!\w)   # letters apart: f u c k, f.u.c.k
    """,
    re.VERBOSE,
)
_HOLE = "\0"

Spans = tuple[tuple[int, int], ...]
"""Where in a text something stands: characters from a start up to an end, in order, none overlapping another."""

Finder = Callable[[str], Spans]


class _Lists(NamedTuple):
    """What to look for: whole words by their identity, and patterns of what is more or less than one word.

    `accented` ones are another word without their accents (Spanish "cono"); compounds such as "cul-de-sac" are `plain`.
    """

    words: frozenset[str]
    accented: frozenset[str]
    plain: frozenset[str]
    phrases: re.Pattern[str] | None
    ideographs: re.Pattern[str] | None
    filter: Any


@lru_cache(maxsize=16)
def offensive_finder(language: str, own: tuple[str, ...] = ()) -> Finder:
    """Return what finds the offensive words of a text in a meeting of this language: listed ones, and the meeting's own."""
    lists = _lists(language)
    own_words = frozenset(_identities(own, language))

    @lru_cache(maxsize=MOST_REMEMBERED)
    def find(text: str) -> Spans:
        traced = barest(text)
        found = [*_listed_words(text, traced, lists, language), *_words(text, traced, own_words, language)]
        found += naming.spans(text, own)
        for pattern in (lists.phrases, lists.ideographs):
            found += [traced.span(*match.span()) for match in pattern.finditer(traced.text)] if pattern else []
        if _LOOKS_DISGUISED.search(text):
            found += _disguised(text, lists.filter)
        return merged_spans(found)

    return find


@lru_cache(maxsize=16)
def own_finder(language: str, own: tuple[str, ...]) -> Finder:
    """Return what finds the words of a meeting's own list alone."""
    own_words = frozenset(_identities(own, language))
    return lru_cache(maxsize=MOST_REMEMBERED)(
        lambda text: merged_spans([*_words(text, barest(text), own_words, language), *naming.spans(text, own)])
    )


def merged_spans(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return spans in order; those that overlap become one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def spans_again(before: str, after: str, spans: Iterable[Sequence[int]]) -> Spans:
    """Return where what stood at these spans of a text stands after the text was changed."""
    found = []
    for word in {before[start:end] for start, end in spans}:
        at = after.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = after.find(word, at + 1)
    return merged_spans(found)


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with a mask in place of each character of these spans; white space stays, accents go."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += [text[at:start], *(_masked(character) for character in text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def forget() -> None:
    """Forget texts that were looked through, and meetings' own lists."""
    offensive_finder.cache_clear()
    own_finder.cache_clear()


def _masked(character: str) -> str:
    if character.isspace():
        return character
    return "" if characters.is_mark(character) or character in characters.JOINERS else MASK


def _words(text: str, traced: Traced, wanted: frozenset[str], language: str) -> Iterator[tuple[int, int]]:
    """Yield where whole words stand whose spelling or dictionary form is wanted."""
    for match in _WORD.finditer(traced.text):
        start, end = traced.span(*match.span())
        if match[0] in wanted or fold(text[start:end], language) in wanted:
            yield start, end


def _listed_words(text: str, traced: Traced, lists: _Lists, language: str) -> Iterator[tuple[int, int]]:
    """Yield where words of the lists stand, but for those within plain compounds."""
    plain = (
        [match.span() for match in _COMPOUND.finditer(traced.text) if match[0] in lists.plain] if "-" in text else []
    )
    for match in _WORD.finditer(traced.text):
        if any(start <= match.start() < end for start, end in plain):
            continue
        start, end = traced.span(*match.span())
        written = text[start:end]
        if match[0] in lists.words or written.lower() in lists.accented or fold(written, language) in lists.words:
            yield start, end


def _identities(words: Iterable[str], language: str) -> Iterator[str]:
    """Yield how single words may be met: spelled barely, and folded."""
    for word in words:
        if _WORD.fullmatch(spelled := bare(word)):
            yield spelled
            yield fold(word, language)


def _disguised(text: str, search: Any) -> list[tuple[int, int]]:
    """Return where the package finds something, its disguises undone.

    It tells where hits begin and what is left without them. Where that leaves their ends open, all between the first
    and the last is taken for one.
    """
    result = search.check_profanity(text)
    pieces = result["processed_text"].split(_HOLE)
    if len(pieces) == 1:
        return []
    start, last = len(pieces[0]), len(text) - len(pieces[-1])
    starts = sorted({match["index"] for match in result["matches"]})
    spans: list[tuple[int, int]] = []
    for piece in pieces[1:-1]:
        ends = (at for at in starts if at - len(piece) > start and text[at - len(piece) : at] == piece)
        following = next(ends, None)
        if following is None:
            return [(len(pieces[0]), last)]
        spans.append((start, following - len(piece)))
        start = following
    return [*spans, (start, last)]


@cache
def _lists(language: str) -> _Lists:
    package = import_module("glin_profanity")
    plain = ordinary.entries(ordinary.ORDINARY["en"]) | ordinary.entries(ordinary.ORDINARY.get(language, ""))
    plain = plain.union(*(ordinary.entries(ordinary.ORDINARY[code]) for code in EVERYWHERE))
    wanted = {
        entry
        for code in dict.fromkeys((*EVERYWHERE, language))
        if code in NAMES
        for entry in _listed(package, code)
        if entry not in plain
    }
    spelled_plain = {bare(entry) for entry in plain} | {fold(entry, language) for entry in plain}
    words = frozenset(_identities(wanted, language)) - spelled_plain
    accented = frozenset(entry for entry in wanted if bare(entry) in spelled_plain)
    ideographs = [entry for entry in wanted if any(map(characters.is_ideograph, entry)) and len(entry) > 1]
    phrases = [entry for entry in wanted if " " in entry]
    search = package.Filter(
        {
            "languages": ["english"],
            "custom_words": sorted(entry for entry in wanted if len(entry) > 2),
            "ignore_words": sorted(plain | spelled_plain),
            "detect_leetspeak": True,
            "leetspeak_level": "basic",
            "replace_with": _HOLE,
        }
    )
    whole, anywhere = r"(?<!\w)(?:{})(?!\w)", "(?:{})"
    return _Lists(
        words,
        accented,
        frozenset(spelled_plain),
        _any_of(phrases, whole),
        _any_of(ideographs, anywhere),
        search,
    )


def _listed(package: Any, code: str) -> set[str]:
    """Return the words of a language: of one with a script of its own, only those in it."""
    known = set(package.Filter({"languages": [NAMES[code]], "normalize_unicode": False}).words)
    script = _OWN_SCRIPT.get(code)
    if script:
        known = {entry for entry in known if any(characters.script(character) == script for character in entry)}
    return known | ordinary.entries(ordinary.MISSING.get(code, ""))


def _any_of(entries: Sequence[str], pattern: str) -> re.Pattern[str] | None:
    """Return a pattern of any of these, the longest first, as `tracing.barest` spells them."""
    spelled = sorted({barest(entry).text for entry in entries}, key=lambda entry: (-len(entry), entry))
    return re.compile(pattern.format("|".join(map(re.escape, spelled)))) if spelled else None
