"""Scales: statements rated on one range of whole numbers, each of which may be skipped; counted per statement and value."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, RadioField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from pollapp.errors import BadAnswer
from pollapp.gettext import N_
from pollapp.kinds.base import Column, Counted, KindSettings, Table
from pollapp.kinds.options import Option, OptionForm, from_rows, labels

NAME = "scales"
TITLE = N_("Scales")
SUMMARY = N_("People rate statements; the average and the spread of each show.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
RAW = "list"
MESSAGES = {
    "nothing_rated": N_("Please rate at least one statement."),
    "unrated": N_("Please rate every statement. Still to rate: %(left)s."),
    "unknown_rating": N_("One of these ratings is not on the scale. Please choose again."),
}
WORDS = {"scales_average": N_("Average")}

MOST_STATEMENTS = 12
LOWEST, HIGHEST = -10, 10
"""Where a range may begin and end."""
MOST_STEPS = 10
"""Steps from the lowest value to the highest: 0 to 10 has ten, which makes eleven values."""
END_LENGTH = 60
"""Characters of the label of an end."""
LEAST_FOR_RADAR = 3
"""With fewer axes a radar is a line: bars are shown instead."""


class Settings(KindSettings, frozen=True):
    """Statements in order, and the range they are all rated on."""

    statements: Annotated[tuple[Option, ...], msgspec.Meta(min_length=1, max_length=MOST_STATEMENTS)] = (
        Option("a", "I know what is expected of me"),
        Option("b", "I can say what worries me"),
        Option("c", "I learn from the others here"),
    )
    least: Annotated[int, msgspec.Meta(ge=LOWEST, le=HIGHEST - 1)] = 1
    most: Annotated[int, msgspec.Meta(ge=LOWEST + 1, le=HIGHEST)] = 5
    least_label: Annotated[str, msgspec.Meta(max_length=END_LENGTH)] = "Not at all"
    most_label: Annotated[str, msgspec.Meta(max_length=END_LENGTH)] = "Fully"
    skippable: bool = True
    display: Literal["bars", "radar"] = "bars"

    def __post_init__(self) -> None:
        if not 1 <= self.most - self.least <= MOST_STEPS:
            raise ValueError("a scale has 2 to 11 values")

    @property
    def values(self) -> range:
        """The values of the scale, lowest first."""
        return range(self.least, self.most + 1)


class EditForm(Form):
    """Edits the settings of scales."""

    statements = FieldList(FormField(OptionForm), N_("Statements"), min_entries=1)
    least = IntegerField(N_("From"), [InputRequired(), NumberRange(LOWEST, HIGHEST - 1)], default=1)
    most = IntegerField(N_("To"), [InputRequired(), NumberRange(LOWEST + 1, HIGHEST)], default=5)
    least_label = StringField(
        N_("Lowest value means"), [Length(max=END_LENGTH, message=N_("Up to %(max)d characters fit."))]
    )
    most_label = StringField(
        N_("Highest value means"), [Length(max=END_LENGTH, message=N_("Up to %(max)d characters fit."))]
    )
    skippable = BooleanField(N_("People may skip statements"))
    display = RadioField(
        N_("Show results as"),
        choices={"bars": N_("Averages and spread"), "radar": N_("Radar")},
        default="bars",
        description=N_("A radar shows averages and needs three statements; with fewer there are bars."),
    )

    def validate_statements(self, field: Any) -> None:
        """Refuse none, too many or equal statements."""
        named = labels(field)
        if not named:
            raise ValidationError(N_("Scales need at least one statement."))
        if len(named) > MOST_STATEMENTS:
            raise ValidationError(N_("Scales may have up to 12 statements."))
        if len(set(named)) < len(named):
            raise ValidationError(N_("Two statements are the same."))

    def validate_most(self, field: Any) -> None:
        """Keep the range one that fits on a phone."""
        if field.data is None or self.least.data is None:
            return
        if field.data <= self.least.data:
            raise ValidationError(N_("“To” must be larger than “From”."))
        if field.data - self.least.data > MOST_STEPS:
            raise ValidationError(N_("A scale may have up to 11 values, such as 0 to 10."))


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return data


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the form's settings; statements keep their id, new ones get one that was never used here."""
    return Settings(
        statements=from_rows(form.statements, before.statements if before else ()),
        least=form.least.data or 0,
        most=form.most.data or 0,
        least_label=(form.least_label.data or "").strip(),
        most_label=(form.most_label.data or "").strip(),
        skippable=form.skippable.data,
        display=form.display.data,
    )


