"""Number: everybody guesses or tells one number; a histogram and the median show, and the correct value when it is time."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import Annotated, Any, Literal, NamedTuple

import msgspec
from wtforms import FloatField, Form, RadioField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from pollapp.errors import BadAnswer
from pollapp.gettext import N_
from pollapp.kinds.base import Column, Counted, KindSettings, Table

NAME = "number"
TITLE = N_("Number")
SUMMARY = N_("People guess a number; a histogram, the median and the answer show.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
RAW = "list"
MESSAGES = {
    "not_a_number": N_("Please enter one number, in digits."),
    "not_whole": N_("Please enter a whole number."),
    "too_exact": N_("Please enter fewer decimals: up to %(limit)s fit."),
    "out_of_range": N_("Please enter a number from %(least)s to %(most)s."),
}
WORDS = {
    "number_median": N_("Median: {value}"),
    "number_few": N_("The median shows when five people have answered"),
    "number_correct": N_("Correct: {value}"),
    "number_within": N_("this close: {count}"),
}

FARTHEST = 1_000_000_000_000
"""The largest number either way; with two decimals a computer still counts exactly."""
UNIT_LENGTH = 20
MOST_BINS = 20
FEW_BINS = 10
FEW = 5
"""With fewer answers neither the bins nor a median may follow from them: either could tell what somebody entered."""

Number = Annotated[float, msgspec.Meta(ge=-FARTHEST, le=FARTHEST)]

_SPACES = re.compile(r"[\s'’ʼ\u066c]+")
_NUMBER = re.compile(
    r"([+-]?)(?:([1-9]\d{0,2}(?:,\d{3})+)(?:\.(\d{1,9}))?|([1-9]\d{0,2}(?:\.\d{3})+)(?:,(\d{1,9}))?|(\d+)(?:[.,](\d{1,9}))?)"
)
"""A sign and digits; three and three may be parted by commas or dots, decimals by the other (or, without, by either)."""


class Bin(NamedTuple):
    """How many answers lie from one number to another, both within; None: whatever is beyond. In smallest steps."""

    least: int | None
    most: int | None
    answers: int


class Settings(KindSettings, frozen=True):
    """The range, how exact answers may be, what they count, and which is correct."""

    least: Number = 0
    most: Number = 100
    decimals: Literal[0, 1, 2] = 0
    unit: Annotated[str, msgspec.Meta(max_length=UNIT_LENGTH)] = ""
    correct: Number | None = None
    tolerance: Annotated[float, msgspec.Meta(ge=0, le=FARTHEST)] = 0

    def __post_init__(self) -> None:
        if self.steps(self.most) <= self.steps(self.least):
            raise ValueError("a range has at least two numbers")

    def steps(self, number: float) -> int:
        """Return a number in the smallest steps answers may differ by."""
        steps: int = round(number * 10**self.decimals)
        return steps


class EditForm(Form):
    """Edits the settings of a number."""

    least = FloatField(N_("From"), [InputRequired(), NumberRange(-FARTHEST, FARTHEST)], default=0)
    most = FloatField(N_("To"), [InputRequired(), NumberRange(-FARTHEST, FARTHEST)], default=100)
    decimals = RadioField(N_("Decimals"), choices={"0": "0", "1": "1", "2": "2"}, coerce=int, default=0)
    unit = StringField(N_("Unit"), [Length(max=UNIT_LENGTH, message=N_("Up to %(max)d characters fit."))])
    correct = FloatField(N_("Correct value"), [Optional(), NumberRange(-FARTHEST, FARTHEST)])
    tolerance = FloatField(N_("Close enough within"), [Optional(), NumberRange(0, FARTHEST)], default=0)

    def validate_most(self, field: Any) -> None:
        """Keep the range one with numbers in it."""
        if field.data is not None and self.least.data is not None and field.data <= self.least.data:
            raise ValidationError(N_("“To” must be larger than “From”."))
        self._fits(field)

    def validate_least(self, field: Any) -> None:
        """Keep the ends as exact as answers may be."""
        self._fits(field)

    def validate_correct(self, field: Any) -> None:
        """Keep the correct value one that can be answered."""
        self._fits(field)
        if field.data is None or self.least.data is None or self.most.data is None:
            return
        if not self.least.data <= field.data <= self.most.data:
            raise ValidationError(N_("Nobody could answer this: it is outside the range."))

    def _fits(self, field: Any) -> None:
        if field.data is not None and round(field.data, self.decimals.data or 0) != field.data:
            raise ValidationError(N_("This has more decimals than answers may have."))


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return {name: _plain(value) if isinstance(value, float) else value for name, value in data.items()} | (
        {"correct": ""} if settings.correct is None else {}
    )


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(
        least=form.least.data or 0,
        most=form.most.data or 0,
        decimals=form.decimals.data,
        unit=(form.unit.data or "").strip(),
        correct=form.correct.data,
        tolerance=form.tolerance.data or 0,
    )


def _plain(number: float) -> float:
    """Return a whole number without a point, as people write it."""
    return int(number) if number == int(number) else number


def slots(settings: Settings) -> int:
    """Return 1: one number each."""
    return 1


def parse(settings: Settings, raw: object) -> list[str]:
    """Return the number as digits with a point: however it was written, the same number is the same answer."""
    if not isinstance(raw, list) or len(raw) != 1 or not isinstance(raw[0], str):
        raise BadAnswer("not_a_number")
    steps = _read(settings, raw[0])
    if not settings.steps(settings.least) <= steps <= settings.steps(settings.most):
        ends = {name: _written(settings, settings.steps(getattr(settings, name))) for name in ("least", "most")}
        raise BadAnswer("out_of_range", **ends)
    return [_written(settings, steps)]


def _read(settings: Settings, text: str) -> int:
    """Return what was typed in smallest steps: digits of any script, with or without parted thousands and unit."""
    if len(text) > 2 * UNIT_LENGTH:
        raise BadAnswer("not_a_number")
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("−", "-").replace("\u066b", ".")
        text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    text = text.strip().casefold()
    if settings.unit:
        text = text.removesuffix(unicodedata.normalize("NFKC", settings.unit).casefold())
    found = _NUMBER.fullmatch(_SPACES.sub("", text))
    if not found:
        raise BadAnswer("not_a_number")
    sign, *parts = found.groups(default="")
    whole = re.sub("[.,]", "", parts[0] + parts[2] + parts[4])
    fraction = (parts[1] + parts[3] + parts[5]).rstrip("0")
    if len(fraction) > settings.decimals:
        if not settings.decimals:
            raise BadAnswer("not_whole")
        raise BadAnswer("too_exact", limit=settings.decimals)
    return int(f"{sign}{whole}{fraction.ljust(settings.decimals, '0')}")


def _written(settings: Settings, steps: float) -> str:
    """Return smallest steps as digits with a point, without needless zeros."""
    if not settings.decimals and steps == int(steps):
        return str(int(steps))
    return f"{steps / 10**settings.decimals:.{settings.decimals + 1}f}".rstrip("0").rstrip(".")


def from_form(settings: Settings, values: Sequence[str]) -> list[str]:
    """Return what was typed, also nothing: what to say then is said by `parse`."""
    return [value for value in values if value.strip()][:1]


def keys(settings: Settings, answer: list[str]) -> dict[str, int]:
    """Count the number."""
    return {answer[0]: 1}


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return bins and median, and the correct value once it is revealed."""
    values = _values(settings, counted)
    scale = 10**settings.decimals
    median = _median(values)
    return {
        "unit": settings.unit,
        "step": 1 / scale,
        "bins": [
            {
                "from": None if each.least is None else each.least / scale,
                "to": None if each.most is None else each.most / scale,
                "count": each.answers,
            }
            for each in _bins(settings, values)
        ],
        "median": None if median is None else median / scale,
        "correct": _correct(settings, values),
    }


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return a row for the whole range, with the median, then one per bin."""
    values = _values(settings, counted)
    answers = sum(count for _, count in values)
    median, correct = _median(values), _correct(settings, values)
    columns = [Column(N_("Number"), "text"), Column(N_("Answers"), "count"), Column(N_("Share"), "percent")]
    columns.append(Column(N_("Median"), "number"))
    summary: list[str | int | float] = ["" if median is None else median / 10**settings.decimals]
    if correct:
        columns += [Column(N_("Correct value"), "number"), Column(N_("Close enough"), "count")]
        summary += [correct["value"], correct["within"]]
    whole = Bin(settings.steps(settings.least), settings.steps(settings.most), answers)
    rows = [(_named(settings, whole), answers, 1.0 if answers else 0.0, *summary)]
    rows += [
        (
            _named(settings, each),
            each.answers,
            round(each.answers / answers, 4) if answers else 0.0,
            *[""] * len(summary),
        )
        for each in _bins(settings, values)
    ]
    return Table(tuple(columns), tuple(rows))


def frozen(before: Settings, after: Settings) -> bool:
    """Tell whether other numbers could be answered; what is correct and what they count may be mended."""
    return (before.least, before.most, before.decimals) != (after.least, after.most, after.decimals)


def conceal(settings: Settings) -> Settings:
    """Return the settings without the correct value."""
    return msgspec.structs.replace(settings, correct=None)


def sample(settings: Settings) -> Counted:
    """Return numbers heaped around the correct value, or around the middle."""
    least, most = settings.steps(settings.least), settings.steps(settings.most)
    middle = settings.steps(settings.correct) if settings.correct is not None else (least + most) // 2
    tally: dict[str, int] = {}
    for place, count in zip(range(-4, 5), (1, 2, 3, 5, 6, 4, 3, 1, 1), strict=True):
        steps = min(most, max(least, middle + round(place * (most - least) / 24)))
        key = _written(settings, steps)
        tally[key] = tally.get(key, 0) + count
    return Counted(26, 26, tally)


def _values(settings: Settings, counted: Counted) -> list[tuple[int, int]]:
    """Return the numbers given, lowest first, in smallest steps, each with how often."""
    return sorted((settings.steps(float(key)), count) for key, count in counted.tally.items())


def _at(values: Iterable[tuple[int, int]], rank: int) -> int:
    """Return the number at a rank, the lowest being at 1."""
    for value, count in values:
        rank -= count
        if rank <= 0:
            return value
    raise IndexError(rank)


def _median(values: Sequence[tuple[int, int]]) -> float | None:
    """Return the median: the middle one, or halfway between the two in the middle. None while there are few."""
    answers = sum(count for _, count in values)
    if answers < FEW:
        return None
    low, high = _at(values, (answers + 1) // 2), _at(values, answers // 2 + 1)
    return low if low == high else (low + high) / 2


def _correct(settings: Settings, values: Sequence[tuple[int, int]]) -> dict[str, Any] | None:
    """Return the correct value and how many came close enough to it, once it is revealed."""
    if settings.correct is None:
        return None
    correct, tolerance = settings.steps(settings.correct), settings.steps(settings.tolerance)
    within = sum(count for value, count in values if abs(value - correct) <= tolerance)
    return {"value": settings.correct, "tolerance": settings.tolerance, "within": within}


def _bins(settings: Settings, values: Sequence[tuple[int, int]]) -> list[Bin]:
    """Return the histogram: every number of a small range, else up to 20 bins of a round width.

    The width follows Freedman and Diaconis (1981), 2 * IQR / cube root of n, rounded down to 1, 2 or 5 times a power
    of ten. The bins hold the middle nine tenths and what lies near them; what is farther out is in a bin without an end.
    """
    least, most = settings.steps(settings.least), settings.steps(settings.most)
    answers = sum(count for _, count in values)
    if most - least < MOST_BINS:
        return _filled(values, least, most, 1)
    if answers < FEW:
        return _filled(values, least, most, _round_width((most - least + 1) / FEW_BINS))
    low, high = (_at(values, max(1, ceil(answers * part))) for part in (0.05, 0.95))
    quarter, three_quarters = (_at(values, max(1, ceil(answers * part))) for part in (0.25, 0.75))
    near = (high - low) // 2
    shown = [value for value, _ in values if low - near <= value <= high + near]
    if settings.correct is not None:
        shown.append(settings.steps(settings.correct))
    first, last = min(shown), max(shown)
    wished = 2 * (three_quarters - quarter) / answers ** (1 / 3)
    needed = _round_width((last - first + 1) / (MOST_BINS - 2))
    return _filled(values, first, last, max(needed, _round_width(wished / 2.5)))


def _round_width(width: float) -> int:
    """Return the next of 1, 2, 5, 10, 20, 50, ... that is not smaller."""
    power = 1
    while power * 10 < width:
        power *= 10
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= width)


def _filled(values: Sequence[tuple[int, int]], first: int, last: int, width: int) -> list[Bin]:
    """Return bins of this width from `first` to `last`, which begin at multiples of it, and what lies beyond them."""
    begin = floor(first / width) * width
    counts = [0] * ((last - begin) // width + 1)
    end = begin + len(counts) * width
    below = above = 0
    for value, count in values:
        if value < begin:
            below += count
        elif value >= end:
            above += count
        else:
            counts[(value - begin) // width] += count
    bins = [Bin(begin + place * width, begin + (place + 1) * width - 1, count) for place, count in enumerate(counts)]
    if below:
        bins.insert(0, Bin(None, begin - 1, below))
    if above:
        bins.append(Bin(end, None, above))
    return bins


def _named(settings: Settings, each: Bin) -> str:
    """Return the numbers of a bin as a text: the same in every language."""
    unit = f" {settings.unit}" if settings.unit else ""
    if each.least is None:
        return f"≤ {_written(settings, each.most or 0)}{unit}"
    if each.most is None:
        return f"≥ {_written(settings, each.least)}{unit}"
    ends = (_written(settings, each.least), _written(settings, each.most))
    return " – ".join(dict.fromkeys(ends)) + unit
