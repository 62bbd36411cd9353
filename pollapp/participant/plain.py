"""Stores what a plain form says: only what changed, and nothing while a part of it has to be mended."""

from collections.abc import Sequence
from typing import NamedTuple

from pollapp import kinds, replies
from pollapp.ballots import Own, Round
from pollapp.errors import BadAnswer, DomainError
from pollapp.participant import casting
from pollapp.participant.forms import SlotForm
from pollapp.participant.phone import Phone


class Stored(NamedTuple):
    """What is wrong by slot, and what there is to say of the whole; both empty when all is saved."""

    problems: dict[int, str]
    notice: str | None


def store(phone: Phone, poll: Round, sent: list[SlotForm], own: Sequence[Own]) -> Stored:
    """Store what differs from the phone's own answers. Slots that a moderator emptied are left alone."""
    problems = _problems(poll, sent, own)
    if problems:
        return Stored(problems, None)
    removed = {one.slot for one in own if one.is_removed}
    notice = None
    if any(slot.raw is not None for slot in sent if slot.slot in removed):
        notice = replies.words("removed", {})
    for slot in lowest_first([slot for slot in sent if slot.slot not in removed]):
        if _is_stored(poll, slot, own) or (slot.raw is None and notice):
            continue  # once something failed nothing is taken back: it may be an answer that was to move
        notice = _cast(phone, poll, slot) or notice
    return Stored({}, notice)


def lowest_first(slots: list[SlotForm]) -> list[SlotForm]:
    """Return the slots with the lowest filled, if any is.

    People are counted by their lowest slot. So the last answer moves there rather than stay behind an empty one, as in
    `static/src/participant/plan.js`.
    """
    filled = [place for place, slot in enumerate(slots) if slot.raw is not None]
    if not filled or slots[0].raw is not None:
        return slots
    last = filled[-1]
    placed = list(slots)
    placed[0] = slots[0]._replace(raw=slots[last].raw)
    placed[last] = slots[last]._replace(raw=None)
    return placed


def _problems(poll: Round, sent: list[SlotForm], own: Sequence[Own]) -> dict[int, str]:
    kind = kinds.get(poll.kind)
    settings = kinds.load_settings(poll.kind, poll.settings)
    if all(slot.raw is None for slot in sent) and not own:
        nothing = {"reason": "empty" if kind.RAW == "text" else "too_few", "limit": 1}
        return {0: replies.words("bad_answer", nothing)}
    problems = {}
    for slot in sent:
        try:
            if slot.raw is not None:
                kind.parse(settings, slot.raw)
        except BadAnswer as error:
            problems[slot.slot] = replies.message(error)
    return problems


def _is_stored(poll: Round, slot: SlotForm, own: Sequence[Own]) -> bool:
    """Tell whether this slot already holds what was sent for it."""
    before = next((one.answer for one in own if one.slot == slot.slot), None)
    if slot.raw is None:
        return before is None
    return bool(kinds.get(poll.kind).parse(kinds.load_settings(poll.kind, poll.settings), slot.raw) == before)


def _cast(phone: Phone, poll: Round, slot: SlotForm) -> str | None:
    """Store one slot; return what there is to say if it was not saved."""
    try:
        outcome = casting.cast(phone, poll.id, slot.slot, slot.shown_revision + 1, slot.raw)
    except DomainError as error:
        return replies.message(error)
    if outcome.code == "saved":
        return None
    earlier = outcome.code == "closed" and outcome.revision is not None
    return replies.words("closed_earlier_counts" if earlier else outcome.code, {})
