"""The linker game: who holds the database tries to tie answers to people, and answers of one person to each other.

Two hundred people answer three polls, one after the other and always in the same order, which is as easy as it gets.
What each answers is drawn by lot, so that the answers themselves tell nothing. Before the seal the attacker holds every
column of every table and the key, but no phone's token, and not what betrays the order of arrival before the seal (the
write-ahead log, pages, PostgreSQL's system columns: docs/anonymity.md says so). After the seal everything: tokens too.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from pollapp.meetings import ending
from tests.anonymity.attacks import findings
from tests.anonymity.conftest import Disk
from tests.anonymity.game import Game
from tests.anonymity.leaks import AFTER, BEFORE, OF_ONE_DATABASE


@pytest.fixture
def play(house: Flask, disk: Disk, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Game]:
    """Call with a preset to have a meeting held in which everybody answers."""
    monkeypatch.setattr(ending, "UNDO_WINDOW", timedelta(0))

    def hold(preset: str) -> Game:
        game = Game(disk, preset)
        game.play()
        return game

    return hold


def test_no_attack_is_better_than_chance_neither_before_the_seal_nor_after(
    play: Callable[[str], Game], preset: str
) -> None:
    game = play(preset)
    assert findings(game.evidence(is_sealed=False)) == []
    game.seal()
    assert findings(game.evidence(is_sealed=True)) == []


@pytest.mark.parametrize("leak", BEFORE)
def test_a_leaky_store_is_found_out_before_the_seal(
    play: Callable[[str], Game], monkeypatch: pytest.MonkeyPatch, leak: str
) -> None:
    plant, found_by = BEFORE[leak]
    plant(monkeypatch)
    found = findings(play("standard").evidence(is_sealed=False))
    assert {finding.attack for finding in found} >= found_by


@pytest.mark.parametrize("leak", AFTER)
def test_a_leaky_seal_is_found_out_after_it(
    play: Callable[[str], Game], monkeypatch: pytest.MonkeyPatch, leak: str
) -> None:
    plant, found_by = AFTER[leak]
    plant(monkeypatch)
    game = play("standard")
    game.seal()
    assert {finding.attack for finding in findings(game.evidence(is_sealed=True))} >= found_by


@pytest.mark.parametrize(("disk", "plant"), OF_ONE_DATABASE, indirect=["disk"])
def test_what_lies_as_it_came_is_found_out_after_the_seal(
    play: Callable[[str], Game], monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    plant(monkeypatch)
    game = play("standard")
    game.seal()
    assert "same order" in {finding.attack for finding in findings(game.evidence(is_sealed=True))}
