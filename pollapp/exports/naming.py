"""Names of files, of files inside an archive, and of sheets: legal on every system, in every language."""

import re
import unicodedata

from pollapp.exports.dataset import Dataset, RoundData, SlideData

LONGEST_FILE_NAME = 120
"""Bytes a name may have before its ending: file systems take 255, some archives and mail programs less."""

LONGEST_SHEET_NAME = 31
"""UTF-16 units, as spreadsheets count them."""

_UNFIT_FOR_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]+")


def file_name(dataset: Dataset, extension: str) -> str:
    """Return the name a meeting's file is saved under: its title and the day of the export."""
    day = dataset.exported_on.isoformat()
    return f"{_slug(dataset.title, 'meeting', LONGEST_FILE_NAME)}-{day}.{extension}"


def entry_name(slide: SlideData, round_data: RoundData, extension: str) -> str:
    """Return the name of a slide's and round's file inside an archive; no two are the same."""
    suffix = f"-round-{round_data.number}" if len(slide.rounds) > 1 else ""
    return _entry(slide, suffix, extension)


def comparison_entry_name(slide: SlideData, extension: str) -> str:
    """Return the name of the file in which a slide's rounds stand side by side."""
    return _entry(slide, "-rounds", extension)


def _entry(slide: SlideData, suffix: str, extension: str) -> str:
    return f"{slide.number:02d}-{_slug(slide.prompt, slide.kind, LONGEST_FILE_NAME // 2)}{suffix}.{extension}"


def sheet_name(slide: SlideData, round_data: RoundData) -> str:
    """Return the name of a slide's and round's sheet; no two are the same, as each begins with its numbers."""
    return _sheet(f"{slide.number}.{round_data.number}" if len(slide.rounds) > 1 else f"{slide.number}", slide)


def comparison_sheet_name(slide: SlideData) -> str:
    """Return the name of the sheet in which a slide's rounds stand side by side."""
    return _sheet(f"{slide.number}.{slide.rounds[0].number}-{slide.rounds[-1].number}", slide)


def _sheet(numbers: str, slide: SlideData) -> str:
    name = f"{numbers} {fit_sheet_name(slide.prompt)}"
    while len(name.encode("utf-16-le")) // 2 > LONGEST_SHEET_NAME:
        name = name[:-1]
    return name.rstrip(" '\u200d")


def fit_sheet_name(text: str) -> str:
    """Return the text as it may stand in the name of a sheet."""
    return " ".join(_UNFIT_FOR_SHEETS.sub(" ", text).split()).strip("'")[:LONGEST_SHEET_NAME]


def _slug(text: str, otherwise: str, longest: int) -> str:
    """Return letters, digits and their marks, joined by hyphens, in no more than `longest` bytes of UTF-8."""
    letters = (c if unicodedata.category(c)[0] in "LMN" else "-" for c in unicodedata.normalize("NFC", text))
    slug = re.sub("-+", "-", "".join(letters)).strip("-").lower()
    slug = slug.encode()[:longest].decode(errors="ignore").strip("-")
    while slug and unicodedata.category(slug[0])[0] == "M":
        slug = slug[1:]
    return slug or otherwise
