"""Ranking: items put into an order by each person, and into one order by all: a Borda count."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from wtforms import FieldList, Form, FormField, IntegerField, RadioField, ValidationError
from wtforms.validators import NumberRange, Optional

from pollapp.errors import BadAnswer
from pollapp.gettext import N_
from pollapp.kinds.base import Column, Counted, KindSettings, Table
from pollapp.kinds.options import Option, OptionForm, from_rows, labels

NAME = "ranking"
TITLE = N_("Ranking")
SUMMARY = N_("People put items in order; the items trade places as the points add up.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
RAW = "list"

LEAST_ITEMS = 2
MOST_ITEMS = 20

MESSAGES = {
    "too_few": N_("Not finished: rank %(limit)s. So far you have ranked %(length)s."),
    "too_many": N_("Too many: rank %(limit)s at most."),
    "same_place": N_("Two items share place %(limit)s. Give every place once."),
    "no_place": N_("That is no place in this ranking. Choose again."),
}
WORDS = {"ranking_legend": N_("Points, and ⌀ the average place")}

COLUMNS = (
    Column(N_("Item"), "text"),
    Column(N_("Points"), "count"),
    Column(N_("Average place"), "number"),
    Column(N_("First places"), "count"),
    Column(N_("Ranked by"), "count"),
)


class Settings(KindSettings, frozen=True):
    """Items in order, how many places there are to give (0: as many as items), and whether all must be given."""

    items: Annotated[tuple[Option, ...], msgspec.Meta(min_length=LEAST_ITEMS, max_length=MOST_ITEMS)] = (
        Option("a", "First idea"),
        Option("b", "Second idea"),
        Option("c", "Third idea"),
    )
    places: Annotated[int, msgspec.Meta(ge=0, le=MOST_ITEMS)] = 0
    give: Literal["all", "some"] = "all"

    @property
    def most(self) -> int:
        """How many items one person may rank."""
        return min(self.places or MOST_ITEMS, len(self.items))

    @property
    def least(self) -> int:
        """How many items one person has to rank."""
        return self.most if self.give == "all" else 1


class EditForm(Form):
    """Edits the settings of a ranking."""

    items = FieldList(FormField(OptionForm), N_("Items"), min_entries=LEAST_ITEMS)
    places = IntegerField(
        N_("Places to give"),
        [Optional(), NumberRange(1, MOST_ITEMS, message=N_("Choose a number from %(min)d to %(max)d."))],
        description=N_("Leave it empty to have every item ranked; 3 asks for the top three only."),
    )
    give = RadioField(
        N_("How many of them must be given?"),
        choices={"all": N_("All of them"), "some": N_("At least one")},
        default="all",
    )

    def validate_items(self, field: Any) -> None:
        """Refuse too few, too many or equal items."""
        named = labels(field)
        if len(named) < LEAST_ITEMS:
            raise ValidationError(N_("A ranking needs at least two items."))
        if len(named) > MOST_ITEMS:
            raise ValidationError(N_("A ranking may have up to 20 items."))
        if len(set(named)) < len(named):
            raise ValidationError(N_("Two items are the same."))

    def validate_places(self, field: Any) -> None:
        """Keep the places possible."""
        if field.data and field.data > max(LEAST_ITEMS, len(labels(self.items))):
            raise ValidationError(N_("There are fewer items than that."))


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return data | {"places": settings.places or ""}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the form's settings; rows keep their id, new rows get one that was never used here."""
    items: tuple[Option, ...] = from_rows(form.items, before.items if before else ())
    return Settings(items, form.places.data or 0, form.give.data)


def slots(settings: Settings) -> int:
    """Return 1: a ranking is one ballot."""
    return 1


def parse(settings: Settings, raw: object) -> list[str]:
    """Return `item:place` from the first place on. Gaps between places close up, as in an answer of first and third."""
    if not isinstance(raw, list):
        raise BadAnswer("no_place")
    left = {item.id for item in settings.items}
    placed: dict[int, str] = {}
    for given in raw:
        if not isinstance(given, str):
            raise BadAnswer("no_place")
        item, _, place = given.partition(":")
        if item not in left:
            raise BadAnswer("unknown_option")
        left.remove(item)
        number = int(place) if place.isascii() and place.isdecimal() and len(place) < 3 else 0
        if not 1 <= number <= MOST_ITEMS:
            raise BadAnswer("no_place")
        if number in placed:
            raise BadAnswer("same_place", limit=number)
        placed[number] = item
    if len(placed) < settings.least:
        raise BadAnswer("too_few", limit=settings.least, length=len(placed))
    if len(placed) > settings.most:
        raise BadAnswer("too_many", limit=settings.most, length=len(placed))
    return [f"{placed[number]}:{place}" for place, number in enumerate(sorted(placed), start=1)]


def from_form(settings: Settings, values: Sequence[str]) -> list[str] | None:
    """Return the places given, or None when there is none."""
    return list(values) or None


def keys(settings: Settings, answer: list[str]) -> dict[str, int]:
    """Count each item at its place, so that the order one person gave is in no tally."""
    return dict.fromkeys(answer, 1)


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return the items from the most points down; `at` is where each stands in the settings, `place` its common place.

    Of two items with equal points the one with the better average place goes first; they share their place all the same.
    """
    highest = settings.most * counted.ballots
    rows = [_count(settings, counted, at, item) for at, item in enumerate(settings.items)]
    rows.sort(key=lambda row: (-row["points"], row["average"] or MOST_ITEMS + 1, row["at"]))
    for index, row in enumerate(rows):
        row["place"] = rows[index - 1]["place"] if index and row["points"] == rows[index - 1]["points"] else index + 1
        row["share"] = round(row["points"] / highest, 4) if highest else 0.0
    return {"items": rows}


def _count(settings: Settings, counted: Counted, at: int, item: Option) -> dict[str, Any]:
    """Return the figures of one item.

    Points are a Borda count (J.-C. de Borda, Mémoire sur les élections au scrutin, 1784): the first place is worth as
    many points as there are places, the last one point. An item that was left out gets nothing.
    """
    places = range(1, settings.most + 1)
    given = [counted.tally.get(f"{item.id}:{place}", 0) for place in places]
    ranked = sum(given)
    return {
        "id": item.id,
        "label": item.label,
        "at": at,
        "points": sum(count * (settings.most + 1 - place) for place, count in zip(places, given, strict=True)),
        "average": round(sum(map(int.__mul__, places, given)) / ranked, 2) if ranked else None,
        "firsts": given[0],
        "ranked": ranked,
    }


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return a row per item, from the most points down; an item nobody ranked has no average place."""
    return Table(
        COLUMNS,
        tuple(
            (
                row["label"],
                row["points"],
                "" if row["average"] is None else row["average"],
                row["firsts"],
                row["ranked"],
            )
            for row in results(settings, counted, language)["items"]
        ),
    )


def frozen(before: Settings, after: Settings) -> bool:
    """Labels may be mended; items and the places to give may not change."""
    return (
        {item.id for item in before.items} != {item.id for item in after.items}
        or before.most != after.most
        or before.give != after.give
    )


def sample(settings: Settings) -> Counted:
    """Return the rankings of a few people who agree on the whole."""
    ids = [item.id for item in settings.items]
    tally: dict[str, int] = {}
    for person in range(12):
        shift = person % 3
        order = ids[shift : shift + 2][::-1] + ids[:shift] + ids[shift + 2 :]
        for place, item in enumerate(order[: settings.most], start=1):
            key = f"{item}:{place}"
            tally[key] = tally.get(key, 0) + 1
    return Counted(12, 12, tally)
