"""Files after a review: what waits is withheld in careful meetings, what was blacked out or dropped is in none."""

import json
from datetime import date

import jsonschema
import pytest

from pollapp.ballots import Round
from pollapp.exports import make
from pollapp.meetings import reviewing
from pollapp.words import MARK
from tests.actors import Facilitator
from tests.exports.test_every_format import content
from tests.exports.test_json import SCHEMA

DAY = date(2031, 5, 4)
FORMATS = ("xlsx", "csv", "json")


def written(leader: Facilitator, file_format: str) -> str:
    file = leader.database.read(
        make, leader.keys, leader.id, leader.owner_id, file_format, today=DAY, translate=str
    ).content
    if file_format == "json":
        jsonschema.validate(json.loads(file), SCHEMA)
    return content(file)


def answered(leader: Facilitator, kind: str) -> Round:
    poll = leader.ask(kind)
    for text in ("Waits @quetzal", "Black out @archaeopteryx", "Drop @dodo", "Keep @kiwi", "Plain"):
        leader.let_in().answer(poll, text)
    leader.close()
    return poll


def decide(leader: Facilitator, poll: Round, begin: str, decision: str) -> None:
    entries = [each.entry for each in leader.database.read(reviewing.look, leader.id, leader.keys).written]
    entry = next(each for each in entries if each.text.startswith(begin))
    leader.database.run(
        reviewing.decide, leader.id, leader.keys,
        round_id=poll.id, key=entry.key, fingerprint=entry.fingerprint, decision=decision,
    )  # fmt: skip


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("kind", ["open_text", "word_cloud"])
@pytest.mark.parametrize("sealed", [False, True])
class TestFiles:
    def test_careful_files_withhold_what_waits_and_say_how_many(
        self, careful: Facilitator, kind: str, file_format: str, sealed: bool
    ) -> None:
        poll = answered(careful, kind)
        assert "@" not in written(careful, file_format)
        assert "personal data was found (4)" in written(careful, file_format)
        for begin, decision in (("Black out", "redact"), ("Drop", "drop"), ("Keep", "keep")):
            decide(careful, poll, begin, decision)
        if sealed:
            careful.end()
            careful.seal()
        text = written(careful, file_format)
        assert "Waits" not in text
        assert "personal data was found (1)" in text
        assert "after review: entries (1)" in text
        assert "Keep @kiwi" in text
        assert f"Black out {MARK}" in text
        assert "Drop" not in text
        decide(careful, poll, "Waits", "keep")
        text = written(careful, file_format)
        assert "Waits @quetzal" in text
        assert "personal data was found" not in text

    def test_standard_files_withhold_nothing_but_what_was_blacked_out_or_dropped(
        self, facilitator: Facilitator, kind: str, file_format: str, sealed: bool
    ) -> None:
        poll = answered(facilitator, kind)
        assert written(facilitator, file_format).count("@quetzal")
        for begin, decision in (("Black out", "redact"), ("Drop", "drop")):
            decide(facilitator, poll, begin, decision)
        if sealed:
            facilitator.end()
            facilitator.seal()
        text = written(facilitator, file_format)
        assert "Waits @quetzal" in text
        assert f"Black out {MARK}" in text
        assert "@dodo" not in text
        assert "after review: entries (1)" in text
        assert "personal data was found" not in text


def test_names_of_the_list_are_withheld_too(careful: Facilitator) -> None:
    answered(careful, "open_text")
    careful.database.run(reviewing.keep_names, careful.id, careful.keys, ["Plain"])
    assert "personal data was found (5)" in written(careful, "json")
