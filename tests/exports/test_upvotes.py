"""Upvotes of open answers in every file: beside their texts, the most upvoted first, and no number below five where that is promised."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import jsonschema
import pytest
from openpyxl import load_workbook

from pollapp.exports import Dataset, collect, get
from tests.actors import Facilitator
from tests.ballots.upvoters import Wall
from tests.exports.conftest import DAY
from tests.exports.test_json import SCHEMA

HOSTILE = '=HYPERLINK("http://evil.example")'


def dataset_of(wall: Wall) -> Dataset:
    return wall.database.read(collect, wall.facilitator.id, DAY)


@pytest.fixture
def dataset(facilitator: Facilitator) -> Dataset:
    wall = Wall(facilitator)
    wall.write("Budget", HOSTILE)
    wall.crowd(2, wall.find(HOSTILE))
    facilitator.close()
    return dataset_of(wall)


def rows_of(dataset: Dataset, name: str) -> list[list[str]]:
    with ZipFile(BytesIO(get("csv").write(dataset, str))) as archive:
        return list(csv.reader(StringIO(archive.read(name).decode("utf-8-sig"), newline="")))


def test_csv_has_a_column_and_a_measure_and_keeps_texts_as_texts(dataset: Dataset) -> None:
    assert rows_of(dataset, "01-what-do-you-think.csv") == [
        ["Answer", "Upvotes"],
        [f"'{HOSTILE}", "2"],
        ["Budget", "0"],
    ]
    measured = [row[-3:] for row in rows_of(dataset, "all-results.csv")[1:]]
    assert measured == [
        [f"'{HOSTILE}", "Answers", "1"],
        [f"'{HOSTILE}", "Upvotes", "2"],
        ["Budget", "Answers", "1"],
        ["Budget", "Upvotes", "0"],
    ]


def test_xlsx_has_numbers_beside_texts(dataset: Dataset) -> None:
    sheet = load_workbook(BytesIO(get("xlsx").write(dataset, str))).worksheets[1]
    cells = [[cell for cell in row[:2] if cell.value is not None] for row in sheet.iter_rows()]
    (hostile,) = (row for row in cells if row and row[0].value == HOSTILE)
    assert [(cell.data_type, cell.value) for cell in hostile] == [("s", HOSTILE), ("n", 2)]


def test_json_keeps_to_its_schema_and_says_what_a_column_holds(dataset: Dataset) -> None:
    written = json.loads(get("json").write(dataset, str))
    jsonschema.validate(written, SCHEMA)
    (poll,) = written["slides"][0]["rounds"]
    assert poll["columns"] == [{"label": "Answer", "unit": "text"}, {"label": "Upvotes", "unit": "count"}]
    assert poll["rows"] == [[HOSTILE, 2], ["Budget", 0]]


def test_under_the_chatham_house_rule_a_cell_is_empty_below_five_and_the_file_says_why(careful: Facilitator) -> None:
    wall = Wall(careful)
    wall.write(*(f"Answer {number}" for number in range(10)))
    one, other = wall.shown()[:2]
    wall.crowd(9, one)
    wall.crowd(4, other)
    careful.close()
    written = json.loads(get("json").write(dataset_of(wall), str))
    jsonschema.validate(written, SCHEMA)
    (poll,) = written["slides"][0]["rounds"]
    assert poll["rows"][0] == [one.text, 9]
    assert {row[1] for row in poll["rows"][1:]} == {""}
    assert "upvotes" in {note["code"] for note in poll["withheld"]}


def test_rounds_with_upvotes_are_not_put_side_by_side_by_words(facilitator: Facilitator) -> None:
    wall = Wall(facilitator)
    wall.write("Budget")
    wall.poll = facilitator.ask_again()
    wall.write("Budget")
    assert dataset_of(wall).slides[0].compared is None
