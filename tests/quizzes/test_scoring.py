"""What answers are worth: by the server's clock, once, whatever is sent again, and judged again where that is allowed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from pollapp import kinds, quizzes
from pollapp.ballots import OPEN, rounds
from pollapp.database import Database
from pollapp.errors import BadSettings, NotFound, NothingToDo, Sealed, SettingsFrozen
from pollapp.kinds import quiz as quiz_kinds
from pollapp.kinds import quiz_choice
from pollapp.meetings import agenda, stage
from pollapp.quizzes import rank, timing
from tests.actors import Facilitator
from tests.quizzes.quiz import OPTIONS, Quiz


@pytest.mark.parametrize(
    ("settings", "after", "points"),
    [
        ({}, 0, 1000),
        ({}, -0.5, 1000),
        ({}, 10, 750),
        ({}, 20, 500),
        ({}, 20 + timing.GRACE_S, 500),
        ({"scoring": "flat"}, 19, 1000),
        ({"double": True}, 10, 1500),
        ({"double": True, "scoring": "flat"}, 10, 2000),
        ({"seconds": 5}, 2.5, 750),
        ({"seconds": 240}, 240, 500),
    ],
)
def test_points_fall_evenly_from_a_thousand_to_half(settings: dict[str, Any], after: float, points: int) -> None:
    assert kinds.worth(quiz_choice.Settings(**settings), after) == points


@given(one=st.floats(0, 30), other=st.floats(0, 30))
def test_who_is_slower_never_gets_more(one: float, other: float) -> None:
    early, late = sorted((one, other))
    worth = [kinds.worth(quiz_choice.Settings(), elapsed) for elapsed in (early, late)]
    assert quiz_kinds.MOST_POINTS >= worth[0] >= worth[1] >= quiz_kinds.LEAST_POINTS


def test_right_answers_earn_points_and_wrong_ones_none(quiz: Quiz) -> None:
    poll = quiz.ask()
    quick, slow, wrong, silent = (quiz.phone(name) for name in ("Quick", "Slow", "Wrong", "Silent"))
    assert [quick.answer(poll, ["yes"], 2).code, slow.answer(poll, ["yes"], 18).code] == ["saved", "saved"]
    assert wrong.answer(poll, ["no"], 1).code == "saved"
    assert all(points == 0 for _, _, points in quiz.table()), "nobody learns from the leaderboard before the end"
    quiz.facilitator.close()
    assert quiz.table() == [(1, "Quick", 950), (2, "Slow", 550), (3, "Silent", 0), (3, "Wrong", 0)]
    assert quiz.look().last == poll.id
    assert silent.id not in quiz.look().scores


def test_an_answer_counts_until_the_limit_and_a_grace_and_not_after(quiz: Quiz) -> None:
    poll = quiz.ask(seconds=20)
    in_time, late = quiz.phone("In time"), quiz.phone("Late")
    assert in_time.answer(poll, ["yes"], 20 + timing.GRACE_S - 0.01).code == "saved"
    assert late.answer(poll, ["yes"], 20 + timing.GRACE_S + 0.01) == ("closed", None, None)
    quiz.facilitator.close()
    assert quiz.table() == [(1, "In time", 500), (2, "Late", 0)]
    assert rounds_participants(quiz, poll.id) == 1


def rounds_participants(quiz: Quiz, round_id: int) -> int:
    poll = quiz.database.read(rounds.get, quiz.id, round_id)
    return quiz.facilitator.sees(poll).participants or 0


def test_another_limit_holds_once_the_facilitator_gives_one_and_none_without(quiz: Quiz) -> None:
    poll = quiz.ask(seconds=20)
    quiz.facilitator.do("countdown", seconds=60)
    slow, slowest = quiz.phone("Slow"), quiz.phone("Slowest")
    assert slow.answer(poll, ["yes"], 50).code == "saved"
    quiz.facilitator.do("stop_countdown")
    assert slowest.answer(poll, ["yes"], 5000).code == "saved"
    quiz.facilitator.close()
    assert quiz.table() == [(1, "Slow", 500), (1, "Slowest", 500)]


def test_the_first_answer_counts_whatever_comes_after_it(quiz: Quiz) -> None:
    poll = quiz.ask()
    phone = quiz.phone("Otter")
    assert phone.answer(poll, ["no"], 1).code == "saved"
    assert phone.answer(poll, ["no"], 2).code == "saved", "a retry is never refused"
    other = phone.answer(poll, ["yes"], 3, revision=2)
    assert (other.code, other.answer) == ("superseded", '["no"]')
    assert phone.answer(poll, ["no"], 3, revision=2).code == "saved"
    late = phone.play(poll, ["no"], 30)
    quiz.facilitator.close()
    assert quiz.store(late)[0].code == "saved", "also when it comes late"
    assert quiz.table() == [(1, "Otter", 0)]


def test_an_answer_that_is_sent_many_times_is_scored_once(quiz: Quiz) -> None:
    poll = quiz.ask()
    phone = quiz.phone("Otter")
    plays = [phone.play(poll, ["yes"], after) for after in (4, 4.2, 8)]
    assert [outcome.code for outcome in quiz.store(*plays)] == ["saved"] * 3
    assert quiz.store(plays[2])[0].code == "saved"
    quiz.facilitator.close()
    assert quiz.table() == [(1, "Otter", 900)]


def test_a_batch_that_fails_leaves_neither_ballot_nor_score(quiz: Quiz, monkeypatch: pytest.MonkeyPatch) -> None:
    poll, phone = quiz.ask(), quiz.phone("Otter")
    with monkeypatch.context() as patch:
        patch.setattr(quizzes.store, "_add_players", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            phone.answer(poll, ["yes"], 4)
    assert phone.phone.own(poll) == []
    assert phone.answer(poll, ["yes"], 10).code == "saved"
    quiz.facilitator.close()
    assert quiz.table() == [(1, "Otter", 750)]


def test_a_phone_that_comes_late_plays_from_then_on_under_a_name_it_is_given(quiz: Quiz) -> None:
    quiz.phone("Early").answer(quiz.ask(), ["yes"], 0)
    second = quiz.ask()
    late = quiz.phone()
    late.answer(second, ["yes"], 0)
    quiz.facilitator.close()
    assert quiz.table() == sorted([(1, "Early", 1000), (1, quizzes.naming.suggestion(late.id, "en"), 1000)])


def test_typed_answers_are_judged_again_when_more_or_fewer_are_accepted(quiz: Quiz) -> None:
    poll = quiz.ask("quiz_type", accepted=["The Hague"])
    right, almost, wrong = quiz.phone("Right"), quiz.phone("Almost"), quiz.phone("Wrong")
    right.answer(poll, "  the  HAGUE! ", 0)
    almost.answer(poll, "Den Haag", 10)
    wrong.answer(poll, "Geneva", 5)
    quiz.facilitator.close()
    assert quiz.table() == [(1, "Right", 1000), (2, "Almost", 0), (2, "Wrong", 0)]
    quiz.accept(poll, "den haag")
    quiz.accept(poll, "DEN HAAG")
    assert quiz.table() == [(1, "Right", 1000), (2, "Almost", 750), (3, "Wrong", 0)]
    shown = quiz.facilitator.sees(quiz.database.read(rounds.get, quiz.id, poll.id)).results
    assert {option["label"]: option["correct"] for option in shown["options"]} == {
        "the HAGUE!": True, "Den Haag": True, "Geneva": False,
    }  # fmt: skip
    quiz.accept(poll, "Den Haag", accepted=False)
    assert quiz.table()[1:] == [(2, "Almost", 0), (2, "Wrong", 0)]


def test_a_wrong_option_that_was_marked_is_mended_and_points_follow_in_every_round(quiz: Quiz) -> None:
    first = quiz.ask()
    right, wrong, idle = quiz.phone("Right"), quiz.phone("Wrong"), quiz.phone("Idle")
    wrong.answer(first, ["yes"], 0)
    right.answer(first, ["no"], 10)
    again = quiz.facilitator.ask_again()
    wrong.answer(again, ["yes"], 0)
    right.answer(again, ["no"], 10)
    idle.answer(again, ["so"], 0)
    quiz.facilitator.close()
    assert quiz.table() == [(1, "Wrong", 1000), (2, "Idle", 0), (2, "Right", 0)]
    with pytest.raises(BadSettings) as error:
        quiz.accept(again, "yes", accepted=False)
    assert error.value.params["reason"] == "none_correct"
    quiz.accept(again, "no")
    assert quiz.table() == [(1, "Wrong", 1000), (2, "Right", 750), (3, "Idle", 0)]
    quiz.accept(again, "yes", accepted=False)
    assert quiz.table() == [(1, "Right", 750), (2, "Idle", 0), (2, "Wrong", 0)]
    for poll in (first, again):
        scored = quiz.database.read(quizzes.scores_of, [poll.id])[poll.id]
        assert (scored[right.id], scored[wrong.id]) == ((True, 750), (False, 0))
        seen = quiz.facilitator.sees(quiz.database.read(rounds.get, quiz.id, poll.id)).results
        marked = {option["id"] for option in seen["options"] if option.get("correct")}
        assert marked == {"no"}
    slide = quiz.database.read(agenda.get_slide, quiz.id, again.slide_id)
    assert [option["id"] for option in slide.settings["options"] if option["correct"]] == ["no"]
    with pytest.raises(BadSettings):
        quiz.accept(again, "unknown")
    with pytest.raises(NotFound):
        quiz.accept(quiz.facilitator.ask("choice"), "a")
    quiz.facilitator.end()
    quiz.facilitator.seal()
    with pytest.raises(Sealed):
        quiz.accept(again, "yes")


def test_what_is_accepted_in_the_editor_counts_too_and_holds_for_the_next_round(quiz: Quiz) -> None:
    poll = quiz.ask("quiz_type", accepted=["Berne"])
    phone = quiz.phone("Otter")
    phone.answer(poll, "Bern", 0)
    quiz.facilitator.close()
    slide = quiz.database.read(agenda.get_slide, quiz.id, poll.slide_id)
    settings = slide.settings | {"accepted": ["Berne", "Bern"]}
    quiz.database.run(agenda.update_slide, quiz.id, slide.id, settings=settings)
    assert phone.standing.points == 1000
    quiz.accept(poll, "Berna")
    again = quiz.facilitator.ask_again()
    assert again.settings["accepted"] == ["Berne", "Bern", "Berna"]


def test_of_a_question_that_is_asked_again_the_newest_round_counts(quiz: Quiz) -> None:
    poll = quiz.ask()
    phone = quiz.phone("Otter")
    phone.answer(poll, ["yes"], 0)
    again = quiz.facilitator.ask_again()
    phone.answer(again, ["yes"], 20)
    quiz.facilitator.close()
    assert quiz.table() == [(1, "Otter", 500)]


def test_up_to_twenty_answers_are_accepted(quiz: Quiz) -> None:
    poll = quiz.ask("quiz_type", accepted=[f"answer {number}" for number in range(20)])
    with pytest.raises(BadSettings) as error:
        quiz.accept(poll, "one more")
    assert error.value.params["reason"] == "too_many_accepted"


def test_what_is_correct_among_options_is_frozen_once_it_was_asked(quiz: Quiz) -> None:
    poll = quiz.ask()
    swapped = [option | {"correct": not option.get("correct", False)} for option in OPTIONS]
    for change in ({"options": swapped}, {"seconds": 30}, {"scoring": "flat"}, {"double": True}):
        with pytest.raises(SettingsFrozen):
            quiz.database.run(agenda.update_slide, quiz.id, poll.slide_id, settings={"options": OPTIONS, **change})
    mended = [option | {"label": option["label"] + "!"} for option in OPTIONS]
    quiz.database.run(agenda.update_slide, quiz.id, poll.slide_id, settings={"options": mended})


def test_a_question_closes_by_itself_shows_what_is_correct_and_is_not_opened_again(
    quiz: Quiz, database: Database
) -> None:
    poll = quiz.ask()
    scene = quiz.facilitator.look()
    assert (scene.stage.results_visible, stage.grace_s(scene)) == (False, timing.GRACE_S)
    assert scene.stage.countdown_ends_at is not None
    assert abs(scene.stage.countdown_ends_at - quiz.began_at(poll) - 20) < 0.01
    closed = database.run(stage.close_due, quiz.id, scene.stage.countdown_ends_at)
    assert closed is not None
    assert closed.poll is not None
    assert (closed.poll.state, closed.poll.revealed, closed.stage.results_visible) == ("closed", True, True)
    with database.engine.connect() as connection:
        assert connection.execute(text("select count(*) from quiz_clock")).scalar() == 0
    quiz.facilitator.look()
    with pytest.raises(NothingToDo):
        quiz.facilitator.open()


def test_what_is_correct_is_not_shown_while_people_answer_and_is_when_the_meeting_ends(quiz: Quiz) -> None:
    poll = quiz.ask()
    with pytest.raises(NothingToDo):
        quiz.facilitator.do("reveal")
    quiz.facilitator.end()
    assert quiz.database.read(rounds.get, quiz.id, poll.id).revealed


def test_results_that_are_to_wait_wait_also_when_a_question_closes(quiz: Quiz) -> None:
    slide = quiz.facilitator.add("quiz_choice", settings={"options": OPTIONS}, results_hidden=True, stays_open=True)
    quiz.facilitator.go(slide)
    scene = quiz.facilitator.close()
    assert scene.poll is not None
    assert (scene.stage.results_visible, scene.poll.revealed) == (False, False)


def test_who_leaves_an_open_question_closes_it_even_if_the_slide_is_to_stay_open(quiz: Quiz) -> None:
    slide = quiz.facilitator.add("quiz_choice", settings={"options": OPTIONS}, stays_open=True)
    poll = quiz.facilitator.poll(quiz.facilitator.go(slide))
    assert poll.state == OPEN
    quiz.facilitator.go(quiz.facilitator.add("leaderboard"))
    assert quiz.database.read(rounds.get, quiz.id, poll.id).state == "closed"


@given(totals=st.dictionaries(st.binary(min_size=1, max_size=3), st.integers(0, 5), max_size=8))
def test_equals_share_a_place_and_the_next_is_as_many_lower(totals: dict[bytes, int]) -> None:
    places = rank(totals)
    for player, points in totals.items():
        assert places[player] == 1 + sum(other > points for other in totals.values())


def test_who_moved_is_told_by_the_places_without_the_last_question(quiz: Quiz) -> None:
    first = quiz.ask()
    one, two = quiz.phone("One"), quiz.phone("Two")
    one.answer(first, ["yes"], 0)
    second = quiz.ask(double=True)
    assert one.standing.before is None, "there was no question before"
    two.answer(second, ["yes"], 0)
    quiz.facilitator.close()
    assert [(each.nickname, each.place, each.before) for each in quiz.look().standings] == [
        ("Two", 1, 2),
        ("One", 2, 1),
    ]


def test_quizzes_are_not_for_meetings_in_which_results_move_in_steps(
    careful: Facilitator, facilitator: Facilitator
) -> None:
    for kind in ("quiz_choice", "quiz_type", "quiz_lobby", "leaderboard"):
        with pytest.raises(BadSettings) as error:
            careful.add(kind)
        assert error.value.params["reason"] == "quiz"
    slide = facilitator.add("quiz_lobby")
    change = {"preset": "chatham_house"}
    with pytest.raises(BadSettings):
        facilitator.database.run(agenda.update_meeting, facilitator.id, facilitator.owner_id, **change)
    facilitator.database.run(agenda.delete_slide, facilitator.id, slide.id)
    facilitator.database.run(agenda.update_meeting, facilitator.id, facilitator.owner_id, **change)
    with pytest.raises(BadSettings):
        facilitator.database.run(agenda.restore_slide, facilitator.id, slide.id)


def test_the_seal_keeps_nicknames_and_points_alone_and_the_erasure_nothing(quiz: Quiz, database: Database) -> None:
    poll = quiz.ask("quiz_type", accepted=["Berne"])
    one, two = quiz.phone("One"), quiz.phone("Two")
    one.answer(poll, "Berne", 0)
    two.answer(poll, "Geneva", 0)
    quiz.facilitator.close()
    before = quiz.table()
    ids = {one.id, two.id}
    quiz.facilitator.end()
    quiz.facilitator.seal()
    assert quiz.table() == before == [(1, "One", 1000), (2, "Two", 0)]
    with database.engine.connect() as connection:
        assert connection.execute(text("select count(*) from score")).scalar() == 0
        stored = connection.execute(text("select id, nickname, points from player order by id")).all()
        assert not {bytes(row.id) for row in stored} & ids
        assert {(row.nickname, row.points) for row in stored} == {("One", 1000), ("Two", 0)}
    with pytest.raises(Sealed):
        quiz.accept(poll, "Geneva")
    database.run(lambda session: session.delete(session.get_one(type(quiz.facilitator.meeting), quiz.id)))
    with database.engine.connect() as connection:
        assert connection.execute(text("select count(*) from player")).scalar() == 0
