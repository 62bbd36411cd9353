"""What a facilitator decided about entries of a round, laid over what was counted."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from pollapp import kinds
from pollapp.ballots.models import Review, Round
from pollapp.kinds import WRITTEN, Counted, Text

KEEP, REDACT, DROP = "keep", "redact", "drop"

GONE = ""
"""The fingerprint of an entry that was dropped for good."""


class Stored(NamedTuple):
    """A row of the table `review`."""

    entry: str
    fingerprint: str
    findings: list[list[Any]]
    decision: str | None
    replacement: str | None


Decisions = Mapping[str, Stored]
"""The stored rows of one round by entry."""


def concern(poll: Row[Any] | Round) -> bool:
    """Tell whether a round's answers hold words that people wrote, so that they are reviewed."""
    return kinds.writes(kinds.get(poll.kind), kinds.load_settings(poll.kind, poll.settings))


def fingerprint(text: str) -> str:
    """Return what tells whether a text is still the one that was decided about."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def of_round(connection: Connection, round_id: int) -> Decisions:
    """Return what is stored about the entries of a round."""
    table = Review.__table__.c
    query = select(table.entry, table.fingerprint, table.findings, table.decision, table.replacement)
    rows = connection.execute(query.where(table.round_id == round_id))
    return {row.entry: Stored(*row) for row in rows}


def about(decided: Decisions, entry: str, text: str) -> Stored | None:
    """Return what is stored about an entry, if it still has the text that was decided about."""
    stored = decided.get(entry)
    return stored if stored is not None and stored.fingerprint == fingerprint(text) else None


def shown(text: str, stored: Stored | None) -> str | None:
    """Return the text as it may be shown, None when it was dropped."""
    if stored is None or stored.decision not in (REDACT, DROP):
        return text
    if stored.decision == DROP:
        return None
    return text if stored.replacement is None else stored.replacement


def apply(counted: Counted, decided: Decisions) -> tuple[Counted, int]:
    """Return what was counted with every decision carried out, and how many entries were left out; pure.

    The numbers of participants and ballots stay: they have been seen.
    """
    if not decided:
        return counted, 0
    texts: list[Text] = []
    left_out = sum(stored.fingerprint == GONE for stored in decided.values())
    for text_id, text in counted.texts:
        seen = shown(text, about(decided, text_id, text))
        if seen is None:
            left_out += 1
        else:
            texts.append(Text(text_id, seen))
    tally: dict[str, int] = {}
    for key, count in counted.tally.items():
        seen_key = _seen_key(key, decided)
        if seen_key is None:
            left_out += 1
        else:
            tally[seen_key] = tally.get(seen_key, 0) + count
    return counted._replace(tally=tally, texts=tuple(texts)), left_out


def _seen_key(key: str, decided: Decisions) -> str | None:
    """Return the tally key that a word is counted under now, None when it was dropped."""
    if not key.startswith(WRITTEN):
        return key
    word = key.removeprefix(WRITTEN)
    seen = shown(word, about(decided, key, word))
    return None if seen is None else WRITTEN + seen
