"""Suggestions of words that are the same: the ones a person would make, and few that none would."""

import pytest

from pollapp.words import Near, Word, merge, near_duplicates
from pollapp.words.near import CLEARLY_MORE, MOST_ALIKE, MOST_COMPARED, OFTEN_WRONG
from tests.effort import calls

SAME = [
    ("en", "Humen rights", "Human rights"),
    ("en", "comittee", "committee"),
    ("en", "jsutice", "justice"),
    ("en", "recieve", "receive"),
    ("en", "organisation", "organization"),
    ("en", "colour", "color"),
    ("en", "followup", "follow-up"),
    ("en", "respect and trust", "trust and respect"),
    ("de", "Uebung", "Übung"),
    ("de", "Gerechtikeit", "Gerechtigkeit"),
    ("fr", "aprentissage", "apprentissage"),
    ("es", "confiansa", "confianza"),
    ("ru", "солидарност", "солидарность"),
    ("ar", "التعاونن", "التعاون"),
]
MORE_OFTEN_WRONG = [
    ("en", "accomodation", "accommodation"),
    ("en", "Recieve", "receive"),
    ("en", "Humen rights", "Human rights"),
    ("de", "vieleicht", "vielleicht"),
    ("de", "Gerechtikeit", "Gerechtigkeit"),
    ("de", "Uebung", "Übung"),
    ("fr", "aprentissage", "apprentissage"),
    ("fr", "dévelopement", "développement"),
    ("es", "confiansa", "confianza"),
    ("es", "exelente", "excelente"),
    ("it", "proffessore", "professore"),
    ("nl", "onmidellijk", "onmiddellijk"),
    ("pt", "compania", "companhia"),
    ("ru", "програма", "программа"),
    ("ar", "التعاونن", "التعاون"),
]
"""What nobody takes for a word, though more people wrote it."""

FREQUENT_NAMES = [
    ("en", "Macron", "macaron"),
    ("en", "Slack", "slick"),
    ("en", "Canva", "Canvas"),
    ("en", "leaning", "learning"),
    ("de", "Merkel", "Merkmal"),
]
DIFFERENT = [
    ("en", "leaning", "learning"),
    ("en", "thrust", "trust"),
    ("en", "quiet", "quite"),
    ("en", "inclusive", "inclusion"),
    ("en", "no trust", "trust"),
    ("en", "no one", "noon"),
    ("en", "2024", "2025"),
    ("en", "goal 16", "goal 17"),
    ("en", "hop", "hope"),
    ("en", "mentor", "venter"),
    ("en", "now here", "no where"),
    ("de", "lehren", "lernen"),
    ("de", "Arbeiter", "Arbeit"),
    ("de", "Ungerechtigkeit", "Gerechtigkeit"),
    ("zh", "学习吧", "学习"),
]


def pairs(tally: dict[str, int], language: str, most: int = 20, **how) -> list[tuple[str, str]]:
    return [
        (near.word.word, near.into.word) for near in near_duplicates(merge(tally, language), language, most=most, **how)
    ]


@pytest.mark.parametrize(("language", "rare", "frequent"), SAME)
def test_what_is_probably_the_same_is_suggested(language: str, rare: str, frequent: str) -> None:
    assert pairs({rare: 1, frequent: 3}, language) == [(rare, frequent)]


@pytest.mark.parametrize(("language", "wrong", "right"), MORE_OFTEN_WRONG)
def test_the_proper_word_stays_also_where_more_people_wrote_the_other(language: str, wrong: str, right: str) -> None:
    assert pairs({wrong: 3, right: 1}, language) == [(wrong, right)]


@pytest.mark.parametrize(("language", "frequent", "rare"), FREQUENT_NAMES)
def test_what_many_wrote_may_be_a_name(language: str, frequent: str, rare: str) -> None:
    assert pairs({frequent: 3, rare: 1}, language) == []


def test_the_more_often_it_is_written_the_plainer_a_slip_has_to_be() -> None:
    assert pairs({"goverment": OFTEN_WRONG, "government": 1}, "en") == [("goverment", "government")]
    assert pairs({"goverment": OFTEN_WRONG + 1, "government": 1}, "en") == []
    assert pairs({"comittee": 100, "committee": 1}, "en") == [("comittee", "committee")]
    assert pairs({"jsutice": 100, "justice": 1}, "en") == [("jsutice", "justice")]
    assert pairs({"Goverment": 3, "Government": 1}, "en") == [("Goverment", "Government")]
    assert pairs({"Goverment": 3, "government": 1}, "en") == []


def test_of_two_proper_spellings_the_more_frequent_one_stays() -> None:
    assert pairs({"organisation": 3, "organization": 1}, "en") == [("organization", "organisation")]


def test_no_pair_is_suggested_in_both_directions() -> None:
    for tally in ({"Uebung": 5, "Übung": 1}, {"Uebung": 1, "Übung": 5}, {"Uebung": 5, "Übung": 1, "Uebun": 1}):
        found = pairs(tally, "de")
        assert not {(into, word) for word, into in found} & set(found), found


@pytest.mark.parametrize(("language", "rare", "frequent"), DIFFERENT)
def test_what_means_another_thing_is_not(language: str, rare: str, frequent: str) -> None:
    assert pairs({rare: 1, frequent: 3}, language) == []


def test_what_folding_joins_needs_no_suggestion() -> None:
    assert pairs({"Trust": 1, "trust": 2, "right": 1, "Rights": 2, "ecole": 1, "École": 1}, "en") == []


def test_of_two_that_are_as_frequent_the_one_a_dictionary_knows_stays() -> None:
    assert pairs({"comittee": 2, "committee": 2}, "en") == [("comittee", "committee")]
    assert pairs({"comittee": 3, "committee": 2}, "en") == [("comittee", "committee")]


def test_a_word_no_dictionary_knows_must_be_written_clearly_more_often() -> None:
    assert pairs({"Zorblaxen": CLEARLY_MORE, "Zorblaxer": 1}, "en") == [("Zorblaxer", "Zorblaxen")]
    assert pairs({"Zorblaxen": CLEARLY_MORE - 1, "Zorblaxer": 1}, "en") == []


def test_the_most_frequent_come_first_each_word_once_and_what_was_put_aside_never() -> None:
    tally = {"followup": 1, "follow up": 9, "comittee": 2, "committee": 30, "jsutice": 1, "justice": 4}
    assert pairs(tally, "en") == [("comittee", "committee"), ("followup", "follow up"), ("jsutice", "justice")]
    assert pairs(tally, "en", most=1) == [("comittee", "committee")]
    near = near_duplicates(merge(tally, "en"), "en", most=1)[0]
    assert near == Near(Word("comittee", "comittee", 2), Word("committee", "committee", 30), "slip")
    dismissed = {(near.word.key, near.into.key)}
    assert pairs(tally, "en", dismissed=dismissed) == [("followup", "follow up"), ("jsutice", "justice")]


def test_a_series_is_no_list_of_slips() -> None:
    series = {f"grou{letter}" + "ing": 9 - place for place, letter in enumerate("abcdefghi")}
    assert len(series) > MOST_ALIKE
    assert pairs(series, "en") == []


def test_ten_thousand_words_are_not_each_compared_with_each() -> None:
    words = merge({f"word number {number}": 1 + number % 7 for number in range(10_000)}, "en")
    assert len(words) > MOST_COMPARED
    near_duplicates(words[:10], "en", most=1)
    effort = calls(lambda: near_duplicates(words, "en", most=10))
    assert effort < 100 * len(words)
