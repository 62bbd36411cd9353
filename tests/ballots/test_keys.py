"""Keys: made once, for their owner only, and forgotten by every process as soon as one of them destroys them."""

import stat
from pathlib import Path

import pytest

from pollapp.ballots import KeyRing
from pollapp.ballots.keys import KEY_BYTES, MOST_REMEMBERED
from pollapp.errors import KeyDestroyed

MEETING = "00c0ffee00c0ffee"


@pytest.fixture
def other(keys: KeyRing, tmp_path: Path) -> KeyRing:
    """Another process's key ring on the same folder."""
    return KeyRing(tmp_path / "keys")


def test_a_key_is_made_once_and_only_its_owner_may_read_it(keys: KeyRing, tmp_path: Path) -> None:
    key = keys.create(MEETING)
    (file,) = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (len(key), keys.get(MEETING)) == (KEY_BYTES, key)
    with pytest.raises(FileExistsError):
        keys.create(MEETING)


def test_a_key_destroyed_elsewhere_is_forgotten_at_once(keys: KeyRing, other: KeyRing) -> None:
    key = keys.create(MEETING)
    assert keys.get(MEETING) == other.get(MEETING) == key
    other.destroy(MEETING)
    assert not keys.has(MEETING)
    with pytest.raises(KeyDestroyed):
        keys.get(MEETING)
    assert keys._remembered == {}


def test_a_key_destroyed_elsewhere_is_dropped_even_if_nobody_asks_for_it(keys: KeyRing, other: KeyRing) -> None:
    for meeting in (MEETING, "another"):
        keys.create(meeting)
        keys.get(meeting)
    other.destroy(MEETING)
    keys.forget_destroyed()
    assert list(keys._remembered) == ["another"]


def test_a_key_that_was_replaced_is_read_again(keys: KeyRing, other: KeyRing) -> None:
    before = keys.create(MEETING)
    keys.get(MEETING)
    other.destroy(MEETING)
    after = other.create(MEETING)
    assert keys.get(MEETING) == after != before


def test_an_overwritten_key_counts_as_gone_and_its_file_is_removed_by_the_next_call(
    keys: KeyRing, other: KeyRing, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.create(MEETING)
    keys.get(MEETING)

    def cut_short(_path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", cut_short)
        with pytest.raises(KeyboardInterrupt):
            other.destroy(MEETING)
    assert not keys.has(MEETING)
    keys.destroy(MEETING)
    assert list((tmp_path / "keys").iterdir()) == []


def test_destroying_what_is_gone_does_nothing(keys: KeyRing) -> None:
    keys.destroy(MEETING)
    assert not keys.has(MEETING)


def test_memory_holds_a_bounded_number_of_keys(keys: KeyRing) -> None:
    for number in range(MOST_REMEMBERED + 1):
        keys.create(f"{number:016}")
        keys.get(f"{number:016}")
    assert len(keys._remembered) <= MOST_REMEMBERED
