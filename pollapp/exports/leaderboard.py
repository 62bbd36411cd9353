"""The leaderboard of a quiz in files: nicknames and points, and nothing of what was answered."""

from collections.abc import Callable, Sequence
from typing import Any

from pollapp.exports.dataset import LeaderData
from pollapp.gettext import N_

TITLE = N_("Leaderboard")
NOTE = N_("Nicknames were chosen by the players, or given to them. Nothing in this file ties one to an answer.")
COLUMNS = ((N_("Place"), "count"), (N_("Nickname"), "text"), (N_("Points"), "count"))

Translate = Callable[[str], str]


def headings(translate: Translate) -> list[str]:
    """Return the headings of the table."""
    return [translate(label) for label, _ in COLUMNS]


def units() -> list[str]:
    """Return the units of its columns."""
    return [unit for _, unit in COLUMNS]


def rows(leaders: Sequence[LeaderData]) -> list[tuple[int, str, int]]:
    """Return a line for each player, the best first."""
    return [(each.place, each.nickname, each.points) for each in leaders]


def as_data(each: LeaderData) -> dict[str, Any]:
    """Return a player for programs."""
    return {"place": each.place, "nickname": each.nickname, "points": each.points}
