"""Grid: items that everybody places between two axes, such as effort and impact; counted per item and cell."""

from collections.abc import Sequence
from math import sqrt
from typing import Annotated, Any

import msgspec
from wtforms import BooleanField, FieldList, Form, FormField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from pollapp.errors import BadAnswer
from pollapp.gettext import N_
from pollapp.kinds.base import Column, Counted, KindSettings, Table
from pollapp.kinds.options import Option, OptionForm, from_rows, labels

NAME = "grid"
TITLE = N_("2 × 2 grid")
SUMMARY = N_("People place items between two axes, such as effort and impact.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
RAW = "list"

MOST_ITEMS = 12
HIGHEST = 10
"""Each axis runs from 0 to this, so that both have a middle."""
AXIS_LENGTH = 30
"""Characters of a name or an end of an axis."""
LEAST_FOR_SPREAD = 5
"""People who placed an item before its spread is shown: of fewer it tells where single people put it."""

MESSAGES = {
    "unplaced": N_("Please place every item. Still to place: %(left)s."),
    "half_placed": N_("An item has a value on one axis only. Choose the other one too, or empty both."),
    "off_grid": N_("One of these places is not on the grid. Please choose again."),
}


_STEPS = {str(step): step for step in range(HIGHEST + 1)}


class Settings(KindSettings, frozen=True):
    """Items in order, and what the two axes mean."""

    items: Annotated[tuple[Option, ...], msgspec.Meta(min_length=1, max_length=MOST_ITEMS)] = (
        Option("a", "First idea"),
        Option("b", "Second idea"),
        Option("c", "Third idea"),
    )
    x_name: Annotated[str, msgspec.Meta(min_length=1, max_length=AXIS_LENGTH)] = "Effort"
    x_low: Annotated[str, msgspec.Meta(max_length=AXIS_LENGTH)] = "Little"
    x_high: Annotated[str, msgspec.Meta(max_length=AXIS_LENGTH)] = "Much"
    y_name: Annotated[str, msgspec.Meta(min_length=1, max_length=AXIS_LENGTH)] = "Impact"
    y_low: Annotated[str, msgspec.Meta(max_length=AXIS_LENGTH)] = "Small"
    y_high: Annotated[str, msgspec.Meta(max_length=AXIS_LENGTH)] = "Great"
    skippable: bool = True


def _axis_text(label: str, *, needed: bool = False) -> StringField:
    fits = Length(max=AXIS_LENGTH, message=N_("Up to %(max)d characters fit."))
    return StringField(label, [DataRequired(N_("Please fill this in.")), fits] if needed else [fits])


class EditForm(Form):
    """Edits the settings of a grid."""

    items = FieldList(FormField(OptionForm), N_("Items"), min_entries=1)
    x_name = _axis_text(N_("From left to right"), needed=True)
    x_low = _axis_text(N_("At the left"))
    x_high = _axis_text(N_("At the right"))
    y_name = _axis_text(N_("From bottom to top"), needed=True)
    y_low = _axis_text(N_("At the bottom"))
    y_high = _axis_text(N_("At the top"))
    skippable = BooleanField(N_("People may skip items"))

    def validate_items(self, field: Any) -> None:
        """Refuse none, too many or equal items."""
        named = labels(field)
        if not named:
            raise ValidationError(N_("A grid needs at least one item."))
        if len(named) > MOST_ITEMS:
            raise ValidationError(N_("A grid may have up to 12 items."))
        if len(set(named)) < len(named):
            raise ValidationError(N_("Two items are the same."))

    def validate_y_name(self, field: Any) -> None:
        """Keep the axes apart."""
        if (field.data or "").strip() == (self.x_name.data or "").strip():
            raise ValidationError(N_("The two axes have the same name."))


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return data


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the form's settings; items keep their id, new ones get one that was never used here."""
    texts = {
        name: (form[name].data or "").strip() for name in ("x_name", "x_low", "x_high", "y_name", "y_low", "y_high")
    }
    items: tuple[Option, ...] = from_rows(form.items, before.items if before else ())
    return Settings(items=items, skippable=form.skippable.data, **texts)


def slots(settings: Settings) -> int:
    """Return 1: all places one person gave are one ballot."""
    return 1


def parse(settings: Settings, raw: object) -> list[str]:
    """Return `item.x:step` and `item.y:step` of each item placed, in the items' order; what was skipped is missing."""
    if not isinstance(raw, list):
        raise BadAnswer("off_grid")
    given: dict[str, str] = {}
    for part in raw:
        if not isinstance(part, str):
            raise BadAnswer("off_grid")
        name, _, step = part.partition(":")
        if step not in _STEPS or name in given:
            raise BadAnswer("off_grid")
        given[name] = step
    answer = []
    for item in settings.items:
        x, y = given.pop(f"{item.id}.x", None), given.pop(f"{item.id}.y", None)
        if x is not None and y is not None:
            answer += [f"{item.id}.x:{x}", f"{item.id}.y:{y}"]
        elif x is not None or y is not None:
            raise BadAnswer("half_placed")
    if given:
        raise BadAnswer("unknown_option")
    left = len(settings.items) - len(answer) // 2
    if left and (not settings.skippable or not answer):
        raise BadAnswer("unplaced", left=left)
    return answer


def from_form(settings: Settings, values: Sequence[str]) -> list[str] | None:
    """Return the places given, or None when there is none."""
    return list(values) or None


def keys(settings: Settings, answer: list[str]) -> dict[str, int]:
    """Count each item at its cell, `item:x:y`, so that no tally holds all that one person said."""
    pairs = zip(answer[::2], answer[1::2], strict=True)
    return {f"{x.partition('.')[0]}:{x.partition(':')[2]}:{y.partition(':')[2]}": 1 for x, y in pairs}


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return the axes, and of each item its mean place and how far people are apart."""
    placed: dict[str, list[tuple[int, int, int]]] = {item.id: [] for item in settings.items}
    for key, count in counted.tally.items():
        item, x, y = key.split(":")
        if item in placed:
            placed[item].append((_STEPS[x], _STEPS[y], count))
    return {
        "axes": {
            "x": {"name": settings.x_name, "low": settings.x_low, "high": settings.x_high},
            "y": {"name": settings.y_name, "low": settings.y_low, "high": settings.y_high},
        },
        "highest": HIGHEST,
        "items": [{"id": item.id, "label": item.label, **_place(placed[item.id])} for item in settings.items],
    }


def _place(cells: list[tuple[int, int, int]]) -> dict[str, Any]:
    """Return the mean of each axis and, of enough people, the standard deviation around it."""
    number = sum(count for _, _, count in cells)
    if not number:
        return {"count": 0, "x": None, "y": None, "spread": None}
    x = sum(x * count for x, _, count in cells) / number
    y = sum(y * count for _, y, count in cells) / number
    spread = None
    if number >= LEAST_FOR_SPREAD:
        across = sqrt(sum((each - x) ** 2 * count for each, _, count in cells) / number)
        up = sqrt(sum((each - y) ** 2 * count for _, each, count in cells) / number)
        spread = [round(across, 2), round(up, 2)]
    return {"count": number, "x": round(x, 2), "y": round(y, 2), "spread": spread}


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return a row per item: its mean on both axes, which name the columns, and how many people placed it."""
    return Table(
        (
            Column(N_("Item"), "text"),
            Column(settings.x_name, "number"),
            Column(settings.y_name, "number"),
            Column(N_("Placed by"), "count"),
        ),
        tuple(
            (item["label"], *("" if item[axis] is None else item[axis] for axis in "xy"), item["count"])
            for item in results(settings, counted, language)["items"]
        ),
    )


def frozen(before: Settings, after: Settings) -> bool:
    """Wording may be mended and skipping allowed; items may not change, and what was skipped cannot be asked for."""
    return {item.id for item in before.items} != {item.id for item in after.items} or (
        before.skippable and not after.skippable
    )


def sample(settings: Settings) -> Counted:
    """Return items in different corners, with people around each."""
    corners = ((2, 8), (8, 7), (7, 3), (3, 2), (5, 9), (9, 5))
    around = ((0, 0), (1, 0), (0, -1), (-1, 1), (0, 1))
    tally = {}
    for index, item in enumerate(settings.items):
        x, y = corners[index % len(corners)]
        bent = index // len(corners)
        for across, up in around:
            tally[f"{item.id}:{min(HIGHEST, x + across + bent)}:{max(0, min(HIGHEST, y + up - bent))}"] = 2
    return Counted(10, 10, tally)
