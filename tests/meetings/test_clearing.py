"""Clearing a slide or a whole meeting: nothing of it is left anywhere, the stage follows, and no id comes back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from pollapp.ballots import Cast, KeyRing, Outcome, Round, rounds, store_batch
from pollapp.database import Base, Database
from pollapp.errors import MeetingEnded, NotFound, Outdated, PresetFrozen, RetentionPromised
from pollapp.meetings import Scene, agenda, clearing, curating, ending, erasing, reviewing
from tests.actors import Facilitator
from tests.ballots.upvoters import Wall
from tests.live.server_process import ServerProcess
from tests.quizzes.quiz import Quiz

YES = ["yes"]
OF_ROUNDS = [
    table
    for table in Base.metadata.sorted_tables
    if any(key.column.table.name == "round" for key in table.foreign_keys)
]


def rows(database: Database, *polls: Round) -> dict[str, int]:
    """Return how many rows there are of these rounds, by table; tables without any are left out."""
    ids = [poll.id for poll in polls]
    with database.engine.connect() as connection:
        found = {
            table.name: len(connection.execute(select(table).where(table.c.round_id.in_(ids))).all())
            for table in OF_ROUNDS
        }
        found["round"] = len(connection.execute(select(Round.__table__).where(Round.id.in_(ids))).all())
    return {name: count for name, count in found.items() if count}


def newest(leader: Facilitator, slide_id: str | None = None) -> int:
    def read(session) -> int:
        polls = rounds.of_slide(session, slide_id) if slide_id else rounds.of_meeting(session, leader.id)
        return max(poll.id for poll in polls)

    return leader.database.read(read)


def clear(leader: Facilitator, slide_id: str, seen: int | None = None) -> Scene:
    seen = newest(leader, slide_id) if seen is None else seen
    scene = leader.database.run(clearing.clear_slide, leader.id, slide_id, seen=seen)
    leader.version = scene.stage.version
    return scene


def clear_all(leader: Facilitator) -> Scene:
    scene = leader.database.run(clearing.clear_all, leader.id, seen=newest(leader))
    leader.version = scene.stage.version
    return scene


def written(leader: Facilitator) -> Round:
    """Have answers written, upvoted, moderated and reviewed."""
    wall = Wall(leader)
    writer, _ = wall.write("Call +41 44 668 18 00", "Kind")
    leader.decide(leader.queue()[0], "approved")
    for each in leader.database.read(reviewing.look, leader.id, leader.keys).written:
        about = {"round_id": each.round_id, "key": each.entry.key, "fingerprint": each.entry.fingerprint}
        leader.database.run(reviewing.decide, leader.id, leader.keys, decision="keep", **about)
    wall.upvote(writer, wall.find("Kind"))
    return wall.poll


def cloud(leader: Facilitator) -> Round:
    """Have a word cloud curated."""
    poll = leader.ask("word_cloud")
    for word in ("trust", "hope"):
        leader.let_in().answer(poll, word)
    leader.database.run(curating.change, leader.id, poll.id, "hide", ["hope"], "")
    return poll


def played(leader: Facilitator) -> Round:
    """Have a quiz question played that is still open."""
    quiz = Quiz(leader)
    poll = quiz.ask()
    quiz.phone("Otter").answer(poll, YES, 1.0)
    return poll


FILLED: dict[str, tuple[Callable[[Facilitator], Round], set[str]]] = {
    "texts": (written, {"ballot", "tally", "review", "moderation", "text_upvote", "text_votes"}),
    "cloud": (cloud, {"ballot", "tally", "curation"}),
    "quiz": (played, {"ballot", "tally", "score", "quiz_clock"}),
}


def test_all_tables_that_belong_to_rounds_are_filled_somewhere_here() -> None:
    assert {table.name for table in OF_ROUNDS} == set().union(*(names for _, names in FILLED.values())) | {"snapshot"}


@pytest.mark.parametrize("what", FILLED)
def test_nothing_is_left_of_a_cleared_slide_and_another_is_untouched(
    database: Database, facilitator: Facilitator, what: str
) -> None:
    other = facilitator.ask("choice")
    facilitator.let_in().answer(other, YES)
    kept = rows(database, other)
    fill, tables = FILLED[what]
    poll = fill(facilitator)
    facilitator.look()
    assert set(rows(database, poll)) >= tables | {"round"}
    clear(facilitator, poll.slide_id)
    assert rows(database, poll) == {}
    assert rows(database, other) == kept
    assert facilitator.sees(other).participants == 1


def test_all_rounds_of_a_slide_go_also_what_is_published_of_them(database: Database, careful: Facilitator) -> None:
    first = careful.ask("choice")
    for _ in range(6):
        careful.let_in().answer(first, YES)
    second = careful.ask_again()
    for _ in range(3):
        careful.let_in().answer(second, YES)
    assert rows(database, first, second)["snapshot"] == 1
    scene = clear(careful, first.slide_id)
    assert rows(database, first, second) == {}
    assert scene.poll is not None
    seen = careful.sees(scene.poll)
    assert (scene.poll.number, seen.participants, seen.waiting) == (1, None, "first_ten")


def test_points_go_and_nicknames_stay(facilitator: Facilitator) -> None:
    quiz = Quiz(facilitator)
    poll = quiz.ask()
    quiz.phone("Otter").answer(poll, YES, 1.0)
    facilitator.close()
    assert quiz.table()[0][2] > 0
    clear(facilitator, poll.slide_id)
    assert quiz.table() == [(1, "Otter", 0)]


def test_all_slides_are_cleared_at_once_deleted_ones_too(database: Database, facilitator: Facilitator) -> None:
    polls = [facilitator.ask("choice"), cloud(facilitator), facilitator.ask("choice")]
    for poll in (polls[0], polls[2]):
        facilitator.let_in().answer(poll, YES)
    database.run(agenda.delete_slide, facilitator.id, polls[0].slide_id)
    scene = clear_all(facilitator)
    assert rows(database, *polls) == {}
    assert scene.poll is not None
    assert (scene.poll.slide_id, scene.poll.state) == (polls[2].slide_id, "open")
    database.run(agenda.restore_slide, facilitator.id, polls[0].slide_id)
    assert database.read(rounds.of_slide, polls[0].slide_id) == []


def test_other_meetings_are_untouched(database: Database, facilitator: Facilitator, careful: Facilitator) -> None:
    poll, other = facilitator.ask("choice"), careful.ask("choice")
    careful.let_in().answer(other, YES)
    kept = rows(database, other)
    clear_all(facilitator)
    assert rows(database, other) == kept
    with pytest.raises(NotFound):
        database.run(clearing.clear_slide, facilitator.id, other.slide_id, seen=other.id)
    assert rows(database, other) == kept
    assert rows(database, poll) == {}


def test_what_is_open_on_the_stage_opens_anew_and_empty(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    phone = facilitator.let_in()
    phone.answer(poll, YES)
    facilitator.do("countdown", seconds=60)
    before = facilitator.look()
    scene = clear(facilitator, poll.slide_id)
    assert scene.stage.version == before.stage.version + 1
    assert scene.stage.countdown_ends_at is None
    assert scene.poll is not None
    assert (scene.poll.state, scene.poll.number, scene.poll.id > poll.id) == ("open", 1, True)
    assert (facilitator.sees(scene.poll).participants, phone.own(scene.poll)) == (0, [])
    assert phone.answer(scene.poll, YES).code == "saved"
    assert facilitator.sees(scene.poll).participants == 1


def test_what_is_closed_on_the_stage_waits_to_be_opened(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    facilitator.let_in().answer(poll, YES)
    facilitator.ask_again()
    facilitator.do("share_results")
    facilitator.do("compare")
    facilitator.close()
    scene = clear(facilitator, poll.slide_id)
    assert scene.poll is None
    assert (scene.stage.comparing, scene.stage.results_on_phones) == (False, False)
    assert facilitator.poll(facilitator.open()).state == "open"


def test_an_answer_that_stands_large_leaves_the_screen(facilitator: Facilitator) -> None:
    poll = facilitator.ask("open_text")
    facilitator.let_in().answer(poll, "Rude")
    facilitator.do("highlight", text=facilitator.sees(poll).results["texts"][0]["id"])
    scene = clear(facilitator, poll.slide_id)
    assert (scene.stage.text_id, scene.stage.text_large) == (None, False)


def test_a_slide_that_is_not_on_the_stage_opens_when_one_comes_there_again(facilitator: Facilitator) -> None:
    first, second = facilitator.ask("choice"), facilitator.ask("choice")
    scene = clear(facilitator, first.slide_id)
    assert scene.poll is not None
    assert (scene.poll.id, scene.poll.state) == (second.id, "open")
    assert facilitator.poll(facilitator.previous()).state == "open"


def test_a_quiz_question_begins_anew_with_its_clock(facilitator: Facilitator) -> None:
    quiz = Quiz(facilitator)
    poll = quiz.ask(seconds=20)
    player = quiz.phone("Otter")
    player.answer(poll, YES, 1.0)
    scene = clear(facilitator, poll.slide_id)
    assert scene.poll is not None
    assert scene.stage.countdown_ends_at == pytest.approx(quiz.began_at(scene.poll) + 20)
    assert player.answer(scene.poll, YES, 1.0).code == "saved"


def test_no_id_is_ever_used_again(facilitator: Facilitator) -> None:
    """Else an answer on its way to a cleared round would be stored in the next one, and by the same ballot id."""
    poll = facilitator.ask("choice")
    phone = facilitator.let_in()
    late = phone.cast(poll, YES)
    facilitator.close()
    clear(facilitator, poll.slide_id)
    again = facilitator.poll(facilitator.open())
    assert again.id > poll.id
    facilitator.close()
    clear_all(facilitator)
    assert facilitator.poll(facilitator.open()).id > again.id
    stored = facilitator.database.run(lambda session: store_batch(session.connection(), [late]))
    assert stored == [Outcome("unknown_round")]


def test_the_newest_rounds_of_a_deleted_meeting_leave_no_id_either(
    database: Database, keys: KeyRing, owner_id: int, facilitator: Facilitator
) -> None:
    gone = Facilitator(database, keys, owner_id)
    poll = gone.ask("choice")
    database.run(erasing.erase, gone.id)
    assert facilitator.ask("choice").id > poll.id


def test_pressed_twice_it_does_not_clear_what_is_answered_anew(facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    scene = clear(facilitator, poll.slide_id)
    assert scene.poll is not None
    facilitator.let_in().answer(scene.poll, YES)
    with pytest.raises(Outdated):
        clear(facilitator, poll.slide_id, seen=poll.id)
    with pytest.raises(Outdated):
        facilitator.database.run(clearing.clear_all, facilitator.id, seen=poll.id)
    assert facilitator.sees(scene.poll).participants == 1


def test_where_nothing_was_asked_nothing_is_cleared(facilitator: Facilitator) -> None:
    slide = facilitator.add("choice")
    for act, about in ((clearing.clear_slide, (slide.id,)), (clearing.clear_all, ())):
        with pytest.raises(Outdated):
            facilitator.database.run(act, facilitator.id, *about, seen=0)


@pytest.mark.parametrize("sealed", [False, True])
def test_after_the_end_nothing_can_be_cleared(database: Database, facilitator: Facilitator, *, sealed: bool) -> None:
    poll = facilitator.ask("open_text")
    facilitator.let_in().answer(poll, "Something")
    facilitator.end()
    if sealed:
        facilitator.seal()
    for act in (lambda: clear(facilitator, poll.slide_id), lambda: clear_all(facilitator)):
        with pytest.raises(MeetingEnded):
            act()
    assert facilitator.sees(poll).participants == 1


def test_what_was_promised_before_the_first_answer_stays_promised(database: Database, facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    facilitator.let_in().answer(poll, YES)
    facilitator.close()
    clear_all(facilitator)
    change: Callable[..., Any] = agenda.update_meeting
    with pytest.raises(PresetFrozen):
        database.run(change, facilitator.id, facilitator.owner_id, preset="chatham_house")
    with pytest.raises(RetentionPromised):
        database.run(change, facilitator.id, facilitator.owner_id, keep_days=400)


def test_rounds_that_nobody_answered_promise_nothing(database: Database, facilitator: Facilitator) -> None:
    facilitator.ask("choice")
    clear_all(facilitator)
    meeting = database.run(agenda.update_meeting, facilitator.id, facilitator.owner_id, preset="chatham_house")
    assert meeting.preset == "chatham_house"


def test_after_clearing_options_can_be_added(database: Database, facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    facilitator.let_in().answer(poll, YES)
    facilitator.close()
    clear(facilitator, poll.slide_id)
    more = {"options": [{"id": name, "label": name} for name in ("yes", "no", "maybe")]}
    database.run(agenda.update_slide, facilitator.id, poll.slide_id, settings=more)
    again = facilitator.poll(facilitator.open())
    assert facilitator.let_in().answer(again, ["maybe"]).code == "saved"


def test_clearing_races_the_batches_of_another_server(
    database: Database, facilitator: Facilitator, database_url: str
) -> None:
    poll = facilitator.ask("choice")
    casts: list[Cast] = [facilitator.let_in().cast(poll, YES) for _ in range(200)]
    other = ServerProcess(database_url, casts, threads=4)
    other.go()
    scene = clear(facilitator, poll.slide_id)
    codes = other.results()
    assert set(codes) <= {"saved", "unknown_round"}
    assert rows(database, poll) == {}
    assert scene.poll is not None
    assert facilitator.sees(scene.poll).participants == 0


def test_the_day_of_an_answer_that_was_cleared_meanwhile_is_noted_without_a_fuss(
    database: Database, facilitator: Facilitator
) -> None:
    poll = facilitator.ask("choice")
    facilitator.let_in().answer(poll, YES)
    clear(facilitator, poll.slide_id)
    database.run(ending.note_answers, {poll.id})
    assert facilitator.look().meeting.answered_on in (None, date.today())


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_on_sqlite_the_words_leave_the_file(database: Database, facilitator: Facilitator, database_file: Path) -> None:
    words = "Quetzalcoatlus northropi"
    poll = facilitator.ask("open_text")
    facilitator.let_in().answer(poll, words)

    def files() -> bytes:
        return b"".join(path.read_bytes() for path in database_file.parent.glob(f"{database_file.name}*"))

    assert words.encode() in files()
    clear(facilitator, poll.slide_id)
    assert database.forget_deleted()
    assert words.encode() not in files()


def test_deleting_rounds_tells_whether_anybody_had_answered(database: Database, facilitator: Facilitator) -> None:
    poll = facilitator.ask("choice")
    assert database.run(rounds.delete_rounds, [poll.id]) is False
    other = facilitator.ask("choice")
    facilitator.let_in().answer(other, YES)
    assert database.run(rounds.delete_rounds, [other.id]) is True
