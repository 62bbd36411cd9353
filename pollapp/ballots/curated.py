"""Curation of a cloud, of words or of what texts are made of: what its facilitator hides, joins and renames, laid over what may be shown.

Moderation and review come first, and are about safety; this is about meaning. It works on words as they are counted, so a
word that is written later follows the same changes. `curating` has what makes them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from pollapp import kinds
from pollapp.ballots.decisions import fingerprint
from pollapp.ballots.models import Curation, Round
from pollapp.kinds import WRITTEN, Counted, Kind, Tally
from pollapp.words import fold

HIDE, MERGE, RENAME = "hide", "merge", "rename"
ACTS = (HIDE, MERGE, RENAME)


class Change(NamedTuple):
    """One thing a facilitator did, under an id that no other has: words are named as they were counted then, and stand for all that was joined in them.

    `into` is the word they are joined to, or what they are called instead. A `settled` change names what people wrote and
    nothing that was joined to it, so that the order of such changes means nothing.
    """

    id: str
    act: str
    words: tuple[str, ...]
    into: str = ""
    settled: bool = False


class Stored(NamedTuple):
    """What is stored about the curation of a round: changes in order, and pairs of words that are not the same."""

    changes: tuple[Change, ...] = ()
    dismissed: tuple[tuple[str, str], ...] = ()


class Rules(NamedTuple):
    """What changes come to: the word that each is counted under (None: hidden), and what the facilitator calls some."""

    counted_as: Mapping[str, str | None]
    names: Mapping[str, str]


def concern(poll: Row[Any] | Round) -> bool:
    """Tell whether a round's results are words that can be curated."""
    kind = kinds.get(poll.kind)
    return kinds.can_be_curated(kind) and kinds.is_curated(kind, kinds.load_settings(poll.kind, poll.settings))


def cloud(poll: Row[Any] | Round, counted: Counted | None) -> Tally:
    """Return the words of a round that can be curated, as people wrote them."""
    return {} if counted is None else kinds.cloud(kinds.get(poll.kind), counted, poll.language)


