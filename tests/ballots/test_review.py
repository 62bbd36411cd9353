"""Review on the store: a decision is about one text, is laid over until the seal, and carried out from then on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from pollapp.ballots import KeyRing, Round, review, rounds, take_for_files
from pollapp.ballots.models import Ballot, Review
from pollapp.ballots.review import Entry
from pollapp.database import Database
from pollapp.errors import BadDecision, NotFound, Sealed, TextChanged, UnknownRound
from pollapp.meetings import reviewing
from pollapp.words import MARK
from tests.actors import Facilitator, Participant
from tests.databases import Postgres, SQLite, forget

MAIL = "Write to quetzal@example.org today"
REDACTED = f"Write to {MARK} today"


@pytest.fixture
def leader(database: Database, keys: KeyRing, owner_id: int, preset: str) -> Facilitator:
    """A facilitator in each preset in turn."""
    return Facilitator(database, keys, owner_id, preset=preset)


def answers(leader: Facilitator, poll: Round, *texts: str) -> list[Participant]:
    """Let each text be written by somebody else, and the round be closed, so that all are published."""
    room = [leader.let_in() for _ in texts]
    for person, text in zip(room, texts, strict=True):
        person.answer(poll, text)
    leader.close()
    return room


def look(leader: Facilitator) -> list[Entry]:
    return [each.entry for each in leader.database.read(reviewing.look, leader.id, leader.keys).written]


def entry_of(leader: Facilitator, text: str) -> Entry:
    return next(entry for entry in look(leader) if entry.text == text)


def decide(leader: Facilitator, poll: Round, text: str, decision: str | None, words: list[str] | None = None) -> Entry:
    entry = entry_of(leader, text)
    return leader.database.run(
        reviewing.decide, leader.id, leader.keys,
        round_id=poll.id, key=entry.key, fingerprint=entry.fingerprint, decision=decision, words=words,
    ).entry  # fmt: skip


def seen(leader: Facilitator, poll: Round) -> list[str]:
    return sorted(row[0] for row in leader.sees(poll).table.rows)


def stored(leader: Facilitator) -> list:
    with leader.database.engine.connect() as connection:
        return list(connection.execute(select(Review.__table__)))


def seal(leader: Facilitator) -> None:
    leader.end()
    leader.database.run(reviewing.flag, leader.keys, leader.id)
    leader.seal()
    forget(leader.database)


FIVE = (MAIL, "Two", "Three", "Four", "Five")


def test_what_is_found_waits_for_a_decision_and_stands_first(leader: Facilitator) -> None:
    poll = leader.ask("open_text")
    answers(leader, poll, *FIVE)
    assert next((entry.text, entry.pending) for entry in look(leader)) == (MAIL, True)
    assert sum(entry.pending for entry in look(leader)) == 1
    assert decide(leader, poll, MAIL, "keep").pending is False
    assert (MAIL in seen(leader, poll), stored(leader)[0].decision) == (True, "keep")


def test_blacking_out_shows_a_mark_and_can_be_taken_back(leader: Facilitator) -> None:
    poll = leader.ask("open_text")
    answers(leader, poll, *FIVE)
    before = leader.sees(poll)
    decide(leader, poll, MAIL, "redact")
    after = leader.sees(poll)
    assert (REDACTED in seen(leader, poll), MAIL in seen(leader, poll)) == (True, False)
    assert (after.participants, after.ballots, after.number) == (5, 5, before.number + 1)
    decide(leader, poll, MAIL, None)
    assert MAIL in seen(leader, poll)
    assert entry_of(leader, MAIL).pending
    assert leader.sees(poll).number == before.number + 2


def test_a_dropped_text_vanishes_and_the_counts_stay(leader: Facilitator) -> None:
    poll = leader.ask("open_text")
    answers(leader, poll, *FIVE)
    decide(leader, poll, "Two", "drop")
    snapshot = leader.sees(poll)
    assert seen(leader, poll) == ["Five", "Four", "Three", MAIL]
    assert (snapshot.participants, snapshot.ballots, snapshot.left_out) == (5, 5, 1)
    assert entry_of(leader, "Two").decision == "drop"


def test_words_that_a_reader_picks_are_blacked_out(leader: Facilitator) -> None:
    poll = leader.ask("open_text")
    answers(leader, poll, "My colleague Ada said so", *FIVE[1:])
    with pytest.raises(BadDecision):
        decide(leader, poll, "My colleague Ada said so", "redact")
    with pytest.raises(BadDecision):
        decide(leader, poll, "My colleague Ada said so", "redact", ["Grace"])
    decide(leader, poll, "My colleague Ada said so", "redact", ["ada", "colleague"])
    assert f"My {MARK} {MARK} said so" in seen(leader, poll)


def test_words_of_a_cloud_are_reviewed_too(leader: Facilitator) -> None:
    poll = leader.ask("word_cloud")
    answers(leader, poll, "@quetzal", "@quetzal", "@dodo", "hope", "rude")
    for word in ("@quetzal", "@dodo"):
        assert entry_of(leader, word).pending
        decide(leader, poll, word, "redact")
    decide(leader, poll, "rude", "drop")
    assert dict(leader.sees(poll).table.rows) == {MARK: 3, "hope": 1}
    assert leader.sees(poll).left_out == 1


def test_what_was_written_beside_options_is_reviewed_and_its_count_stays(leader: Facilitator) -> None:
    poll = leader.ask("choice", other=True, other_label="Other", most=2)
    room = [leader.let_in() for _ in range(6)]
    for person, text in zip(room, ("@quetzal", "@quetzal", "@dodo", "hope", "rude", ""), strict=True):
        person.answer(poll, ["yes", f"other:{text}"] if text else ["yes"])
    leader.close()
    if leader.meeting.preset == "chatham_house":
        file = leader.database.read(lambda session: take_for_files(session, session.get(Round, poll.id), ()))
        assert ([row[1] for row in file.table.rows if row[1]], file.pending) == (["hope", "rude"], 2)
    for word in ("@quetzal", "@dodo"):
        assert entry_of(leader, word).pending
        decide(leader, poll, word, "redact")
    decide(leader, poll, "rude", "drop")

    def shown() -> list[tuple[object, ...]]:
        return [row[:3] for row in leader.sees(poll).table.rows]

    expected = [
        ("Yes", "", 6),
        ("No", "", 0),
        ("So so", "", 0),
        ("Other", "", 5),
        ("Other", MARK, 3),
        ("Other", "hope", 1),
    ]
    assert (shown(), leader.sees(poll).left_out, leader.sees(poll).unanimous) == (expected, 1, False)
    seal(leader)
    assert (shown(), leader.sees(poll).left_out) == (expected, 1)
    assert {entry.text for entry in look(leader)} == {MARK, "hope"}
    with leader.database.engine.connect() as connection:
        assert connection.execute(select(Ballot.id)).all() == []


def test_names_of_the_list_are_found(leader: Facilitator) -> None:
    poll = leader.ask("open_text")
    answers(leader, poll, "Zoë’s idea", *FIVE[1:])
    assert not entry_of(leader, "Zoë’s idea").findings
    leader.database.run(reviewing.keep_names, leader.id, leader.keys, ["  Zoe ", "", "Zoe", "Ada Lovelace"])
    assert leader.keys.names(leader.id) == ("Zoe", "Ada Lovelace")
    assert entry_of(leader, "Zoë’s idea").findings[0].kind == "name"
    leader.database.run(reviewing.keep_names, leader.id, leader.keys, [])
    assert not entry_of(leader, "Zoë’s idea").findings


def test_a_decision_is_about_one_text_and_no_later_one(facilitator: Facilitator) -> None:
    poll = facilitator.ask("open_text")
    person = facilitator.let_in()
    person.answer(poll, "Something I take back")
    old = entry_of(facilitator, "Something I take back")
    decide(facilitator, poll, old.text, "drop")
    person.answer(poll, MAIL, revision=2)
    assert entry_of(facilitator, MAIL).pending
    assert seen(facilitator, poll) == [MAIL]
    with pytest.raises(TextChanged):
        facilitator.database.run(
            reviewing.decide, facilitator.id, facilitator.keys,
            round_id=poll.id, key=old.key, fingerprint=old.fingerprint, decision="keep",
        )  # fmt: skip


def test_what_is_not_published_is_not_reviewed_either(careful: Facilitator) -> None:
    poll = careful.ask("open_text")
    for number in range(9):
        careful.let_in().answer(poll, f"quetzal{number}@example.org")
    assert look(careful) == []
    careful.let_in().answer(poll, "The tenth")
    assert len(look(careful)) == 5
    with pytest.raises(NotFound):
        careful.database.run(
            reviewing.decide, careful.id, careful.keys, round_id=poll.id, key="none", fingerprint="", decision="drop"
        )


def test_a_round_of_another_meeting_is_not_found(facilitator: Facilitator, careful: Facilitator) -> None:
    poll = facilitator.ask("open_text")
    facilitator.let_in().answer(poll, MAIL)
    entry = entry_of(facilitator, MAIL)
    with pytest.raises(UnknownRound):
        careful.database.run(
            reviewing.decide, careful.id, careful.keys,
            round_id=poll.id, key=entry.key, fingerprint=entry.fingerprint, decision="drop",
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["open_text", "word_cloud"])
def test_after_the_seal_what_was_decided_is_nowhere_in_the_database(
    leader: Facilitator, databases: SQLite | Postgres, database_url: str, kind: str
) -> None:
    poll = leader.ask(kind)
    answers(leader, poll, "@archaeopteryx", "Ichthyosaurus", "velociraptor@example.org", "Four", "Five")
    leader.database.run(reviewing.keep_names, leader.id, leader.keys, ["Ichthyosaurus"])
    decide(leader, poll, "@archaeopteryx", "redact")
    decide(leader, poll, "Ichthyosaurus", "drop")
    decide(leader, poll, "velociraptor@example.org", "keep")
    before = seen(leader, poll)
    seal(leader)
    left = databases.contents(database_url).lower()
    assert b"archaeopteryx" not in left
    assert b"ichthyosaurus" not in left
    assert b"velociraptor" in left
    assert seen(leader, poll) == before == ["Five", "Four", "velociraptor@example.org", MARK]
    assert (leader.sees(poll).left_out, leader.sees(poll).ballots) == (1, 5)
    assert [entry.text for entry in look(leader) if entry.pending] == []
    assert {entry.text: entry.decision for entry in look(leader) if entry.decision} == {
        MARK: "redact",
        "velociraptor@example.org": "keep",
    }


@pytest.mark.parametrize("kind", ["open_text", "word_cloud"])
def test_after_the_seal_a_decision_rewrites_what_is_stored_at_once(
    leader: Facilitator, databases: SQLite | Postgres, database_url: str, kind: str
) -> None:
    poll = leader.ask(kind)
    answers(leader, poll, "@archaeopteryx", "Ichthyosaurus", "velociraptor@example.org", "Four", "Five")
    leader.database.run(reviewing.keep_names, leader.id, leader.keys, ["Ichthyosaurus"])
    seal(leader)
    assert {entry.text for entry in look(leader) if entry.pending} == {
        "@archaeopteryx", "Ichthyosaurus", "velociraptor@example.org",
    }  # fmt: skip
    number = leader.sees(poll).number
    assert decide(leader, poll, "Ichthyosaurus", "redact").shown == MARK
    assert decide(leader, poll, "@archaeopteryx", "drop").shown is None
    decide(leader, poll, "velociraptor@example.org", "keep")
    forget(leader.database)
    left = databases.contents(database_url).lower()
    assert b"archaeopteryx" not in left
    assert b"ichthyosaurus" not in left
    assert seen(leader, poll) == ["Five", "Four", "velociraptor@example.org", MARK]
    assert (leader.sees(poll).left_out, leader.sees(poll).number) == (1, number + 3)
    assert not any(entry.pending for entry in look(leader))
    assert decide(leader, poll, "velociraptor@example.org", None).pending
    assert decide(leader, poll, "velociraptor@example.org", "redact").shown == MARK
    with pytest.raises(BadDecision):
        decide(leader, poll, MARK, None)


def test_texts_and_their_findings_are_not_tied_to_their_old_ids_by_the_seal(leader: Facilitator) -> None:
    poll = leader.ask("open_text")
    answers(leader, poll, *FIVE)
    decide(leader, poll, MAIL, "keep")
    decide(leader, poll, "Two", "drop")
    before = {entry.key for entry in look(leader)}
    seal(leader)
    assert before.isdisjoint(row.entry for row in stored(leader))
    assert [row.fingerprint for row in stored(leader) if row.decision == "drop"] == [""]


def test_findings_and_decisions_about_what_is_no_longer_there_go_with_the_seal(facilitator: Facilitator) -> None:
    poll = facilitator.ask("open_text")
    people = [facilitator.let_in() for _ in range(3)]
    for person, text in zip(people, (MAIL, "Second", "Third"), strict=True):
        person.answer(poll, text)
    decide(facilitator, poll, MAIL, "redact")
    decide(facilitator, poll, "Second", "keep")
    people[0].answer(poll, "Changed", revision=2)
    people[1].answer(poll, None, revision=2)
    seal(facilitator)
    assert stored(facilitator) == []
    assert seen(facilitator, poll) == ["Changed", "Third"]


def test_names_found_by_a_seal_that_was_cut_short_stay_found(leader: Facilitator) -> None:
    poll = leader.ask("open_text")
    answers(leader, poll, "Zoe said so", *FIVE[1:])
    leader.database.run(reviewing.keep_names, leader.id, leader.keys, ["Zoe"])
    leader.end()
    leader.database.run(reviewing.flag, leader.keys, leader.id)
    leader.keys.destroy(leader.id)
    assert entry_of(leader, "Zoe said so").pending
    leader.seal()
    assert entry_of(leader, "Zoe said so").pending
    leader.seal()
    decide(leader, poll, "Zoe said so", "redact")
    assert f"{MARK} said so" in seen(leader, poll)


@pytest.fixture
def sealing_breaks(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Call with the name of a step of the review after which the seal is to die."""

    def break_after(step: str) -> None:
        whole = getattr(review, step)

        def die(*args):
            whole(*args)
            raise KeyboardInterrupt

        monkeypatch.setattr(review, step, die)

    return break_after


