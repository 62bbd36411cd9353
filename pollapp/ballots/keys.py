"""The meetings' keys: one file each, outside the database, readable by its owner only.

A key is kept in memory only as long as its very file is there: whoever removes the file, this process or another,
makes every process forget the key at its next use. Looking costs one `stat`, about two microseconds.
"""

import contextlib
import os
import secrets
from pathlib import Path
from typing import NamedTuple

from pollapp.errors import KeyDestroyed

KEY_BYTES = 32

MOST_REMEMBERED = 1024

_OVERWRITTEN = bytes(KEY_BYTES)


class _Remembered(NamedTuple):
    key: bytes
    file: tuple[int, int]


class KeyRing:
    """Creates, reads and destroys meeting keys in one folder."""

    def __init__(self, folder: Path) -> None:
        self.init(folder)

    def init(self, folder: Path) -> None:
        """Use another folder from now on."""
        self._folder = str(folder)
        self._remembered: dict[str, _Remembered] = {}

    def create(self, meeting_id: str) -> bytes:
        """Make the key of a new meeting. Raises `FileExistsError` rather than replace one."""
        key = secrets.token_bytes(KEY_BYTES)
        handle = os.open(self._path(meeting_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        return key

    def get(self, meeting_id: str) -> bytes:
        """Return a meeting's key. Raises `KeyDestroyed` when there is none (any more), whoever destroyed it."""
        path = self._path(meeting_id)
        try:
            file = _identity(os.stat(path))  # noqa: PTH116  # on the way of every vote: a Path costs more than the call
            remembered = self._remembered.get(meeting_id)
            if remembered is not None and remembered.file == file:
                return remembered.key
            key = Path(path).read_bytes()
        except FileNotFoundError:
            self._remembered.pop(meeting_id, None)
            raise KeyDestroyed(meeting=meeting_id) from None
        self._remembered.pop(meeting_id, None)
        if len(key) != KEY_BYTES or key == _OVERWRITTEN:
            raise KeyDestroyed(meeting=meeting_id)
        if len(self._remembered) >= MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[meeting_id] = _Remembered(key, file)
        return key

    def has(self, meeting_id: str) -> bool:
        """Tell whether a meeting's key still exists."""
        try:
            self.get(meeting_id)
        except KeyDestroyed:
            return False
        return True

    def forget_destroyed(self) -> None:
        """Drop remembered keys whose files are gone, also those that nobody asks for any more. Call once in a while."""
        for meeting_id in list(self._remembered):
            self.has(meeting_id)

    def destroy(self, meeting_id: str) -> None:
        """Overwrite and remove a key; nothing happens when it is gone already.

        Safe to be cut short anywhere: a key that was overwritten counts as gone, and the next call removes its file.
        """
        path = Path(self._path(meeting_id))
        with contextlib.suppress(FileNotFoundError):
            with path.open("r+b") as file:
                file.write(_OVERWRITTEN)
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            self._sync_folder()
        self._remembered.pop(meeting_id, None)

    def _sync_folder(self) -> None:
        """Make a removal last through a power cut."""
        handle = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def _path(self, meeting_id: str) -> str:
        return f"{self._folder}/{meeting_id}.key"


def _identity(file: os.stat_result) -> tuple[int, int]:
    """Return what tells this file from one written later under the same name."""
    return file.st_ino, file.st_mtime_ns
