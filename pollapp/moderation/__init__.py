"""Moderation while a meeting runs: its rules, what is stored about entries, and where an entry stands by both.

Knows nothing of rounds or boards: what people write in is a source, and brings its entries as `Queued`.
"""

from pollapp.moderation.models import Moderation
from pollapp.moderation.queued import Decided, Queued
from pollapp.moderation.rules import (
    AFTER,
    FIRST,
    HOLD,
    MASK,
    MODES,
    MOST_OWN_WORDS,
    OFF,
    OFFENSIVE,
    OWN_WORD_LENGTH,
    Rules,
    forget_own_words,
    keep,
    of_meeting,
)
from pollapp.moderation.verdicts import (
    APPROVED,
    AS_WRITTEN,
    HIDDEN,
    SHOWN,
    STATES,
    WAITING,
    Verdict,
    judge,
    standing,
)

__all__ = [
    "AFTER",
    "APPROVED",
    "AS_WRITTEN",
    "FIRST",
    "HIDDEN",
    "HOLD",
    "MASK",
    "MODES",
    "MOST_OWN_WORDS",
    "OFF",
    "OFFENSIVE",
    "OWN_WORD_LENGTH",
    "SHOWN",
    "STATES",
    "WAITING",
    "Decided",
    "Moderation",
    "Queued",
    "Rules",
    "Verdict",
    "forget_own_words",
    "judge",
    "keep",
    "of_meeting",
    "standing",
]
