"""The meetings' keys: one file each, outside the database, readable by its owner only."""

import contextlib
import os
import secrets
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from pollapp.ballots import name_lists
from pollapp.errors import KeyDestroyed

KEY_BYTES = 32


class KeyRing:
    """Creates, reads and destroys meeting keys in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = lru_cache(maxsize=1024)(self._read_file)

    def init(self, folder: Path) -> None:
        """Use another folder from now on."""
        self._folder = folder
        self._read.cache_clear()

    def create(self, meeting_id: str) -> bytes:
        """Make the key of a new meeting. Raises `FileExistsError` rather than replace one."""
        key = secrets.token_bytes(KEY_BYTES)
        handle = os.open(self._path(meeting_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        return key

    def names(self, meeting_id: str) -> tuple[str, ...]:
        """Return the names to look for in what people write; none when there is no list (any more)."""
        return name_lists.read(Path(self._folder), meeting_id)

    def keep_names(self, meeting_id: str, names: Sequence[str]) -> None:
        """Keep this list of names, each of one line, in place of the one before."""
        name_lists.write(Path(self._folder), meeting_id, names)

    def get(self, meeting_id: str) -> bytes:
        """Return a meeting's key. Raises `KeyDestroyed` when there is none (any more)."""
        return self._read(meeting_id)

    def destroy(self, meeting_id: str) -> None:
        """Overwrite and remove a key, and the list of names; nothing happens when they are gone already."""
        name_lists.destroy(Path(self._folder), meeting_id)
        path = self._path(meeting_id)
        with contextlib.suppress(FileNotFoundError):
            with path.open("r+b") as file:
                file.write(bytes(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        self._read.cache_clear()

    def _read_file(self, meeting_id: str) -> bytes:
        try:
            return self._path(meeting_id).read_bytes()
        except FileNotFoundError:
            raise KeyDestroyed(meeting=meeting_id) from None

    def _path(self, meeting_id: str) -> Path:
        return self._folder / f"{meeting_id}.key"
