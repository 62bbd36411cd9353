"""What a board takes: sizes that people are told before they hit them, and the only check of what they write."""

from collections.abc import Iterable

from pollapp.errors import BadQuestion
from pollapp.words import clean

LENGTH = 500
"""Characters of a question."""

REPLY_LENGTH = 1000
LABEL_LENGTH = 24
MOST_LABELS = 3

PER_PERSON = 10
MOST_PER_PERSON = 30
"""Questions one person may ask, those taken back included: unless the facilitator says otherwise, and at most."""

MOST_QUESTIONS = 500
"""Questions on one board, without those that were taken back or removed."""


def read_text(raw: object, limit: int = LENGTH) -> str:
    """Return a text as it is stored: one line, whole. Raises `BadQuestion`: a longer one is refused, never cut."""
    if not isinstance(raw, str):
        raise BadQuestion(reason="not_text")
    text = clean(raw)
    if not text:
        raise BadQuestion(reason="empty")
    if len(text) > limit:
        raise BadQuestion(reason="too_long", limit=limit, length=len(text))
    return text


def read_labels(raw: Iterable[str]) -> list[str]:
    """Return labels as they are stored, each once. Raises `BadQuestion`."""
    labels = list(dict.fromkeys(filter(None, map(clean, raw))))
    if len(labels) > MOST_LABELS:
        raise BadQuestion(reason="too_many_labels", limit=MOST_LABELS)
    longest = max(map(len, labels), default=0)
    if longest > LABEL_LENGTH:
        raise BadQuestion(reason="long_label", limit=LABEL_LENGTH, length=longest)
    return labels
