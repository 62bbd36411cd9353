"""An answer apart on the screen: large over the others or alone, only as it may be shown, and for no longer."""

import pytest

from pollapp.ballots import KeyRing, Round
from pollapp.database import Database
from pollapp.errors import MeetingEnded, NothingToDo, StaleStage
from pollapp.meetings import agenda, apart, reviewing, stage
from pollapp.meetings.apart import Apart, Choice
from pollapp.words import MARK
from tests.actors import Facilitator, Participant

FIVE = ("One", "Two", "Three", "Four", "Write to quetzal@example.org")


@pytest.fixture
def leader(database: Database, keys: KeyRing, owner_id: int, preset: str) -> Facilitator:
    """A facilitator in each preset in turn."""
    return Facilitator(database, keys, owner_id, preset=preset)


def asked(
    leader: Facilitator, display: str = "cards", texts: tuple[str, ...] = FIVE
) -> tuple[Round, list[Participant]]:
    """Let each text be written by somebody else, and the round be closed, so that all are published."""
    poll = leader.ask("open_text", display=display)
    room = [leader.let_in() for _ in texts]
    for person, text in zip(room, texts, strict=True):
        person.answer(poll, text)
    leader.close()
    return poll, room


def ids(leader: Facilitator, poll: Round) -> list[str]:
    return [text.id for text in leader.sees(poll).texts]


def id_of(leader: Facilitator, poll: Round, text: str) -> str:
    return next(each.id for each in leader.sees(poll).texts if each.text == text)


def seen(leader: Facilitator, poll: Round) -> Apart | None:
    """Return what stands apart, after everything that follows a change."""
    leader.database.run(stage.settle, leader.id)
    return apart.seen(leader.look().stage, leader.sees(poll))


def held(leader: Facilitator) -> Choice:
    return apart.held(leader.look().stage)


def refused(leader: Facilitator, action: str, **params: object) -> str:
    with pytest.raises(NothingToDo) as problem:
        leader.do(action, **params)
    return str(problem.value.params["reason"])


def test_any_answer_that_may_be_shown_is_shown_large_until_it_is_closed(leader: Facilitator) -> None:
    poll, _ = asked(leader)
    names = ids(leader, poll)
    before = leader.version
    leader.do("highlight", text=names[2])
    assert leader.version == before + 1
    assert seen(leader, poll) == Apart(names[2], leader.sees(poll).texts[2].text, 3, 5)
    leader.do("unhighlight")
    assert seen(leader, poll) is None


def test_a_command_for_an_older_stage_changes_nothing(leader: Facilitator) -> None:
    poll, _ = asked(leader)
    leader.do("highlight", text=ids(leader, poll)[0])
    with pytest.raises(StaleStage):
        leader.database.run(stage.command, leader.id, leader.version - 1, "highlight", {"text": ids(leader, poll)[1]})
    assert held(leader) == (ids(leader, poll)[0], True)


@pytest.mark.parametrize("text", [None, 7, "", "00" * 8, ["a"]])
def test_what_is_no_answer_of_this_round_is_refused(leader: Facilitator, text: object) -> None:
    asked(leader)
    assert refused(leader, "highlight", text=text) == "no_text"


def test_where_nothing_is_written_or_results_are_hidden_there_is_nothing_to_show(leader: Facilitator) -> None:
    poll, _ = asked(leader)
    leader.do("hide_results")
    assert refused(leader, "highlight", text=ids(leader, poll)[0]) == "results_hidden"
    leader.ask("choice")
    for action in ("highlight", "next_text", "previous_text"):
        assert refused(leader, action, text=ids(leader, poll)[0]) == "no_texts"
    leader.ask("open_text")
    assert refused(leader, "next_text") == "no_texts"


def test_answers_come_large_one_after_the_other_and_stop_at_either_end(leader: Facilitator) -> None:
    poll, _ = asked(leader)
    names = ids(leader, poll)
    shown = []
    for _ in names:
        leader.do("next_text")
        shown.append(held(leader))
    assert shown == [(name, True) for name in names]
    assert refused(leader, "next_text") == "last_text"
    leader.do("unhighlight")
    leader.do("previous_text")
    assert held(leader) == (names[3], True), "it goes on from where it was"
    for _ in range(3):
        leader.do("previous_text")
    assert refused(leader, "previous_text") == "first_text"


def test_what_is_hidden_removed_or_dropped_leaves_and_does_not_come_back_by_itself(leader: Facilitator) -> None:
    poll, _ = asked(leader)
    leader.do("highlight", text=id_of(leader, poll, "One"))
    entry = next(entry for entry in leader.queue() if entry.text == "One")
    leader.decide(entry, "hidden")
    assert apart.seen(leader.look().stage, leader.sees(poll)) is None, "not even before the stage follows"
    assert seen(leader, poll) is None
    leader.decide(next(entry for entry in leader.queue() if entry.text == "One"), "approved")
    assert seen(leader, poll) is None
    leader.do("highlight", text=id_of(leader, poll, "Two"))
    leader.remove(poll, id_of(leader, poll, "Two"))
    assert seen(leader, poll) is None
    assert not held(leader).large


