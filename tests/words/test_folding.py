"""What is the same answer to a reader is counted as one, and what is not stays apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pollapp.words import LANGUAGES, fold

SAME = [
    ("en", "school", "schools", "School", "SCHOOLS", "school.", "“school”", "ｓｃｈｏｏｌ", " school "),
    ("en", "human rights", "Human Right", "HUMAN RIGHTS", "human-rights", "human  rights!"),
    ("en", "UN", "U.N.", "un", "ＵＮ"),
    ("en", "peer learning", "Peer-learning", "peer\u2011learning"),
    ("en", "don't know", "Don’t know", "don‘t know", "don`t know"),
    ("en", "café", "cafe", "cafés", "cafe\u0301"),
    ("en", "SDGs", "SDG", "sdg"),
    ("en", "AI", "ai", "A.I."),
    ("en", "#metoo", "MeToo"),
    ("en", "❤️", "❤"),
    ("en", "child", "children", "Children’s"),
    ("en", "webinar", "webinars"),
    ("fr", "école", "Écoles", "l'école", "L’ÉCOLE", "ecole", "ecoles", "ECOLES", "L'ECOLE"),
    ("fr", "générosité", "generosites", "Generosite"),
    ("fr", "pêcheur", "pécheur", "pecheurs"),
    ("fr", "droit humain", "droits humains"),
    ("fr", "cœur", "coeur", "Cœurs"),
    ("fr", "aujourd'hui", "aujourd’hui"),
    ("es", "educación", "EDUCACION", "Educación"),
    ("es", "derechos humanos", "Derecho humano"),
    ("es", "acción", "acciones", "accion", "ACCIONES"),
    ("es", "joven", "jóvenes", "jovenes", "Jovenes"),
    ("pt", "ação", "ações", "acoes", "acao"),
    ("it", "città", "citta"),
    ("ru", "ёлка", "елка", "Ёлки"),
    ("ru", "школа", "школы", "Школа", "школу"),
    ("ru", "права человека", "Право человека"),
    ("ru", "ООН", "оон"),
    ("ar", "مدرسة", "المدرسة", "المدارس", "مدارس", "مدرسه", "المدرسه"),
    ("ar", "التعليم", "تعليم", "تَعْلِيم", "تعلـــيم", "والتعليم", "للتعليم"),
    ("ar", "حقوق الإنسان", "حقوق الانسان", "حقوق الأنسان"),
    ("zh", "人权教育", "人权 教育", "人权教育。", "「人权教育」", "人權教育"),
    ("zh", "学习", "學習"),
    ("de", "Schule", "schulen", "SCHULEN"),
    ("de", "Straße", "STRASSE", "strasse"),
    ("el", "Δικαίωμα", "δικαιωμα", "ΔΙΚΑΙΩΜΑ", "ΔΙΚΑΙΩΜΑΤΑ", "δικαιώματα"),
    ("tr", "IŞIK", "ışık"),
    ("tr", "İstanbul", "istanbul"),
    ("he", "שָׁלוֹם", "שלום"),
]

APART = [
    ("en", "C", "C++", "C#"),
    ("en", "AIDS", "aids"),
    ("en", "IT", "it"),
    ("en", "human rights", "rights human"),
    ("en", "right", "human rights"),
    ("en", "peace", "piece"),
    ("en", "👍", "👎"),
    ("en", "R&D", "RD"),
    ("en", "1.5", "15"),
    ("en", "50%", "50"),
    ("fr", "UN", "un"),
    ("fr", "ecole", "ecologie", "colle"),
    ("fr", "networking", "netwörk"),
    ("es", "joven", "jove"),
    ("en", "學習", "学习"),
    ("ru", "й", "и"),
    ("ru", "мой", "мои дом"),
    ("ru", "лайка", "лаика"),
    ("ar", "علم", "تعليم"),
    ("ar", "مدرسة", "مدرس"),
    ("hi", "कि", "की", "के"),
    ("th", "มา", "มี"),
    ("zh", "人权", "人权教育"),
]


@pytest.mark.parametrize("group", SAME, ids=lambda group: f"{group[0]}-{group[1]}")
def test_every_spelling_of_a_group_is_one(group: tuple[str, ...]) -> None:
    language, *entries = group
    assert len({fold(entry, language) for entry in entries}) == 1, {entry: fold(entry, language) for entry in entries}


@pytest.mark.parametrize("group", APART, ids=lambda group: f"{group[0]}-{group[1]}")
def test_what_differs_stays_apart(group: tuple[str, ...]) -> None:
    language, *entries = group
    assert len({fold(entry, language) for entry in entries}) == len(entries), {
        entry: fold(entry, language) for entry in entries
    }


@pytest.mark.parametrize("entry", ["???", "👍🏽", "!", "=", "...", "'", "\u202e", "C++", "+", "#"])
def test_nothing_folds_to_nothing(entry: str) -> None:
    assert fold(entry, "en")


entries = st.text(min_size=1, max_size=60) | st.text(
    alphabet="aàAëйиеёعةهاsS '-.#+&👍\u200d\ufe0f人", min_size=1, max_size=20
)


@settings(deadline=None)  # the first word of a language loads its dictionary
@given(entry=entries, language=st.sampled_from(sorted(LANGUAGES)))
def test_folding_a_folded_entry_changes_nothing(entry: str, language: str) -> None:
    folded = fold(entry, language)
    assert folded
    assert fold(folded, language) == folded
