"""Rounds of one poll in one table."""

from pollapp.kinds import Column, Table, column_heading, compare

COLUMNS = (Column("Option", "text"), Column("Answers", "count"), Column("Share", "percent"))


def table(*rows: tuple[str | int | float, ...]) -> Table:
    return Table(COLUMNS, rows)


def test_each_number_stands_beside_the_same_of_the_other_rounds() -> None:
    compared = compare([(1, table(("Yes", 3, 0.75), ("No", 1, 0.25))), (3, table(("Yes", 1, 0.5), ("No", 1, 0.5)))])
    assert compared is not None
    assert compared.rows == (("Yes", 3, 1, 0.75, 0.5), ("No", 1, 1, 0.25, 0.5))
    assert [column_heading(column, str) for column in compared.columns] == [
        "Option",
        "Answers, round 1",
        "Answers, round 3",
        "Share, round 1",
        "Share, round 3",
    ]
    assert [column.unit for column in compared.columns] == ["text", "count", "count", "percent", "percent"]


def test_rows_come_in_the_order_of_the_newest_round_and_what_is_missing_stays_empty() -> None:
    compared = compare([(1, table(("Old", 2, 1.0), ("Both", 1, 0.5))), (2, table(("New", 4, 1.0), ("Both", 2, 0.5)))])
    assert compared is not None
    assert compared.rows == (("New", "", 4, "", 1.0), ("Both", 1, 2, 0.5, 0.5), ("Old", 2, "", 1.0, ""))


def test_one_round_texts_and_different_columns_cannot_be_compared() -> None:
    texts = Table((Column("Answer", "text"),), (("Because",),))
    assert compare([]) is None
    assert compare([(1, table(("Yes", 3, 1.0)))]) is None
    assert compare([(1, texts), (2, texts)]) is None
    assert (
        compare([(1, table(("Yes", 3, 1.0))), (2, Table((COLUMNS[0], Column("Mean", "number")), (("Yes", 3),)))])
        is None
    )


def test_what_only_one_round_tells_is_left_out() -> None:
    revealed = Table((*COLUMNS, Column("Correct", "text")), (("Yes", 3, 1.0, "✓"),))
    plain = table(("Yes", 1, 1.0))
    assert compare([(1, revealed), (2, plain)]) == compare([(1, table(("Yes", 3, 1.0))), (2, plain)])
    both = compare([(1, revealed), (2, revealed)])
    assert both is not None
    assert both.rows == (("Yes", "✓", 3, 3, 1.0, 1.0),)


def test_it_is_pure() -> None:
    one, other = table(("Yes", 3, 1.0)), table(("No", 1, 1.0))
    assert compare([(1, one), (2, other)]) == compare([(1, one), (2, other)])
    assert (one, other) == (table(("Yes", 3, 1.0)), table(("No", 1, 1.0)))