def test_it_is_shown_as_the_review_left_it(leader: Facilitator) -> None:
    poll, _ = asked(leader)
    leader.do("highlight", text=id_of(leader, poll, FIVE[-1]))
    written = leader.database.read(reviewing.look, leader.id, leader.keys).written
    entry = next(each.entry for each in written if each.entry.text == FIVE[-1])
    for decision in ("redact", "drop"):
        leader.database.run(
            reviewing.decide, leader.id, leader.keys,
            round_id=poll.id, key=entry.key, fingerprint=entry.fingerprint, decision=decision, words=None,
        )  # fmt: skip
        shown = seen(leader, poll)
        assert (shown and shown.text) == (f"Write to {MARK}" if decision == "redact" else None)


def test_what_waits_for_approval_cannot_be_shown_and_a_changed_text_waits_again(facilitator: Facilitator) -> None:
    facilitator.moderate("first")
    poll = facilitator.ask("open_text")
    person = facilitator.let_in()
    person.answer(poll, "One")
    entry = facilitator.queue()[0]
    assert refused(facilitator, "highlight", text=entry.key) == "no_text"
    facilitator.decide(entry, "approved")
    facilitator.do("highlight", text=entry.key)
    shown = seen(facilitator, poll)
    assert shown
    assert shown.text == "One"
    person.answer(poll, "Something else", revision=2)
    assert seen(facilitator, poll) is None


def test_under_the_chatham_house_rule_only_published_answers_can_be_shown(careful: Facilitator) -> None:
    poll = careful.ask("open_text")
    for number in range(9):
        careful.let_in().answer(poll, f"Answer {number}")
    with careful.database.engine.connect() as connection:
        stored = [row[0] for row in connection.exec_driver_sql("SELECT id FROM ballot")]
    assert {refused(careful, "highlight", text=bytes(one)[:8].hex()) for one in stored} == {"no_text"}
    careful.let_in().answer(poll, "Answer 9")
    published = ids(careful, poll)
    assert len(published) == 5
    careful.do("highlight", text=published[0])
    assert seen(careful, poll)


def test_one_at_a_time_rests_while_answers_come_and_passes_on_what_goes(leader: Facilitator) -> None:
    poll, _ = asked(leader, "one")
    first = seen(leader, poll)
    assert first
    assert first.place == 1
    assert not held(leader).large
    leader.open()
    for number in range(20):
        leader.let_in().answer(poll, f"More {number}")
    leader.close()
    after = seen(leader, poll)
    assert after
    assert (after.id, after.text, after.of) == (first.id, first.text, 25)
    following = ids(leader, poll)[after.place]
    leader.remove(poll, after.id)
    passed_on = seen(leader, poll)
    assert passed_on
    assert passed_on.id == following
    leader.do("next_text")
    leader.do("highlight", text=following)
    assert held(leader) == (following, False), "it stands alone already"


def test_another_display_begins_with_what_was_shown_last(leader: Facilitator) -> None:
    poll, _ = asked(leader)
    name = ids(leader, poll)[3]
    leader.do("highlight", text=name)
    assert poll.slide_id
    leader.database.run(agenda.update_slide, leader.id, poll.slide_id, settings={"display": "one"})
    shown = seen(leader, poll)
    assert shown
    assert shown.id == name
    leader.database.run(agenda.update_slide, leader.id, poll.slide_id, settings={"display": "grid"})
    assert seen(leader, poll) is None


@pytest.mark.parametrize("leave", ["next", "ask_again", "end"])
def test_nothing_of_it_stays_when_the_slide_is_left(leader: Facilitator, leave: str) -> None:
    poll, _ = asked(leader)
    leader.add("heading")
    leader.do("highlight", text=ids(leader, poll)[0])
    if leave == "end":
        leader.end()
        with pytest.raises(MeetingEnded):
            leader.do("highlight", text=ids(leader, poll)[0])
    else:
        leader.do(leave)
    assert held(leader) == apart.NONE


def test_a_list_of_answers_gives_the_command_for_the_round_on_the_stage_alone(leader: Facilitator) -> None:
    poll, _ = asked(leader)
    name = ids(leader, poll)[0]
    leader.database.run(stage.show_text, leader.id, name)
    assert held(leader) == (name, True)
    leader.database.run(stage.show_text, leader.id, None)
    assert not held(leader).large
    leader.ask("open_text")
    with pytest.raises(NothingToDo):
        leader.database.run(stage.show_text, leader.id, name)
