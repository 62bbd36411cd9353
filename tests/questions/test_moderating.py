"""What the facilitator does on a board, and what of it remains."""

import pytest

from pollapp.ballots.moderating import Named
from pollapp.errors import BadQuestion, NotFound, TextChanged
from pollapp.meetings import moderating as queue
from pollapp.moderation import Queued
from pollapp.questions import limits
from tests.questions.room import Room

TRIES = 10
"""PostgreSQL itself holds old rows for a moment now and then."""


def test_questions_wait_until_they_are_approved(room: Room) -> None:
    room.set_up(approve_first=True)
    name = room.phone().ask("When do we start?")
    assert room.seen(name).state == "waiting"
    room.do("approve", name)
    assert room.seen(name).state == "shown"


def test_a_hidden_question_can_be_restored_with_its_upvotes(room: Room) -> None:
    name = room.phone().ask("When do we start?")
    room.phone().upvote(name)
    room.do("highlight", name)
    room.do("hide", name)
    assert (room.seen(name).state, room.seen(name).highlighted) == ("archived", False)
    room.do("restore", name)
    assert (room.seen(name).state, room.seen(name).votes) == ("shown", 1)


def test_one_question_at_most_is_highlighted_and_an_answered_one_no_more(room: Room) -> None:
    first, second = (phone.ask("Why?") for phone in room.phones(2))
    room.do("highlight", first)
    room.do("highlight", second)
    assert [seen.name for seen in room.now().questions if seen.highlighted] == [second]
    room.do("mark_answered", second, answered=True)
    assert room.seen(second).answered
    assert not room.seen(second).highlighted


def test_labels_and_replies_are_kept_as_written(room: Room) -> None:
    name = room.phone().ask("When do we start?")
    room.do("label", name, ["time", " time ", "logistics"])
    room.do("reply", name, "At nine.")
    assert (room.seen(name).labels, room.seen(name).reply) == (("time", "logistics"), "At nine.")
    room.do("reply", name, " ")
    assert room.seen(name).reply is None
    with pytest.raises(BadQuestion):
        room.do("label", name, ["a", "b", "c", "d"])
    with pytest.raises(BadQuestion):
        room.do("label", name, ["x" * (limits.LABEL_LENGTH + 1)])
    with pytest.raises(BadQuestion):
        room.do("reply", name, "x" * (limits.REPLY_LENGTH + 1))


def test_an_edited_question_is_shown_as_edited_and_leaves_nothing_of_its_words(
    room: Room, databases, database_url: str
) -> None:
    name = room.phone().ask("What did wolpertinger say?")
    room.do("edit", name, "What did the speaker say?")
    assert (room.seen(name).text, room.seen(name).edited) == ("What did the speaker say?", True)
    assert any(room.database.forget_deleted() for _ in range(TRIES))
    assert b"wolpertinger" not in databases.contents(database_url)


def test_a_removed_question_leaves_nothing_and_its_phone_is_told(room: Room, databases, database_url: str) -> None:
    phone = room.phone()
    name = phone.ask("Is wolpertinger here?")
    room.do("label", name, ["rude"])
    room.do("remove", name)
    assert phone.own().questions[0][2:] == ("removed", None)
    assert room.votes() == {}
    assert phone.withdraw().code == "removed"
    assert any(room.database.forget_deleted() for _ in range(TRIES))
    assert b"wolpertinger" not in databases.contents(database_url)


@pytest.mark.parametrize("act", ["approve", "hide", "restore", "remove", "highlight"])
def test_nothing_can_be_done_to_what_is_not_there(room: Room, act: str) -> None:
    for name in ("", "zz", "00" * 8, "00" * 9):
        with pytest.raises(NotFound):
            room.do(act, name)
    phone = room.phone()
    name = phone.ask("Why?")
    phone.withdraw()
    with pytest.raises(NotFound):
        room.do(act, name)


