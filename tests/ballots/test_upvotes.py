"""Upvotes of open answers: each person counts once for the words they read, and nothing of them is left after the seal."""

import pytest
from sqlalchemy import func, select

from pollapp.ballots import reduce_ballots, rounds
from pollapp.ballots.upvoting import TextFate, TextUpvote, TextVotes
from pollapp.meetings import agenda, reviewing
from tests.actors import Facilitator
from tests.ballots.upvoters import Wall


@pytest.fixture
def wall(facilitator: Facilitator) -> Wall:
    """Three answers of a `standard` meeting."""
    wall = Wall(facilitator)
    wall.write("One", "Two", "Three")
    return wall


@pytest.fixture
def careful_wall(careful: Facilitator) -> Wall:
    """Ten answers under the Chatham House rule, of which five are published."""
    wall = Wall(careful)
    wall.write(*(f"Answer {number}" for number in range(10)))
    assert len(wall.shown()) == 5
    return wall


def test_an_upvote_counts_once_however_often_it_comes(wall: Wall) -> None:
    who, one = wall.facilitator.let_in(), wall.find("One")
    number = wall.facilitator.sees(wall.poll).number
    vote = wall.vote(who, one)
    assert wall.store(vote, vote, vote) == [TextFate("saved", 1, True)] * 3
    assert wall.upvote(who, one) == TextFate("saved", 1, True)
    assert wall.numbers() == {"One": 1, "Two": 0, "Three": 0}
    assert wall.facilitator.sees(wall.poll).number == number + 1, "a retry is no news"


def test_taking_back_and_late_retries_follow_the_revision(wall: Wall) -> None:
    who, one = wall.facilitator.let_in(), wall.find("One")
    wall.upvote(who, one)
    assert wall.upvote(who, one, given=False, revision=2) == TextFate("saved", 2, False)
    assert wall.upvote(who, one, revision=1) == TextFate("saved", 2, False), "a late retry undoes nothing"
    assert wall.upvote(who, one, revision=2) == TextFate("superseded", 2, False)
    assert wall.numbers()["One"] == 0
    assert wall.own(who, wall.shown()) == {one.id: (2, False)}
    assert wall.upvote(who, one, revision=3).code == "saved"
    assert wall.numbers()["One"] == 1


def test_one_may_upvote_what_one_wrote(wall: Wall) -> None:
    (writer,) = wall.write("Mine")
    assert wall.upvote(writer, wall.find("Mine")).code == "saved"


def test_upvotes_stand_for_words_and_not_for_what_their_writer_makes_of_them(wall: Wall) -> None:
    (writer,), who = wall.write("Before"), wall.facilitator.let_in()
    before = wall.find("Before")
    wall.upvote(who, before)
    writer.answer(wall.poll, "After", revision=2)
    assert wall.numbers()["After"] == 0
    assert wall.own(who, [wall.find("After")]) == {}
    assert wall.upvote(wall.facilitator.let_in(), before).code == "unknown_text", "nobody can read that any more"
    writer.answer(wall.poll, None, revision=3)
    assert wall.upvote(wall.facilitator.let_in(), before).code == "unknown_text"
    writer.answer(wall.poll, "Before", revision=4)
    assert wall.numbers()["Before"] == 1


def test_a_removed_answer_takes_its_upvotes_along_and_refuses_more(wall: Wall) -> None:
    one = wall.find("One")
    wall.crowd(2, one)
    wall.facilitator.remove(wall.poll, one.id)
    assert wall.rows() == ([], {})
    assert wall.upvote(wall.facilitator.let_in(), one).code == "removed"
    assert wall.rows() == ([], {})


def test_a_hidden_answer_keeps_its_upvotes_for_when_it_comes_back(wall: Wall) -> None:
    wall.facilitator.moderate("after")
    wall.crowd(2, wall.find("One"))
    queued = next(entry for entry in wall.facilitator.queue() if entry.text == "One")
    assert queued.votes == 2
    wall.facilitator.decide(queued, "hidden")
    assert "One" not in wall.numbers()
    hidden = next(entry for entry in wall.facilitator.queue() if entry.text == "One")
    wall.facilitator.decide(hidden, "approved")
    assert wall.numbers()["One"] == 2


