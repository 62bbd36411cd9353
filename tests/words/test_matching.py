"""Typed answers: what a fair reader takes for the same, and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.words import match_key
from pollapp.words.matching import MOST_KEY

SAME = [
    ("en", "The Hague", "the hague"),
    ("en", "The Hague", "HAGUE"),
    ("en", "São Paulo", "sao paulo"),
    ("en", "New York", "newyork"),
    ("en", "New York", "New-York!"),
    ("en", "U.S.A.", "USA"),
    ("en", "O'Neill", "o\u2019neill"),
    ("en", "ＡＢＣ", "abc"),
    ("en", "1,000", "1,000."),
    ("fr", "L'Afrique", "afrique"),
    ("fr", "La Suisse", "suisse"),
    ("de", "Die Schweiz", "schweiz"),
    ("es", "El Salvador", "salvador"),
    ("ar", "القاهرة", "قاهرة"),
    ("zh", "聯合國", "联合国"),
    ("ru", "Пётр", "петр"),
    ("en", "-5", "\u22125"),
    ("en", "C++", "c++"),
    ("en", "🦊", "🦊"),
]
OTHER = [
    ("en", "Iraq", "Iran"),
    ("en", "12", "13"),
    ("en", "1.5", "15"),
    ("en", "5", "-5"),
    ("en", "C", "C++"),
    ("en", "house", "houses"),
    ("en", "was", "is"),
    ("en", "better", "good"),
    ("en", "A", "The"),
    ("en", "The The", "A"),
    ("de", "Mutter", "Vater"),
    ("ru", "й", "и"),
    ("en", "🦊", "🐻"),
]


@pytest.mark.parametrize(("language", "one", "other"), SAME)
def test_what_differs_in_form_alone_is_the_same_answer(language: str, one: str, other: str) -> None:
    assert match_key(one, language) == match_key(other, language)


@pytest.mark.parametrize(("language", "one", "other"), OTHER)
def test_what_is_another_answer_stays_another(language: str, one: str, other: str) -> None:
    assert match_key(one, language) != match_key(other, language)


@given(text=st.text(max_size=60), language=st.sampled_from(["en", "fr", "ar", "zh", ""]))
def test_any_text_has_a_key_of_its_own_that_fits(text: str, language: str) -> None:
    key = match_key(text, language)
    assert len(key) <= MOST_KEY
    assert match_key(text.upper().lower(), language) == match_key(text.lower().upper().lower(), language)
    if text.strip() and text.isalnum():
        assert key
