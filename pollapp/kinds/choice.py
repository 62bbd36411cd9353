"""Choice: one or several of the options, counted per option."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, RadioField, ValidationError
from wtforms.validators import InputRequired, NumberRange

from pollapp.errors import BadAnswer
from pollapp.gettext import N_
from pollapp.kinds.base import Column, Counted, KindSettings, Table
from pollapp.kinds.options import Option as PlainOption
from pollapp.kinds.options import OptionForm, from_rows, labels

NAME = "choice"
TITLE = N_("Multiple choice")
SUMMARY = N_("People pick one or several options; bars, a donut, a pie or dots show the counts.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
RAW = "list"
RANK = 1
WORDS = {"choice_dot": N_("One dot stands for {count} answers")}

LEAST_OPTIONS = 2
MOST_OPTIONS = 30
MOST_SLICES = 8
"""As many colours stay apart for everybody."""
ROUND = ("donut", "pie")
CORRECT = "✓"
"""Marks what is correct in tables."""


class Option(PlainOption, frozen=True, forbid_unknown_fields=True):
    """An option; several may be correct, or none."""

    correct: bool = False


class MarkedForm(OptionForm):
    """A row of the editor with a box for what is correct."""

    correct = BooleanField(N_("Correct answer"))


class Settings(KindSettings, frozen=True):
    """Options in order, and how many of them one person may pick."""

    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=LEAST_OPTIONS, max_length=MOST_OPTIONS)] = (
        Option("a", "Yes"),
        Option("b", "No"),
    )
    least: Annotated[int, msgspec.Meta(ge=1, le=MOST_OPTIONS)] = 1
    most: Annotated[int, msgspec.Meta(ge=1, le=MOST_OPTIONS)] = 1
    unit: Literal["percent", "count"] = "percent"
    display: Literal["bars", "donut", "pie", "dots"] = "bars"
    shuffled: bool = False


class EditForm(Form):
    """Edits the settings of a choice."""

    options = FieldList(FormField(MarkedForm), N_("Options"), min_entries=LEAST_OPTIONS)
    least = IntegerField(N_("At least"), [InputRequired(), NumberRange(1, MOST_OPTIONS)], default=1)
    most = IntegerField(N_("At most"), [InputRequired(), NumberRange(1, MOST_OPTIONS)], default=1)
    unit = RadioField(
        N_("Show results as"),
        choices={"percent": N_("Per cent"), "count": N_("Number of people")},
        default="percent",
    )
    display = RadioField(
        N_("Picture"),
        choices={"bars": N_("Bars"), "donut": N_("Donut"), "pie": N_("Pie"), "dots": N_("Dots")},
        default="bars",
    )
    shuffled = BooleanField(
        N_("Shuffle the options"),
        description=N_("Every phone shows them in an order of its own, so that none gains by standing first."),
    )

    def validate_options(self, field: Any) -> None:
        """Refuse too few, too many or equal options."""
        named = labels(field)
        if len(named) < LEAST_OPTIONS:
            raise ValidationError(N_("A choice needs at least two options."))
        if len(named) > MOST_OPTIONS:
            raise ValidationError(N_("A choice may have up to 30 options."))
        if len(set(named)) < len(named):
            raise ValidationError(N_("Two options are the same."))

    def validate_most(self, field: Any) -> None:
        """Keep the range of picks possible."""
        if field.data is None or self.least.data is None:
            return
        options = len(labels(self.options))
        if field.data < self.least.data:
            raise ValidationError(N_("“At most” cannot be smaller than “at least”."))
        if field.data > max(options, LEAST_OPTIONS):
            raise ValidationError(N_("There are fewer options than that."))

    def validate_display(self, field: Any) -> None:
        """Keep donuts and pies to parts of a whole, as many as can be told apart."""
        if field.data not in ROUND:
            return
        if (self.most.data or 1) > 1:
            raise ValidationError(N_("Where people pick several, shares are no parts of a whole: choose bars or dots."))
        if len(labels(self.options)) > MOST_SLICES:
            raise ValidationError(N_("Up to 8 slices can be told apart: choose bars or dots."))


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return data


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the form's settings; rows keep their id, new rows get one that was never used here."""
    marks = [row.form.correct.data for row in form.options if (row.form.label.data or "").strip()]
    options = tuple(
        Option(option.id, option.label, correct)
        for option, correct in zip(from_rows(form.options, before.options if before else ()), marks, strict=True)
    )
    return Settings(
        options, form.least.data or 1, form.most.data or 1, form.unit.data, form.display.data, form.shuffled.data
    )


def slots(settings: Settings) -> int:
    """Return 1: a multiple choice is one ballot."""
    return 1


def parse(settings: Settings, raw: object) -> list[str]:
    """Return the ids picked, in the options' order."""
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise BadAnswer("not_options")
    picked = set(raw)
    answer = [option.id for option in settings.options if option.id in picked]
    if len(answer) != len(picked):
        raise BadAnswer("unknown_option")
    if len(answer) < settings.least:
        raise BadAnswer("too_few", limit=settings.least, length=len(answer))
    if len(answer) > settings.most:
        raise BadAnswer("too_many", limit=settings.most, length=len(answer))
    return answer


def from_form(settings: Settings, values: Sequence[str]) -> list[str] | None:
    """Return the ticked ids, or None when nothing is ticked."""
    return list(values) or None


def keys(settings: Settings, answer: list[str]) -> dict[str, int]:
    """Count each option picked."""
    return dict.fromkeys(answer, 1)


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return options in order with count and share of the people who answered, and once revealed which is correct."""
    return {
        "options": [
            {
                "id": option.id,
                "label": option.label,
                "count": count,
                "share": _share(count, counted.ballots),
                "correct": option.correct,
            }
            for option in settings.options
            for count in [counted.tally.get(option.id, 0)]
        ],
        "unit": settings.unit,
        "display": settings.display,
        "multiple": settings.most > 1,
    }


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return a row per option: label, count, share of the people who answered, and once revealed a mark if correct."""
    columns = [Column(N_("Option"), "text"), Column(N_("Answers"), "count"), Column(N_("Share"), "percent")]
    rows: list[tuple[str | int | float, ...]] = []
    for option in settings.options:
        count = counted.tally.get(option.id, 0)
        rows.append((option.label, count, _share(count, counted.ballots)))
    if any(option.correct for option in settings.options):
        columns.append(Column(N_("Correct"), "text"))
        rows = [(*row, CORRECT if option.correct else "") for row, option in zip(rows, settings.options, strict=True)]
    return Table(tuple(columns), tuple(rows))


def frozen(before: Settings, after: Settings) -> bool:
    """Labels may be mended, unit, picture, shuffling and what is correct changed; options and the number of picks may not."""
    return (
        {option.id for option in before.options} != {option.id for option in after.options}
        or before.least != after.least
        or before.most != after.most
    )


def conceal(settings: Settings) -> Settings:
    """Return the settings as if nothing were correct."""
    options = tuple(Option(option.id, option.label) for option in settings.options)
    return msgspec.structs.replace(settings, options=options)


def sample(settings: Settings) -> Counted:
    """Return falling figures, so that the bars show their shape."""
    ballots = 24
    tally = {option.id: max(1, round(11 * 0.62**index)) for index, option in enumerate(settings.options)}
    return Counted(ballots, ballots, tally)


def _share(count: int, ballots: int) -> float:
    return round(count / ballots, 4) if ballots else 0.0
