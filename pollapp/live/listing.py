"""A list that many phones follow: whole pages at first, then what changed, under numbers that only grow.

The numbers are this process's own: a phone that comes to another one begins with the whole list.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

MOST_BYTES = 48 * 1024
"""Entries in one message, in bytes: a fifth of what a slow client may have waiting."""

Item = dict[str, Any]


class Page(NamedTuple):
    """A part of a list; `after` is where the next begins, None when this is the last."""

    items: list[Item]
    after: str | None


class Change(NamedTuple):
    """What is new or different, of which entries the number of upvotes alone, and which are gone."""

    changed: list[Item]
    votes: dict[str, int | None]
    gone: list[str]


@dataclass
class Listing:
    """Entries by name, as they are told."""

    epoch: str = field(default_factory=lambda: secrets.token_hex(4))
    version: int = 0
    items: dict[str, Item] = field(default_factory=dict)

    def page(self, after: str) -> Page:
        """Return entries in the order of their names, from behind `after`."""
        chunk: list[Item] = []
        size = 0
        for name in sorted(name for name in self.items if name > after):
            size += _size(self.items[name])
            if chunk and size > MOST_BYTES:
                return Page(chunk, chunk[-1]["id"])
            chunk.append(self.items[name])
        return Page(chunk, None)

    def replace(self, items: dict[str, Item]) -> Change:
        """Tell these entries from now on, and return what that changes."""
        before, self.items = self.items, items
        changed, votes = [], {}
        for name, item in items.items():
            old = before.get(name)
            if old == item:
                continue
            if old is not None and {**old, "votes": item["votes"]} == item:
                votes[name] = item["votes"]
            else:
                changed.append(item)
        return Change(changed, votes, [name for name in before if name not in items])


def parts(items: Iterable[Item]) -> list[list[Item]]:
    """Return entries in parts that fit a message each; one part at least."""
    found: list[list[Item]] = [[]]
    size = 0
    for item in items:
        size += _size(item)
        if found[-1] and size > MOST_BYTES:
            found.append([])
            size = _size(item)
        found[-1].append(item)
    return found


def _size(item: Item) -> int:
    return len(orjson.dumps(item))
