"""The JSON file keeps to its documented schema."""

import json
from pathlib import Path

import jsonschema
import pytest

from pollapp.exports import Dataset, get
from tests.exports.conftest import meeting

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "export-schema.json").read_text(encoding="utf-8"))


def test_the_schema_is_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_files_keep_to_the_schema(dataset: Dataset) -> None:
    for each in (dataset, meeting()):
        jsonschema.validate(json.loads(get("json").write(each, str)), SCHEMA)


def test_the_schema_refuses_what_it_does_not_name(dataset: Dataset) -> None:
    written = json.loads(get("json").write(dataset, str))
    written["slides"][0]["rounds"][0]["respondent"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written, SCHEMA)


def test_figures_read_back(dataset: Dataset) -> None:
    rounds = json.loads(get("json").write(dataset, str))["slides"][0]["rounds"]
    assert rounds[0]["rows"] == [["Yes", 3, 0.75], ["No", 1, 0.25]]
    assert rounds[1]["withheld"][0]["code"] == "open"
