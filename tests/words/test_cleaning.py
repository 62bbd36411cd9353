"""Cleaning keeps the visible text as it was written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.words import clean

ZWJ, ZWNJ = "\u200d", "\u200c"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("  human \t\n rights ", "human rights"),
        ("e\u0301cole", "école"),
        ("\u202eevil\u202c \u2066text\u2069", "evil text"),
        ("soft\u00adhyphen", "softhyphen"),
        ("zero\u200bwidth", "zerowidth"),
        ("bell\x07", "bell"),
        ("\ud800lone", "lone"),
        ("\u3164", ""),
        ("\u2800 \u115f", ""),
        ("\ufeff", ""),
        (f"می{ZWNJ}خواهم", f"می{ZWNJ}خواهم"),
        (f"{ZWJ}a{ZWNJ} b{ZWJ}", "a b"),
        (f"👩{ZWJ}💻", f"👩{ZWJ}💻"),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ),
        ("❤️ 1️⃣", "❤️ 1️⃣"),
        ("हिन्दी ที่นี่", "हिन्दी ที่นี่"),
        ("It’s 5 < 6 & “so”", "It’s 5 < 6 & “so”"),
    ],
)
def test_visible_text_stays_and_tricks_go(written: str, stored: str) -> None:
    assert clean(written) == stored


def test_stacked_marks_are_limited() -> None:
    zalgo = "Z" + "\u0351\u036b\u0353\u036a\u0302" * 20 + "!"
    cleaned = clean(zalgo)
    assert cleaned.startswith("Z")
    assert cleaned.endswith("!")
    assert len(cleaned) <= 4


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    assert not any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in cleaned)
    cleaned.encode()


@given(text=st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_letters_are_cleaned_like_all_others(text: str) -> None:
    assert clean(text) == clean(text + " é").removesuffix("é").rstrip()
