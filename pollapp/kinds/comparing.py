"""Rounds of one poll side by side: the tables of all of them as one."""

from collections.abc import Callable, Sequence

from pollapp.gettext import N_
from pollapp.kinds.base import Column, Table

ABSENT = ""
"""What stands where a round has no such row: an option that was not on offer, a word that nobody wrote."""


def compare(tables: Sequence[tuple[int, Table]]) -> Table | None:
    """Return one table with a row for each row of any of these, and the numbers of each round beside each other; pure.

    `tables` holds the number and table of each round, oldest first. Rows come in the order of the newest round, then
    those that only earlier rounds had. What only some rounds tell, such as what is correct, is left out. None when there
    is nothing to compare: one round alone, texts without numbers, or tables without a number in common.
    """
    if len(tables) < 2:
        return None
    tables = _of_same_columns(tables)
    columns = tables[-1][1].columns
    texts = [place for place, column in enumerate(columns) if column.unit == "text"]
    numbers = [place for place, column in enumerate(columns) if column.unit != "text"]
    if not numbers:
        return None
    found = [{tuple(row[place] for place in texts): row for row in table.rows} for _, table in tables]
    names = dict.fromkeys(name for rows in reversed(found) for name in rows)
    heads = [columns[place] for place in texts]
    heads += [Column(columns[place].label, columns[place].unit, number) for place in numbers for number, _ in tables]
    rows = []
    for name in names:
        figures = [rows[name][place] if name in rows else ABSENT for place in numbers for rows in found]
        rows.append((*name, *figures))
    return Table(tuple(heads), tuple(rows))


def _of_same_columns(tables: Sequence[tuple[int, Table]]) -> list[tuple[int, Table]]:
    """Return the tables with the columns that all of them have, in the order of the newest."""
    common = [
        column
        for column in tables[-1][1].columns
        if column.compared and all(column in table.columns for _, table in tables)
    ]
    narrowed = []
    for number, table in tables:
        places = [table.columns.index(column) for column in common]
        rows = tuple(tuple(row[place] for place in places) for row in table.rows)
        narrowed.append((number, Table(tuple(common), rows, table.total)))
    return narrowed


def column_heading(column: Column, translate: Callable[[str], str]) -> str:
    """Return what stands above a column, in the language that `translate` speaks."""
    label = translate(column.label)
    if column.round is None:
        return label
    return translate(N_("%(label)s, round %(number)s")) % {"label": label, "number": column.round}
