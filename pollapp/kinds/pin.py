"""Pin: everybody marks places on a picture; counted per crossing of a net laid over it."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from wtforms import Form, IntegerField, RadioField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from pollapp.errors import BadAnswer
from pollapp.gettext import N_
from pollapp.kinds.base import Column, Counted, KindSettings, Table
from pollapp.kinds.pictures import PictureId, picture_field, size_of

NAME = "pin"
TITLE = N_("Pin on a picture")
SUMMARY = N_("People put pins on a picture: a map, a plan, a photo.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
RAW = "list"

MOST_PINS = 5
STEP = 2
"""Per cent of the picture between the lines of the net: as exact as a thumb, and no finer."""
ALT_LENGTH = 200
LEAST_FOR_DOTS = 5
"""People before pins are drawn one by one: of fewer there is a glow."""
THIRDS = ((0, 33), (34, 66), (67, 100))
"""The table tells pins by thirds across and down, in per cent."""

MESSAGES = {
    "no_pin": N_("Put a pin on the picture first."),
    "half_pin": N_("A pin has one number only. Give the other one too, or empty both."),
    "off_picture": N_("One of the pins is not on the picture: both numbers go from 0 to 100."),
}
WORDS = {
    "pin_inside": N_("In the marked area: {share}"),
    "pin_no_picture": N_("No picture has been chosen yet."),
}

_PERCENT = {str(number): (number + STEP // 2) // STEP * STEP for number in range(101)}
"""What may be sent, and the line of the net it belongs to."""


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the picture, in per cent from the left and from the top."""

    left: Annotated[int, msgspec.Meta(ge=0, le=100)]
    top: Annotated[int, msgspec.Meta(ge=0, le=100)]
    right: Annotated[int, msgspec.Meta(ge=0, le=100)]
    bottom: Annotated[int, msgspec.Meta(ge=0, le=100)]

    def holds(self, x: int, y: int) -> bool:
        """Tell whether a place is in it, its edge included."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Settings(KindSettings, frozen=True):
    """The picture, what it shows in words, pins per person, how they are drawn, and the right area if there is one."""

    picture: PictureId = ""
    alt: Annotated[str, msgspec.Meta(max_length=ALT_LENGTH)] = ""
    pins: Annotated[int, msgspec.Meta(ge=1, le=MOST_PINS)] = 1
    display: Literal["heat", "dots"] = "heat"
    left: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None
    top: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None
    right: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None
    bottom: Annotated[int, msgspec.Meta(ge=0, le=100)] | None = None

    @property
    def area(self) -> Area | None:
        """The right area; there is none as long as one of its edges is missing."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        if left is None or top is None or right is None or bottom is None:
            return None
        return Area(left, top, right, bottom)


def _edge(label: str) -> IntegerField:
    return IntegerField(
        label, [Optional(), NumberRange(0, 100, message=N_("Choose a number from %(min)d to %(max)d."))]
    )


class EditForm(Form):
    """Edits the settings of a pin slide."""

    picture = picture_field(N_("Picture"))
    alt = StringField(
        N_("What it shows"),
        [Length(max=ALT_LENGTH, message=N_("Up to %(max)d characters fit."))],
        description=N_("Read out to people who do not see it."),
    )
    pins = IntegerField(
        N_("Pins per person"),
        [InputRequired(), NumberRange(1, MOST_PINS, message=N_("Choose a number from %(min)d to %(max)d."))],
        default=1,
    )
    display = RadioField(N_("Show pins as"), choices={"heat": N_("A glow"), "dots": N_("Dots")}, default="heat")
    left = _edge(N_("Left edge"))
    top = _edge(N_("Top edge"))
    right = _edge(N_("Right edge"))
    bottom = _edge(N_("Bottom edge"))

    def validate_right(self, field: Any) -> None:
        """Keep the area one that can be hit."""
        if field.data is not None and self.left.data is not None and field.data <= self.left.data:
            raise ValidationError(N_("The right edge must lie to the right of the left one."))

    def validate_bottom(self, field: Any) -> None:
        """Keep the area one that can be hit."""
        if field.data is not None and self.top.data is not None and field.data <= self.top.data:
            raise ValidationError(N_("The bottom edge must lie below the top one."))


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return {name: "" if value is None else value for name, value in data.items()}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(
        picture=form.picture.data or "",
        alt=(form.alt.data or "").strip(),
        pins=form.pins.data or 1,
        display=form.display.data,
        left=form.left.data,
        top=form.top.data,
        right=form.right.data,
        bottom=form.bottom.data,
    )


