"""The workbook opens, reads back what was written, and calculates nothing."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pollapp.exports import Dataset, get
from pollapp.words import clean
from tests.exports.conftest import choice, meeting, one_round, texts


def workbook(dataset: Dataset) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(get("xlsx").write(dataset, str)))


def column(book: openpyxl.Workbook, sheet: int, heading: str) -> list[object]:
    rows = list(book.worksheets[sheet].iter_rows(values_only=True))
    head = next(row for row in rows if heading in row and rows.index(row) > 1)
    return [row[head.index(heading)] for row in rows[rows.index(head) + 1 :]]


def test_a_sheet_of_facts_then_one_per_slide_and_round(dataset: Dataset) -> None:
    book = workbook(dataset)
    assert book.sheetnames == [
        "Meeting",
        "1.1 Ready yes no",
        "1.2 Ready yes no",
        "1.1-2 Ready yes no",
        "3 Why did you join",
        "4 Anything else",
        "Questions",
    ]
    facts = dict(book.worksheets[0].iter_rows(max_col=2, values_only=True))
    assert facts["Privacy"] == "Chatham House"
    assert facts["Created on"] == "2031-05-01"


def test_shares_are_numbers_with_a_format() -> None:
    sheet = workbook(meeting(one_round(choice()))).worksheets[1]
    share = sheet.cell(sheet.max_row - 1, 3)
    assert (share.value, share.number_format, share.data_type) == (0.75, "0.0%", "n")
    assert sheet.cell(sheet.max_row, 2).value == 1
    assert sheet.freeze_panes is not None


def test_the_prompt_and_facts_stand_above_the_table(dataset: Dataset) -> None:
    sheet = workbook(dataset).worksheets[1]
    assert sheet["A1"].value == "Ready? [yes/no]"
    assert {"Type", "Date", "Answers"} <= {row[0] for row in sheet.iter_rows(max_col=1, values_only=True)}


def test_sheets_of_a_right_to_left_language_run_right_to_left() -> None:
    book = workbook(meeting(one_round(texts("نعم")), language="ar"))
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)
    assert not workbook(meeting()).worksheets[0].sheet_view.rightToLeft


def test_properties_hold_the_day_and_nothing_finer(dataset: Dataset) -> None:
    properties = workbook(dataset).properties
    assert str(properties.created) == str(properties.modified) == "2031-05-04 00:00:00"
    assert properties.creator in {None, ""}


def test_archive_entries_hold_no_clock(dataset: Dataset) -> None:
    with zipfile.ZipFile(BytesIO(get("xlsx").write(dataset, str))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "prompt", ["'quoted'", "a" * 300, "👩‍💻" * 40, "History", "[x]:*?/\\", "", "x" * 28 + "'", "\t\n"]
)
def test_sheet_names_are_legal_and_unique(prompt: str) -> None:
    slides = [one_round(texts("a"), prompt=prompt, number=number) for number in (1, 2, 11)]
    names = workbook(meeting(*slides)).sheetnames
    assert len({name.lower() for name in names}) == 4
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


hostile = st.tuples(
    st.sampled_from(
        ["", "=", "+", "-", "@", "＝", "{=", "'", '"', "=cmd|' /C calc'!A0", "http://", "_x0041_", "00", "1e5", "#REF!"]
    ),
    st.text(max_size=40),
).map(lambda parts: clean("".join(parts)) or "x")


@settings(deadline=None, max_examples=60)
@given(st.lists(hostile, min_size=1, max_size=8))
def test_hostile_texts_are_read_back_as_the_same_text(answers: list[str]) -> None:
    sheet = workbook(meeting(one_round(texts(*answers)))).worksheets[1]
    cells = [sheet.cell(sheet.max_row - len(answers) + 1 + index, 1) for index in range(len(answers))]
    assert [cell.value for cell in cells] == answers
    assert {cell.data_type for cell in cells} <= {"s"}
    assert all(cell.hyperlink is None for cell in cells)
