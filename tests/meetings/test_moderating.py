"""Moderating a meeting: what is hidden or waits is shown nowhere, and can be brought back; the seal keeps what is seen."""

from pathlib import Path

import pytest
from sqlalchemy import select

from pollapp.ballots import KeyRing, Round, rounds, store_batch, take_for_files
from pollapp.ballots.moderating import Named
from pollapp.database import Database
from pollapp.errors import BadDecision, BadSettings, NotFound, Sealed, TextChanged, UnknownRound
from pollapp.meetings import moderating, reviewing
from pollapp.moderation import MOST_OWN_WORDS, OWN_WORD_LENGTH, Moderation, Queued
from pollapp.words import MARK
from tests.actors import Facilitator, Participant
from tests.databases import Postgres, SQLite
from tests.effort import calls

KINDS = ("open_text", "word_cloud", "choice")
OWN = {"choice": {"other": True, "other_label": "Other"}}
"""Settings with which people may write something."""


@pytest.fixture
def leader(database: Database, keys: KeyRing, owner_id: int, preset: str) -> Facilitator:
    """A facilitator in each preset in turn."""
    return Facilitator(database, keys, owner_id, preset=preset)


def asked(leader: Facilitator, kind: str, *texts: str) -> tuple[Round, list[Participant]]:
    """Let each text be written by somebody else, and the round be closed, so that all are published."""
    poll = leader.ask(kind, **OWN.get(kind, {}))
    room = [leader.let_in() for _ in texts]
    for person, text in zip(room, texts, strict=True):
        person.answer(poll, [f"other:{text}"] if kind == "choice" else text)
    leader.close()
    return poll, room


def seen(leader: Facilitator, poll: Round) -> list[str]:
    written = 1 if poll.kind == "choice" else 0
    return sorted(row[written] for row in leader.sees(poll).table.rows if row[written])


def entry_of(leader: Facilitator, text: str) -> Queued:
    return next(entry for entry in leader.queue() if text in (entry.text, *entry.forms))


def decide(leader: Facilitator, text: str, state: str | None) -> Queued:
    return leader.decide(entry_of(leader, text), state).entry


def stored(leader: Facilitator) -> list:
    with leader.database.engine.connect() as connection:
        return list(connection.execute(select(Moderation.__table__)))


def seal(leader: Facilitator) -> None:
    leader.end()
    leader.seal()


FIVE = ("One", "Two", "Three", "Four", "Five")