def test_what_was_said_can_be_upvoted_after_closing_but_not_after_the_end(wall: Wall) -> None:
    who, one = wall.facilitator.let_in(), wall.find("One")
    wall.facilitator.close()
    assert wall.upvote(who, one).code == "saved"
    wall.facilitator.end()
    assert wall.upvote(who, one).code == "saved", "a retry is never refused"
    assert wall.upvote(who, one, given=False, revision=2) == TextFate("closed", 1, True)
    assert wall.upvote(wall.facilitator.let_in(), one) == TextFate("closed")
    wall.facilitator.undo_end()
    assert wall.upvote(who, one, given=False, revision=2).code == "saved"


def test_where_it_is_off_there_is_nothing_to_upvote(facilitator: Facilitator) -> None:
    wall = Wall(facilitator)
    wall.write("One")
    one = wall.find("One")
    other = facilitator.ask("open_text")
    facilitator.let_in().answer(other, "One")
    assert facilitator.sees(other).votes is None
    assert "votes" not in facilitator.sees(other).results["texts"][0]
    votes = wall.vote(facilitator.let_in(), one)._replace(round_id=other.id)
    assert [fate.code for fate in wall.store(votes, votes._replace(round_id=999))] == ["unknown_text"] * 2


def test_asked_again_people_upvote_anew_and_clearing_takes_all(wall: Wall) -> None:
    wall.crowd(3, wall.find("One"))
    first = wall.poll
    wall.poll = wall.facilitator.ask_again()
    wall.write("One")
    assert wall.numbers() == {"One": 0}
    assert wall.facilitator.sees(first).table.rows[0] == ("One", 3)
    wall.crowd(1, wall.find("One"))
    for poll in (first, wall.poll):
        wall.database.run(rounds.delete_rounds, [poll.id])
    assert wall.rows() == ([], {})


def test_the_table_tells_the_most_upvoted_first(wall: Wall) -> None:
    wall.crowd(2, wall.find("Two"))
    wall.crowd(1, wall.find("Three"))
    table = wall.facilitator.sees(wall.poll).table
    assert [column.label for column in table.columns] == ["Answer", "Upvotes"]
    assert table.rows == (("Two", 2), ("Three", 1), ("One", 0))


def test_under_the_chatham_house_rule_numbers_move_by_five_or_more(careful_wall: Wall) -> None:
    answer = careful_wall.shown()[0]
    told = []
    for _ in range(23):
        careful_wall.crowd(1, answer)
        told.append(careful_wall.numbers()[answer.text])
    assert told == [None] * 9 + [5] * 5 + [10] * 5 + [15] * 4
    table = careful_wall.facilitator.sees(careful_wall.poll).table
    assert table.rows[0] == (answer.text, 15)
    assert {row[1] for row in table.rows[1:]} == {""}, "fewer than five is no number"


@pytest.mark.parametrize("leaves", ["close", "next"])
def test_what_came_since_is_told_when_it_closes_if_five_stand_behind_it(careful_wall: Wall, leaves: str) -> None:
    one, other = careful_wall.shown()[:2]
    careful_wall.crowd(9, one)
    careful_wall.crowd(4, other)
    careful_wall.facilitator.add("heading")
    careful_wall.facilitator.do(leaves)
    assert careful_wall.numbers()[one.text] == 9
    assert careful_wall.numbers()[other.text] is None
    careful_wall.crowd(4, one)
    careful_wall.facilitator.do("previous") if leaves == "next" else careful_wall.facilitator.open()
    careful_wall.facilitator.close()
    assert careful_wall.numbers()[one.text] == 9, "four more are never told by themselves"


def test_a_number_that_is_not_told_gives_the_round_no_new_number(careful_wall: Wall) -> None:
    number = careful_wall.facilitator.sees(careful_wall.poll).number
    careful_wall.crowd(9, careful_wall.shown()[0])
    assert careful_wall.facilitator.sees(careful_wall.poll).number == number
    careful_wall.crowd(1, careful_wall.shown()[0])
    assert careful_wall.facilitator.sees(careful_wall.poll).number == number + 1


