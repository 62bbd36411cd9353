"""Curating a cloud: what is hidden, joined and renamed is so everywhere at once, is taken back without a trace, and lasts."""

import threading

import pytest
from sqlalchemy import select

from pollapp.ballots import KeyRing, Round, take_for_files
from pollapp.ballots.curated import Change
from pollapp.ballots.curating import MOST_AT_ONCE, MOST_CHANGES, MOST_DISMISSED, NAME_LENGTH, Look, pair
from pollapp.ballots.models import Curation
from pollapp.database import Database
from pollapp.errors import BadCuration, NotFound, Outdated, UnknownRound
from pollapp.meetings import curating, reviewing
from tests.actors import Facilitator, Participant
from tests.books import Books


@pytest.fixture
def leader(database: Database, keys: KeyRing, owner_id: int, preset: str) -> Facilitator:
    """A facilitator in each preset in turn."""
    return Facilitator(database, keys, owner_id, preset=preset)


WRITTEN = ("trust", "Trust", "trust", "confidence", "comittee", "committee", "committee", "hope")


def asked(leader: Facilitator, *words: str) -> tuple[Round, list[Participant]]:
    """Let each word be written by somebody else, and the round be closed, so that all are published."""
    poll = leader.ask("word_cloud", entries=2)
    room = [leader.let_in() for _ in words]
    for person, word in zip(room, words, strict=True):
        person.answer(poll, word)
    leader.close()
    return poll, room


def seen(leader: Facilitator, poll: Round) -> dict[str, int]:
    """Return what is shown, which screens, tables and files have to agree about."""
    snapshot = leader.sees(poll)
    for_files = leader.database.read(lambda session: take_for_files(session, session.get_one(Round, poll.id), ()))
    rows = dict(snapshot.table.rows)
    assert rows == dict(for_files.table.rows) == {word["word"]: word["count"] for word in snapshot.results["words"]}
    return rows


def do(leader: Facilitator, poll: Round, act: str, *words: str, into: str = "") -> Change:
    return leader.database.run(curating.change, leader.id, poll.id, act, words, into)


def undo(leader: Facilitator, poll: Round, change: Change) -> Change:
    return leader.database.run(curating.undo, leader.id, poll.id, change.id)


def look(leader: Facilitator, poll: Round) -> Look:
    return leader.database.read(curating.look, leader.id, poll.id).look


def stored(leader: Facilitator) -> list:
    with leader.database.engine.connect() as connection:
        return list(connection.execute(select(Curation.changes, Curation.dismissed)))


def test_words_are_hidden_joined_and_renamed_and_each_is_taken_back(leader: Facilitator) -> None:
    poll, _ = asked(leader, *WRITTEN)
    before = leader.sees(poll)
    as_written = seen(leader, poll)
    assert as_written == {"trust": 3, "committee": 2, "comittee": 1, "confidence": 1, "hope": 1}
    joined = do(leader, poll, "merge", "comittee", into="committee")
    renamed = do(leader, poll, "rename", "confidence", into="  Faith in  people ")
    hidden = do(leader, poll, "hide", "hope")
    after = leader.sees(poll)
    assert seen(leader, poll) == {"trust": 3, "committee": 3, "Faith in people": 1}
    assert (after.participants, after.ballots, after.curated) == (before.participants, before.ballots, 3)
    assert after.number == before.number + 3
    undo(leader, poll, renamed)
    assert seen(leader, poll) == {"trust": 3, "committee": 3, "confidence": 1}
    undo(leader, poll, hidden)
    undo(leader, poll, joined)
    assert (seen(leader, poll), leader.sees(poll).curated, stored(leader)) == (as_written, 0, [])
    assert leader.sees(poll).number == before.number + 6


def test_what_is_written_later_follows(facilitator: Facilitator) -> None:
    poll, _ = asked(facilitator, *WRITTEN)
    do(facilitator, poll, "hide", "hope")
    do(facilitator, poll, "merge", "confidence", into="trust")
    facilitator.open()
    for word in ("HOPES", "Confidence", "confidence", "time"):
        facilitator.let_in().answer(poll, word)
    assert seen(facilitator, poll) == {"trust": 6, "committee": 2, "comittee": 1, "time": 1}


