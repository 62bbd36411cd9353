"""The page "What we store": it says something of every column there is, and of none that is not."""

import pytest
from flask import Flask

from pollapp import stored
from pollapp.database import Base
from tests.actors import Facilitator

TABLES = Base.metadata.tables
COLUMNS = [(table.name, column.name) for table in TABLES.values() for column in table.columns]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_whom_it_is_about_what_it_holds_and_until_when(name: str) -> None:
    info = TABLES[name].info
    assert info["group"] in stored.GROUPS
    assert all(info[part].strip() for part in ("title", "about", "until"))


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_column_has_a_plain_sentence(table: str, column: str) -> None:
    about = TABLES[table].columns[column].info.get("about", "")
    assert about.endswith("."), "one sentence in `info` beside the column says what it holds"


def test_the_page_shows_every_column_once_and_no_other(app: Flask) -> None:
    shown = [
        (table.name, column.name) for group in stored.groups() for table in group.tables for column in table.columns
    ]
    assert sorted(shown) == sorted(COLUMNS)
    page = app.test_client().get("/what-we-store")
    assert page.status_code == 200
    for table, column in COLUMNS:
        assert f">{table}</code>" in page.text
        assert f">{column}</code>" in page.text
    assert "1,095" in page.text


def test_phones_are_led_to_it_before_they_join_and_while_they_are_in(app: Flask, host: Facilitator) -> None:
    phone = app.test_client()
    at = f"/m/{host.meeting.code}"
    assert "/what-we-store" in phone.get(at).text
    phone.post(f"{at}/enter")
    assert "/what-we-store" in phone.get(at).text
