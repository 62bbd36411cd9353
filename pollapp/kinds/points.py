"""Points: everybody divides the same number of points among the items; counted per item and number of points."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, RadioField, ValidationError
from wtforms.validators import InputRequired, NumberRange

from pollapp.errors import BadAnswer
from pollapp.gettext import N_
from pollapp.kinds.base import Column, Counted, KindSettings, Table
from pollapp.kinds.options import Option, OptionForm, from_rows, labels

NAME = "points"
TITLE = N_("Points")
SUMMARY = N_("People divide 100 points among the items; averages show.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
RAW = "list"
MESSAGES = {
    "no_points": N_("Please give points to at least one item."),
    "points_left": N_("Please give all %(limit)s points. Still to give: %(left)s."),
    "points_over": N_("These are %(length)s points; there are %(limit)s. Please take some away."),
    "points_step": N_("Please give whole numbers of points in steps of %(limit)s."),
}
WORDS = {"points_unit": N_("Average points per person, of {total}")}

LEAST_ITEMS = 2
MOST_ITEMS = 20
LEAST_TOTAL, MOST_TOTAL = 10, 100


class Settings(KindSettings, frozen=True):
    """Items in order, the points everybody has, and in what steps they are given."""

    items: Annotated[tuple[Option, ...], msgspec.Meta(min_length=LEAST_ITEMS, max_length=MOST_ITEMS)] = (
        Option("a", "More time together"),
        Option("b", "Better tools"),
        Option("c", "Training"),
    )
    total: Annotated[int, msgspec.Meta(ge=LEAST_TOTAL, le=MOST_TOTAL, multiple_of=10)] = 100
    step: Literal[1, 10] = 10
    spend_all: bool = True


class EditForm(Form):
    """Edits the settings of points."""

    items = FieldList(FormField(OptionForm), N_("Items"), min_entries=LEAST_ITEMS)
    total = IntegerField(N_("Points per person"), [InputRequired(), NumberRange(LEAST_TOTAL, MOST_TOTAL)], default=100)
    step = RadioField(N_("Given in steps of"), choices={"1": "1", "10": "10"}, coerce=int, default=10)
    spend_all = BooleanField(N_("Everybody gives all points"))

    def validate_items(self, field: Any) -> None:
        """Refuse too few, too many or equal items."""
        named = labels(field)
        if len(named) < LEAST_ITEMS:
            raise ValidationError(N_("Points need at least two items to divide them among."))
        if len(named) > MOST_ITEMS:
            raise ValidationError(N_("There may be up to 20 items."))
        if len(set(named)) < len(named):
            raise ValidationError(N_("Two items are the same."))

    def validate_total(self, field: Any) -> None:
        """Keep the total one that any step reaches."""
        if field.data is not None and field.data % 10:
            raise ValidationError(N_("Choose 10, 20, 30 and so on, up to 100."))


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return data


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the form's settings; items keep their id, new ones get one that was never used here."""
    items: tuple[Option, ...] = from_rows(form.items, before.items if before else ())
    return Settings(items, form.total.data or MOST_TOTAL, form.step.data, form.spend_all.data)


def slots(settings: Settings) -> int:
    """Return 1: all points of one person are one ballot."""
    return 1


def parse(settings: Settings, raw: object) -> list[str]:
    """Return the points as "item:points", in the items' order; items without points are missing."""
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise BadAnswer("not_options")
    given = dict(item.split(":", 1) if ":" in item else (item, "") for item in raw)
    answer, spent = [], 0
    for item in settings.items:
        points = _points(settings, given.pop(item.id, "0"))
        if points:
            answer.append(f"{item.id}:{points}")
            spent += points
    if given:
        raise BadAnswer("unknown_option")
    if not answer:
        raise BadAnswer("no_points")
    if spent > settings.total:
        raise BadAnswer("points_over", limit=settings.total, length=spent)
    if spent < settings.total and settings.spend_all:
        raise BadAnswer("points_left", limit=settings.total, left=settings.total - spent)
    return answer


def _points(settings: Settings, written: str) -> int:
    if not written.isascii() or not written.isdecimal() or len(written) > 4:
        raise BadAnswer("points_step", limit=settings.step)
    points = int(written)
    if points % settings.step:
        raise BadAnswer("points_step", limit=settings.step)
    return points


def from_form(settings: Settings, values: Sequence[str]) -> list[str]:
    """Return the points given, also none: what to say then is said by `parse`."""
    return list(values)


def keys(settings: Settings, answer: list[str]) -> dict[str, int]:
    """Count each item's number of points: so it shows when everybody gave the same answer."""
    return dict.fromkeys(answer, 1)


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return the items in order with the points a person gave on average, of the points a person has."""
    return {
        "total": settings.total,
        "items": [
            {"id": item.id, "label": item.label, "average": _average(given, counted)}
            for item in settings.items
            for given in [_given(settings, counted, item)]
        ],
    }


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return a row per item: average, sum, share of all points given, and how many gave any."""
    all_given = [_given(settings, counted, item) for item in settings.items]
    sums = [sum(points * count for points, count in given.items()) for given in all_given]
    spent = sum(sums)
    return Table(
        (
            Column(N_("Item"), "text"),
            Column(N_("Points per person"), "number"),
            Column(N_("Points in all"), "count"),
            Column(N_("Share"), "percent"),
            Column(N_("People who gave any"), "count"),
        ),
        tuple(
            (
                item.label,
                _average(given, counted),
                points,
                round(points / spent, 4) if spent else 0.0,
                sum(given.values()),
            )
            for item, given, points in zip(settings.items, all_given, sums, strict=True)
        ),
    )


def frozen(before: Settings, after: Settings) -> bool:
    """Items may be reworded; which there are, and by what rules points were given, may not change."""
    return {item.id for item in before.items} != {item.id for item in after.items} or (
        (before.total, before.step, before.spend_all) != (after.total, after.step, after.spend_all)
    )


def sample(settings: Settings) -> Counted:
    """Return falling figures, as of people who each give one item everything."""
    counts = [max(1, round(11 * 0.62**place)) for place in range(len(settings.items))]
    tally = {f"{item.id}:{settings.total}": count for item, count in zip(settings.items, counts, strict=True)}
    return Counted(sum(counts), sum(counts), tally)


def _given(settings: Settings, counted: Counted, item: Option) -> dict[int, int]:
    """Return how many people gave this item how many points."""
    found = {}
    for points in range(settings.step, settings.total + 1, settings.step):
        if count := counted.tally.get(f"{item.id}:{points}", 0):
            found[points] = count
    return found


def _average(given: dict[int, int], counted: Counted) -> float:
    """Return the mean of everybody who answered, to two decimals; who gave an item nothing counts with nothing."""
    return (
        round(sum(points * count for points, count in given.items()) / counted.ballots, 2) if counted.ballots else 0.0
    )
