"""Pages come in the language people's browsers ask for, among those on offer."""

import pytest
from flask import Flask, session

from pollapp import locales


@pytest.fixture(autouse=True)
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three languages are on offer."""
    monkeypatch.setattr(locales, "offered", lambda: ("en", "ar", "fr"))


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ("ar", "ar"),
        ("fr-CA,fr;q=0.8,en;q=0.5", "fr"),
        ("en;q=0.2,ar;q=0.9", "ar"),
        ("de, fr;q=0.1", "fr"),
        ("de", "en"),
        ("", "en"),
        ("*;q=nonsense,,;;", "en"),
    ],
)
def test_the_browser_is_asked(app: Flask, wishes: str, language: str) -> None:
    with app.test_request_context(headers={"Accept-Language": wishes}):
        assert locales.select() == language


def test_what_was_chosen_goes_first(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "ar"}):
        session["language"] = "fr"
        assert locales.select() == "fr"
        session["language"] = "xx"
        assert locales.select() == "ar"


def test_without_a_request_it_is_the_first(app: Flask) -> None:
    with app.app_context():
        assert locales.select() == "en"
