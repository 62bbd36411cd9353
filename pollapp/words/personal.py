"""Find personal data in what people wrote, and black it out. A machine does not find everything: hints are for a reader."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from linkify_it import LinkifyIt

from pollapp.words import naming, phones
from pollapp.words.tracing import plain_width

MARK = "█████"
"""What stands for something blacked out: of one length, so that it tells nothing of what was there."""

EMAIL, URL, HANDLE, PHONE, NAME, CHOSEN = "email", "url", "handle", "phone", "name", "chosen"
KINDS = (EMAIL, URL, HANDLE, PHONE, NAME, CHOSEN)
"""What can be found. Where two overlap, what stands first here names both. `chosen` is what a reader picked."""

_SPACED = r"[^\W\u3040-\u30ff\u3400-\u9fff]"
"""A letter or digit of a script with spaces: a Chinese sentence around an address is not part of it."""

_EMAIL = re.compile(rf"(?:{_SPACED}|[.!#$%&'*+/=?^`{{|}}~-])+@(?:{_SPACED}|-)+(?:\.(?:{_SPACED}|-)+)+")
_CHINESE_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SCHEME = re.compile(
    r"(?<![a-z0-9])(?:[a-z][a-z0-9+.-]{1,20}://|www\.)[^\s\u3000-\u303f\uff00-\uffef<>\"]+", re.IGNORECASE
)
_HANDLE = re.compile(r"(?<![\w@./])@(?=\w*[^\W\d_])\w[\w.-]*(?:@[\w.-]+)?")
_TRAILING = ".,;:!?)]}'\"…。、!?-"


class Finding(NamedTuple):
    """What was found and where: characters from `start` up to `end` of the text."""

    kind: str
    start: int
    end: int


def find_personal(texts: Iterable[str], names: tuple[str, ...] = ()) -> list[tuple[Finding, ...]]:
    """Return what looks like personal data in each text: addresses, numbers, handles, names of the list.

    Findings are in order, and none overlaps another.
    """
    same_names = _one_of_each(names)
    return [_find(text, same_names) for text in texts]


@lru_cache(maxsize=16)
def _one_of_each(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first of equal lists: comparing hundreds of names once per text would take longer than the rest."""
    return names


@lru_cache(maxsize=4096)
def _find(text: str, names: tuple[str, ...]) -> tuple[Finding, ...]:
    traced = plain_width(text)
    found = [Finding(kind, *traced.span(start, end)) for kind, start, end in _contacts(traced.text)]
    found += [Finding(NAME, start, end) for start, end in naming.spans(text, names)]
    return _merged(found)


def find_words(text: str, words: Sequence[str]) -> tuple[Finding, ...]:
    """Return where words that a reader picked stand: as words of their own or, where they never do, anywhere."""
    found: list[Finding] = []
    for word in filter(None, (word.strip() for word in words)):
        places = list(naming.spans(text, [word])) or [match.span() for match in re.finditer(re.escape(word), text)]
        found += [Finding(CHOSEN, start, end) for start, end in places]
    return _merged(found)


def black_out(text: str, findings: Iterable[Finding]) -> str:
    """Return the text with the mark in place of each finding."""
    parts: list[str] = []
    at = 0
    for finding in sorted(findings, key=lambda each: each.start):
        parts += [text[at : finding.start], MARK]
        at = finding.end
    return "".join([*parts, text[at:]])


def forget() -> None:
    """Forget texts and names that were looked through."""
    _find.cache_clear()
    _one_of_each.cache_clear()
    naming.forget()


def _contacts(text: str) -> Iterator[tuple[str, int, int]]:
    if "@" in text:
        for match in _HANDLE.finditer(text):
            yield HANDLE, match.start(), _without_trailing(text, *match.span())
        for pattern in (_EMAIL, _CHINESE_EMAIL):
            for match in pattern.finditer(text):
                yield EMAIL, *match.span()
            text = pattern.sub(lambda match: " " * len(match[0]), text)
    if "." in text or "//" in text:
        yield from _links(text)
    for start, end in phones.spans(text):
        yield PHONE, start, end


def _links(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _SCHEME.finditer(text):
        end = _without_trailing(text, *match.span())
        if end - match.start() > len("www."):
            yield URL, match.start(), end
    for link in _linkify().match(text) or ():
        if link.schema or not _is_missing_space(link.raw):
            yield EMAIL if link.schema == "mailto:" else URL, link.index, link.last_index


def _is_missing_space(link: str) -> bool:
    """Tell whether a link without scheme is rather the end of one sentence and the beginning of the next ("done.It")."""
    domain, _, ending = link.partition("/")[0].rpartition(".")
    return "." not in domain and "/" not in link and ending[:1].isupper() and not ending.isupper()


def _without_trailing(text: str, start: int, end: int) -> int:
    """Return the end without the punctuation of the sentence around."""
    return start + max(1, len(text[start:end].rstrip(_TRAILING)))


def _merged(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return findings in order; those that overlap become one, so that no end of either is left."""
    merged: list[Finding] = []
    for finding in sorted(findings, key=lambda each: (each.start, each.end)):
        if merged and finding.start < merged[-1].end:
            last = merged.pop()
            kind = min(last.kind, finding.kind, key=KINDS.index)
            merged.append(Finding(kind, last.start, max(last.end, finding.end)))
        else:
            merged.append(finding)
    return tuple(merged)


@cache
def _linkify() -> LinkifyIt:
    return LinkifyIt()
