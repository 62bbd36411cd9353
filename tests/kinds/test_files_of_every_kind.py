"""A kind is whole: limits for all that can be set, templates, drawing, table, files to take home, documentation, tests."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from pollapp import kinds
from pollapp.exports import Dataset, Format, RoundData, SlideData, all_formats
from pollapp.kinds import Kind
from tests.exports.test_every_format import content
from tests.real_server import ROOT

ALL = pytest.mark.parametrize("kind", kinds.all_kinds(), ids=lambda kind: kind.NAME)
POLLS = pytest.mark.parametrize(
    "kind", [kind for kind in kinds.all_kinds() if kind.TAKES_ANSWERS], ids=lambda kind: kind.NAME
)
DAY = date(2031, 5, 4)
UNITS = {"text", "count", "number", "percent"}


def settings_schema(kind: Kind) -> list[tuple[str, dict[str, Any]]]:
    """Return name and JSON schema of each setting, those of the rows of a list too."""
    found = msgspec.json.schema(kind.Settings)["$defs"]
    return [(f"{owner}.{name}", each) for owner in found for name, each in found[owner]["properties"].items()]


def without_limit(schema: dict[str, Any]) -> Iterator[str]:
    """Say what of a setting has no end."""
    for each in schema.get("anyOf", ()):
        yield from without_limit(each)
    kind = schema.get("type")
    if kind == "array":
        if "maxItems" not in schema:
            yield "list"
        yield from without_limit(schema["items"])
    elif kind == "string" and not {"maxLength", "enum", "pattern"} & schema.keys():
        yield "text"
    elif kind in ("integer", "number") and not {"minimum", "maximum"} <= schema.keys():
        yield "number"


@ALL
def test_it_has_its_templates(kind: Kind) -> None:
    folder = ROOT / "templates" / "kinds" / kind.NAME
    assert [name for name in ("edit.html", "answer.html", "icon.svg") if not (folder / name).is_file()] == []


@POLLS
def test_it_draws_its_results(kind: Kind) -> None:
    assert (ROOT / "static" / "src" / "kinds" / f"{kind.NAME}.js").is_file()


@ALL
def test_all_that_can_be_set_has_a_limit(kind: Kind) -> None:
    assert [(name, what) for name, schema in settings_schema(kind) for what in without_limit(schema)] == []


@ALL
def test_its_page_tells_its_limits_and_shows_it(kind: Kind) -> None:
    page = (ROOT / "docs" / "kinds" / f"{kind.NAME}.md").read_text(encoding="utf-8")
    picture = f"../pictures/kind-{kind.NAME}.png"
    assert f"]({picture})" in page
    assert (ROOT / "docs" / "kinds" / picture).read_bytes().startswith(b"\x89PNG")
    told = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", page)}
    untold = [
        (name, schema[limit])
        for name, schema in settings_schema(kind)
        for limit in ("maxLength", "maxItems")
        if limit in schema and "pattern" not in schema and schema[limit] not in told
    ]
    assert untold == []


@ALL
def test_it_has_tests(kind: Kind) -> None:
    mention = re.compile(rf"\b{kind.NAME}\b")
    tests = [file for file in (ROOT / "tests" / "kinds").glob("test_*.py") if not file.stem.endswith("every_kind")]
    assert any(mention.search(file.read_text(encoding="utf-8")) for file in tests)


@POLLS
@pytest.mark.parametrize("file_format", all_formats(), ids=lambda each: each.NAME)
def test_its_table_is_in_every_file(kind: Kind, file_format: Format) -> None:
    settings = kind.Settings()
    table = kind.table(settings, kind.sample(settings), "en")
    assert table.rows
    assert {column.unit for column in table.columns} <= UNITS
    assert {len(row) for row in table.rows} == {len(table.columns)}
    asked = RoundData(1, "closed", DAY, 24, 24, table, ())
    slide = SlideData(1, kind.NAME, kind.TITLE, "What do you say?", (asked,))
    text = content(
        file_format.write(Dataset("Peer learning", "en", "standard", "ended", DAY, DAY, (slide,), None), str)
    )
    texts = [column.label for column in table.columns]
    texts += [str(cell) for row in table.rows for cell in row if isinstance(cell, str)]
    assert [each for each in texts if each not in text] == []
