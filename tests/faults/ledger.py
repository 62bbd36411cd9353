"""What phones sent and what they were told, beside what is stored: the books that every fault has to leave in order."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.phones import HungUp, LightPhone

Place = tuple[int, int]
"""A phone's number and a slot."""


class Ledger:
    """Operations of one round by place: each is `ok`, `failed` (refused) or `unknown` (no reply came)."""

    def __init__(self, round_id: int) -> None:
        self.round_id = round_id
        self.sent: dict[Place, dict[int, str]] = {}
        self.fates: dict[tuple[Place, int], str] = {}
        self.codes: Counter[str] = Counter()
        self.on_ok: Callable[[], None] = lambda: None

    async def send(self, phone: LightPhone, place: Place, revision: int) -> bool:
        """Send the answer of this place and revision; tell whether it is known to be stored."""
        text = self.sent.setdefault(place, {}).setdefault(revision, f"word {place[0]} {place[1]} {revision}")
        self.fates[place, revision] = "unknown"
        try:
            reply = await phone.answer(self.round_id, text, slot=place[1], revision=revision)
        except HungUp:
            return False
        self.codes[reply["code"]] += 1
        if reply["ok"]:
            self.fates[place, revision] = "ok"
            self.on_ok()
        elif reply["code"] != "try_again":
            self.fates[place, revision] = "failed"
        return bool(reply["ok"])

    def count(self, fate: str) -> int:
        """Return how many operations ended so."""
        return sum(1 for each in self.fates.values() if each == fate)

    def check(self, stored: dict[Place, tuple[int, Any]]) -> None:
        """Acked is stored (or something newer of the same phone is), stored was sent, and nothing refused is stored."""
        for (place, revision), fate in self.fates.items():
            if fate == "ok":
                assert place in stored, f"{place}, revision {revision}: acked and lost"
                assert stored[place][0] >= revision, (
                    f"{place}: revision {revision} was acked, {stored[place]} is stored"
                )
        for place, (revision, text) in stored.items():
            assert self.sent[place][revision] == text
            assert self.fates[place, revision] != "failed"

    def check_database(self, file: Path) -> None:
        """The rows are the places, once each, and the tally is what the rows add up to."""
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            query = "select answer from ballot where round_id = ?"
            ballots = [json.loads(row[0]) for row in database.execute(query, (self.round_id,))]
            tally = dict(database.execute("select key, count from tally where round_id = ?", (self.round_id,)))
        texts = {text: place for place, by_revision in self.sent.items() for text in by_revision.values()}
        places = Counter(texts[text] for text in ballots)
        assert all(count == 1 for count in places.values()), "one ballot for each phone and slot"
        acked = {place for (place, _), fate in self.fates.items() if fate == "ok"}
        assert acked <= set(places)
        tally.pop("#revision", None)
        assert tally.pop("#participants", 0) == sum(1 for _, slot in places if slot == 0)
        assert tally.pop("#ballots", 0) == len(ballots)
        assert tally == {f"~{text}": 1 for text in ballots}


def stored_for(phones: list[LightPhone], round_id: int) -> dict[Place, tuple[int, Any]]:
    """Return what each phone was told at its last join to have stored."""
    return {
        (number, slot): own
        for number, phone in enumerate(phones)
        for slot, own in phone.stored(round_id).items()
        if own[1] is not None
    }
