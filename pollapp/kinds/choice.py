"""Choice: one or several of the options, counted per option; with "Other", also what people wrote beside them."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from wtforms import BooleanField, FieldList, Form, FormField, IntegerField, RadioField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from pollapp.errors import BadAnswer
from pollapp.gettext import N_
from pollapp.kinds.base import WRITTEN, Column, Counted, KindSettings, Table, Tally
from pollapp.kinds.options import LABEL_LENGTH, OptionForm, from_rows, labels
from pollapp.kinds.options import Option as PlainOption
from pollapp.kinds.pictures import PictureId, picture_field
from pollapp.words import clean, merge, merge_most_frequent

NAME = "choice"
TITLE = N_("Multiple choice")
SUMMARY = N_("People pick one or several options; bars, a donut, a pie or dots show the counts.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
RAW = "list"
RANK = 1
WORDS = {
    "choice_dot": N_("One dot stands for {count} answers"),
    "choice_more": N_("and {count} more"),
}
MESSAGES = {
    "other_empty": N_("Write what it is, or choose one of the others."),
    "other_too_long": N_("Too long: up to %(limit)s characters fit, and these are %(length)s. Shorten it to send it."),
    "other_too_many": N_("Too many with what you wrote yourself: choose %(limit)s at most, or empty the field."),
}

LEAST_OPTIONS = 2
MOST_OPTIONS = 30
MOST_SLICES = 8
"""As many colours stay apart for everybody."""
ROUND = ("donut", "pie")
CORRECT = "✓"
"""Marks what is correct in tables."""

OTHER = "other:"
"""What counts as picking "Other", and stands before what was written there. No option has such an id."""
NAMELESS = "Other"
"""What it is called where nobody called it anything. The form asks for a name in the facilitator's language."""
OTHER_LENGTH = 60
"""Characters that may be written there."""
WRITTEN_SHOWN = 50
"""How much of what was written is sent with every change, the most frequent first."""


class Option(PlainOption, frozen=True, forbid_unknown_fields=True):
    """An option, with or without a picture; several may be correct, or none."""

    correct: bool = False
    picture: PictureId = ""


class MarkedForm(OptionForm):
    """A row of the editor with a box for what is correct, and a picture."""

    correct = BooleanField(N_("Correct answer"))
    picture = picture_field(N_("Picture"))


class Settings(KindSettings, frozen=True):
    """Options in order, how many of them one person may pick, and whether "Other" is one of them."""

    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=LEAST_OPTIONS, max_length=MOST_OPTIONS)] = (
        Option("a", "Yes"),
        Option("b", "No"),
    )
    least: Annotated[int, msgspec.Meta(ge=1, le=MOST_OPTIONS)] = 1
    most: Annotated[int, msgspec.Meta(ge=1, le=MOST_OPTIONS)] = 1
    unit: Literal["percent", "count"] = "percent"
    display: Literal["bars", "donut", "pie", "dots"] = "bars"
    shuffled: bool = False
    other: bool = False
    other_label: Annotated[str, msgspec.Meta(max_length=LABEL_LENGTH)] = ""


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
        N_("Chart"),
        choices={"bars": N_("Bars"), "donut": N_("Donut"), "pie": N_("Pie"), "dots": N_("Dots")},
        default="bars",
    )
    shuffled = BooleanField(
        N_("Shuffle the options"),
        description=N_("Every phone shows them in an order of its own, so that none gains by standing first."),
    )
    other = BooleanField(
        N_("Let people write an answer of their own"),
        description=N_(
            "The last option has a field of up to 60 characters. What is written there is moderated and reviewed."
        ),
    )
    other_label = StringField(
        N_("What that option is called"),
        [Length(max=LABEL_LENGTH, message=N_("An option may have up to %(max)d characters."))],
    )

    def _named(self) -> list[str]:
        """Return what the options are called, "Other" among them."""
        own = (self.other_label.data or "").strip()
        return labels(self.options) + ([own] if self.other.data and own else [])

    def validate_options(self, field: Any) -> None:
        """Refuse too few, too many or equal options."""
        named = labels(field)
        if len(named) < LEAST_OPTIONS:
            raise ValidationError(N_("A choice needs at least two options."))
        if len(named) > MOST_OPTIONS:
            raise ValidationError(N_("A choice may have up to 30 options."))
        if len(set(self._named())) < len(self._named()):
            raise ValidationError(N_("Two options are the same."))

    def validate_other_label(self, field: Any) -> None:
        """Have an option of one's own called something."""
        if self.other.data and not (field.data or "").strip():
            raise ValidationError(N_("This option needs a name, such as “Other”."))

    def validate_most(self, field: Any) -> None:
        """Keep the range of picks possible."""
        if field.data is None or self.least.data is None:
            return
        options = len(labels(self.options)) + bool(self.other.data)
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
        if len(labels(self.options)) + bool(self.other.data) > MOST_SLICES:
            raise ValidationError(N_("Up to 8 slices can be told apart: choose bars or dots."))


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return data


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the form's settings; rows keep their id, new rows get one that was never used here."""
    return Settings(
        options=from_rows(form.options, before.options if before else (), _option),
        least=form.least.data or 1,
        most=form.most.data or 1,
        unit=form.unit.data,
        display=form.display.data,
        shuffled=form.shuffled.data,
        other=form.other.data,
        other_label=(form.other_label.data or "").strip(),
    )