def test_the_rounds_of_a_slide_are_curated_each_for_itself_and_compared_as_curated(facilitator: Facilitator) -> None:
    first, _ = asked(facilitator, "trust", "confidence")
    do(facilitator, first, "merge", "confidence", into="trust")
    second = facilitator.ask_again()
    facilitator.let_in().answer(second, "confidence")
    assert (seen(facilitator, first), seen(facilitator, second)) == ({"trust": 2}, {"confidence": 1})
    clouds = facilitator.database.read(curating.look, facilitator.id)
    assert ([poll.id for poll in clouds.polls], clouds.poll) == ([first.id, second.id], clouds.polls[1])


def test_moderation_and_review_come_first(leader: Facilitator) -> None:
    poll, _ = asked(leader, *WRITTEN[:6], "@kiwi", "shit")
    leader.moderate("off", "mask")
    entry = next(each for each in leader.queue() if each.text == "comittee")
    leader.decide(entry, "hidden")
    review = leader.database.read(reviewing.look, leader.id, leader.keys).written
    kiwi = next(each.entry for each in review if each.entry.text == "@kiwi")
    leader.database.run(
        reviewing.decide, leader.id, leader.keys,
        round_id=poll.id, key=kiwi.key, fingerprint=kiwi.fingerprint, decision="drop",
    )  # fmt: skip
    listed = {each.word: each.key for each in look(leader, poll).words}
    assert set(listed) == {"trust", "confidence", "committee", "****"}
    with pytest.raises(Outdated):
        do(leader, poll, "merge", "comittee", into="committee")
    do(leader, poll, "hide", listed["****"])
    assert seen(leader, poll) == {"trust": 3, "committee": 1, "confidence": 1}


def test_a_careful_facilitator_curates_what_is_published_and_no_more(careful: Facilitator) -> None:
    poll = careful.ask("word_cloud")
    for word in ("trust",) * 4:
        careful.let_in().answer(poll, word)
    assert look(careful, poll).words == []
    with pytest.raises(Outdated):
        do(careful, poll, "hide", "trust")
    assert careful.sees(poll).number == 0


def test_the_seal_keeps_what_is_seen_and_forgets_what_was_withdrawn(leader: Facilitator) -> None:
    poll, _ = asked(leader, *WRITTEN, "quetzal", "archaeopteryx", "archeopteryx")
    do(leader, poll, "hide", "quetzal", "hope")
    do(leader, poll, "merge", "archeopteryx", into="archaeopteryx")
    do(leader, poll, "merge", "comittee", into="committee")
    do(leader, poll, "rename", "committee", into="A working group")
    leader.database.run(curating.dismiss, leader.id, poll.id, "trust", "confidence")
    review = leader.database.read(reviewing.look, leader.id, leader.keys).written
    for text in ("quetzal", "archaeopteryx"):
        entry = next(each.entry for each in review if each.entry.text == text)
        leader.database.run(
            reviewing.decide, leader.id, leader.keys,
            round_id=poll.id, key=entry.key, fingerprint=entry.fingerprint, decision="drop",
        )  # fmt: skip
    before = seen(leader, poll)
    assert before == {"trust": 3, "A working group": 3, "confidence": 1, "archeopteryx": 1}
    leader.end()
    leader.seal()
    leader.seal()
    assert seen(leader, poll) == before
    ((changes, dismissed),) = stored(leader)
    assert (dismissed, [each[1:] for each in changes]) == (
        [],
        [["hide", ["hope"], "", True], ["rename", ["comittee", "committee"], "A working group", True]],
    )
    change = do(leader, poll, "hide", "trust")
    assert "trust" not in seen(leader, poll)
    undo(leader, poll, change)
    undo(leader, poll, look(leader, poll).changes[0])
    assert seen(leader, poll) == before | {"hope": 1}
    sealed = leader.database.read(reviewing.look, leader.id, leader.keys).written
    entry = next(each.entry for each in sealed if each.entry.text == "comittee")
    leader.database.run(
        reviewing.decide, leader.id, leader.keys,
        round_id=poll.id, key=entry.key, fingerprint=entry.fingerprint, decision="drop",
    )  # fmt: skip
    assert "comittee" not in str(stored(leader))
    assert seen(leader, poll)["A working group"] == 2