@pytest.mark.parametrize("step", ["flag", "carry_out", "forget_the_gone", "write_again"])
def test_a_seal_killed_in_the_middle_is_finished_by_the_next(
    leader: Facilitator, monkeypatch: pytest.MonkeyPatch, sealing_breaks: Callable[[str], None], step: str
) -> None:
    poll = leader.ask("open_text")
    answers(leader, poll, "Zoe said so", *FIVE[:4])
    leader.database.run(reviewing.keep_names, leader.id, leader.keys, ["Zoe"])
    decide(leader, poll, MAIL, "redact")
    decide(leader, poll, "Two", "drop")
    leader.end()
    leader.database.run(reviewing.flag, leader.keys, leader.id)
    sealing_breaks(step)
    with pytest.raises(KeyboardInterrupt):
        leader.seal()
    monkeypatch.undo()
    leader.seal()
    assert leader.look().meeting.state == "sealed"
    assert seen(leader, poll) == ["Four", "Three", REDACTED, "Zoe said so"]
    assert leader.sees(poll).left_out == 1
    assert entry_of(leader, "Zoe said so").pending


def test_the_list_of_names_goes_with_the_key(leader: Facilitator, tmp_path: Path) -> None:
    leader.database.run(reviewing.keep_names, leader.id, leader.keys, ["Ada"])
    path = tmp_path / "keys" / f"{leader.id}.names"
    assert path.stat().st_mode & 0o777 == 0o600
    leader.end()
    leader.seal()
    assert list((tmp_path / "keys").iterdir()) == []
    with pytest.raises(Sealed):
        leader.database.run(reviewing.keep_names, leader.id, leader.keys, ["Ada"])
    assert leader.keys.names(leader.id) == ()


