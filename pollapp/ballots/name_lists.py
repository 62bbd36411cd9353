"""The names to look for in what people write: a file per meeting beside its key, outside the database, and gone with the key."""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path


def read(folder: Path, meeting_id: str) -> tuple[str, ...]:
    """Return the names of a meeting; none when there is no list (any more)."""
    try:
        return tuple(_path(folder, meeting_id).read_text(encoding="utf-8").split("\n"))
    except FileNotFoundError:
        return ()


def write(folder: Path, meeting_id: str, names: Sequence[str]) -> None:
    """Keep this list of names, each of one line, in place of the one before. Cut short, it leaves the one before."""
    path = _path(folder, meeting_id)
    if not names:
        destroy(folder, meeting_id)
        return
    unfinished = _unfinished(path)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(names))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def destroy(folder: Path, meeting_id: str) -> None:
    """Overwrite and remove a list; nothing happens when it is gone already."""
    path = _path(folder, meeting_id)
    for each in (path, _unfinished(path)):
        with contextlib.suppress(FileNotFoundError):
            with each.open("r+b") as file:
                file.write(bytes(each.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            each.unlink()


def _path(folder: Path, meeting_id: str) -> Path:
    return folder / f"{meeting_id}.names"


def _unfinished(path: Path) -> Path:
    """Return where a list is written before it takes its place."""
    return path.with_name(f"{path.name}.new")
