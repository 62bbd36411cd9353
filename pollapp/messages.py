"""Published results as screens, phones and pages receive them, and the words drawings of them need: the same for every edge."""

from typing import Any

from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _

from pollapp import kinds
from pollapp.ballots import RoundSnapshot
from pollapp.kinds import Table, column_heading
from pollapp.meetings.quizzing import Quiz


def snapshot_message(snapshot: RoundSnapshot, locale: str) -> dict[str, Any]:
    """Return the `results` message: what may be shown, and the same as a table in the reader's language.

    Of a table that has no end it holds the first rows: it goes out ten times a second.
    """
    with force_locale(locale):
        table = table_message(snapshot.first_rows)
    return {
        "slide": snapshot.slide,
        "round": snapshot.round,
        "round_number": snapshot.round_number,
        "number": snapshot.number,
        "kind": snapshot.kind,
        "participants": snapshot.participants,
        "ballots": snapshot.ballots,
        "waiting": snapshot.waiting,
        "approves_first": snapshot.approves_first,
        "results": snapshot.results,
        "table": table,
    }


def table_message(table: Table) -> dict[str, Any]:
    """Return a table with its headings in the language at hand."""
    return {
        "columns": [{"label": column_heading(column, _), "unit": column.unit} for column in table.columns],
        "rows": [list(row) for row in table.rows],
        "total": len(table.rows) if table.total is None else table.total,
    }


MOST_NAMES = 120
"""Nicknames a lobby is sent: more than fit on a screen in a size that can be read."""

MOST_LEADERS = 10


def quiz_message(kind: str, quiz: Quiz) -> dict[str, Any]:
    """Return the `quiz` message for screens: nicknames for a lobby, the ten best for a leaderboard.

    `more` players share the last place that is shown and are not among the ten.
    """
    everybody = quiz.standings
    if kind == "quiz_lobby":
        names = sorted(everybody, key=lambda each: each.id)[:MOST_NAMES]
        return {
            "kind": kind,
            "total": len(everybody),
            "players": [{"id": each.name, "nickname": each.nickname} for each in names],
        }
    leaders = everybody[:MOST_LEADERS]
    last = leaders[-1].place if leaders else 0
    return {
        "kind": kind,
        "total": len(everybody),
        "more": sum(each.place == last for each in everybody[MOST_LEADERS:]),
        "leaders": [
            {
                "id": each.name,
                "nickname": each.nickname,
                "place": each.place,
                "points": each.points,
                "before": each.before,
                "gained": quiz.scores[each.id].points if each.id in quiz.scores else 0,
            }
            for each in leaders
        ],
    }


def drawing_words() -> dict[str, str]:
    """Return what the drawings of all kinds say, in the language at hand."""
    return {key: _(said) for kind in kinds.all_kinds() for key, said in kinds.words(kind).items()}


def init_app(app: Flask) -> None:
    """Give templates `drawing_words()`."""
    app.jinja_env.globals["drawing_words"] = drawing_words