def test_what_is_out_of_date_is_refused_and_changes_nothing(facilitator: Facilitator) -> None:
    poll, _ = asked(facilitator, *WRITTEN)
    change = do(facilitator, poll, "hide", "hope")
    number = facilitator.sees(poll).number
    for act, words, into in (("hide", ["hope"], ""), ("merge", ["hope"], "trust"), ("merge", ["trust"], "hope")):
        with pytest.raises(Outdated):
            do(facilitator, poll, act, *words, into=into)
    undo(facilitator, poll, change)
    undo(facilitator, poll, do(facilitator, poll, "hide", "hope"))
    number += 2
    with pytest.raises(Outdated):
        undo(facilitator, poll, change)
    with pytest.raises(Outdated):
        facilitator.database.run(curating.dismiss, facilitator.id, poll.id, "trust", "gone")
    for act, words, into, reason in (
        ("hide", [], "", "nothing"),
        ("merge", ["trust"], "trust", "nothing"),
        ("explode", ["trust"], "", "nothing"),
        ("rename", ["trust"], "trust", "same"),
        ("rename", ["trust"], " \u200b ", "no_name"),
        ("rename", ["trust"], "x" * (NAME_LENGTH + 1), "too_long"),
        ("hide", [f"w{number}" for number in range(MOST_AT_ONCE + 1)], "", "too_many_words"),
    ):
        with pytest.raises(BadCuration) as refused:
            do(facilitator, poll, act, *words, into=into)
        assert refused.value.params["reason"] == reason
    do(facilitator, poll, "rename", "trust", into="x" * NAME_LENGTH)
    assert facilitator.sees(poll).number == number + 2
    other, _ = facilitator.ask("choice"), None
    with pytest.raises(NotFound):
        do(facilitator, other, "hide", "yes")
    with pytest.raises(UnknownRound):
        facilitator.database.run(curating.undo, facilitator.id, 999, 1)


def test_changes_and_pairs_put_aside_have_a_limit(facilitator: Facilitator) -> None:
    poll, _ = asked(facilitator, *WRITTEN)
    names = [
        [str(number), "rename", ["trust" if number == 1 else str(number - 1)], str(number), False]
        for number in range(1, MOST_CHANGES)
    ]
    pairs = [[f"a{number}", f"b{number}"] for number in range(MOST_DISMISSED)]
    facilitator.database.run(lambda session: session.add(Curation(round_id=poll.id, changes=names, dismissed=pairs)))
    do(facilitator, poll, "hide", "hope")
    with pytest.raises(BadCuration) as refused:
        do(facilitator, poll, "hide", "committee")
    assert refused.value.params == {"reason": "too_many", "limit": MOST_CHANGES}
    facilitator.database.run(curating.dismiss, facilitator.id, poll.id, "confidence", "committee")
    assert look(facilitator, poll).dismissed >= {pair("confidence", "committee"), ("a1", "b1")}
    assert ("a0", "b0") not in look(facilitator, poll).dismissed


def test_two_who_curate_at_once_and_answers_that_come_meanwhile_are_all_kept(facilitator: Facilitator, books) -> None:
    words = [f"{letter * 6}" for letter in "abcdefgh"]
    poll, _ = asked(facilitator, *words)
    facilitator.open()
    late = [facilitator.let_in() for _ in range(8)]
    number = facilitator.sees(poll).number
    jobs = [lambda word=word: do(facilitator, poll, "hide", word) for word in words]
    jobs += [lambda person=person: person.answer(poll, "later") for person in late]
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen(facilitator, poll) == {"later": 8}
    assert facilitator.sees(poll).number == number + 16
    check: Books = books(poll)
    assert check.balance()
    assert len({change.id for change in look(facilitator, poll).changes}) == 8