def test_what_is_deleted_takes_its_review_along(leader: Facilitator, database: Database) -> None:
    poll = leader.ask("open_text")
    answers(leader, poll, *FIVE)
    decide(leader, poll, MAIL, "redact")
    database.run(rounds.delete_rounds, [poll.id])
    assert (stored(leader), look(leader)) == ([], [])


def test_a_text_that_a_moderator_removed_is_not_reviewed_any_more(facilitator: Facilitator) -> None:
    poll = facilitator.ask("open_text")
    facilitator.let_in().answer(poll, MAIL)
    decide(facilitator, poll, MAIL, "redact")
    facilitator.remove(poll, entry_of(facilitator, MAIL).key)
    assert look(facilitator) == []
    assert facilitator.sees(poll).left_out == 0


def test_no_row_of_the_review_holds_a_text_that_was_decided_about(facilitator: Facilitator) -> None:
    poll = facilitator.ask("open_text")
    facilitator.let_in().answer(poll, MAIL)
    decide(facilitator, poll, MAIL, "redact")
    assert "quetzal" not in str(stored(facilitator))


def test_a_round_that_nobody_may_see_has_no_entries(careful: Facilitator) -> None:
    poll = careful.ask("word_cloud")
    careful.let_in().answer(poll, "hope")
    careful.close()
    assert (
        careful.database.read(
            lambda session: review.entries(session.connection(), rounds.get(session, careful.id, poll.id), ())
        )
        == []
    )
