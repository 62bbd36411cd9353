"""The rules of one ballot: the double vote, the retry, the change of mind and the late answer all meet one row."""

import random
from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from pollapp.ballots import Outcome, Round, encode, store_batch
from pollapp.ballots.models import Ballot
from pollapp.database import Database
from pollapp.errors import BadAnswer, DomainError
from tests.actors import Facilitator
from tests.books import Books

BookOf = Callable[[Round], Books]
YES, NO = ["yes"], ["no"]


def test_an_answer_is_saved_and_counted(facilitator: Facilitator, books: BookOf) -> None:
    poll = facilitator.ask("choice")
    assert facilitator.let_in().answer(poll, YES) == Outcome("saved", 1, encode(YES))
    assert books(poll).tally() == {"yes": 1, "#ballots": 1, "#participants": 1}


def test_a_retry_is_saved_and_not_counted_again(facilitator: Facilitator, books: BookOf) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    for _ in range(3):
        assert participant.answer(poll, YES).code == "saved"
    assert books(poll).tally()["yes"] == 1
    assert books(poll).revision() == 1


def test_a_change_takes_the_old_answer_off(facilitator: Facilitator, books: BookOf) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    participant.answer(poll, YES)
    assert participant.answer(poll, NO, revision=2) == Outcome("saved", 2, encode(NO))
    assert books(poll).tally() == {"no": 1, "#ballots": 1, "#participants": 1}


def test_a_late_retry_never_undoes_a_newer_change(facilitator: Facilitator, books: BookOf) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    participant.answer(poll, YES, revision=1)
    participant.answer(poll, NO, revision=2)
    assert participant.answer(poll, YES, revision=1) == Outcome("saved", 2, encode(NO))
    assert books(poll).tally()["no"] == 1


def test_another_answer_at_the_same_revision_is_superseded_by_what_is_stored(
    facilitator: Facilitator, books: BookOf
) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    participant.answer(poll, YES)
    assert participant.answer(poll, NO) == Outcome("superseded", 1, encode(YES))
    assert books(poll).balance()


def test_a_withdrawn_entry_leaves_no_key_behind(facilitator: Facilitator, books: BookOf) -> None:
    poll, participant = facilitator.ask("word_cloud"), facilitator.let_in()
    participant.answer(poll, "indiscretion")
    assert participant.answer(poll, None, revision=2).code == "saved"
    tally = books(poll).tally()
    assert not any("indiscretion" in key for key in tally)
    assert (tally["#ballots"], tally["#participants"]) == (0, 0)
    assert participant.own(poll)[0].answer is None


def test_a_changed_word_leaves_no_key_behind(facilitator: Facilitator, books: BookOf) -> None:
    poll, participant = facilitator.ask("word_cloud"), facilitator.let_in()
    participant.answer(poll, "indiscretion")
    participant.answer(poll, "discretion", revision=2)
    assert set(books(poll).tally()) == {"~discretion", "#ballots", "#participants"}


def test_the_word_of_two_people_stays_when_one_takes_it_back(facilitator: Facilitator, books: BookOf) -> None:
    poll, first, second = facilitator.ask("word_cloud"), facilitator.let_in(), facilitator.let_in()
    first.answer(poll, "trust")
    second.answer(poll, "trust")
    first.answer(poll, None, revision=2)
    assert books(poll).tally()["~trust"] == 1


def test_entries_of_one_person_are_ballots_of_their_own_and_one_participant(
    facilitator: Facilitator, books: BookOf
) -> None:
    poll, participant = facilitator.ask("word_cloud", entries=3), facilitator.let_in()
    for slot, word in enumerate(("trust", "remedy", "trust")):
        participant.answer(poll, word, slot=slot)
    assert books(poll).tally() == {"~trust": 2, "~remedy": 1, "#ballots": 3, "#participants": 1}


def test_a_closed_round_refuses_a_new_answer(facilitator: Facilitator, books: BookOf) -> None:
    poll = facilitator.ask("choice")
    facilitator.close()
    assert facilitator.let_in().answer(poll, YES) == Outcome("closed")
    assert books(poll).ballots() == []


def test_a_closed_round_refuses_a_change_and_tells_what_counts(facilitator: Facilitator, books: BookOf) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    participant.answer(poll, YES)
    facilitator.close()
    assert participant.answer(poll, NO, revision=2) == Outcome("closed", 1, encode(YES))
    assert books(poll).balance()


def test_a_retry_is_saved_even_when_the_round_has_closed(facilitator: Facilitator) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    participant.answer(poll, YES)
    facilitator.close()
    assert participant.answer(poll, YES) == Outcome("saved", 1, encode(YES))


def test_an_answer_that_came_too_late_counts_once_the_round_reopens(facilitator: Facilitator, books: BookOf) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    facilitator.close()
    participant.answer(poll, YES)
    facilitator.open()
    assert participant.answer(poll, YES).code == "saved"
    assert books(poll).tally()["yes"] == 1


def test_a_round_nobody_opened_is_unknown(facilitator: Facilitator) -> None:
    poll, participant = facilitator.ask("choice"), facilitator.let_in()
    poll.id += 1
    assert participant.answer(poll, YES) == Outcome("unknown_round")