def of_round(connection: Connection, round_id: int) -> Stored:
    """Return what is stored about the curation of a round."""
    query = select(Curation.changes, Curation.dismissed).where(Curation.round_id == round_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return Stored()
    changes = (Change(number, act, tuple(words), into, settled) for number, act, words, into, settled in row.changes)
    return Stored(tuple(changes), tuple((one, other) for one, other in row.dismissed))


def rules_of(changes: Iterable[Change], language: str) -> Rules:
    """Return what changes come to, one after the other; pure."""
    counted_as: dict[str, str | None] = {}
    names: dict[str, str] = {}
    under: dict[str, set[str]] = {}
    for change in changes:
        target = {HIDE: None, MERGE: change.into, RENAME: fold(change.into, language)}[change.act]
        moved: set[str] = set(change.words) if change.settled else set()
        for word in () if change.settled else change.words:
            moved |= under.get(word, set()) | ({word} if word not in counted_as else set())
            if word != target:
                names.pop(word, None)
        for word in moved:
            before = counted_as.get(word)
            if before is not None:
                under[before].discard(word)
            counted_as[word] = target
            if target is not None:
                under.setdefault(target, set()).add(word)
        if change.act == RENAME and target is not None:
            names[target] = change.into
    return Rules(counted_as, names)


class Shown(NamedTuple):
    """A word as it is shown: the name it has in changes, and the other ways in which people wrote it, most frequent first."""

    key: str
    word: str
    times: int
    forms: tuple[str, ...] = ()


def curate(tally: Mapping[str, int], changes: Sequence[Change], language: str) -> tuple[dict[str, int], int]:
    """Return a tally with every change carried out, and how many words people wrote are touched by one; pure.

    What is joined to a word is added to the form in which most people wrote that word; if nobody did any more, to the most
    frequent form of what is joined. Counts are added and nothing else,
    but for those of hidden words, which are left out. It costs a look at what each entry was folded to before.
    """
    if not changes:
        return dict(tally), 0
    rules = rules_of(changes, language)
    concerned = {*rules.counted_as, *rules.counted_as.values(), *rules.names}
    found = [(key, word) for key in tally if (word := fold(key[1:], language)) in concerned and key[0] == WRITTEN]
    curated = dict(tally)
    native: dict[str, tuple[int, str]] = {}
    moved: dict[str, list[tuple[int, str]]] = {}
    touched: set[str] = set()
    for key, word in found:
        count, target = tally[key], rules.counted_as.get(word, word)
        if target == word and target not in rules.names:
            native[word] = min(native.get(word, (0, key)), (-count, key))
            continue
        del curated[key]
        touched |= {word} if count > 0 else set()
        if target is not None:
            moved.setdefault(target, []).append((-count, key))
    for target, entries in moved.items():
        form = min([native[target]] if native.get(target, (0, ""))[0] else entries)[1]
        seen_key = WRITTEN + rules.names[target] if target in rules.names else form
        curated[seen_key] = curated.get(seen_key, 0) - sum(count for count, _ in entries)
    return curated, len(touched)


def words_of(
    tally: Mapping[str, int], changes: Sequence[Change], language: str, only: Collection[str] | None = None
) -> list[Shown]:
    """Return the words of a curated cloud, most frequent first, as changes name them; pure.

    Of 10,000 words `only` a few are worked out in the time in which each can be looked at.
    """
    rules = rules_of(changes, language)
    native: dict[str, list[tuple[int, str]]] = {}
    moved: dict[str, list[tuple[int, str]]] = {}
    for key, count in tally.items():
        if key.startswith(WRITTEN) and count > 0:
            form = key[len(WRITTEN) :]
            word = fold(form, language)
            target = rules.counted_as.get(word, word)
            if target is not None and (only is None or target in only):
                (native if target == word else moved).setdefault(target, []).append((-count, form))
    found = []
    for target in native.keys() | moved.keys():
        entries = [*sorted(native.get(target, ())), *sorted(moved.get(target, ()))]
        word = rules.names.get(target, entries[0][1])
        forms = tuple(form for _, form in entries if form != word)
        found.append(Shown(target, word, -sum(count for count, _ in entries), forms))
    return sorted(found, key=lambda each: (-each.times, each.word))


def apply(kind: Kind, counted: Counted, changes: Sequence[Change], language: str) -> tuple[Counted, int]:
    """Return what is shown of what was counted, and how many words are touched; pure. Participants, ballots and texts stay."""
    if not changes:
        return counted, 0
    tally, touched = curate(kinds.cloud(kind, counted, language), changes, language)
    return kinds.with_cloud(kind, counted, tally), touched


def settled(tally: Mapping[str, int], changes: Sequence[Change], language: str) -> tuple[Change, ...]:
    """Return changes that come to the same for the words of this tally, name no other words, and tell no order; pure."""
    rules = rules_of(changes, language)
    forms: dict[str, tuple[int, str]] = {}
    for key, count in sorted(tally.items()):
        if key.startswith(WRITTEN) and count > 0:
            word = fold(key[len(WRITTEN) :], language)
            forms[word] = min(forms.get(word, (0, "")), (-count, key))
    under: dict[str, list[str]] = {}
    found: list[tuple[str, tuple[str, ...], str]] = []
    for word in sorted(forms):
        target = rules.counted_as.get(word, word)
        if target is None:
            found.append((HIDE, (word,), ""))
        elif target != word or target in rules.names:
            under.setdefault(target, []).append(word)
    for target, words in under.items():
        if target in rules.names:
            found.append((RENAME, tuple(words), rules.names[target]))
            continue
        there = target if target in forms and rules.counted_as.get(target, target) == target else ""
        into = there or min(words, key=lambda word: forms[word])
        rest = tuple(word for word in words if word != into)
        if rest:
            found.append((MERGE, rest, into))
    return tuple(Change(fingerprint(repr(each)), *each, True) for each in sorted(found))