def test_a_board_of_another_meeting_is_out_of_reach(room: Room, careful_room: Room) -> None:
    name = room.phone().ask("Why?")
    with pytest.raises(NotFound):
        careful_room.do("hide", name)


def test_the_rules_stay_within_their_limits(room: Room) -> None:
    for number in (0, limits.MOST_PER_PERSON + 1):
        with pytest.raises(BadQuestion):
            room.set_up(per_person=number)
    room.set_up(per_person=limits.MOST_PER_PERSON)
    assert room.now().per_person == limits.MOST_PER_PERSON


def test_merged_questions_count_each_phone_once_that_heard_of_it(room: Room) -> None:
    one, other, third = (
        phone.ask(text) for phone, text in zip(room.phones(3), ("One?", "Other?", "Third?"), strict=True)
    )
    only_one, only_other, both, gone = room.phones(4)
    for phone in (only_one, both):
        phone.upvote(one)
    for phone in (only_other, both, gone):
        phone.upvote(other)
    room.do("merge", other, one)
    assert room.votes() == {"One?": 5, "Third?": 0}, "until the phones have said so, upvotes of both are added"
    assert room.seen(one).uncertain == 3
    for phone in (only_one, only_other, both):
        phone.hears_of_merges()
        phone.hears_of_merges()
    assert room.votes() == {"One?": 4, "Third?": 0}
    assert room.seen(one).uncertain == 1, "of the phone that is gone"
    room.do("merge", one, third)
    assert room.votes() == {"Third?": 4}
    for phone in (only_one, only_other, both, gone):
        phone.hears_of_merges()
    assert (room.votes(), room.seen(third).uncertain) == ({"Third?": 4}, 0)


def test_an_upvote_of_a_duplicate_is_sent_on_to_what_survived(room: Room) -> None:
    one, other = (phone.ask("Why?") for phone in room.phones(2))
    room.do("merge", other, one)
    fate = room.phone().upvote(other)
    assert (fate.code, fate.into) == ("merged", one)
    with pytest.raises(BadQuestion):
        room.do("merge", one, one)
    with pytest.raises(NotFound):
        room.do("merge", one, other)


@pytest.mark.parametrize("how", ["withdrawn", "removed"])
def test_when_a_survivor_goes_its_duplicate_stands_for_both(room: Room, how: str) -> None:
    asker = room.phone()
    one, other = asker.ask("One?"), room.phone().ask("Other?")
    voters = room.phones(2)
    voters[0].upvote(one)
    voters[1].upvote(other)
    room.do("merge", other, one)
    if how == "withdrawn":
        asker.withdraw()
    else:
        room.do("remove", one)
    assert room.votes() == {"Other?": 2}
    for voter in voters:
        voter.hears_of_merges()
    assert (room.votes(), room.seen(other).uncertain) == ({"Other?": 2}, 0)


def test_a_duplicate_that_is_taken_back_leaves_its_upvotes(room: Room) -> None:
    asker = room.phone()
    one, other = room.phone().ask("One?"), asker.ask("Other?")
    voter = room.phone()
    voter.upvote(other)
    room.do("merge", other, one)
    asker.withdraw()
    assert room.votes() == {"One?": 1}
    voter.hears_of_merges()
    assert (room.votes(), room.seen(one).uncertain) == ({"One?": 1}, 0)


def rules(room: Room, mode: str = "off", offensive: str = "off", own: tuple[str, ...] = ()) -> None:
    room.database.run(queue.keep_rules, room.id, mode, offensive, own)


def entries(room: Room) -> list[Queued]:
    return [entry for entry in room.database.read(queue.look, room.id).entries if entry.source == "questions"]


def decide(room: Room, state: str | None, *entries: Queued) -> list[str]:
    named = [Named(entry.key, entry.fingerprint) for entry in entries]
    decided = room.database.run(queue.decide, room.id, "questions", "board", named, state)
    return [each.entry.standing for each in decided]


