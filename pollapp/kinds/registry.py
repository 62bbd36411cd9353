"""Find slide kinds by name: every module of this package that has a `NAME` is one."""

import importlib
import pkgutil
from functools import cache
from typing import Any, cast

import msgspec

import pollapp.kinds
from pollapp.errors import UnknownKind
from pollapp.kinds.base import Kind


@cache
def _kinds() -> dict[str, Kind]:
    found = {}
    for module_info in pkgutil.iter_modules(pollapp.kinds.__path__):
        module = importlib.import_module(f"pollapp.kinds.{module_info.name}")
        if hasattr(module, "NAME"):
            found[module.NAME] = cast(Kind, module)
    return found


def get(name: str) -> Kind:
    """Return the kind of this name. Raises `UnknownKind`."""
    try:
        return _kinds()[name]
    except KeyError:
        raise UnknownKind(name=name) from None


LAST = 100


def all_kinds() -> list[Kind]:
    """Return every kind: polls first, then content; of each those with a `RANK`, then the others by name."""
    return sorted(_kinds().values(), key=lambda kind: (not kind.TAKES_ANSWERS, getattr(kind, "RANK", LAST), kind.NAME))


def load_settings(name: str, stored: dict[str, Any]) -> Any:
    """Return the typed settings of a kind from their stored JSON. Raises `msgspec.ValidationError`."""
    return msgspec.convert(stored, get(name).Settings)
