"""The leaderboard of a quiz in files: nicknames and points, and nothing of what was answered."""

from collections.abc import Callable, Sequence
from typing import Any

from pollapp.exports.dataset import LeaderData
from pollapp.gettext import N_

TITLE = N_("Leaderboard")
NOTE = N_("Nicknames were chosen by the players, or given to them. Nothing in this file ties one to an answer.")
NUMBERED = N_("Player %(number)s")
WAITING = N_(
    "Replaced by a number until the facilitator has reviewed them: nicknames in which personal data was found (%(count)s)."
)
COLUMNS = ((N_("Place"), "count"), (N_("Nickname"), "text"), (N_("Points"), "count"))

Translate = Callable[[str], str]


def headings(translate: Translate) -> list[str]:
    """Return the headings of the table."""
    return [translate(label) for label, _ in COLUMNS]


def units() -> list[str]:
    """Return the units of its columns."""
    return [unit for _, unit in COLUMNS]


def rows(leaders: Sequence[LeaderData], translate: Translate) -> list[tuple[int, str, int]]:
    """Return a line for each player, the best first; a number stands for a nickname that waits for the review."""
    return [
        (each.place, translate(NUMBERED) % {"number": line} if each.nickname is None else each.nickname, each.points)
        for line, each in enumerate(leaders, 1)
    ]


def notes(leaders: Sequence[LeaderData], translate: Translate) -> list[str]:
    """Return what is to be said about nicknames that are not there."""
    waiting = sum(each.nickname is None for each in leaders)
    return [translate(WAITING) % {"count": waiting}] if waiting else []


def as_data(leaders: Sequence[LeaderData]) -> list[dict[str, Any]]:
    """Return the players for programs, in English."""
    return [{"place": place, "nickname": nickname, "points": points} for place, nickname, points in rows(leaders, str)]
