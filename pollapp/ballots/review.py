"""Review what people wrote before it leaves the room: find personal data, keep, black out or drop each entry.

Until the seal a decision is laid over what is stored and can be taken back (`decisions.apply`). At the seal, and
from then on at once, it is carried out in what is stored.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select, update

from pollapp.ballots import counting, curating, decisions, moderating, publishing, upvoting
from pollapp.ballots.decisions import DROP, GONE, KEEP, REDACT, Stored
from pollapp.ballots.models import Ballot, Review, Round, Snapshot
from pollapp.ballots.numbering import raise_number
from pollapp.ballots.publishing import Published
from pollapp.ballots.stepping import STEPPED
from pollapp.ballots.store import write_tally
from pollapp.errors import BadDecision, NotFound, TextChanged
from pollapp.kinds import WRITTEN
from pollapp.words import Finding, black_out, find_personal, find_words

Names = tuple[str, ...] | None
"""The names to look for; None once a meeting is sealed: then what the seal found is what counts."""

DECISIONS = (KEEP, REDACT, DROP)

MOST_WORDS = 100
"""Words that can be picked at once to be blacked out in an entry."""


class Entry(NamedTuple):
    """What somebody wrote, a word as often as it was; `shown` is what is seen of it now, None when it was dropped."""

    key: str
    text: str
    times: int
    findings: tuple[Finding, ...]
    decision: str | None
    shown: str | None

    @property
    def fingerprint(self) -> str:
        """What a decision has to name, so that it is about this text and no later one."""
        return decisions.fingerprint(self.text)

    @property
    def pending(self) -> bool:
        """Whether something was found and nobody has decided yet."""
        return bool(self.findings) and self.decision is None


def entries(connection: Connection, poll: Row[Any] | Round, names: Names) -> list[Entry]:
    """Return the entries of a round that may be shown, texts in the order of their ids, words by the alphabet."""
    counted = publishing.before_review(connection, poll).counted
    if counted is None or not decisions.concern(poll):
        return []
    decided = decisions.of_round(connection, poll.id)
    written = [(text.id, text.text, 1) for text in counted.texts]
    words = sorted((key, count) for key, count in counted.tally.items() if key.startswith(WRITTEN))
    written += [(key, key.removeprefix(WRITTEN), count) for key, count in words if count > 0]
    found = [()] * len(written) if names is None else find_personal((text for _, text, _ in written), names)
    return [_entry(*each, findings, decided) for each, findings in zip(written, found, strict=True)]


def _entry(key: str, text: str, times: int, findings: tuple[Finding, ...], decided: decisions.Decisions) -> Entry:
    """Return an entry; what was found when the names to look for were there is not lost with them."""
    stored = decisions.about(decided, key, text)
    if stored is not None and stored.findings:
        findings = tuple(Finding(*each) for each in stored.findings)
    return Entry(key, text, times, findings, stored.decision if stored else None, decisions.shown(text, stored))


def reviewed(connection: Connection, poll: Row[Any] | Round, names: Names) -> Published:
    """Return what may be shown of a round without the entries that wait for a decision."""
    number, counted, *_ = publishing.before_review(connection, poll)
    if counted is None or not decisions.concern(poll):
        return Published(number, counted)
    pending = {entry.key for entry in entries(connection, poll, names) if entry.pending}
    return publishing.as_curated(connection, poll, publishing.as_decided(connection, poll, number, counted, pending))


def decide(
    connection: Connection,
    poll: Row[Any] | Round,
    key: str,
    fingerprint: str,
    decision: str | None,
    *,
    names: Names,
    words: Sequence[str] | None = None,
) -> Entry:
    """Store a decision about an entry, or take one back (None), and return the entry as it is then.

    To redact blacks out what was found or, when there are `words`, these. Raises `NotFound`, `TextChanged`,
    and `BadDecision` when there is nothing to black out or to take back.
    """
    connection.execute(select(Round.id).where(Round.id == poll.id).with_for_update())
    entry = _get(connection, poll, key, names)
    if entry.fingerprint != fingerprint:
        raise TextChanged()
    if decision not in (*DECISIONS, None):
        raise BadDecision()
    if decision is None and names is None and entry.decision != KEEP:
        raise BadDecision(reason="carried_out")
    replacement = _blacked_out(entry, words) if decision == REDACT else None
    before = decisions.about(decisions.of_round(connection, poll.id), key, entry.text)
    findings = before.findings if before else []
    _store(connection, poll.id, Stored(key, fingerprint, findings, decision, replacement))
    if names is None:
        moved = carry_out(connection, poll)
        curating.settle(connection, poll)
        key = moved.get(key, key)
    raise_number(connection, poll)
    after = (each for each in entries(connection, poll, names) if each.key == key)
    return next(after, entry._replace(decision=decision, shown=None))


def _get(connection: Connection, poll: Row[Any] | Round, key: str, names: Names) -> Entry:
    for entry in entries(connection, poll, names):
        if entry.key == key:
            return entry
    raise NotFound()


def _blacked_out(entry: Entry, words: Sequence[str] | None) -> str:
    if words is not None and len(words) > MOST_WORDS:
        raise BadDecision(reason="too_many_words", limit=MOST_WORDS)
    findings = entry.findings if words is None else find_words(entry.text, words)
    if not findings:
        raise BadDecision(reason="nothing_found")
    return black_out(entry.text, findings)


def _store(connection: Connection, round_id: int, *rows: Stored) -> None:
    """Write rows in the place of those about the same entries, in the order of their entries."""
    forget(connection, round_id, [row.entry for row in rows])
    connection.execute(insert(Review), [{"round_id": round_id, **row._asdict()} for row in sorted(rows)])


def forget(connection: Connection, round_id: int, keys: Iterable[str]) -> None:
    """Forget what is stored about entries."""
    for key in sorted(keys):
        connection.execute(delete(Review).where(Review.round_id == round_id, Review.entry == key))


def flag(connection: Connection, poll: Row[Any] | Round, names: tuple[str, ...]) -> None:
    """Store what is found in each entry, for the time when the names to look for are gone. May run again."""
    found = [entry for entry in entries(connection, poll, names) if entry.findings]
    decided = decisions.of_round(connection, poll.id)
    rows = []
    for entry in found:
        stored = decisions.about(decided, entry.key, entry.text)
        findings = [list(each) for each in entry.findings]
        replacement = stored.replacement if stored else None
        rows.append(Stored(entry.key, entry.fingerprint, findings, entry.decision, replacement))
    if rows:
        _store(connection, poll.id, *rows)


def carry_out(connection: Connection, poll: Row[Any] | Round) -> dict[str, str]:
    """Rewrite what is stored as was decided, and return which entries have another name from now on. May run again."""
    moved: dict[str, str] = {}
    decided = decisions.of_round(connection, poll.id)
    for entry in entries(connection, poll, None):
        stored = decisions.about(decided, entry.key, entry.text)
        if stored is None or entry.shown == entry.text:
            continue
        key = WRITTEN + (entry.shown or "") if entry.key.startswith(WRITTEN) else entry.key
        _rewrite(connection, poll, entry, key)
        moderating.follow(connection, poll, entry.key, entry.text, key, entry.shown)
        forget(connection, poll.id, [entry.key])
        if entry.shown is None:
            upvoting.forget(connection, poll.id, entry.key)
            moved[entry.key] = secrets.token_hex(counting.TEXT_ID_BYTES)
            _store(connection, poll.id, Stored(moved[entry.key], GONE, [], DROP, None))
        else:
            moved[entry.key] = key
            _store(connection, poll.id, Stored(key, decisions.fingerprint(entry.shown), [], REDACT, None))
    return moved


def _rewrite(connection: Connection, poll: Row[Any] | Round, entry: Entry, key: str) -> None:
    """Put what is shown of an entry in the place of its text, a word under its new key; drop what is not shown."""
    if poll.preset == STEPPED:
        _rewrite_snapshot(connection, poll.id, entry, key)
    elif entry.key.startswith(WRITTEN):
        kept = {(poll.id, key): entry.times} if entry.shown is not None else {}
        write_tally(connection, {(poll.id, entry.key): -entry.times, **kept})
    else:
        _rewrite_ballot(connection, poll.id, entry)


def _rewrite_snapshot(connection: Connection, round_id: int, entry: Entry, key: str) -> None:
    published = (Snapshot.round_id == round_id, Snapshot.published.is_(True))
    row = connection.execute(select(Snapshot.tally, Snapshot.texts).where(*published)).one()
    tally = {each: count for each, count in row.tally.items() if each != entry.key}
    texts = [[each, text] for each, text in row.texts if each != entry.key]
    if entry.shown is not None and entry.key.startswith(WRITTEN):
        tally[key] = tally.get(key, 0) + entry.times
    elif entry.shown is not None:
        texts = sorted([*texts, [entry.key, entry.shown]])
    connection.execute(update(Snapshot).where(*published).values(tally=tally, texts=texts))


def _rewrite_ballot(connection: Connection, round_id: int, entry: Entry) -> None:
    ids = connection.execute(select(Ballot.id).where(Ballot.round_id == round_id, Ballot.answer > "")).scalars()
    ballot_id = next(each for each in ids if counting.text_id(each) == entry.key)
    this = (Ballot.round_id == round_id, Ballot.id == ballot_id)
    if entry.shown is None:
        connection.execute(delete(Ballot).where(*this))
    else:
        connection.execute(update(Ballot).where(*this).values(answer=counting.encode(entry.shown)))


def forget_the_gone(connection: Connection, poll: Row[Any] | Round) -> None:
    """Forget findings and decisions about texts that were changed, taken back or are not published."""
    decided = decisions.of_round(connection, poll.id)
    there = {entry.key for entry in entries(connection, poll, None) if decisions.about(decided, entry.key, entry.text)}
    gone = [key for key, stored in decided.items() if key not in there and stored.fingerprint != GONE]
    forget(connection, poll.id, gone)


def write_again(connection: Connection, round_id: int, new_names: Mapping[str, str]) -> None:
    """Write every row anew, in the order of their entries; those about open answers follow their texts to new ids.

    Rows that stay where they are tell PostgreSQL's order in which was decided, which may be the one of arrival.
    """
    rows = list(decisions.of_round(connection, round_id).values())
    if rows:
        forget(connection, round_id, [row.entry for row in rows])
        _store(connection, round_id, *(row._replace(entry=new_names.get(row.entry, row.entry)) for row in rows))
