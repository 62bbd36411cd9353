"""Quiz: pick an option before the time is up; whoever picks a correct one gets points."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from wtforms import BooleanField, FieldList, FormField, ValidationError

from pollapp.errors import BadAnswer, BadSettings
from pollapp.gettext import N_
from pollapp.kinds import choice
from pollapp.kinds.base import Counted, Table
from pollapp.kinds.choice import MarkedForm, Option
from pollapp.kinds.options import from_rows, labels
from pollapp.kinds.quiz import Judged, QuizForm, QuizSettings, is_worth_the_same

NAME = "quiz_choice"
TITLE = N_("Quiz: pick an answer")
SUMMARY = N_("A timed question with options. Right answers earn points under a nickname.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
IN_QUIZ = True
RAW = "list"
RANK = 110

LEAST_OPTIONS = 2
MOST_OPTIONS = 8


class Settings(QuizSettings, frozen=True):
    """Options in order; whoever picks any of the correct ones is right."""

    options: Annotated[tuple[Option, ...], msgspec.Meta(min_length=LEAST_OPTIONS, max_length=MOST_OPTIONS)] = (
        Option("a", "True", True),
        Option("b", "False"),
    )
    shuffled: bool = False


class EditForm(QuizForm):
    """Edits the settings of the question."""

    options = FieldList(FormField(MarkedForm), N_("Options"), min_entries=LEAST_OPTIONS)
    shuffled = BooleanField(
        N_("Shuffle the options"),
        description=N_("Every phone shows them in an order of its own, so that nobody can copy by place."),
    )

    def validate_options(self, field: Any) -> None:
        """Refuse too few, too many or equal options, and a question that nobody can answer."""
        named = labels(field)
        if len(named) < LEAST_OPTIONS:
            raise ValidationError(N_("A question needs at least two options."))
        if len(named) > MOST_OPTIONS:
            raise ValidationError(N_("A quiz question may have up to 8 options."))
        if len(set(named)) < len(named):
            raise ValidationError(N_("Two options are the same."))
        if not any(row.form.correct.data and (row.form.label.data or "").strip() for row in field):
            raise ValidationError(N_("Tick which option is correct."))


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return data


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the form's settings; rows keep their id, new rows get one that was never used here."""
    return Settings(
        seconds=form.seconds.data or 0,
        scoring=form.scoring.data,
        double=form.double.data,
        options=from_rows(form.options, before.options if before else (), _option),
        shuffled=form.shuffled.data,
    )


def _option(option_id: str, label: str, form: Any) -> Option:
    return Option(option_id, label, form.correct.data, form.picture.data or "")


def slots(settings: Settings) -> int:
    """Return 1."""
    return 1


def parse(settings: Settings, raw: object) -> list[str]:
    """Return the id picked, as a list of one."""
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise BadAnswer("not_options")
    picked = set(raw)
    if not picked <= {option.id for option in settings.options}:
        raise BadAnswer("unknown_option")
    if len(picked) != 1:
        raise BadAnswer("too_many" if picked else "too_few", limit=1, length=len(picked))
    return list(picked)


def from_form(settings: Settings, values: Sequence[str]) -> list[str] | None:
    """Return the ticked id, or None when nothing is ticked."""
    return list(values) or None


def keys(settings: Settings, answer: list[str]) -> dict[str, int]:
    """Count the option picked."""
    return dict.fromkeys(answer, 1)


def entry(settings: Settings, answer: list[str], language: str) -> str:
    """Return the id picked."""
    return answer[0]


def is_right(settings: Settings, entry: str, language: str) -> bool:
    """Tell whether the option is a correct one."""
    return any(option.correct and option.id == entry for option in settings.options)


def accepting(settings: Settings, answer: str, language: str, *, accepted: bool) -> Settings:
    """Return the settings with this option marked as correct, or not. Raises `BadSettings`."""
    if all(option.id != answer for option in settings.options):
        raise BadSettings(reason="invalid", setting="options")
    options = tuple(
        msgspec.structs.replace(option, correct=accepted) if option.id == answer else option
        for option in settings.options
    )
    if not any(option.correct for option in options):
        raise BadSettings(reason="none_correct", setting="options")
    return msgspec.structs.replace(settings, options=options)


def judged(settings: Settings, counted: Counted, language: str) -> list[Judged]:
    """Return the options in order."""
    return [
        Judged(option.id, option.label, counted.tally.get(option.id, 0), option.correct) for option in settings.options
    ]


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return options in order with count and share of the people who answered, and once revealed which are correct."""
    return choice.results(_as_choice(settings), counted, language)


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return a row per option, as a multiple choice does."""
    return choice.table(_as_choice(settings), counted, language)


def frozen(before: Settings, after: Settings) -> bool:
    """Labels may be mended and options shuffled. What is correct is mended by `accepting`, and points follow."""
    return {(option.id, option.correct) for option in before.options} != {
        (option.id, option.correct) for option in after.options
    } or not is_worth_the_same(before, after)


def conceal(settings: Settings) -> Settings:
    """Return the settings as if nothing were correct."""
    options = tuple(msgspec.structs.replace(option, correct=False) for option in settings.options)
    return msgspec.structs.replace(settings, options=options)


def sample(settings: Settings) -> Counted:
    """Return figures of which the correct options have most."""
    tally = {option.id: 13 if option.correct else max(1, 7 - index) for index, option in enumerate(settings.options)}
    people = sum(tally.values())
    return Counted(people, people, tally)


def _as_choice(settings: Settings) -> choice.Settings:
    return choice.Settings(options=settings.options, unit="count")