def test_the_queue_approves_hides_brings_back_and_takes_back(room: Room) -> None:
    rules(room, "first")
    name = room.phone().ask("When do we start?")
    assert room.now().approves_first
    (waiting,) = entries(room)
    assert (waiting.standing, waiting.is_to_do("first")) == ("waiting", True)
    assert decide(room, "approved", waiting) == ["shown"]
    assert decide(room, "hidden", waiting) == ["hidden"]
    assert room.seen(name).state == "archived"
    assert decide(room, "approved", waiting) == ["shown"]
    assert decide(room, None, waiting) == ["waiting"]


def test_the_queue_lists_what_nobody_has_looked_at(room: Room) -> None:
    rules(room, "after")
    room.phone().ask("When do we start?")
    (entry,) = entries(room)
    assert (entry.standing, entry.is_to_do("after")) == ("shown", True)
    decide(room, "approved", entry)
    assert not entries(room)[0].is_to_do("after")


def test_a_question_that_was_edited_or_is_gone_is_not_decided_about(room: Room) -> None:
    phone = room.phone()
    name = phone.ask("When do we start?")
    (entry,) = entries(room)
    room.do("edit", name, "When do we end?")
    with pytest.raises(TextChanged):
        decide(room, "hidden", entry)
    phone.withdraw()
    with pytest.raises(NotFound):
        decide(room, "hidden", entry)


def test_offensive_words_are_masked_until_it_is_shown_as_written(room: Room) -> None:
    rules(room, offensive="mask", own=("wolpertinger",))
    name = room.phone().ask("Why the shitty wolpertinger?")
    assert room.seen(name).shown == "Why the ****** ************?"
    (entry,) = entries(room)
    assert (entry.text, entry.masked) == ("Why the shitty wolpertinger?", "Why the ****** ************?")
    assert decide(room, "as_written", entry) == ["shown"]
    assert room.seen(name).shown == "Why the shitty wolpertinger?"
    decide(room, "approved", entry)
    room.do("edit", name, "Why the wolpertinger?")
    assert room.seen(name).shown == "Why the ************?"
    rules(room)
    assert room.seen(name).shown == "Why the wolpertinger?"


def test_offensive_words_are_held_back_and_shown_once_approved(room: Room) -> None:
    rules(room, offensive="hold")
    rude, kind = (phone.ask(text) for phone, text in zip(room.phones(2), ("Why so shitty?", "Why?"), strict=True))
    assert (room.seen(rude).state, room.seen(kind).state) == ("waiting", "shown")
    room.do("approve", rude)
    assert (room.seen(rude).state, room.seen(rude).shown) == ("shown", "Why so shitty?")


def test_stricter_rules_take_off_what_nobody_approved(room: Room) -> None:
    name, approved = (phone.ask("Why so shitty?") for phone in room.phones(2))
    room.do("approve", approved)
    rules(room, offensive="hold")
    assert (room.seen(name).state, room.seen(approved).state) == ("waiting", "shown")
    rules(room)
    assert room.seen(name).state == "waiting"


def test_held_back_ones_of_a_stepped_board_wait_when_they_come_out(careful_room: Room) -> None:
    rules(careful_room, offensive="hold")
    texts = ["Why so shitty?", "How?", "Who?", "When?", "Where?"]
    for phone, text in zip(careful_room.phones(5), texts, strict=True):
        assert entries(careful_room) == []
        phone.ask(text)
    assert {entry.text for entry in entries(careful_room) if entry.standing == "waiting"} == {"Why so shitty?"}


def test_one_that_inherits_a_place_waits_if_its_words_were_held_back(room: Room) -> None:
    rules(room, offensive="hold")
    first, second = room.phones(2)
    rude, kind = first.ask("Why so shitty?"), second.ask("Why?")
    room.do("merge", rude, kind)
    second.withdraw()
    assert room.seen(rude).state == "waiting"
