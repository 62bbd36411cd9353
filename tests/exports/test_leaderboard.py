"""The leaderboard in files: nicknames and points in one place of their own, and in no other; the same after the seal."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from zipfile import ZipFile

import jsonschema
import openpyxl
import pytest

from pollapp.exports import Dataset, collect, get
from pollapp.meetings import Meeting
from tests.exports.test_json import SCHEMA
from tests.quizzes.quiz import Quiz

NICKNAMES = ("=1+1", "سارة", "Otter")
EXPECTED = [(1, "=1+1", 1000), (2, "سارة", 750), (3, "Otter", 0)]


@pytest.fixture
def quiz(facilitator) -> Quiz:
    """A quiz in which three have played, and a poll that is none."""
    quiz = Quiz(facilitator)
    typed = quiz.ask("quiz_type", accepted=["Berne"])
    players = [quiz.phone(nickname) for nickname in NICKNAMES]
    for player, answer, after in zip(players, ("Berne", "BERNE", "Geneva"), (0, 10, 1), strict=True):
        player.answer(typed, answer, after)
    poll = facilitator.ask("open_text")
    players[0].phone.answer(poll, "In my own words")
    facilitator.close()
    return quiz


def dataset(quiz: Quiz) -> Dataset:
    return quiz.database.read(lambda session: collect(session, quiz.id, date(2031, 5, 4)))


def tables(file_format: str, content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield every table of a file with its name."""
    if file_format == "xlsx":
        for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets:
            yield sheet.title, [[str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    elif file_format == "csv":
        with ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name, list(csv.reader(StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
    else:
        read = json.loads(content)
        jsonschema.validate(read, SCHEMA)
        for name, part in read.items():
            yield name, [[json.dumps(part, ensure_ascii=False)]]


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "json"])
def test_nicknames_stand_in_one_table_alone(quiz: Quiz, file_format: str) -> None:
    files = list(tables(file_format, get(file_format).write(dataset(quiz), str)))
    holding = [name for name, rows in files if any("Otter" in cell or "سارة" in cell for row in rows for cell in row)]
    assert [name.lower().removesuffix(".csv") for name in holding] == ["leaderboard"]
    rows = dict(files)[holding[0]]
    assert "Berne" not in str(rows)
    for _, nickname, points in EXPECTED:
        assert any(nickname in str(row) and str(points) in str(row) for row in rows)


def test_the_seal_changes_nothing_in_it(quiz: Quiz) -> None:
    before = dataset(quiz).leaderboard
    assert [(each.place, each.nickname, each.points) for each in before] == EXPECTED
    quiz.facilitator.end()
    quiz.facilitator.seal()
    assert dataset(quiz).leaderboard == before


def test_a_meeting_without_a_quiz_has_none(facilitator) -> None:
    facilitator.ask("choice")
    meeting: Meeting = facilitator.meeting
    assert facilitator.database.read(lambda session: collect(session, meeting.id, date(2031, 5, 4))).leaderboard == ()
