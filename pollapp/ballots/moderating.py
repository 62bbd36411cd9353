"""Moderate what people write in rounds: approve, hide, bring back. What the seal and the review change goes along.

Under the Chatham House rule the queue is drawn from the published step alone. The step that waits is dropped when the
round closes, and what is published then may hold one person more: comparing the two would single that person out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from pollapp import kinds
from pollapp.ballots import decisions, moderated, publishing
from pollapp.ballots.models import Round
from pollapp.ballots.moderated import FOLDED, NO_MARK, Mark, Moderated
from pollapp.ballots.numbering import raise_number
from pollapp.errors import BadDecision, NotFound, TextChanged
from pollapp.kinds import WRITTEN, Counted
from pollapp.moderation import HIDDEN, MASK, STATES, WAITING, Queued
from pollapp.words import fold, mask, merged_spans, own_finder, spans_again

SOURCE = "answers"


class Named(NamedTuple):
    """An entry and the text of it that somebody looked at."""

    key: str
    fingerprint: str


class _Word(NamedTuple):
    """The ways in which a word was written, the most frequent first, with how often."""

    key: str
    forms: list[tuple[int, str]]


def queue(connection: Connection, poll: Row[Any] | Round) -> Iterator[Queued]:
    """Yield the entries of a round that may be shown to its facilitator: texts in the order of their ids, then words."""
    counted = publishing.before_review(connection, poll).counted
    if counted is None or not moderated.concern(poll):
        return
    seen_by, decided = moderated.of_round(connection, poll), decisions.of_round(connection, poll.id)
    for text_id, text in counted.texts:
        reviewed = decisions.shown(text, decisions.about(decided, text_id, text))
        if reviewed is not None:
            entry = _queued_text(poll, seen_by, text_id, text)
            yield _as_reviewed(entry._replace(votes=counted.votes.get(text_id)), reviewed)
    for word in _words(counted.tally, poll.language):
        entry = _queued_word(poll, seen_by, word)
        reviewed = decisions.shown(entry.text, decisions.about(decided, WRITTEN + entry.text, entry.text))
        if reviewed is not None:
            yield _as_reviewed(entry, reviewed)


def _as_reviewed(entry: Queued, reviewed: str) -> Queued:
    """Return an entry as it is shown when the review blacked something out."""
    return entry if reviewed == entry.text else entry._replace(masked=reviewed)


def _words(tally: Mapping[str, int], language: str) -> list[_Word]:
    forms: dict[str, list[tuple[int, str]]] = {}
    for key, count in tally.items():
        if key.startswith(WRITTEN) and count > 0:
            word = key.removeprefix(WRITTEN)
            forms.setdefault(FOLDED + fold(word, language), []).append((-count, word))
    return [_Word(key, [(-count, form) for count, form in sorted(each)]) for key, each in sorted(forms.items())]


def _queued_text(poll: Row[Any] | Round, seen_by: Moderated, text_id: str, text: str) -> Queued:
    verdict = seen_by.text(text_id, text)
    return Queued(
        source=SOURCE,
        group=str(poll.id),
        key=text_id,
        fingerprint=decisions.fingerprint(text),
        prompt=poll.prompt,
        language=poll.language,
        text=text,
        masked=mask(text, verdict.spans) if verdict.is_masked else text,
        standing=verdict.standing,
        state=verdict.state,
        removable=kinds.get(poll.kind).KEEPS_TEXTS,
    )


def _queued_word(poll: Row[Any] | Round, seen_by: Moderated, word: _Word) -> Queued:
    """Return a word as one entry; it waits if one of the ways in which it was written does."""
    judged = [(form, seen_by.word(form)) for _, form in word.forms]
    form, verdict = next((each for each in judged if each[1].standing == WAITING), judged[0])
    return Queued(
        source=SOURCE,
        group=str(poll.id),
        key=word.key,
        fingerprint="",
        prompt=poll.prompt,
        language=poll.language,
        text=form,
        masked=mask(form, verdict.spans) if verdict.is_masked else form,
        standing=verdict.standing,
        state=verdict.state,
        times=sum(count for count, _ in word.forms),
        forms=tuple(other for _, other in word.forms if other != form),
    )


def decide(
    connection: Connection, poll: Row[Any] | Round, named: Sequence[Named], state: str | None
) -> list[tuple[Queued, str | None]]:
    """Store what was decided about entries, or take it back (None); return each as it is then, with what it was before.

    Of several entries those are skipped that are gone or were changed since. A single one raises `NotFound` or
    `TextChanged`; a state there is none of raises `BadDecision`.
    """
    if state not in (*STATES, None):
        raise BadDecision()
    connection.execute(select(Round.id).where(Round.id == poll.id).with_for_update())
    before = {entry.key: entry for entry in queue(connection, poll)}
    found = [before[each.key] for each in named if _is_there(before.get(each.key), each, alone=len(named) == 1)]
    if not found:
        return []
    seen_by = moderated.of_round(connection, poll)
    marks = [mark for entry in found for mark in _marks(seen_by, entry, state)]
    moderated.store(connection, poll.id, marks)
    raise_number(connection, poll)
    after = {entry.key: entry for entry in queue(connection, poll)}
    return [(after[entry.key], entry.state) for entry in found]


def _is_there(entry: Queued | None, named: Named, *, alone: bool) -> bool:
    if entry is None:
        if alone:
            raise NotFound()
        return False
    if entry.fingerprint != named.fingerprint:
        if alone:
            raise TextChanged()
        return False
    return True


def _marks(seen_by: Moderated, entry: Queued, state: str | None) -> Iterator[Mark]:
    """Yield the rows of a decision: for a word also those that the seal wrote, so that they do not overrule it."""
    masks = seen_by.marks[entry.key].masks if entry.key in seen_by.marks else []
    yield Mark(entry.key, entry.fingerprint, state, masks)
    for form in (entry.text, *entry.forms) if entry.key.startswith(FOLDED) else ():
        if (written := seen_by.marks.get(WRITTEN + form)) is not None:
            yield written._replace(state=None)


def rules_changed(connection: Connection, poll: Row[Any] | Round) -> None:
    """Let screens take what is shown by other rules for newer than what they have."""
    if moderated.concern(poll):
        raise_number(connection, poll)


def follow(connection: Connection, poll: Row[Any] | Round, entry: str, text: str, key: str, shown: str | None) -> None:
    """Let what was decided about an entry go along to what the review has made of it (None: it is gone)."""
    seen_by = moderated.of_round(connection, poll)
    moved: list[Mark] = []
    for old, new, fingerprint in _names(poll, entry, text, key, shown or ""):
        mark = seen_by.marks.get(old)
        if mark is None or (mark.fingerprint and mark.fingerprint != decisions.fingerprint(text)):
            continue
        there = seen_by.marks.get(new)
        state = HIDDEN if there is not None and there.state == HIDDEN else mark.state
        moved.append(Mark(new, fingerprint, state, [list(span) for span in spans_again(text, shown or "", mark.masks)]))
    moderated.forget(connection, poll.id, [entry])
    if shown is not None:
        moderated.store(connection, poll.id, moved)


def _names(poll: Row[Any] | Round, entry: str, text: str, key: str, shown: str) -> Iterator[tuple[str, str, str]]:
    """Yield under which names an entry is stored, which it gets, and the fingerprint it has then."""
    yield entry, key, decisions.fingerprint(shown)
    if entry.startswith(WRITTEN):
        yield FOLDED + fold(text, poll.language), FOLDED + fold(shown, poll.language), ""


def settle(connection: Connection, poll: Row[Any] | Round) -> None:
    """Write down, at the seal, what follows from rules and the own list that is about to go. May run again.

    What still waits is hidden from then on; where words of the own list stand is stored, not the words. What was decided
    about entries that are not there any more is forgotten.
    """
    if not moderated.concern(poll):
        return
    counted = publishing.before_review(connection, poll).counted
    seen_by = moderated.of_round(connection, poll)
    marks: dict[str, Mark] = {}
    if counted is not None and not seen_by.changes_nothing:
        marks = {mark.entry: mark for mark in _settled(seen_by, counted)}
    moderated.store_all(connection, poll.id, marks.values())


def _settled(seen_by: Moderated, counted: Counted) -> Iterator[Mark]:
    for text_id, text in counted.texts:
        verdict = seen_by.text(text_id, text)
        masks = _own_masks(seen_by, text_id, text)
        yield Mark(
            text_id, decisions.fingerprint(text), HIDDEN if verdict.standing == WAITING else verdict.state, masks
        )
    for key in counted.tally:
        if not key.startswith(WRITTEN):
            continue
        word = key.removeprefix(WRITTEN)
        state = HIDDEN if seen_by.word(word).standing == WAITING else seen_by.marks.get(key, NO_MARK).state
        yield Mark(key, "", state, _own_masks(seen_by, key, word))
        yield seen_by.marks.get(FOLDED + fold(word, seen_by.language), NO_MARK)


def _own_masks(seen_by: Moderated, entry: str, text: str) -> list[list[int]]:
    """Return where words of the own list stand, with what an earlier look wrote down."""
    if seen_by.rules.offensive != MASK:
        return []
    before = seen_by.marks.get(entry, NO_MARK)
    known = [(start, end) for start, end in before.masks if before.fingerprint in ("", decisions.fingerprint(text))]
    found = own_finder(seen_by.language, seen_by.rules.own_words)(text)
    return [list(span) for span in merged_spans([*known, *found])]


def write_again(connection: Connection, round_id: int, new_names: Mapping[str, str]) -> None:
    """Write every row anew, in the order of their entries; those about open answers follow their texts to new ids.

    Rows that stay where they are tell PostgreSQL's order in which was decided, which may be the one of arrival.
    """
    marks = moderated.marks_of(connection, round_id).values()
    renamed = [mark._replace(entry=new_names.get(mark.entry, mark.entry)) for mark in marks]
    moderated.store_all(connection, round_id, renamed)
