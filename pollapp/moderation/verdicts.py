"""Where an entry stands by the rules and what was decided about it; pure."""

from typing import NamedTuple

from pollapp.moderation.rules import FIRST, HOLD, MASK, Rules
from pollapp.words import Spans

APPROVED, AS_WRITTEN, HIDDEN = "approved", "as_written", "hidden"
STATES = (APPROVED, AS_WRITTEN, HIDDEN)
"""What can be decided about an entry. `as_written` is approved, and nothing in it is masked."""

WAITING, SHOWN = "waiting", "shown"
"""Where an entry can stand, beside `hidden`: it waits for approval and is shown nowhere, or is shown."""


class Verdict(NamedTuple):
    """Where an entry stands, what was decided about it as it reads now, and where offensive words stand in it."""

    standing: str
    state: str | None
    spans: Spans
    is_masked: bool


def standing(rules: Rules, state: str | None, *, was_hidden: bool, is_offensive: bool) -> str:
    """Return where an entry stands, `state` being what its facilitator decided about it as it reads now.

    A text that was hidden and then changed waits (`was_hidden`): else changing it would bring it back.
    """
    if state == HIDDEN:
        return HIDDEN
    if state is None and (was_hidden or rules.mode == FIRST or (rules.offensive == HOLD and is_offensive)):
        return WAITING
    return SHOWN


def judge(rules: Rules, state: str | None, spans: Spans, *, was_hidden: bool = False) -> Verdict:
    """Return the verdict about an entry in which offensive words stand at `spans`."""
    stands = standing(rules, state, was_hidden=was_hidden, is_offensive=bool(spans))
    is_masked = bool(spans) and (stands == WAITING or (rules.offensive == MASK and state != AS_WRITTEN))
    return Verdict(stands, state, spans, is_masked)
