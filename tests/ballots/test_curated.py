"""Curation as pure functions: counts are only added up, what is taken back leaves nothing, the seal keeps what is seen."""

from collections import Counter

from hypothesis import assume, given
from hypothesis import strategies as st

from pollapp.ballots.curated import HIDE, MERGE, RENAME, Change, Shown, curate, settled, words_of
from pollapp.kinds import WRITTEN
from pollapp.words import fold, merge

FORMS = ("trust", "Trust", "TRUST", "remedy", "Remedies", "time", "times", "hope", "Hoffnung", "step by step")
KEYS = sorted({fold(form, "en") for form in FORMS})
NAMES = ("Trust", "Confidence", "time", "Zeit", "Remedy!", "hope")

tallies = st.dictionaries(st.sampled_from(FORMS).map(WRITTEN.__add__), st.integers(0, 9))
keys = st.sampled_from([*KEYS, *sorted({fold(name, "en") for name in NAMES})])
words = st.lists(keys, min_size=1, max_size=3, unique=True).map(tuple)
acts = st.one_of(
    st.tuples(st.just(HIDE), words, st.just("")),
    st.tuples(st.just(MERGE), words, keys),
    st.tuples(st.just(RENAME), words, st.sampled_from(NAMES)),
)
histories = st.lists(acts, max_size=8).map(
    lambda made: [Change(str(number), *each) for number, each in enumerate(made, start=1)]
)


def seen(tally: dict[str, int], changes: list[Change] | tuple[Change, ...]) -> dict[str, int]:
    """Return what a screen shows: each word in the form it is shown in, with its count."""
    curated, _ = curate(tally, changes, "en")
    entries = {key.removeprefix(WRITTEN): count for key, count in curated.items()}
    return {word.word: word.count for word in merge(entries, "en")}


def has_namesakes(tally: dict[str, int], changes: list[Change]) -> bool:
    """Tell whether a screen shows two words as one: nobody wrote what one was joined to, and the other has its name."""
    listed = words_of(tally, changes, "en")
    return len({fold(each.word, "en") for each in listed}) < len(listed)


@given(tallies, histories)
def test_the_page_lists_what_the_screen_shows(tally: dict[str, int], history: list[Change]) -> None:
    listed = words_of(tally, history, "en")
    shown = seen(tally, history)
    assert len({each.key for each in listed}) == len(listed)
    assert sum(each.times for each in listed) == sum(shown.values())
    if not has_namesakes(tally, history):
        assert {each.word: each.times for each in listed} == shown


@given(tallies, tallies, histories)
def test_tallies_that_are_added_up_are_curated_alike(
    one: dict[str, int], other: dict[str, int], history: list[Change]
) -> None:
    counts = [{each.key: each.times for each in words_of(tally, history, "en")} for tally in (one, other)]
    together = dict(Counter(one) + Counter(other))
    assert {each.key: each.times for each in words_of(together, history, "en")} == dict(
        sum(map(Counter, counts), Counter())
    )


@given(tallies, histories)
def test_each_entry_is_under_one_word_or_hidden_and_none_is_counted_twice(
    tally: dict[str, int], history: list[Change]
) -> None:
    alone = [sum(seen({key: count}, history).values()) for key, count in tally.items() if count]
    assert sum(seen(tally, history).values()) == sum(alone)
    assert all(each in (0, count) for each, count in zip(alone, filter(None, tally.values()), strict=True))


@given(tallies, histories, acts)
def test_what_is_taken_back_leaves_nothing(tally: dict[str, int], history: list[Change], act: tuple) -> None:
    change = Change("99", *act)
    assert curate(tally, [*history, change][:-1], "en") == curate(tally, history, "en")
    assert curate(tally, [change][:-1], "en") == (tally, 0)


@given(tallies, histories, st.lists(keys, min_size=1, max_size=2, unique=True))
def test_a_hidden_word_is_nowhere(tally: dict[str, int], history: list[Change], hidden: list[str]) -> None:
    before = {each.key: each for each in words_of(tally, history, "en")}
    after = {each.key: each for each in words_of(tally, [*history, Change("99", HIDE, tuple(hidden))], "en")}
    assert after == {key: each for key, each in before.items() if key not in hidden}


@given(tallies, histories)
def test_the_seal_keeps_what_is_seen_names_what_is_there_and_tells_no_order(
    tally: dict[str, int], history: list[Change]
) -> None:
    assume(not has_namesakes(tally, history))
    kept = settled(tally, history, "en")
    assert Counter(seen(tally, kept)) == Counter(seen(tally, history))
    there = {fold(key.removeprefix(WRITTEN), "en") for key, count in tally.items() if count}
    for change in kept:
        assert {*change.words, *([change.into] if change.act == MERGE else [])} <= there
    shuffled = list(reversed(kept))
    assert seen(tally, shuffled) == seen(tally, kept)
    assert settled(tally, kept, "en") == kept
    assert kept == tuple(sorted(kept, key=lambda change: change[1:]))


def test_changes_stand_for_what_was_joined_before() -> None:
    tally = {"~trust": 3, "~Trust": 1, "~confidence": 2, "~hope": 1}
    joined = Change("1", MERGE, ("confidence",), "trust")
    assert words_of(tally, [joined], "en")[0] == Shown("trust", "trust", 6, ("Trust", "confidence"))
    renamed = Change("2", RENAME, ("trust",), "Faith in people")
    assert seen(tally, [joined, renamed]) == {"Faith in people": 6, "hope": 1}
    assert seen(tally, [renamed]) == {"Faith in people": 4, "confidence": 2, "hope": 1}
    assert seen(tally, [joined, renamed, Change("3", HIDE, (fold("Faith in people", "en"),))]) == {"hope": 1}


def test_a_name_that_is_a_word_already_is_joined_to_it_and_is_what_the_facilitator_wrote() -> None:
    assert seen({"~hop": 2, "~hope": 3, "~HOPE": 4}, [Change("1", RENAME, ("hop",), "Hope!")]) == {"Hope!": 9}


def test_two_words_can_change_names() -> None:
    tally = {"~left": 2, "~right": 3}
    swap = [
        Change("1", RENAME, ("left",), "Spare"),
        Change("2", RENAME, ("right",), "left"),
        Change("3", RENAME, (fold("Spare", "en"),), "right"),
    ]
    assert seen(tally, swap) == {"right": 2, "left": 3}
    assert seen(tally, settled(tally, swap, "en")) == {"right": 2, "left": 3}


def test_words_are_joined_although_nobody_wrote_the_one_they_were_joined_to_any_more() -> None:
    joined = [Change("1", MERGE, ("hope", "time"), "trust")]
    tally = {"~hope": 2, "~time": 3, "~trust": 0}
    assert seen(tally, joined) == {"time": 5}
    (listed,) = words_of(tally, joined, "en")
    assert seen(tally, [*joined, Change("2", HIDE, (listed.key,))]) == {}
    (kept,) = settled(tally, joined, "en")
    assert kept[1:] == (MERGE, ("hope",), "time", True)
