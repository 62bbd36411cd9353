"""One answer apart from the others: shown large over the results, or alone where answers come one at a time.

The stage holds its id alone; what it says is looked up in what may be shown now, each time. So an answer that was hidden,
removed or changed by the review is never shown as it was.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from pollapp.ballots import RoundSnapshot
from pollapp.errors import NothingToDo
from pollapp.kinds import Text, most_upvoted_first
from pollapp.meetings.models import Stage


class Apart(NamedTuple):
    """The answer that stands apart, as it may be shown; the one at `place`, from 1, of so many, with its upvotes.

    Their order means nothing, unless the most upvoted come first.
    """

    id: str
    text: str
    place: int
    of: int
    votes: int | None = None


class Choice(NamedTuple):
    """What a stage holds of it: the answer's id, which stays when it is shown large no more, and whether it is."""

    text_id: str | None
    large: bool


NONE = Choice(None, large=False)


def held(stage: Stage) -> Choice:
    """Return what the stage holds now."""
    return Choice(stage.text_id, stage.text_large)


def hold(stage: Stage, choice: Choice) -> None:
    """Let the stage hold this from now on."""
    stage.text_id, stage.text_large = choice


def seen(stage: Stage, snapshot: RoundSnapshot) -> Apart | None:
    """Return the answer that stands apart on the screen; None when there is none, or it may not be shown."""
    if not (stage.text_large or snapshot.one_at_a_time):
        return None
    for place, text in enumerate(_ordered(stage, snapshot), 1):
        if text.id == stage.text_id:
            votes = snapshot.votes.get(text.id) if snapshot.votes is not None else None
            return Apart(text.id, text.text, place, len(snapshot.texts), votes)
    return None


def settled(stage: Stage, snapshot: RoundSnapshot) -> Choice:
    """Return what the stage should hold: an answer that is there, where answers come one at a time; and none large that is gone."""
    if snapshot.one_at_a_time:
        return Choice(_nearest([text.id for text in snapshot.texts], stage.text_id), large=False)
    return Choice(stage.text_id, stage.text_large and seen(stage, snapshot) is not None)


def chosen(snapshot: RoundSnapshot, text_id: object) -> Choice:
    """Return the choice of this answer. Raises `NothingToDo` when it is none of those on the screen."""
    if text_id not in [text.id for text in snapshot.texts]:
        raise NothingToDo(reason="no_text")
    return Choice(str(text_id), large=not snapshot.one_at_a_time)


def beside(stage: Stage, snapshot: RoundSnapshot, by: int) -> Choice:
    """Return the choice of the answer before or after; of the first there is, when none was shown yet.

    Raises `NothingToDo` at either end.
    """
    ids = [text.id for text in _ordered(stage, snapshot)]
    if not ids:
        raise NothingToDo(reason="no_texts")
    place = 0
    if stage.text_id in ids:
        place = ids.index(stage.text_id) + by
    elif stage.text_id is not None and not stage.texts_by_votes:
        place = bisect_left(ids, stage.text_id) + min(by, 0)
    if not 0 <= place < len(ids):
        raise NothingToDo(reason="last_text" if by > 0 else "first_text")
    return Choice(ids[place], large=not snapshot.one_at_a_time)


def _ordered(stage: Stage, snapshot: RoundSnapshot) -> Sequence[Text]:
    """Return the answers as they follow each other on the screen."""
    if not stage.texts_by_votes or snapshot.votes is None:
        return snapshot.texts
    return most_upvoted_first(snapshot.texts, snapshot.votes)


def _nearest(ids: list[str], text_id: str | None) -> str | None:
    """Return the id itself if it is there, else the next one in the order of ids, else the last."""
    if not ids:
        return text_id
    return ids[min(bisect_left(ids, text_id or ""), len(ids) - 1)]
