"""CSV files in a ZIP archive: facts, one table per slide and round, and one long file with everything."""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pollapp import kinds
from pollapp.exports import facts, leaderboard, naming, questions
from pollapp.exports.dataset import Dataset, RoundData
from pollapp.gettext import N_
from pollapp.kinds import column_heading

NAME = "csv"
RANK = 2
TITLE = N_("CSV files (ZIP)")
SUMMARY = N_(
    "A file about the meeting, one file per slide and round with its table, rounds side by side, the questions, the leaderboard of a quiz, and one long file with every result for statistics programs."
)
MEDIA_TYPE = "application/zip"
EXTENSION = "zip"

FACTS_FILE = "00-meeting.csv"
LONG_FILE = "all-results.csv"
QUESTIONS_FILE = "questions.csv"
LEADERBOARD_FILE = "leaderboard.csv"

LONG_COLUMNS = (N_("Slide"), N_("Type"), N_("Prompt"), N_("Round"), N_("Date"), N_("Entry"), N_("Measure"), N_("Value"))

TEXT_MEASURE = N_("Answers")
"""What the long file calls the count of a row that is a text alone, as other kinds call theirs."""

_FORMULA_SIGNS = "=+-@"


def write(dataset: Dataset, translate: Callable[[str], str]) -> bytes:
    """Return the archive; its files are UTF-8 with a byte order mark, which Excel needs."""
    day = dataset.exported_on
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, rows in _files(dataset, translate):
            entry = ZipInfo(name, date_time=(day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, _table(rows))
    return buffer.getvalue()


def as_text(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe goes before one that could be (OWASP, CSV injection).

    White space and invisible characters in front are looked through, and full-width signs count as signs.
    """
    if value.startswith(("\t", "\r", "\n")):
        return f"'{value}"
    seen = unicodedata.normalize("NFKC", value).lstrip()
    while seen and unicodedata.category(seen[0]) in {"Cc", "Cf", "Zs"}:
        seen = seen[1:].lstrip()
    return f"'{value}" if seen.startswith(tuple(_FORMULA_SIGNS)) else value


def _files(dataset: Dataset, translate: Callable[[str], str]) -> Iterator[tuple[str, Iterable[Sequence[str | float]]]]:
    headings = tuple(translate(label) for label in facts.OVERVIEW)
    yield FACTS_FILE, [*facts.meeting_facts(dataset, translate), (), headings, *facts.overview(dataset, translate)]
    for slide in dataset.slides:
        for round_data in slide.rounds:
            table = round_data.table
            if table.columns:
                name = naming.entry_name(slide, round_data, "csv")
                yield name, [tuple(translate(column.label) for column in table.columns), *table.rows]
        if compared := slide.compared:
            name = naming.comparison_entry_name(slide, "csv")
            yield name, [tuple(column_heading(column, translate) for column in compared.columns), *compared.rows]
    if dataset.questions is not None:
        yield QUESTIONS_FILE, [tuple(questions.headings(translate)), *questions.rows(dataset.questions, translate)]
    if dataset.leaderboard:
        yield (
            LEADERBOARD_FILE,
            [tuple(leaderboard.headings(translate)), *leaderboard.rows(dataset.leaderboard, translate)],
        )
    yield LONG_FILE, [tuple(translate(label) for label in LONG_COLUMNS), *_long_rows(dataset, translate)]


def _long_rows(dataset: Dataset, translate: Callable[[str], str]) -> Iterator[Sequence[str | float]]:
    for slide in dataset.slides:
        for round_data in slide.rounds:
            begin = (
                slide.number,
                translate(slide.kind_title),
                slide.prompt,
                round_data.number,
                round_data.opened_on.isoformat(),
            )
            counts_texts = kinds.get(slide.kind).KEEPS_TEXTS
            for entry, measure, value in _measures(round_data, translate, counts_texts=counts_texts):
                yield (*begin, entry, measure, value)


def _measures(
    round_data: RoundData, translate: Callable[[str], str], *, counts_texts: bool
) -> Iterator[tuple[str, str, str | float]]:
    """Yield each number of a table with the texts of its row and its column's label; a row of a text counts once besides."""
    columns = round_data.table.columns
    for row in round_data.table.rows:
        cells = list(zip(columns, row, strict=True))
        entry = " / ".join(str(value) for column, value in cells if column.unit == "text")
        numbers = [(column, value) for column, value in cells if column.unit != "text" and value != ""]
        if counts_texts or not numbers:
            yield entry, translate(TEXT_MEASURE), 1
        for column, value in numbers:
            yield entry, translate(column.label), value


def _table(rows: Iterable[Sequence[str | float]]) -> bytes:
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([as_text(cell) if isinstance(cell, str) else cell for cell in row])
    return buffer.getvalue().encode("utf-8-sig")