def test_published_words_are_upvoted_as_they_are_published(careful: Facilitator) -> None:
    wall = Wall(careful)
    writers = wall.write(*(f"Answer {number}" for number in range(10)))
    answer = wall.shown()[0]
    writers[int(answer.text[-1])].answer(wall.poll, "Something else", revision=2)
    wall.crowd(10, answer)
    assert wall.numbers()[answer.text] == 5


def sealed(wall: Wall) -> None:
    wall.facilitator.end()
    wall.facilitator.seal()


def test_the_seal_keeps_the_numbers_and_no_upvote(wall: Wall) -> None:
    writers = wall.write("Changed", "Withdrawn")
    for text, count in (("One", 4), ("Two", 1), ("Changed", 2), ("Withdrawn", 2)):
        wall.crowd(count, wall.find(text))
    writers[0].answer(wall.poll, "Other words", revision=2)
    writers[1].answer(wall.poll, None, revision=2)
    before, names = wall.numbers(), {answer.id for answer in wall.shown()}
    sealed(wall)
    assert wall.numbers() == before == {"One": 4, "Two": 1, "Three": 0, "Other words": 0}
    given, numbers = wall.rows()
    assert given == []
    assert sorted(numbers.values()) == [1, 4]
    assert not names & {name for name, _ in numbers}
    assert {words for _, words in numbers} == {""}, "no sum of what anybody wrote"


def test_a_seal_that_runs_twice_changes_no_number(wall: Wall) -> None:
    wall.crowd(3, wall.find("One"))
    wall.facilitator.end()
    for _ in range(2):
        wall.database.run(lambda session: reduce_ballots(session.connection(), wall.facilitator.id))
        assert wall.numbers() == {"One": 3, "Two": 0, "Three": 0}


@pytest.mark.parametrize("is_late", [False, True])
def test_what_the_review_blacks_out_keeps_its_upvotes_and_what_it_drops_does_not(wall: Wall, is_late: bool) -> None:
    wall.write("Write to ada@example.org")
    wall.crowd(3, wall.find("Write to ada@example.org"))
    wall.crowd(2, wall.find("One"))
    if is_late:
        sealed(wall)
    found = wall.database.read(reviewing.look, wall.facilitator.id, wall.facilitator.keys)
    for entry in [each.entry for each in found.written]:
        decision = "redact" if "@" in entry.text else "drop" if entry.text == "One" else "keep"
        wall.database.run(
            reviewing.decide,
            wall.facilitator.id,
            wall.facilitator.keys,
            round_id=wall.poll.id,
            key=entry.key,
            fingerprint=entry.fingerprint,
            decision=decision,
        )
    if not is_late:
        sealed(wall)
    assert wall.numbers() == {"Write to █████": 3, "Two": 0, "Three": 0}
    assert sorted(wall.rows()[1].values()) == [3]


def test_what_is_removed_after_the_seal_leaves_no_number(wall: Wall) -> None:
    wall.crowd(3, wall.find("One"))
    sealed(wall)
    name = next(text.id for text in wall.facilitator.sees(wall.poll).texts if text.text == "One")
    wall.facilitator.remove(wall.poll, name)
    assert wall.rows() == ([], {})


def test_the_seal_keeps_steps(careful_wall: Wall) -> None:
    one, other = careful_wall.shown()[:2]
    careful_wall.crowd(7, one)
    careful_wall.crowd(4, other)
    sealed(careful_wall)
    numbers = careful_wall.numbers()
    assert (numbers[one.text], numbers[other.text]) == (7, None)
    assert list(careful_wall.rows()[1].values()) == [7]


def test_nothing_is_stored_once_a_meeting_is_sealed(wall: Wall) -> None:
    who, one = wall.facilitator.let_in(), wall.find("One")
    sealed(wall)
    assert wall.upvote(who, one).code == "unknown_text"
    assert wall.rows() == ([], {})


def test_erasing_and_deleting_leave_nothing(wall: Wall) -> None:
    wall.crowd(3, wall.find("One"))
    wall.database.run(agenda.delete_meeting, wall.facilitator.keys, wall.facilitator.id, wall.facilitator.owner_id)
    with wall.database.engine.connect() as connection:
        for table in (TextUpvote, TextVotes):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
