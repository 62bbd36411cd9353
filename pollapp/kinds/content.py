"""What slides that ask nothing have in common: no slots, no answers, no results."""

from collections.abc import Sequence
from typing import Any

from pollapp.errors import BadAnswer
from pollapp.kinds.base import Answer, Counted, Table


def slots(settings: Any) -> int:
    """Return 0: nothing is asked."""
    return 0


def parse(settings: Any, raw: object) -> Answer:
    """Refuse any answer."""
    raise BadAnswer("nothing_asked")


def from_form(settings: Any, values: Sequence[str]) -> object:
    """Return None: nothing is asked."""
    return None


def keys(settings: Any, answer: Any) -> dict[str, int]:
    """Count nothing."""
    return {}


def results(settings: Any, counted: Counted, language: str) -> dict[str, Any]:
    """Draw nothing."""
    return {}


def table(settings: Any, counted: Counted, language: str) -> Table:
    """Return an empty table."""
    return Table((), ())


def frozen(before: Any, after: Any) -> bool:
    """Content may change at any time."""
    return False


def sample(settings: Any) -> Counted:
    """Return nothing counted."""
    return Counted(0, 0, {})
