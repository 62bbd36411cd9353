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

from pollapp.errors import BadDecision
from pollapp.exports import Dataset, collect, get, make
from pollapp.meetings import Meeting, judging, reviewing
from tests.exports.test_every_format import content
from tests.exports.test_json import SCHEMA
from tests.quizzes.quiz import Quiz

DAY = date(2031, 5, 4)
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
    return quiz.database.read(lambda session: collect(session, quiz.id, DAY))


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
    assert facilitator.database.read(lambda session: collect(session, meeting.id, DAY)).leaderboard == ()


def names_waiting(quiz: Quiz) -> set[str]:
    review = quiz.database.read(reviewing.look, quiz.id, quiz.facilitator.keys)
    assert review.pending == review.pending_nicknames
    return {each.entry.text for each in review.written if each.entry.pending}


def decide(quiz: Quiz, nickname: str, decision: str | None) -> None:
    written = quiz.database.read(reviewing.look, quiz.id, quiz.facilitator.keys).written
    entry = next(each.entry for each in written if each.entry.text == nickname)
    quiz.database.run(
        reviewing.decide, quiz.id, quiz.facilitator.keys,
        round_id=reviewing.QUIZ, key=entry.key, fingerprint=entry.fingerprint, decision=decision,
    )  # fmt: skip


def look_for(quiz: Quiz, *names: str) -> None:
    quiz.database.run(reviewing.keep_names, quiz.id, quiz.facilitator.keys, names)


def file_of(quiz: Quiz, file_format: str) -> str:
    file = quiz.database.read(
        make, quiz.facilitator.keys, quiz.id, quiz.facilitator.owner_id, file_format, today=DAY, translate=str
    )
    if file_format == "json":
        jsonschema.validate(json.loads(file.content), SCHEMA)
    return content(file.content)


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "json"])
def test_a_nickname_on_the_list_of_names_is_in_no_file_until_it_is_kept(quiz: Quiz, file_format: str) -> None:
    assert names_waiting(quiz) == set()
    look_for(quiz, "Otter", "سارة")
    assert names_waiting(quiz) == {"Otter", "سارة"}
    waiting = file_of(quiz, file_format)
    assert "Otter" not in waiting
    assert "سارة" not in waiting
    assert "Player 2" in waiting
    assert "Player 3" in waiting
    assert file_format == "json" or "personal data was found (2)" in waiting
    decide(quiz, "Otter", "keep")
    assert "Otter" in file_of(quiz, file_format)
    decide(quiz, "سارة", "drop")
    assert names_waiting(quiz) == set()
    done = file_of(quiz, file_format)
    assert "سارة" not in done
    assert "Player " not in done
    assert "personal data was found" not in done


def test_a_nickname_that_was_kept_waits_again_when_it_is_another_one(quiz: Quiz) -> None:
    phone = quiz.phone("Ada L.")
    look_for(quiz, "Ada", "Grace")
    decide(quiz, "Ada L.", "keep")
    assert names_waiting(quiz) == set()
    decide(quiz, "Ada L.", None)
    assert names_waiting(quiz) == {"Ada L."}
    decide(quiz, "Ada L.", "keep")
    phone.name_it("Grace H.")
    assert names_waiting(quiz) == {"Grace H."}
    for decision in ("redact", "nothing"):
        with pytest.raises(BadDecision):
            decide(quiz, "Grace H.", decision)
    quiz.database.run(judging.take_nickname, quiz.id, phone.name)
    assert names_waiting(quiz) == set()
    assert "Grace H." not in {nickname for _, nickname, _ in quiz.table()}


def test_names_that_were_given_are_not_in_the_review(quiz: Quiz) -> None:
    assert quiz.phone().name_it(None).code == "saved"
    written = quiz.database.read(reviewing.look, quiz.id, quiz.facilitator.keys).written
    assert {each.entry.text for each in written if each.is_nickname} == set(NICKNAMES)


def test_the_seal_replaces_what_nobody_has_decided_about(quiz: Quiz) -> None:
    look_for(quiz, "Otter", "سارة")
    decide(quiz, "سارة", "keep")
    quiz.facilitator.end()
    quiz.facilitator.seal()
    names = [nickname for _, nickname, _ in quiz.table()]
    assert names[:2] == ["=1+1", "سارة"]
    assert names[2] != "Otter"
    assert [each.nickname for each in dataset(quiz).leaderboard] == names
    assert names_waiting(quiz) == set(), "without the list nothing can be found any more"
    decide(quiz, "=1+1", "drop")
    assert "=1+1" not in file_of(quiz, "csv")
