"""Languages of meetings know their names, their direction, and load without a stall."""

import pytest
from simplemma.strategies.dictionaries import dictionary_factory

from pollapp.words import LANGUAGES, direction, fold, warm
from pollapp.words.lemmas import lemma
from pollapp.words.stopwords import stop_words


def test_the_six_united_nations_languages_come_first() -> None:
    assert list(LANGUAGES)[:6] == ["en", "fr", "es", "ar", "ru", "zh"]


def test_languages_name_themselves() -> None:
    assert LANGUAGES["fr"].own_name == "Français"
    assert LANGUAGES["ar"].own_name == "العربية"
    assert LANGUAGES["zh"].english_name == "Chinese"


def test_direction() -> None:
    assert [direction(code) for code in ("ar", "he", "en", "xx")] == ["rtl", "rtl", "ltr", "ltr"]


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_language_can_be_warmed_and_has_stop_words(code: str) -> None:
    warm(code)
    assert stop_words(code)


@pytest.mark.parametrize("code", ["ar", "el", "ru", "de"])
def test_warming_leaves_nothing_to_load(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    warm(code)
    monkeypatch.setattr(dictionary_factory.lzma, "open", lambda *_: pytest.fail("read a dictionary"))
    lemma(LANGUAGES[code].own_name + LANGUAGES[code].own_name[-1], code)


def test_an_unknown_language_still_folds_case_and_accents() -> None:
    assert fold("CAFÉ", "xx") == "cafe"
