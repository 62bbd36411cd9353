"""The plain form of an answer: read by slot, and proved to come from the phone's own page."""

import hmac
from collections.abc import Mapping
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from pollapp import kinds
from pollapp.ballots import Round, ids
from pollapp.errors import UnknownRound

MOST_REVISION = 1_000_000
MOST_ROUND_ID = 2**31 - 1
"""What fits into the databases' integers."""


class SlotForm(NamedTuple):
    """What was sent for one slot: its raw answer (None: left empty) and the revision it was shown."""

    slot: int
    shown_revision: int
    raw: object


def csrf_value(key: bytes, identity: bytes) -> str:
    """Return the hidden value of this phone's forms. It rests on the phone's cookie, so no server state is needed."""
    return ids.form_proof(key, identity)


def is_own_form(key: bytes, identity: bytes, form: Mapping[str, str]) -> bool:
    """Tell whether a form was sent from this phone's own page."""
    return hmac.compare_digest(form.get("csrf_token", "").encode(), csrf_value(key, identity).encode())


def round_id(form: Mapping[str, str]) -> int:
    """Return the round a form answers. Raises `UnknownRound`."""
    value = form.get("round", "")
    if not value.isascii() or not value.isdecimal() or len(value) > 10 or int(value) > MOST_ROUND_ID:
        raise UnknownRound()
    return int(value)


def read_slots(poll: Round, form: MultiDict[str, str]) -> list[SlotForm]:
    """Return what was sent for each slot of the poll."""
    kind = kinds.get(poll.kind)
    settings = kinds.load_settings(poll.kind, poll.settings)
    return [
        SlotForm(slot, _revision(form.get(f"revision.{slot}", "")), kind.from_form(settings, _values(form, slot)))
        for slot in range(kind.slots(settings))
    ]


def _values(form: MultiDict[str, str], slot: int) -> list[str]:
    """Return a slot's values. What the field `answer.0.part` holds stands for `part:value`, and nothing for nothing."""
    name = f"answer.{slot}"
    parts = [
        f"{field.removeprefix(name + '.')}:{value.strip()}"
        for field, value in form.items(multi=True)
        if field.startswith(f"{name}.") and value.strip()
    ]
    return form.getlist(name) + parts


def _revision(value: str) -> int:
    return min(int(value), MOST_REVISION) if value.isascii() and value.isdecimal() and len(value) <= 7 else 0
