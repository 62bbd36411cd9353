"""The CSV archive reads back in programs and is harmless in spreadsheets."""

import csv
import unicodedata
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.exports import Dataset, get
from pollapp.exports.as_csv import as_text
from tests.exports.conftest import choice, meeting, one_round, texts


def files(dataset: Dataset) -> dict[str, list[list[str]]]:
    with ZipFile(BytesIO(get("csv").write(dataset, str))) as archive:
        assert archive.testzip() is None
        return {
            name: list(csv.reader(StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
        }


def test_one_file_per_slide_and_round_and_a_long_one(dataset: Dataset) -> None:
    assert list(files(dataset)) == [
        "00-meeting.csv",
        "01-ready-yes-no-round-1.csv",
        "01-ready-yes-no-round-2.csv",
        "01-ready-yes-no-rounds.csv",
        "03-why-did-you-join.csv",
        "questions.csv",
        "all-results.csv",
    ]


def test_rounds_stand_side_by_side(dataset: Dataset) -> None:
    assert files(dataset)["01-ready-yes-no-rounds.csv"] == [
        ["Option", "Answers, round 1", "Answers, round 2", "Share, round 1", "Share, round 2"],
        ["Yes", "3", "3", "0.75", "0.75"],
        ["No", "1", "1", "0.25", "0.25"],
    ]


def test_a_table_reads_back() -> None:
    assert files(meeting(one_round(choice())))["02-why-did-you-join.csv"] == [
        ["Option", "Answers", "Share"],
        ["Yes", "3", "0.75"],
        ["No", "1", "0.25"],
    ]


def test_the_long_file_has_a_line_per_figure(dataset: Dataset) -> None:
    head, *lines = files(dataset)["all-results.csv"]
    assert head == ["Slide", "Type", "Prompt", "Round", "Date", "Entry", "Measure", "Value"]
    assert lines[0] == ["1", "Choice", "Ready? [yes/no]", "1", "2031-05-04", "Yes", "Answers", "3"]
    assert lines[1][5:] == ["Yes", "Share", "0.75"]
    assert ["3", "Open text", "Why did you join?", "1", "2031-05-04", "'=1+1", "Answers", "1"] in lines
    assert all(len(line) == len(head) for line in lines)


def test_files_open_in_excel_and_hold_the_day_only(dataset: Dataset) -> None:
    with ZipFile(BytesIO(get("csv").write(dataset, str))) as archive:
        assert all(archive.read(name).startswith(b"\xef\xbb\xbf") for name in archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(2031, 5, 4, 0, 0, 0)}


def test_names_of_files_are_safe_in_every_language() -> None:
    slides = [one_round(texts("a"), prompt="../../ماذا/تعلمت؟", number=1), one_round(texts("b"), prompt="🙂", number=2)]
    assert set(files(meeting(*slides))) >= {"01-ماذا-تعلمت.csv", "02-open_text.csv"}


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\rx", "  =1", "\u00a0=1", "\u200b=1", "＝1", "＋1", "－1", "＠x", "\n=1"],
)
def test_a_text_that_could_be_a_formula_stays_text(text: str) -> None:
    assert as_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "plain", "a=b", "1-2", "école", "مرحبا", "'tis"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert as_text(text) == text


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=30), st.sampled_from(["", "=", "＝", " @", "\t", "\ufeff-"])
)
def test_no_cell_begins_like_a_formula_and_the_text_is_all_there(text: str, start: str) -> None:
    written = as_text(start + text)
    assert written.removeprefix("'") == (start + text).removeprefix("'")
    first = unicodedata.normalize("NFKC", written).lstrip()[:1]
    assert first not in {"=", "+", "-", "@"}
