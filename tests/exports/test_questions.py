"""The board in files: with upvotes, labels and state, and without what waits for the review."""

import json
from datetime import date

import jsonschema
import pytest

from pollapp.exports import make
from pollapp.meetings import reviewing
from pollapp.meetings.reviewing import BOARD
from pollapp.words import MARK
from tests.actors import Facilitator
from tests.exports.test_every_format import content
from tests.exports.test_json import SCHEMA
from tests.questions.room import Room

DAY = date(2031, 5, 4)
FORMATS = ("xlsx", "csv", "json")


def written(leader: Facilitator, file_format: str) -> str:
    file = leader.database.read(
        make, leader.keys, leader.id, leader.owner_id, file_format, today=DAY, translate=str
    ).content
    if file_format == "json":
        jsonschema.validate(json.loads(file), SCHEMA)
    return content(file)


def board(leader: Facilitator) -> Room:
    room = Room(leader)
    room.set_up()
    asker = room.phones(5)
    texts = ("Waits @quetzal?", "Black out @archaeopteryx?", "Drop @dodo?", "Keep @kiwi?", "Plain?")
    for phone, text in zip(asker, texts, strict=True):
        phone.ask(text)
    return room


def decide(leader: Facilitator, begin: str, decision: str | None) -> None:
    entries = [each.entry for each in leader.database.read(reviewing.look, leader.id, leader.keys).written]
    entry = next(each for each in entries if each.text.startswith(begin))
    leader.database.run(
        reviewing.decide, leader.id, leader.keys,
        round_id=BOARD, key=entry.key, fingerprint=entry.fingerprint, decision=decision,
    )  # fmt: skip


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_careful_file_withholds_what_waits_and_never_holds_what_was_blacked_out(
    careful: Facilitator, file_format: str
) -> None:
    board(careful)
    assert "@" not in written(careful, file_format)
    assert "Plain?" in written(careful, file_format)
    assert "personal data was found (4)" in written(careful, file_format)
    for begin, decision in (("Black out", "redact"), ("Drop", "drop"), ("Keep", "keep")):
        decide(careful, begin, decision)
    for _ in ("before", "after the seal"):
        file = written(careful, file_format)
        assert f"Black out {MARK}" in file
        assert "Keep @kiwi?" in file
        assert not any(bird in file for bird in ("quetzal", "archaeopteryx", "dodo"))
        careful.end() if careful.look().meeting.state == "draft" else None
        careful.seal()


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_standard_file_holds_state_upvotes_labels_and_replies(facilitator: Facilitator, file_format: str) -> None:
    room = board(facilitator)
    name = next(seen.name for seen in room.now().questions if seen.text == "Plain?")
    for phone in room.phones(3):
        phone.upvote(name)
    room.do("mark_answered", name, answered=True)
    room.do("label", name, ["logistics"])
    room.do("reply", name, "Quite so.")
    file = written(facilitator, file_format)
    for expected in ("Plain?", "logistics", "Quite so.", "Waits @quetzal?"):
        assert expected in file
    if file_format == "json":
        first = json.loads(file)["questions"]["questions"][0]
        assert (first["text"], first["state"], first["upvotes"]) == ("Plain?", "answered", 3)


def test_only_keeping_a_question_can_be_taken_back(facilitator: Facilitator) -> None:
    board(facilitator)
    decide(facilitator, "Keep", "keep")
    before = facilitator.database.read(reviewing.look, facilitator.id, facilitator.keys).pending
    decide(facilitator, "Keep", None)
    assert facilitator.database.read(reviewing.look, facilitator.id, facilitator.keys).pending == before + 1


def test_a_meeting_without_a_board_has_none_in_its_file(facilitator: Facilitator) -> None:
    assert json.loads(written(facilitator, "json"))["questions"] is None