def slots(settings: Settings) -> int:
    """Return 1: all pins of one person are one ballot."""
    return 1


def parse(settings: Settings, raw: object) -> list[str]:
    """Return `1.x:per cent` and `1.y:per cent` of each pin on the net, sorted by place: their order means nothing."""
    if not isinstance(raw, list):
        raise BadAnswer("off_picture")
    given: dict[str, int] = {}
    for part in raw:
        if not isinstance(part, str):
            raise BadAnswer("off_picture")
        name, _, percent = part.partition(":")
        if percent not in _PERCENT or name in given:
            raise BadAnswer("off_picture")
        given[name] = _PERCENT[percent]
    places = []
    for pin in range(1, settings.pins + 1):
        x, y = given.pop(f"{pin}.x", None), given.pop(f"{pin}.y", None)
        if x is not None and y is not None:
            places.append((x, y))
        elif x is not None or y is not None:
            raise BadAnswer("half_pin")
    if given:
        raise BadAnswer("off_picture")
    if not places:
        raise BadAnswer("no_pin")
    return [part for pin, (x, y) in enumerate(sorted(places), start=1) for part in (f"{pin}.x:{x}", f"{pin}.y:{y}")]


def from_form(settings: Settings, values: Sequence[str]) -> list[str] | None:
    """Return the pins put, or None when there is none."""
    return list(values) or None


def keys(settings: Settings, answer: list[str]) -> dict[str, int]:
    """Count each place, `x:y`, so that no tally tells which pins are of one person."""
    counts: dict[str, int] = {}
    for x, y in zip(answer[::2], answer[1::2], strict=True):
        place = f"{x.partition(':')[2]}:{y.partition(':')[2]}"
        counts[place] = counts.get(place, 0) + 1
    return counts


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return the picture and how many pins are at each place; dots only of enough people."""
    places = _places(counted)
    area, pins = settings.area, sum(count for _, _, count in places)
    inside = sum(count for x, y, count in places if area and area.holds(x, y))
    width, height = size_of(settings.picture)
    return {
        "picture": settings.picture,
        "width": width,
        "height": height,
        "alt": settings.alt,
        "drawn": "dots" if settings.display == "dots" and counted.participants >= LEAST_FOR_DOTS else "heat",
        "places": places,
        "pins": pins,
        "area": msgspec.to_builtins(area) if area else None,
        "inside": round(inside / pins, 4) if area and pins else None,
    }


def _places(counted: Counted) -> list[tuple[int, int, int]]:
    """Return across, down and count of each place, in the order of the places."""
    split = ((key.partition(":"), count) for key, count in counted.tally.items())
    return sorted((int(x), int(y), count) for (x, _, y), count in split)


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return a row for each ninth of the picture, and how many of its pins are in the right area if there is one."""
    places, area = _places(counted), settings.area
    pins = sum(count for _, _, count in places)
    columns = [Column(N_("From the left, %"), "text"), Column(N_("From the top, %"), "text")]
    columns += [Column(N_("Pins"), "count"), Column(N_("Share"), "percent")]
    if area:
        columns.append(Column(N_("In the marked area"), "count"))
    rows: list[tuple[str | int | float, ...]] = []
    for top, bottom in THIRDS:
        for left, right in THIRDS:
            here = [place for place in places if left <= place[0] <= right and top <= place[1] <= bottom]
            number = sum(count for _, _, count in here)
            row: list[str | int | float] = [
                f"{left}–{right}",
                f"{top}–{bottom}",
                number,
                round(number / pins, 4) if pins else 0.0,
            ]
            if area:
                row.append(sum(count for x, y, count in here if area.holds(x, y)))
            rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows))


def frozen(before: Settings, after: Settings) -> bool:
    """Words, display and the right area may change; the picture and the number of pins may not."""
    return before.picture != after.picture or before.pins != after.pins


def sample(settings: Settings) -> Counted:
    """Return pins around two places."""
    around = ((0, 0), (2, 0), (-2, 2), (0, -4), (4, 2), (-4, -2), (2, 6))
    tally: dict[str, int] = {}
    for index, (x, y) in enumerate(around):
        tally[f"{34 + x}:{40 + y}"] = 3 - index % 3
        tally[f"{70 + y}:{62 + x}"] = 1
    return Counted(sum(tally.values()), sum(tally.values()), tally)