def _option(option_id: str, label: str, form: Any) -> Option:
    return Option(option_id, label, form.correct.data, form.picture.data or "")


def slots(settings: Settings) -> int:
    """Return 1: a multiple choice is one ballot."""
    return 1


def writes(settings: Settings) -> bool:
    """Tell whether people may write an answer of their own."""
    return settings.other


def parse(settings: Settings, raw: object) -> list[str]:
    """Return the ids picked, in the options' order, and last what was written beside them."""
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise BadAnswer("not_options")
    picked = set(raw)
    own = _take_own(picked) if settings.other else None
    answer = [option.id for option in settings.options if option.id in picked]
    if len(answer) != len(picked):
        raise BadAnswer("unknown_option")
    if own is not None:
        answer.append(OTHER + own)
    if len(answer) < settings.least:
        raise BadAnswer("too_few", limit=settings.least, length=len(answer))
    if len(answer) > settings.most:
        reason = "too_many" if own is None else "other_too_many"
        raise BadAnswer(reason, limit=settings.most, length=len(answer))
    return answer


def _take_own(picked: set[str]) -> str | None:
    """Take what was written out of what was picked and return it, cleaned; None where "Other" was not picked."""
    own = {item for item in picked if item.startswith(OTHER)}
    if not own:
        return None
    picked -= own
    texts = {clean(item[len(OTHER) :]) for item in own} - {""}
    if not texts:
        raise BadAnswer("other_empty")
    text = texts.pop()
    if texts:
        raise BadAnswer("unknown_option")
    if len(text) > OTHER_LENGTH:
        raise BadAnswer("other_too_long", limit=OTHER_LENGTH, length=len(text))
    return text


def from_form(settings: Settings, values: Sequence[str]) -> list[str] | None:
    """Return the ticked ids with what was written, or None when nothing is ticked; "Other" has no value of its own."""
    return [value or OTHER for value in values] or None