def test_repeats_within_a_batch_meet_the_same_row(facilitator: Facilitator, database: Database, books: BookOf) -> None:
    poll, participant, other = facilitator.ask("choice"), facilitator.let_in(), facilitator.let_in()
    batch = [
        participant.cast(poll, YES),
        participant.cast(poll, YES),
        other.cast(poll, YES),
        participant.cast(poll, NO, revision=2),
        participant.cast(poll, YES, revision=1),
        participant.cast(poll, YES, revision=2),
    ]
    outcomes = database.run(lambda session: store_batch(session.connection(), batch))
    assert [outcome.code for outcome in outcomes] == ["saved", "saved", "saved", "saved", "saved", "superseded"]
    assert books(poll).tally() == {"no": 1, "yes": 1, "#ballots": 2, "#participants": 2}


def test_one_batch_may_hold_answers_to_several_rounds(
    facilitator: Facilitator, database: Database, books: BookOf
) -> None:
    participant = facilitator.let_in()
    first = facilitator.ask("choice")
    facilitator.do("open")
    second = facilitator.ask("word_cloud")
    batch = [participant.cast(second, "trust"), participant.cast(first, YES)]
    outcomes = database.run(lambda session: store_batch(session.connection(), batch))
    assert [outcome.code for outcome in outcomes] == ["saved", "closed"]
    assert books(second).balance()


def test_a_removed_text_is_emptied_not_counted_and_its_writer_is_told(facilitator: Facilitator, books: BookOf) -> None:
    poll, participant, other = facilitator.ask("open_text"), facilitator.let_in(), facilitator.let_in()
    participant.answer(poll, "Names a person")
    other.answer(poll, "Names nobody")
    text = next(text for text in facilitator.sees(poll).results["texts"] if text["text"] == "Names a person")
    before = facilitator.sees(poll).number
    facilitator.remove(poll, text["id"])
    assert [each["text"] for each in facilitator.sees(poll).results["texts"]] == ["Names nobody"]
    assert facilitator.sees(poll).number > before
    assert books(poll).tally()["#ballots"] == 1
    assert participant.answer(poll, "Names a person again", revision=2) == Outcome("removed", 1)
    assert participant.own(poll)[0].is_removed
    assert books(poll).balance()


def test_only_texts_of_this_meeting_can_be_removed(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    facilitator.let_in().answer(poll, YES)
    with pytest.raises(Exception, match="not_found"):
        facilitator.remove(poll, "00" * 8)


def stored_texts(database: Database) -> tuple[list[bytes], list[str]]:
    """Return the ids and the texts of ballots as they lie in the table."""
    query = select(Ballot.id, Ballot.answer)
    if database.engine.dialect.name == "postgresql":
        query = query.order_by(text("ctid"))
    with database.engine.connect() as connection:
        rows = connection.execute(query).all()
    return [bytes(row.id) for row in rows], [row.answer for row in rows]


def test_what_was_written_cannot_be_told_from_the_order_of_rows(facilitator: Facilitator, database: Database) -> None:
    """On PostgreSQL rows lie in the order of arrival until the seal: docs/anonymity.md says so."""
    poll = facilitator.ask("open_text")
    written = [encode(f"answer {number}") for number in range(40)]
    for number in range(40):
        facilitator.let_in().answer(poll, f"answer {number}")
    if database.engine.dialect.name == "sqlite":
        names, texts = stored_texts(database)
        assert (names, texts != written) == (sorted(names), True)
    facilitator.end()
    facilitator.seal()
    names, texts = stored_texts(database)
    assert names == sorted(names)
    assert (sorted(texts), texts != written) == (sorted(written), True)


def test_random_changes_keep_the_books(facilitator: Facilitator, database: Database, books: BookOf) -> None:
    chance = random.Random(7)
    poll = facilitator.ask("word_cloud", entries=2)
    room = [facilitator.let_in() for _ in range(12)]
    words = [None, "trust", "remedy", "time"]
    for _ in range(12):
        batch = [
            chance.choice(room).cast(
                poll, chance.choice(words), slot=chance.randrange(2), revision=chance.randrange(1, 6)
            )
            for _ in range(20)
        ]
        database.run(lambda session, batch=batch: store_batch(session.connection(), batch))
        assert books(poll).balance()


def test_characters_that_no_database_holds_are_left_out_of_answers(facilitator: Facilitator, books: BookOf) -> None:
    texts, participant = facilitator.ask("open_text"), facilitator.let_in()
    assert participant.answer(texts, "To\0 learn\ud83d").code == "saved"
    assert facilitator.sees(texts).results["texts"][0]["text"] == "To learn"
    words = facilitator.ask("word_cloud")
    assert participant.answer(words, "\0trust\udc00").code == "saved"
    assert set(books(words).tally()) == {"~trust", "#ballots", "#participants"}
    with pytest.raises(BadAnswer):
        participant.answer(facilitator.ask("choice"), ["yes\0"])


@pytest.mark.parametrize("nonsense", ["\0", "\ud83d", "a\0b"])
def test_a_command_with_characters_that_no_database_holds_is_refused_in_words(
    facilitator: Facilitator, nonsense: str
) -> None:
    facilitator.ask("choice")
    with pytest.raises(DomainError):
        facilitator.do("go", slide=nonsense)
    assert facilitator.look().position == 1


def test_results_do_not_depend_on_how_a_database_sorts_text(facilitator: Facilitator) -> None:
    poll = facilitator.ask("word_cloud", entries=10)
    for word in ("Öl", "oel", "zebra", "Zebra", "äpfel", "Apfel", "ß", "é", "e", "한국", "ﬀ", "~", "#ballots"):
        facilitator.let_in().answer(poll, word)
    shown = [(each["word"], each["count"]) for each in facilitator.sees(poll).results["words"]]
    assert shown == sorted(shown, key=lambda each: (-each[1], each[0]))
    assert [row[0] for row in facilitator.sees(poll).table.rows] == [word for word, _ in shown]
