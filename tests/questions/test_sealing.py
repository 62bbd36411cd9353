"""What the seal leaves of a board: words and numbers under new ids, and nothing that was one person's."""

import pytest
from sqlalchemy import select

from pollapp.questions import has_any, reduce_board
from pollapp.questions.models import Question, Upvote
from tests.questions.room import Room


def tables(room: Room) -> dict[str, list]:
    with room.database.engine.connect() as connection:
        return {
            table.__tablename__: connection.execute(select(table.__table__).order_by(table.id)).all()
            for table in (Question, Upvote)
        }


@pytest.fixture
def used(room: Room) -> Room:
    """A board with questions in every state."""
    asker = room.phone()
    one, other, hidden, gone = (
        asker.ask(words, slot) for slot, words in enumerate(("One?", "Other?", "Hidden?", "Gone?"))
    )
    asker.ask("Back?", slot=4)
    asker.withdraw(4)
    for phone in room.phones(3):
        phone.upvote(one)
        phone.upvote(other)
    room.do("merge", other, one)
    room.do("hide", hidden)
    room.do("remove", gone)
    room.do("highlight", one)
    return room


def test_the_seal_keeps_what_was_seen_and_nothing_of_a_person(used: Room) -> None:
    before, ids = used.now(), {row.id for row in tables(used)["question"]}
    used.facilitator.end()
    used.facilitator.seal()
    after = used.now()
    assert tables(used)["upvote"] == []
    assert not ids & {row.id for row in tables(used)["question"]}
    assert len(tables(used)["question"]) == 3, "what was taken back or removed has no row any more"
    seen = lambda board: sorted((each.text, each.state, each.votes) for each in board.questions)  # noqa: E731
    assert seen(after) == seen(before)
    survivor = next(each for each in after.questions if each.text == "One?")
    assert [each.into for each in after.questions if each.state == "merged"] == [survivor.name]
    assert not survivor.highlighted


def test_a_seal_that_runs_twice_changes_nothing_that_counts(used: Room) -> None:
    used.facilitator.end()
    seen = lambda: sorted((each.text, each.state, each.votes) for each in used.now().questions)  # noqa: E731
    before = seen()
    for _ in range(2):
        used.database.run(lambda session: reduce_board(session.connection(), used.id))
        assert seen() == before


def test_under_the_chatham_house_rule_only_the_steps_stay(careful_room: Room) -> None:
    for phone in careful_room.phones(5):
        phone.ask("Why?")
    names = [seen.name for seen in careful_room.now().questions]
    for name, count in zip(names, (3, 12, 5, 0, 9), strict=True):
        for phone in careful_room.phones(count):
            phone.upvote(name)
    careful_room.facilitator.end()
    before = sorted(str(seen.votes) for seen in careful_room.now().questions)
    careful_room.facilitator.seal()
    assert sorted(str(seen.votes) for seen in careful_room.now().questions) == before
    assert {row.votes for row in tables(careful_room)["question"]} == {0, 5, 9, 12}


def test_personal_data_is_found_at_the_seal_with_the_names_on_the_list(room: Room) -> None:
    asker = room.phone()
    asker.ask("Will Wolpertinger come?")
    asker.ask("Write to ada@example.org?", slot=1)
    asker.ask("When do we start?", slot=2)
    room.facilitator.keys.keep_names(room.id, ["Wolpertinger"])
    room.facilitator.end()
    room.facilitator.seal()
    kinds = {seen.text: [finding.kind for finding in seen.found] for seen in room.now().questions}
    assert kinds == {
        "Will Wolpertinger come?": ["name"],
        "Write to ada@example.org?": ["email"],
        "When do we start?": [],
    }


def test_an_end_that_is_undone_leaves_the_board_closed_but_whole(used: Room) -> None:
    used.facilitator.end()
    used.facilitator.undo_end()
    assert used.now().state == "closed"
    assert used.database.read(has_any, used.id)