def keys(settings: Settings, answer: list[str]) -> dict[str, int]:
    """Count each option picked, "Other" as one of them, and what was written as a word of a cloud."""
    if settings.other and answer[-1].startswith(OTHER):
        return dict.fromkeys([*answer[:-1], OTHER, WRITTEN + answer[-1][len(OTHER) :]], 1)
    return dict.fromkeys(answer, 1)


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return options in order with count and share of the people who answered, and once revealed which is correct.

    `written` holds the most frequent of what people wrote, and how much there is in all; None where nobody could.
    """
    return {
        "options": [
            {
                "id": option.id,
                "label": option.label,
                "count": count,
                "share": _share(count, counted.ballots),
                "correct": option.correct,
                "picture": option.picture,
            }
            for option in _options(settings)
            for count in [counted.tally.get(option.id, 0)]
        ],
        "unit": settings.unit,
        "display": settings.display,
        "multiple": settings.most > 1,
        "written": _written(counted, language) if settings.other else None,
    }


def _options(settings: Settings) -> tuple[Option, ...]:
    """Return what can be picked, "Other" last."""
    if not settings.other:
        return settings.options
    return (*settings.options, Option(OTHER, settings.other_label or NAMELESS))


def _written(counted: Counted, language: str) -> dict[str, Any]:
    merged = merge_most_frequent(_entries(counted.tally), language, WRITTEN_SHOWN)
    return {
        "words": [
            {"key": word.key, "word": word.word, "count": word.count, "share": _share(word.count, counted.ballots)}
            for word in merged.words
        ],
        "distinct": merged.distinct,
    }


def _entries(tally: Tally) -> dict[str, int]:
    """Return what was written, as it was written, with how often."""
    return {key[len(WRITTEN) :]: count for key, count in tally.items() if key.startswith(WRITTEN)}


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return a row per option: label, count, share of the people who answered, and once revealed a mark if correct.

    Below "Other" stands what was written, the most frequent first, in a column of its own.
    """
    found = results(settings, counted, language)
    if not settings.other:
        return _table(found, ())
    words = merge(_entries(counted.tally), language)
    return _table(found, [(word.word, word.count, _share(word.count, counted.ballots)) for word in words])


def first_rows(counted: Counted, results: dict[str, Any]) -> Table:
    """Return the rows of the options, and of what was written as much as is shown."""
    written = results["written"]
    if written is None:
        return _table(results, ())
    table = _table(results, [(word["word"], word["count"], word["share"]) for word in written["words"]])
    return table._replace(total=len(results["options"]) + written["distinct"])


def _table(results: dict[str, Any], written: Sequence[tuple[str, int, float]]) -> Table:
    options = results["options"]
    columns = [Column(N_("Option"), "text"), Column(N_("Answers"), "count"), Column(N_("Share"), "percent")]
    rows: list[tuple[str | int | float, ...]] = [(each["label"], each["count"], each["share"]) for each in options]
    if results["written"] is not None:
        columns.insert(1, Column(N_("Written"), "text"))
        rows = [(row[0], "", *row[1:]) for row in rows]
        rows += [(options[-1]["label"], *each) for each in written]
    if any(each["correct"] for each in options):
        columns.append(Column(N_("Correct"), "text"))
        marks = [CORRECT if each["correct"] else "" for each in options]
        rows = [(*row, mark) for row, mark in zip(rows, marks + [""] * len(written), strict=True)]
    return Table(tuple(columns), tuple(rows))


def frozen(before: Settings, after: Settings) -> bool:
    """Labels may be mended, pictures exchanged, display and what is correct changed; options and the number of picks may not.

    Phones that have the form open keep it, so none gets a place for a picture that had none.
    """
    return (
        {(option.id, bool(option.picture)) for option in before.options}
        != {(option.id, bool(option.picture)) for option in after.options}
        or before.least != after.least
        or before.most != after.most
        or before.other != after.other
    )


def conceal(settings: Settings) -> Settings:
    """Return the settings as if nothing were correct."""
    options = tuple(msgspec.structs.replace(option, correct=False) for option in settings.options)
    return msgspec.structs.replace(settings, options=options)


def sample(settings: Settings) -> Counted:
    """Return falling figures, so that the bars show their shape."""
    ballots = 24
    tally = {option.id: max(1, round(11 * 0.62**index)) for index, option in enumerate(settings.options)}
    if settings.other:
        tally |= {OTHER: 5, WRITTEN + "It depends": 3, WRITTEN + "Ask me tomorrow": 2}
    return Counted(ballots, ballots, tally)


def _share(count: int, ballots: int) -> float:
    return round(count / ballots, 4) if ballots else 0.0
