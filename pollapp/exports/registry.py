"""Find file formats by name: every module of this package that has a `MEDIA_TYPE` is one."""

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from typing import Protocol, cast

import pollapp.exports
from pollapp.errors import NotFound
from pollapp.exports.dataset import Dataset

Translate = Callable[[str], str]
"""Turns a message id into the words of the reader's language."""


class Format(Protocol):
    """A module of `pollapp.exports` with these names is a file format."""

    @property
    def NAME(self) -> str: ...

    @property
    def RANK(self) -> int: ...

    @property
    def MEDIA_TYPE(self) -> str: ...

    @property
    def EXTENSION(self) -> str: ...

    @property
    def TITLE(self) -> str: ...

    @property
    def SUMMARY(self) -> str: ...

    def write(self, dataset: Dataset, translate: Translate) -> bytes:
        """Return the file; the same bytes for the same dataset."""


@cache
def _formats() -> dict[str, Format]:
    modules = (
        importlib.import_module(f"pollapp.exports.{found.name}")
        for found in pkgutil.iter_modules(pollapp.exports.__path__)
    )
    formats = [cast(Format, module) for module in modules if hasattr(module, "MEDIA_TYPE")]
    return {each.NAME: each for each in sorted(formats, key=lambda each: each.RANK)}


def get(name: str) -> Format:
    """Return the format of this name. Raises `NotFound`."""
    try:
        return _formats()[name]
    except KeyError:
        raise NotFound(name=name) from None


def all_formats() -> list[Format]:
    """Return every format, the one most people want first."""
    return list(_formats().values())
