"""Files of a curated cloud: what is hidden is in none, what is joined and renamed is as on the screen, and they say so."""

import json

import pytest

from pollapp.meetings import curating
from tests.actors import Facilitator
from tests.exports.test_review import FORMATS, written


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("preset", ["standard", "chatham_house"], indirect=True)
def test_files_hold_a_cloud_as_it_was_curated(
    database, keys, owner_id: int, preset: str, file_format: str, sealed: bool
) -> None:
    leader = Facilitator(database, keys, owner_id, preset=preset)
    first = leader.ask("word_cloud")
    for word in ("quetzal", "Quetzal", "dodo", "archaeopteryx", "archeopteryx", "kiwi"):
        leader.let_in().answer(first, word)
    leader.close()
    second = leader.ask_again()
    for word in ("kiwi", "kiwi", "kiwi", "kiwi", "dodo"):
        leader.let_in().answer(second, word)
    leader.close()
    for poll, act, words, into in (
        (first, "hide", ["dodo"], ""),
        (first, "merge", ["archeopteryx"], "archaeopteryx"),
        (first, "rename", ["quetzal"], "A bird of the forest"),
        (second, "hide", ["dodo"], ""),
    ):
        database.run(curating.change, leader.id, poll.id, act, words, into)
    if sealed:
        leader.end()
        leader.seal()
    text = written(leader, file_format)
    for hidden in ("uetzal", "dodo", "archeopteryx"):
        assert hidden not in text
    assert "A bird of the forest" in text
    assert "given another name by the facilitator: words (3)" in text
    if file_format == "json":
        rounds = json.loads(text)["slides"][0]["rounds"]
        assert [rows["rows"] for rows in rounds] == [
            [["A bird of the forest", 2], ["archaeopteryx", 2], ["kiwi", 1]],
            [["kiwi", 4]],
        ]
        assert [each["participants"] for each in rounds] == [6, 5]
        assert {"code": "curated", "count": 1}.items() <= rounds[1]["withheld"][-1].items()
