"""What the queue shows of an entry, wherever it was written."""

from typing import NamedTuple

from pollapp.moderation.rules import AFTER
from pollapp.moderation.verdicts import SHOWN, WAITING


class Queued(NamedTuple):
    """An entry as its facilitator sees it: as it is shown, and as it was written.

    `source` is what it was written in (`answers`), `group` which one of these, `key` the entry in it; `forms` are other
    ways in which a word was written. `fingerprint` is what a decision has to name, so that it is about this text. A
    `removable` one can also be taken off for good; `votes` are its upvotes, where people can give any and they may be told.
    """

    source: str
    group: str
    key: str
    fingerprint: str
    prompt: str
    language: str
    text: str
    masked: str
    standing: str
    state: str | None
    times: int = 1
    forms: tuple[str, ...] = ()
    removable: bool = False
    votes: int | None = None

    @property
    def place(self) -> str:
        """Its name on the page."""
        return f"{self.source}.{self.group}.{self.key}"

    def is_to_do(self, mode: str) -> bool:
        """Tell whether somebody should look at it: it waits, or is shown and nobody has looked yet."""
        return self.standing == WAITING or (mode == AFTER and self.standing == SHOWN and self.state is None)


class Decided(NamedTuple):
    """An entry as it is now, and what had been decided about it before."""

    entry: Queued
    before: str | None
