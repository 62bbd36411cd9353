"""A cloud shows what most people wrote, and loses nobody's entry."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from pollapp.words import Merged, Word, cloud_words, fold, merge, merge_most_frequent

words_often_written = st.sampled_from(
    [
        "school",
        "schools",
        "School",
        "SCHOOL",
        "UN",
        "un",
        "AIDS",
        "aids",
        "right",
        "rights",
        "👍",
        "???",
        "école",
        "ecole",
    ]
)
tallies = st.dictionaries(
    words_often_written | st.text(min_size=1, max_size=8),
    st.integers(1, 50),
    max_size=20,
)


def test_the_form_most_people_wrote_is_shown() -> None:
    assert merge({"school": 2, "Schools": 3, "UN": 4, "learning": 1}, "en") == [
        Word("school", "Schools", 5),
        Word("un", "UN", 4),
        Word("learn", "learning", 1),
    ]


def test_both_scripts_of_chinese_are_one_word_shown_as_most_people_wrote_it() -> None:
    assert merge({"學習": 3, "学习": 2, "信任": 1}, "zh") == [Word("学习", "學習", 5), Word("信任", "信任", 1)]
    texts = ["我們希望學習人權教育", "我們的學習", "我们希望学习人权教育"]
    words = {word.key: (word.word, word.count) for word in merge(cloud_words(texts, "zh"), "zh")}
    assert words["学习"] == ("學習", 3)


def test_an_acronym_is_not_lost_among_articles() -> None:
    assert {word.word for word in merge({"UN": 1, "un": 5}, "fr")} == {"UN", "un"}


def test_entries_counted_zero_times_are_left_out() -> None:
    assert merge({"gone": 0, "here": 1}, "en") == [Word("here", "here", 1)]


@settings(deadline=None)  # the first word of a language loads its dictionary
@given(tallies)
def test_merging_keeps_the_sum_and_the_keys_are_unique(tally: dict[str, int]) -> None:
    words = merge(tally, "en")
    assert sum(word.count for word in words) == sum(tally.values())
    assert len({word.key for word in words}) == len(words)
    assert all(word.word in tally and fold(word.word, "en") == word.key for word in words)
    assert [word.count for word in words] == sorted((word.count for word in words), reverse=True)


@settings(deadline=None)  # the first word of a language loads its dictionary
@given(tallies, tallies)
def test_the_order_of_counting_does_not_matter(one: dict[str, int], other: dict[str, int]) -> None:
    forward, backward = Counter(one), Counter(other)
    forward.update(other)
    backward.update(one)
    assert merge(forward, "en") == merge(backward, "en")


def test_stop_words_go_from_free_text_and_acronyms_stay() -> None:
    words = cloud_words(["I want to learn how others help the UN schools", "WHO ARE WE?", "the WHO and it's IT"], "en")
    assert {"UN", "schools", "help", "learn", "WHO", "IT"} <= set(words)
    assert not {"the", "to", "how", "I", "it's", "ARE", "WE", "and"} & set(words)


def test_a_word_counts_once_per_text() -> None:
    assert merge(cloud_words(["school schools School", "schools"], "en"), "en") == [Word("school", "school", 2)]


def test_numbers_addresses_and_single_letters_say_nothing() -> None:
    assert cloud_words(["2024 www.example.org someone@example.org a b C++ peer-learning"], "en") == {
        "C++": 1,
        "peer-learning": 1,
    }


def test_each_language_of_the_united_nations_has_its_stop_words() -> None:
    assert set(cloud_words(["J’aimerais l'école aujourd'hui et qu'il y ait des droits à l’ONU"], "fr")) >= {
        "école",
        "aujourd'hui",
        "droits",
        "ONU",
    }
    assert not {"et", "des", "à", "y", "l", "qu'il"} & set(cloud_words(["et des à y l'école qu'il"], "fr"))
    assert set(cloud_words(["Quiero aprender sobre los derechos y la educación"], "es")) == {
        "Quiero",
        "aprender",
        "derechos",
        "educación",
    }
    assert set(cloud_words(["Я хочу узнать о правах человека и не только"], "ru")) == {
        "хочу",
        "узнать",
        "правах",
        "человека",
    }
    assert {"حقوق", "الإنسان", "المدارس"} <= set(cloud_words(["هذا عن حقوق الإنسان في المدارس"], "ar"))
    assert not {"هذا", "عن", "في"} & set(cloud_words(["هذا عن حقوق الإنسان في المدارس"], "ar"))
    assert set(cloud_words(["我希望学习人权，因为问题很多"], "zh")) == {"希望", "学习", "人权", "问题"}


@settings(deadline=None)  # the first word of a language loads its dictionary
@given(st.lists(st.text(max_size=40), max_size=5))
def test_free_text_never_fails(texts: list[str]) -> None:
    assert all(0 < count <= len(texts) for count in cloud_words(texts, "zh").values())


def merged_from_scratch(tally: dict[str, int]) -> list[Word]:
    """Merge as plainly as can be said."""
    groups: dict[str, dict[str, int]] = {}
    for entry, count in tally.items():
        if count > 0:
            groups.setdefault(fold(entry, "en"), {})[entry] = count
    words = [
        Word(key, min(forms, key=lambda form: (-forms[form], form)), sum(forms.values()))
        for key, forms in groups.items()
    ]
    return sorted(words, key=lambda word: (-word.count, word.word))


@settings(deadline=None)  # the first word of a language loads its dictionary
@given(st.lists(st.dictionaries(words_often_written, st.integers(-3, 4), max_size=12), max_size=6), st.integers(0, 8))
def test_however_a_tally_came_about_the_most_frequent_words_are_the_same(
    changes: list[dict[str, int]], most: int
) -> None:
    tally: Counter[str] = Counter()
    for change in changes:  # additions, changes of mind, removals
        tally.update({entry: max(by, -tally[entry]) for entry, by in change.items()})
        expected = merged_from_scratch(tally)
        assert merge(tally, "en") == expected
        assert merge_most_frequent(tally, "en", most) == Merged(
            expected[:most], len(expected), sum(word.count for word in expected)
        )


def test_ties_at_the_end_of_what_is_shown_are_broken_by_the_text() -> None:
    tally = dict.fromkeys(["tree", "bird", "apple", "cloud"], 2) | {"sun": 3}
    assert [word.word for word in merge_most_frequent(tally, "en", 3).words] == ["sun", "apple", "bird"]