def slots(settings: Settings) -> int:
    """Return 1: all ratings of one person are one ballot."""
    return 1


def parse(settings: Settings, raw: object) -> list[str]:
    """Return the ratings as "statement:value", in the statements' order; what was skipped is missing."""
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise BadAnswer("not_options")
    given = dict(item.split(":", 1) if ":" in item else (item, "") for item in raw)
    scale = {str(value) for value in settings.values}
    answer = []
    for statement in settings.statements:
        value = given.pop(statement.id, None)
        if value is None:
            continue
        if value not in scale:
            raise BadAnswer("unknown_rating")
        answer.append(f"{statement.id}:{value}")
    if given:
        raise BadAnswer("unknown_option")
    if not answer:
        raise BadAnswer("nothing_rated")
    if len(answer) < len(settings.statements) and not settings.skippable:
        raise BadAnswer("unrated", left=len(settings.statements) - len(answer))
    return answer


def from_form(settings: Settings, values: Sequence[str]) -> list[str]:
    """Return the ratings, also none: what to say then is said by `parse`."""
    return list(values)


def keys(settings: Settings, answer: list[str]) -> dict[str, int]:
    """Count each statement's value."""
    return dict.fromkeys(answer, 1)


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return the statements in order, each with how often every value was given and their average."""
    return {
        "display": settings.display if len(settings.statements) >= LEAST_FOR_RADAR else "bars",
        "values": list(settings.values),
        "ends": [settings.least_label, settings.most_label],
        "statements": [
            {"id": statement.id, "label": statement.label, "counts": counts, "average": _average(settings, counts)}
            for statement in settings.statements
            for counts in [_counts(settings, counted, statement)]
        ],
    }


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return a row per statement: average, how many rated and skipped it, and how often each value was given."""
    ends = {settings.least: settings.least_label, settings.most: settings.most_label}
    named = [f"{value}: {ends[value]}" if ends.get(value) else str(value) for value in settings.values]
    return Table(
        (
            Column(N_("Statement"), "text"),
            Column(N_("Average"), "number"),
            Column(N_("Ratings"), "count"),
            Column(N_("Skipped"), "count"),
            *(Column(name, "count") for name in named),
        ),
        tuple(
            (statement.label, "" if average is None else average, rated, max(0, counted.ballots - rated), *counts)
            for statement in settings.statements
            for counts in [_counts(settings, counted, statement)]
            for rated, average in [(sum(counts), _average(settings, counts))]
        ),
    )


def frozen(before: Settings, after: Settings) -> bool:
    """Wording and display may change; statements and range may not, and what was skipped cannot be asked for."""
    return (
        {statement.id for statement in before.statements} != {statement.id for statement in after.statements}
        or before.values != after.values
        or (before.skippable and not after.skippable)
    )


def sample(settings: Settings) -> Counted:
    """Return ratings heaped around another value for each statement."""
    ballots, tally = 24, {}
    for place, statement in enumerate(settings.statements):
        peak = settings.least + (settings.most - settings.least) * (0.72 - 0.17 * (place % 4))
        weights = [0.5 ** abs(value - peak) for value in settings.values]
        for value, weight in zip(settings.values, weights, strict=True):
            if count := round(ballots * weight / sum(weights)):
                tally[f"{statement.id}:{value}"] = count
    return Counted(ballots, ballots, tally)


def _counts(settings: Settings, counted: Counted, statement: Option) -> list[int]:
    return [counted.tally.get(f"{statement.id}:{value}", 0) for value in settings.values]


def _average(settings: Settings, counts: Sequence[int]) -> float | None:
    """Return the arithmetic mean of the ratings given, to two decimals; None when there are none."""
    rated = sum(counts)
    total = sum(value * count for value, count in zip(settings.values, counts, strict=True))
    return round(total / rated, 2) if rated else None
