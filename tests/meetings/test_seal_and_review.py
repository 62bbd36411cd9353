"""Where the seal meets what a facilitator does at the same time: decisions, removals, the list of names."""

import itertools
import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pollapp.ballots import KeyRing, Round, review, rounds, sealing
from pollapp.ballots.models import Review, Snapshot
from pollapp.database import Database
from pollapp.errors import DomainError, NotFound, Sealed
from pollapp.exports.collect import collect
from pollapp.meetings import Meeting, agenda, ending, reviewing
from tests.actors import Facilitator

MAIL = "Ask zoe@example.org"
PATIENCE_S = 20.0
LONG_ENOUGH_S = 0.5
"""How long one who has to wait is given to show that he does not."""


@pytest.fixture
def leader(database: Database, keys: KeyRing, owner_id: int, preset: str) -> Facilitator:
    """A facilitator with a meeting in each preset in turn."""
    return Facilitator(database, keys, owner_id, preset=preset)


@pytest.fixture
def poll(leader: Facilitator) -> Round:
    """An open question that five people answered, closed."""
    asked = leader.ask("open_text")
    for text in (MAIL, "Two", "Three", "Four", "Five"):
        leader.let_in().answer(asked, text)
    leader.close()
    return asked


def entry_of(leader: Facilitator, text: str) -> reviewing.Written:
    seen = leader.database.read(reviewing.look, leader.id, leader.keys)
    return next(each for each in seen.written if each.entry.text == text)


def decide(leader: Facilitator, text: str, decision: str, words: list[str] | None = None) -> None:
    written = entry_of(leader, text)
    about = {"round_id": written.poll.id, "key": written.entry.key, "fingerprint": written.entry.fingerprint}
    leader.database.run(reviewing.decide, leader.id, leader.keys, decision=decision, words=words, **about)


def id_of(leader: Facilitator, poll: Round, text: str) -> str:
    return next(each["id"] for each in leader.sees(poll).results["texts"] if each["text"] == text)


def before_the_last_step(monkeypatch: pytest.MonkeyPatch, do: Callable[[], None]) -> None:
    """Have something done after the key was destroyed, before the last step of the seal."""
    lock, looks = ending._lock, itertools.count()
    last = len(ending.SEAL_STEPS) - 1

    def lock_late(session: Session, meeting_id: str) -> Meeting:
        if next(looks) == last:
            do()
        return lock(session, meeting_id)

    monkeypatch.setattr(ending, "_lock", lock_late)


def test_no_list_of_names_is_written_once_the_seal_has_begun(
    leader: Facilitator, poll: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader.end()
    refused = []

    def write_names() -> None:
        try:
            leader.database.run(reviewing.keep_names, leader.id, leader.keys, ["Quetzalcoatlus"])
        except Sealed as error:
            refused.append(error)

    before_the_last_step(monkeypatch, write_names)
    leader.seal()
    assert leader.look().meeting.state == "sealed"
    assert refused
    assert leader.keys.names(leader.id) == ()


@pytest.mark.parametrize("decision", ["drop", "redact"])
def test_a_decision_in_the_midst_of_the_seal_is_carried_out(
    leader: Facilitator, poll: Round, monkeypatch: pytest.MonkeyPatch, decision: str
) -> None:
    leader.end()
    before_the_last_step(monkeypatch, lambda: decide(leader, MAIL, decision))
    leader.seal()
    stored = leader.database.read(
        lambda session: [
            session.connection().exec_driver_sql(f"select * from {table}").all()  # noqa: S608  # our own names
            for table in ("ballot", "tally", "snapshot", "review")
        ]
    )
    assert "zoe@example.org" not in str(stored)


def test_a_meeting_whose_key_was_lost_is_searched_too_before_it_is_sealed(leader: Facilitator, poll: Round) -> None:
    leader.keys.destroy(leader.id)  # as after a backup was put back, which holds no keys
    leader.end()
    leader.seal()
    assert entry_of(leader, MAIL).entry.pending
    names = leader.database.read(reviewing.names_of, leader.id, leader.keys)
    data = leader.database.read(collect, leader.id, agenda.now().date(), names)
    assert (MAIL in str(data)) == (data.preset == "standard")


def test_a_text_removed_while_the_seal_rewrites_it_does_not_come_back(
    leader: Facilitator, poll: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    text_id = id_of(leader, poll, MAIL)
    leader.end()
    done = threading.Event()
    came: list[str] = []
    carry_out = review.carry_out

    def remove() -> None:
        try:
            leader.database.run(rounds.remove_text, leader.id, poll.id, text_id)
            came.append("removed")
        except DomainError as error:
            came.append(type(error).__name__)
        done.set()

    def carry_out_and_be_interrupted(*about: Any) -> Any:
        moved = carry_out(*about)
        threading.Thread(target=remove, daemon=True).start()
        done.wait(LONG_ENOUGH_S)
        return moved

    monkeypatch.setattr(sealing.review, "carry_out", carry_out_and_be_interrupted)
    leader.seal()
    assert done.wait(PATIENCE_S)
    assert came == [NotFound.__name__], "it waited for the seal, which gave the text another name"
    leader.remove(poll, id_of(leader, poll, MAIL))
    assert MAIL not in str(leader.sees(poll))


def test_a_decision_waits_for_a_seal_that_is_at_work(leader: Facilitator, poll: Round) -> None:
    written = entry_of(leader, MAIL)
    about = {"round_id": poll.id, "key": written.entry.key, "fingerprint": written.entry.fingerprint}
    leader.end()
    done = threading.Event()
    came: list[object] = []

    def drop() -> None:
        try:
            came.append(leader.database.run(reviewing.decide, leader.id, leader.keys, decision="drop", **about))
        except DomainError as error:
            came.append(error)
        done.set()

    def hold_and_seal(session: Session) -> None:
        agenda.lock(session, leader.id)
        threading.Thread(target=drop, daemon=True).start()
        assert not done.wait(LONG_ENOUGH_S)

    leader.database.run(hold_and_seal)
    assert done.wait(PATIENCE_S)
    assert not isinstance(came[0], DomainError)


def test_what_is_stored_about_a_removed_text_goes_with_it(leader: Facilitator, poll: Round) -> None:
    def stored() -> list[Any]:
        return leader.database.read(lambda session: list(session.query(Review).all()))

    decide(leader, MAIL, "redact")
    assert [row.decision for row in stored()] == ["redact"]
    leader.remove(poll, next(each["id"] for each in leader.sees(poll).results["texts"] if "Ask" in each["text"]))
    assert stored() == []
    decide(leader, "Two", "redact", words=["Two"])
    leader.end()
    leader.seal()
    assert [row.decision for row in stored()] == ["redact"]
    (blacked_out,) = (each for each in leader.sees(poll).results["texts"] if each["text"] not in "Three Four Five")
    leader.remove(poll, blacked_out["id"])
    assert stored() == []
    assert leader.database.read(lambda session: str([row.texts for row in session.query(Snapshot)])).count("Two") == 0


@pytest.mark.parametrize("decision", ["keep", "drop"])
def test_a_decision_without_marks_stores_no_words(leader: Facilitator, poll: Round, decision: str) -> None:
    decide(leader, MAIL, decision)
    rows = leader.database.read(lambda session: [(row.decision, row.replacement) for row in session.query(Review)])
    assert rows == [(decision, None)]
