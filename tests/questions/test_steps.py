"""Under the Chatham House rule questions come out together, and numbers move by five people or more."""

from pollapp.questions import limits
from tests.questions.room import Room


def test_questions_come_out_five_at_a_time(careful_room: Room) -> None:
    phones = careful_room.phones(11)
    for phone in phones[:4]:
        phone.ask("Why?")
        assert careful_room.now().questions == ()
    phones[4].ask("Why?")
    assert len(careful_room.now().questions) == 5
    for phone in phones[5:9]:
        phone.ask("Why?")
    assert len(careful_room.now().questions) == 5
    careful_room.close()
    assert len(careful_room.now().questions) == 9, "a close lets out what waits"


def test_whoever_asked_sees_that_it_waits_and_can_take_it_back(careful_room: Room) -> None:
    phone = careful_room.phone()
    phone.ask("Why?")
    assert phone.own().questions[0].state == "held"
    phone.withdraw()
    careful_room.close()
    assert careful_room.now().questions == ()


def test_under_the_rule_the_facilitator_approves_first_unless_told_otherwise(careful) -> None:
    room = Room(careful)
    assert room.now().approve_first
    for phone in room.phones(5):
        phone.ask("Why?")
    assert {seen.state for seen in room.now().questions} == {"waiting"}
    room.set_up(approve_first=False, per_person=limits.PER_PERSON)
    assert {seen.state for seen in room.now().questions} == {"waiting"}


def test_a_number_moves_when_five_more_have_come(careful_room: Room) -> None:
    for phone in careful_room.phones(5):
        phone.ask("Why?")
    name = careful_room.now().questions[0].name
    seen = []
    for phone in careful_room.phones(17):
        phone.upvote(name)
        seen.append(careful_room.seen(name).votes)
    assert seen == [None] * 9 + [5] * 5 + [10] * 3
    assert careful_room.seen(name).uncertain is None
    careful_room.close()
    assert careful_room.seen(name).votes == 17
    careful_room.open()
    for phone in careful_room.phones(4):
        phone.upvote(name)
    careful_room.close()
    assert careful_room.seen(name).votes == 17, "a remainder below five is not released"


def test_with_fewer_than_five_upvotes_no_number_is_seen(careful_room: Room) -> None:
    for phone in careful_room.phones(5):
        phone.ask("Why?")
    name = careful_room.now().questions[0].name
    for phone in careful_room.phones(4):
        phone.upvote(name)
    careful_room.close()
    assert careful_room.seen(name).votes is None


def test_a_number_never_falls_when_upvotes_are_taken_back(careful_room: Room) -> None:
    for phone in careful_room.phones(5):
        phone.ask("Why?")
    name = careful_room.now().questions[0].name
    voters = careful_room.phones(10)
    for phone in voters:
        phone.upvote(name)
    for phone in voters:
        phone.upvote(name, given=False)
    assert careful_room.seen(name).votes == 5


def test_what_is_merged_moves_by_five_too(careful_room: Room) -> None:
    for phone in careful_room.phones(5):
        phone.ask("Why?")
    one, other = (seen.name for seen in careful_room.now().questions[:2])
    for phone in careful_room.phones(4):
        phone.upvote(one)
    for phone in careful_room.phones(4):
        phone.upvote(other)
    careful_room.do("merge", other, one)
    assert careful_room.seen(one).votes is None
    careful_room.close()
    assert careful_room.seen(one).votes == 8