@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    def test_approve_first_shows_nothing_until_it_is_approved(self, leader: Facilitator, kind: str) -> None:
        leader.moderate("first")
        poll, _ = asked(leader, kind, *FIVE)
        assert (seen(leader, poll), leader.sees(poll).to_approve) == ([], 5)
        assert {entry.standing for entry in leader.queue()} == {"waiting"}
        before = leader.sees(poll).number
        assert decide(leader, "Two", "approved").standing == "shown"
        after = leader.sees(poll)
        assert (seen(leader, poll), after.to_approve, after.number) == (["Two"], 4, before + 1)
        assert (after.participants, after.ballots) == (5, 5)

    def test_what_is_hidden_can_be_brought_back(self, leader: Facilitator, kind: str) -> None:
        poll, _ = asked(leader, kind, *FIVE)
        assert decide(leader, "Two", "hidden").standing == "hidden"
        assert (seen(leader, poll), leader.sees(poll).withheld) == (["Five", "Four", "One", "Three"], 1)
        assert decide(leader, "Two", "approved").standing == "shown"
        assert seen(leader, poll) == sorted(FIVE)
        decide(leader, "Two", None)
        assert stored(leader) == []

    def test_offensive_words_are_masked_and_can_be_shown_as_written(self, leader: Facilitator, kind: str) -> None:
        leader.moderate("off", "mask", "Voldemort")
        poll, _ = asked(leader, kind, "Shitty weather", "voldemorts", *FIVE[2:])
        assert seen(leader, poll) == ["****** weather", "**********", "Five", "Four", "Three"]
        assert leader.sees(poll).masked == 2
        entry = entry_of(leader, "Shitty weather")
        assert (entry.text, entry.masked, entry.standing) == ("Shitty weather", "****** weather", "shown")
        decide(leader, "Shitty weather", "approved")
        assert "****** weather" in seen(leader, poll)
        decide(leader, "Shitty weather", "as_written")
        assert "Shitty weather" in seen(leader, poll)

    def test_offensive_entries_can_wait_for_approval(self, leader: Facilitator, kind: str) -> None:
        leader.moderate("after", "hold")
        poll, _ = asked(leader, kind, "Shit", *FIVE[1:])
        assert seen(leader, poll) == ["Five", "Four", "Three", "Two"]
        assert decide(leader, "Shit", "approved").standing == "shown"
        assert "Shit" in seen(leader, poll)

    def test_the_seal_changes_nothing_that_is_seen(self, leader: Facilitator, kind: str) -> None:
        leader.moderate("first", "mask", "Voldemort")
        poll, _ = asked(leader, kind, "Shit", "Voldemort", "Mail eve@example.org", "Four", "Five", "Six")
        for text in ("Shit", "Voldemort", "Mail eve@example.org", "Four"):
            decide(leader, text, "approved")
        decide(leader, "Five", "hidden")
        review = leader.database.read(reviewing.look, leader.id, leader.keys).written
        mail = next(each.entry for each in review if each.entry.text.startswith("Mail"))
        leader.database.run(
            reviewing.decide, leader.id, leader.keys,
            round_id=poll.id, key=mail.key, fingerprint=mail.fingerprint, decision="redact",
        )  # fmt: skip
        before = (seen(leader, poll), leader.sees(poll).withheld, leader.sees(poll).masked)
        assert before[0] == sorted(["****", "*********", f"Mail {MARK}", "Four"])
        seal(leader)
        leader.seal()
        assert (seen(leader, poll), leader.sees(poll).withheld, leader.sees(poll).masked) == before
        assert leader.database.read(moderating.look, leader.id).rules.own_words == ()
        assert {entry.text: entry.standing for entry in leader.queue()}["Six"] == "hidden"
        decide(leader, "Six", "approved")
        decide(leader, "Four", "hidden")
        assert seen(leader, poll) == sorted(["****", "*********", f"Mail {MARK}", "Six"])

    def test_rules_raise_the_number_so_that_screens_follow(self, leader: Facilitator, kind: str) -> None:
        poll, _ = asked(leader, kind, *FIVE)
        before = leader.sees(poll).number
        leader.moderate("first")
        assert (leader.sees(poll).number, seen(leader, poll)) == (before + 1, [])

    def test_many_are_approved_at_once_but_those_that_changed(self, leader: Facilitator, kind: str) -> None:
        leader.moderate("first")
        poll, _ = asked(leader, kind, *FIVE)
        named = [Named(entry.key, entry.fingerprint) for entry in leader.queue()]
        named[0] = Named("gone", "")
        found = leader.database.run(moderating.decide, leader.id, "answers", str(poll.id), named, "approved")
        assert (len(found), leader.sees(poll).to_approve) == (4, 1)
        many = named * (moderating.MOST_AT_ONCE // len(named) + 1)
        with pytest.raises(BadDecision):
            leader.database.run(moderating.decide, leader.id, "answers", str(poll.id), many, "approved")


def test_a_changed_answer_must_be_approved_again(leader: Facilitator) -> None:
    leader.moderate("first")
    poll, room = asked(leader, "open_text", *FIVE)
    decide(leader, "Two", "approved")
    old = entry_of(leader, "Two")
    leader.open()
    room[1].answer(poll, "Two, but rude", revision=2)
    for _ in range(5):
        leader.let_in().answer(poll, "More")
    leader.close()
    assert seen(leader, poll) == []
    assert entry_of(leader, "Two, but rude").standing == "waiting"
    with pytest.raises(TextChanged):
        leader.decide(old, "approved")


def test_a_hidden_answer_that_changes_does_not_come_back_by_itself(facilitator: Facilitator) -> None:
    poll, room = asked(facilitator, "open_text", "Rude", "Kind")
    decide(facilitator, "Rude", "hidden")
    facilitator.open()
    room[0].answer(poll, "Ruder", revision=2)
    assert seen(facilitator, poll) == ["Kind"]
    assert entry_of(facilitator, "Ruder").standing == "waiting"


def test_words_are_approved_folded_and_shown_as_most_wrote_them(facilitator: Facilitator) -> None:
    facilitator.moderate("first")
    poll, _ = asked(facilitator, "word_cloud", "Trust", "trust", "TRUST", "trust", "Remedy")
    entry = entry_of(facilitator, "trust")
    assert (entry.times, set(entry.forms)) == (4, {"Trust", "TRUST"})
    facilitator.decide(entry, "approved")
    facilitator.open()
    facilitator.let_in().answer(poll, "  trust!")
    assert facilitator.sees(poll).table.rows == (("trust", 5),)


def test_a_removed_answer_takes_what_was_decided_with_it(leader: Facilitator) -> None:
    poll, _ = asked(leader, "open_text", *FIVE)
    leader.remove(poll, leader.decide(entry_of(leader, "Two"), "hidden").entry.key)
    assert stored(leader) == []
    assert "Two" not in [entry.text for entry in leader.queue()]


def test_a_hidden_answer_can_be_removed_without_being_shown(leader: Facilitator) -> None:
    poll, _ = asked(leader, "open_text", *FIVE)
    decide(leader, "Two", "hidden")
    _, readable = leader.database.read(rounds.readable_texts, leader.id, poll.id)
    assert "Two" in [text.text for text in readable]


def test_the_queue_shows_the_published_step_alone(careful: Facilitator) -> None:
    careful.moderate("first")
    poll = careful.ask("open_text")
    for number in range(9):
        careful.let_in().answer(poll, f"Text {number}")
        assert careful.queue() == []
    careful.let_in().answer(poll, "Text 9")
    assert sorted(entry.text for entry in careful.queue()) == [f"Text {number}" for number in range(5)]
    assert careful.sees(poll).to_approve == 5
    decide(careful, "Text 0", "approved")
    assert seen(careful, poll) == ["Text 0"]


def test_a_dropped_entry_is_not_in_the_queue(leader: Facilitator) -> None:
    poll, _ = asked(leader, "open_text", *FIVE)
    two = next(
        each.entry
        for each in leader.database.read(reviewing.look, leader.id, leader.keys).written
        if each.entry.text == "Two"
    )
    leader.database.run(
        reviewing.decide, leader.id, leader.keys,
        round_id=poll.id, key=two.key, fingerprint=two.fingerprint, decision="drop",
    )  # fmt: skip
    assert "Two" not in [entry.text for entry in leader.queue()]


def test_files_hold_nothing_that_waits_for_review_or_was_hidden(careful: Facilitator) -> None:
    poll, _ = asked(careful, "open_text", "Mail eve@example.org", "Mail bob@example.org", *FIVE[2:])
    decide(careful, "Mail bob@example.org", "hidden")
    files = careful.database.read(lambda session: take_for_files(session, rounds.get(session, careful.id, poll.id), ()))
    assert (files.pending, files.withheld) == (1, 1)
    assert sorted(row[0] for row in files.table.rows) == ["Five", "Four", "Three"]


@pytest.mark.parametrize(
    ("source", "group", "key", "state", "error"),
    [
        ("letters", "1", "x", "approved", NotFound),
        ("answers", "²", "x", "approved", NotFound),
        ("answers", "9" * 30, "x", "approved", NotFound),
        ("answers", "999", "x", "approved", UnknownRound),
        ("answers", "", "x", "approved", NotFound),
        ("answers", "here", "no such entry", "approved", NotFound),
        ("answers", "here", "no such entry", "banned", BadDecision),
    ],
)
def test_what_is_not_there_is_refused(
    facilitator: Facilitator, source: str, group: str, key: str, state: str, error: type[Exception]
) -> None:
    poll, _ = asked(facilitator, "open_text", "One")
    group = str(poll.id) if group == "here" else group
    with pytest.raises(error):
        facilitator.database.run(moderating.decide, facilitator.id, source, group, [Named(key, "")], state)


def test_a_round_of_another_meeting_is_refused(facilitator: Facilitator, careful: Facilitator) -> None:
    poll, _ = asked(facilitator, "open_text", "One")
    entry = facilitator.queue()[0]
    with pytest.raises(UnknownRound):
        careful.database.run(moderating.decide, careful.id, "answers", str(poll.id), [Named(entry.key, "")], "hidden")


def test_rules_have_limits(facilitator: Facilitator) -> None:
    facilitator.moderate("first", "mask", *(f"word{number}" for number in range(MOST_OWN_WORDS)))
    facilitator.moderate("after", "hold", "x" * OWN_WORD_LENGTH, " ", "x" * OWN_WORD_LENGTH)
    assert facilitator.database.read(moderating.look, facilitator.id).rules == (
        "after", "hold", ("x" * OWN_WORD_LENGTH,),
    )  # fmt: skip
    for wrong in (("later", "off"), ("first", "burn")):
        with pytest.raises(BadSettings):
            facilitator.moderate(*wrong)
    with pytest.raises(BadSettings):
        facilitator.moderate("off", "mask", "x" * (OWN_WORD_LENGTH + 1))
    with pytest.raises(BadSettings):
        facilitator.moderate("off", "mask", *(f"word{number}" for number in range(MOST_OWN_WORDS + 1)))


def test_a_sealed_meeting_keeps_its_rules(facilitator: Facilitator) -> None:
    asked(facilitator, "open_text", "One")
    seal(facilitator)
    with pytest.raises(Sealed):
        facilitator.moderate("first")


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_words_of_the_own_list_are_in_no_file_after_the_seal(
    databases: SQLite | Postgres, facilitator: Facilitator, database_file: Path
) -> None:
    facilitator.moderate("first", "mask", "quetzalcoatl")
    asked(facilitator, "open_text", "One")
    seal(facilitator)
    facilitator.database.forget_deleted()
    facilitator.database.engine.dispose()
    for path in database_file.parent.glob(f"{database_file.name}*"):
        assert b"quetzalcoatl" not in path.read_bytes()


def test_ten_thousand_words_are_not_parsed_anew_for_each_picture(facilitator: Facilitator) -> None:
    """Results of a moderated cloud take about the work those of another do: each word is looked at, and that is all."""
    poll = facilitator.ask("word_cloud", entries=10)
    room = [facilitator.let_in() for _ in range(1000)]
    casts = [
        person.cast(poll, f"Word {number} {slot}", slot=slot)
        for number, person in enumerate(room)
        for slot in range(10)
    ]
    facilitator.database.run(lambda session: store_batch(session.connection(), casts))

    def effort() -> int:
        facilitator.sees(poll)
        return calls(lambda: facilitator.sees(poll))

    plain = effort()
    facilitator.moderate("first", "mask", "500")
    entries = [Named(entry.key, "") for entry in facilitator.queue()[:200]]
    facilitator.database.run(moderating.decide, facilitator.id, "answers", str(poll.id), entries, "approved")
    moderated = effort()
    facilitator.moderate("after", "mask", "500")
    masked = effort()
    assert facilitator.sees(poll).masked == 10
    assert moderated - plain < 20 * len(casts)
    assert masked - plain < 20 * len(casts)
