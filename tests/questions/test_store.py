"""What phones do on a board: each question and each upvote is one row, whoever sends it how often."""

import pytest

from pollapp.errors import BadQuestion
from pollapp.questions import free_slot, left_to_ask, limits
from tests.questions.room import Room


def test_a_question_is_stored_once_however_often_it_is_sent(room: Room) -> None:
    phone = room.phone()
    act = phone.ask_act("When do we start?")
    assert [fate.code for fate in room.store(act, act)] == ["saved", "saved"]
    assert [fate.code for fate in room.store(act)] == ["saved"]
    assert list(room.votes()) == ["When do we start?"]


def test_another_question_in_the_same_slot_is_told_from_a_retry(room: Room) -> None:
    phone = room.phone()
    phone.ask("When do we start?")
    assert room.store(phone.ask_act("And when do we end?"))[0].code == "superseded"
    assert room.store(phone.ask_act("And when do we end?", slot=1))[0].code == "saved"


def test_a_retry_of_what_was_edited_meanwhile_asks_nothing_twice(room: Room) -> None:
    phone = room.phone()
    name = phone.ask("What does Ada say?")
    room.do("edit", name, "What does the chair say?")
    assert room.store(phone.ask_act("What does Ada say?"))[0].code == "saved"
    assert list(room.votes()) == ["What does the chair say?"]


def test_what_was_taken_back_does_not_come_back_with_a_late_retry(room: Room) -> None:
    phone = room.phone()
    phone.ask("When do we start?")
    assert phone.withdraw().code == "saved"
    assert phone.withdraw().code == "saved"
    assert room.store(phone.ask_act("When do we start?"))[0].code == "withdrawn"
    assert room.votes() == {}


def test_a_question_taken_back_before_it_arrived_never_arrives(room: Room) -> None:
    phone = room.phone()
    assert phone.withdraw().code == "saved"
    assert room.store(phone.ask_act("When do we start?"))[0].code == "withdrawn"


def test_a_closed_board_takes_no_questions_but_lets_them_be_taken_back(room: Room) -> None:
    asker, other = room.phone(), room.phone()
    name = asker.ask("When do we start?")
    other.upvote(name)
    room.close()
    assert room.store(other.ask_act("And then?"))[0].code == "closed"
    assert other.upvote(name, given=False).code == "closed"
    assert other.upvote(name, revision=1).code == "saved", "a retry is never refused"
    assert room.store(asker.ask_act("When do we start?"))[0].code == "saved"
    assert asker.withdraw().code == "saved"
    assert room.votes() == {}


def test_a_board_that_was_never_opened_takes_nothing(facilitator) -> None:
    room = Room(facilitator, is_open=False)
    assert room.store(room.phone().ask_act("When do we start?"))[0].code == "closed"
    assert room.now().state is None


def test_nothing_is_asked_after_the_end(room: Room) -> None:
    phone = room.phone()
    room.facilitator.end()
    assert room.store(phone.ask_act("When do we start?"))[0].code == "closed"


def test_an_upvote_counts_once_and_can_be_taken_back(room: Room) -> None:
    name = room.phone().ask("When do we start?")
    phone = room.phone()
    assert [fate.code for fate in room.store(*[phone.vote_act(name, revision=1)] * 3)] == ["saved"] * 3
    assert room.votes() == {"When do we start?": 1}
    phone.upvote(name, given=False, revision=2)
    assert phone.upvote(name, revision=1).given is False, "a late retry undoes nothing"
    assert phone.upvote(name, given=True, revision=2).code == "superseded"
    assert room.votes() == {"When do we start?": 0}
    assert phone.own([name]).upvotes[name] == (2, False)


def test_only_what_is_on_the_board_can_be_upvoted(room: Room) -> None:
    room.set_up(approve_first=True)
    name = room.phone().ask("When do we start?")
    phone = room.phone()
    assert phone.upvote(name, revision=1).code == "unknown_question"
    room.do("approve", name)
    assert phone.upvote(name, revision=1).code == "saved"
    room.do("hide", name)
    assert room.phone().upvote(name).code == "unknown_question"
    assert phone.upvote("00" * 8).code == "unknown_question"


def test_a_question_of_another_meeting_cannot_be_upvoted(room: Room, careful_room: Room) -> None:
    name = careful_room.phone().ask("Whose is this?")
    careful_room.close()
    act = room.phone().vote_act(name)
    stranger = act.__class__(room.id, act.upvote_id, careful_room.seen(name).id, 1, True)
    assert room.store(stranger)[0].code == "unknown_question"


def test_a_phone_finds_its_own_and_nobody_else_does(room: Room) -> None:
    phone, other = room.phone(), room.phone()
    first, second = phone.ask("One?"), phone.ask("Two?", slot=1)
    assert [(each.slot, each.name, each.text) for each in phone.own().questions] == [
        (0, first, "One?"),
        (1, second, "Two?"),
    ]
    assert other.own().questions == ()
    assert free_slot(phone.own().questions, 3) == 2
    phone.withdraw()
    assert left_to_ask(phone.own().questions, 3) == 1, "what was taken back was asked"
    assert free_slot(phone.own().questions, 2) is None


def test_a_board_is_full_at_its_limit(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pollapp.questions.store.MOST_QUESTIONS", 3)
    phones = room.phones(4)
    assert [fate.code for fate in room.store(*(phone.ask_act("Why?") for phone in phones))] == ["saved"] * 3 + ["full"]
    phones[0].withdraw()
    assert room.store(phones[3].ask_act("Why?"))[0].code == "saved", "what was taken back makes room"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (None, "not_text"),
        (7, "not_text"),
        ("", "empty"),
        (" \u200b\n", "empty"),
        ("x" * (limits.LENGTH + 1), "too_long"),
    ],
)
def test_what_is_no_question_is_refused(raw: object, reason: str) -> None:
    with pytest.raises(BadQuestion) as refused:
        limits.read_text(raw)
    assert refused.value.params["reason"] == reason


def test_a_question_of_just_the_limit_fits_and_hostile_characters_go() -> None:
    assert len(limits.read_text("x" * limits.LENGTH)) == limits.LENGTH
    assert limits.read_text("a\u202eb\nc") == "ab c"
