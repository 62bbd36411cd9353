"""Excel workbook: a sheet of facts about the meeting, then one sheet per slide and round."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pollapp.exports import facts, leaderboard, naming, questions
from pollapp.exports.dataset import Dataset, LeaderData, QuestionsData, RoundData, SlideData
from pollapp.gettext import N_
from pollapp.kinds import Table, column_heading
from pollapp.words import direction

NAME = "xlsx"
RANK = 1
TITLE = N_("Excel workbook (XLSX)")
SUMMARY = N_(
    "A sheet about the meeting, then one sheet per slide and round with its type, prompt, day, number of answers and table; rounds also side by side; one with the questions, and one with the leaderboard of a quiz."
)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXTENSION = "xlsx"

NARROWEST, WIDEST = 12, 70
"""Column widths, in characters."""

_STYLES = {
    "title": {"bold": True, "font_size": 16, "valign": "top"},
    "label": {"bold": True, "valign": "top"},
    "fact": {"align": "left", "valign": "top"},
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "count": {"num_format": "#,##0", "valign": "top"},
    "number": {"num_format": "#,##0.00", "valign": "top"},
    "percent": {"num_format": "0.0%", "valign": "top"},
}


def write(dataset: Dataset, translate: Callable[[str], str]) -> bytes:
    """Return the workbook. Texts are written as text whatever they begin with, so nothing is ever calculated."""
    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": dataset.title, "created": datetime.combine(dataset.exported_on, time.min)})
    styles = {name: workbook.add_format(style) for name, style in _STYLES.items()}
    rtl = direction(dataset.language) == "rtl"
    _write_front(workbook.add_worksheet(naming.fit_sheet_name(translate(N_("Meeting")))), dataset, translate, styles)
    for slide in dataset.slides:
        for round_data in slide.rounds:
            sheet = workbook.add_worksheet(naming.sheet_name(slide, round_data))
            _write_round(sheet, slide, round_data, translate, styles)
        if compared := slide.compared:
            sheet = workbook.add_worksheet(naming.comparison_sheet_name(slide))
            _write_comparison(sheet, slide.prompt, compared, translate, styles)
    if dataset.questions is not None:
        sheet = workbook.add_worksheet(naming.fit_sheet_name(translate(questions.TITLE)))
        _write_questions(sheet, dataset.questions, translate, styles)
    if dataset.leaderboard:
        sheet = workbook.add_worksheet(naming.fit_sheet_name(translate(leaderboard.TITLE)))
        _write_leaderboard(sheet, dataset.leaderboard, translate, styles)
    for sheet in workbook.worksheets():
        sheet.hide_gridlines(2)
        sheet.fit_to_pages(1, 0)
        if rtl:
            sheet.right_to_left()
    workbook.close()
    return buffer.getvalue()


def _write_front(
    sheet: Worksheet, dataset: Dataset, translate: Callable[[str], str], styles: dict[str, Format]
) -> None:
    lines = facts.meeting_facts(dataset, translate)
    labels = _write_facts(sheet, 0, lines, styles)
    units = ["count", "text", "text", "count", "text", "text", "count", "count", "text"]
    headings = [translate(label) for label in facts.OVERVIEW]
    _write_table(sheet, len(lines) + 1, headings, units, list(facts.overview(dataset, translate)), styles)
    sheet.set_column(0, 0, labels)


def _write_round(
    sheet: Worksheet,
    slide: SlideData,
    round_data: RoundData,
    translate: Callable[[str], str],
    styles: dict[str, Format],
) -> None:
    sheet.write_string(0, 0, slide.prompt, styles["title"])
    lines = facts.round_facts(slide, round_data, translate)
    labels = _write_facts(sheet, 1, lines, styles)
    columns, rows = round_data.table.columns, round_data.table.rows
    if columns:
        top = len(lines) + 2
        _write_table(
            sheet,
            top,
            [translate(column.label) for column in columns],
            [column.unit for column in columns],
            rows,
            styles,
        )
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
    sheet.set_column(0, 0, max(labels, _column_width(row[0] for row in rows)))


def _write_comparison(
    sheet: Worksheet, prompt: str, table: Table, translate: Callable[[str], str], styles: dict[str, Format]
) -> None:
    sheet.write_string(0, 0, prompt, styles["title"])
    headings = [column_heading(column, translate) for column in table.columns]
    _write_table(sheet, 2, headings, [column.unit for column in table.columns], table.rows, styles)
    sheet.freeze_panes(3, 0)


def _write_questions(
    sheet: Worksheet, board: QuestionsData, translate: Callable[[str], str], styles: dict[str, Format]
) -> None:
    sheet.write_string(0, 0, translate(questions.TITLE), styles["title"])
    said = questions.notes(board, translate)
    for row, note in enumerate(said, start=1):
        sheet.write_string(row, 0, note.sentence, styles["text"])
    top = len(said) + 2
    _write_table(
        sheet, top, questions.headings(translate), questions.units(), list(questions.rows(board, translate)), styles
    )
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)


def _write_leaderboard(
    sheet: Worksheet, leaders: Sequence[LeaderData], translate: Callable[[str], str], styles: dict[str, Format]
) -> None:
    sheet.write_string(0, 0, translate(leaderboard.TITLE), styles["title"])
    said = [translate(leaderboard.NOTE), *leaderboard.notes(leaders, translate)]
    for row, sentence in enumerate(said, 1):
        sheet.write_string(row, 0, sentence, styles["fact"])
    top = len(said) + 2
    rows = leaderboard.rows(leaders, translate)
    _write_table(sheet, top, leaderboard.headings(translate), leaderboard.units(), rows, styles)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)


def _write_facts(sheet: Worksheet, top: int, lines: Sequence[tuple[str, str | int]], styles: dict[str, Format]) -> int:
    """Write label and value below each other, and return the width that the labels need."""
    for row, (label, value) in enumerate(lines, start=top):
        sheet.write_string(row, 0, label, styles["label"])
        _write_cell(sheet, row, 1, value, styles["fact"])
    return _column_width(label for label, _ in lines)


def _write_table(
    sheet: Worksheet,
    top: int,
    headings: Sequence[str],
    units: Sequence[str],
    rows: Sequence[Sequence[str | float]],
    styles: dict[str, Format],
) -> None:
    for column, (head, unit) in enumerate(zip(headings, units, strict=True)):
        sheet.set_column(column, column, _column_width([head, *(row[column] for row in rows)]))
        sheet.write_string(top, column, head, styles["head"])
        for row, cells in enumerate(rows, start=top + 1):
            _write_cell(sheet, row, column, cells[column], styles[unit])


def _write_cell(sheet: Worksheet, row: int, column: int, value: str | float, style: Format) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def _column_width(cells: Iterable[Any]) -> int:
    """Return a width that shows the longest cell, within reason; wide characters (Chinese, ...) count twice."""
    lengths = (sum(2 if unicodedata.east_asian_width(c) in "FW" else 1 for c in str(cell)) for cell in cells)
    longest = max(lengths, default=0)
    return min(WIDEST, max(NARROWEST, longest + 2))
