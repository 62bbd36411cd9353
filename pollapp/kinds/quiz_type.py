"""Quiz: type the answer before the time is up; it is compared leniently with what is accepted."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from wtforms import TextAreaField, ValidationError

from pollapp.errors import BadAnswer, BadSettings
from pollapp.gettext import N_
from pollapp.kinds.base import WRITTEN, Column, Counted, Table
from pollapp.kinds.choice import CORRECT
from pollapp.kinds.quiz import Judged, QuizForm, QuizSettings, is_worth_the_same
from pollapp.words import clean, match_key

NAME = "quiz_type"
TITLE = N_("Quiz: type the answer")
SUMMARY = N_("A timed question that people answer in their own words. Right answers earn points under a nickname.")
TAKES_ANSWERS = True
KEEPS_TEXTS = False
IN_QUIZ = True
RAW = "text"
RANK = 111
WORDS = {"quiz_type_right": N_("Right: {answer}")}

ANSWER_LENGTH = 60
MOST_ACCEPTED = 20
ROWS_SHOWN = 8
"""Answers a picture shows, the most frequent; the table has all."""

Accepted = Annotated[str, msgspec.Meta(min_length=1, max_length=ANSWER_LENGTH)]


class Settings(QuizSettings, frozen=True):
    """What is accepted, the best spelling first. A slide begins with none, and asks for one before it is presented."""

    accepted: Annotated[tuple[Accepted, ...], msgspec.Meta(max_length=MOST_ACCEPTED)] = ()


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for line in map(clean, (text or "").splitlines()) if line))


class EditForm(QuizForm):
    """Edits the settings of the question; an accepted answer per line."""

    accepted = TextAreaField(
        N_("Accepted answers"),
        description=N_(
            "One per line, up to 20. Capitals, accents, punctuation, spaces and an article in front do not matter. "
            "You can accept more once people have answered."
        ),
    )

    def validate_accepted(self, field: Any) -> None:
        """Refuse too many answers, and longer ones than anybody can type."""
        lines = _lines(field.data)
        if len(lines) > MOST_ACCEPTED:
            raise ValidationError(N_("Up to 20 answers can be accepted, one per line."))
        if any(len(line) > ANSWER_LENGTH for line in lines):
            raise ValidationError(N_("An answer may have up to 60 characters."))


def from_settings(settings: Settings) -> dict[str, Any]:
    """Return the data that fills the edit form."""
    data: dict[str, Any] = msgspec.to_builtins(settings)
    return data | {"accepted": "\n".join(settings.accepted)}


def to_settings(form: EditForm, before: Settings | None) -> Settings:
    """Return the settings a validated form describes."""
    return Settings(
        seconds=form.seconds.data or 0,
        scoring=form.scoring.data,
        double=form.double.data,
        accepted=_lines(form.accepted.data),
    )


def slots(settings: Settings) -> int:
    """Return 1."""
    return 1


def parse(settings: Settings, raw: object) -> str:
    """Return the answer as cleaned, whole."""
    if not isinstance(raw, str):
        raise BadAnswer("not_text")
    answer = clean(raw)
    if not answer:
        raise BadAnswer("empty")
    if len(answer) > ANSWER_LENGTH:
        raise BadAnswer("too_long", limit=ANSWER_LENGTH, length=len(answer))
    return answer


def from_form(settings: Settings, values: Sequence[str]) -> str | None:
    """Return the answer, or None when the field was left empty."""
    return values[0] if values and values[0].strip() else None


def keys(settings: Settings, answer: str) -> dict[str, int]:
    """Count the answer as it was written."""
    return {WRITTEN + answer: 1}


def entry(settings: Settings, answer: str, language: str) -> str:
    """Return what the answer has in common with others that are the same."""
    return match_key(answer, language)


def is_right(settings: Settings, entry: str, language: str) -> bool:
    """Tell whether an accepted answer is the same."""
    return any(match_key(each, language) == entry for each in settings.accepted)


def accepting(settings: Settings, answer: str, language: str, *, accepted: bool) -> Settings:
    """Return the settings with or without an answer; one that is accepted already stays as it is spelled.

    Raises `BadSettings` when there are too many, or nobody could have typed it.
    """
    key = match_key(answer, language)
    others = tuple(each for each in settings.accepted if match_key(each, language) != key)
    if accepted:
        others = settings.accepted if len(others) < len(settings.accepted) else (*others, clean(answer))
    if len(others) > MOST_ACCEPTED:
        raise BadSettings(reason="too_many_accepted", setting="accepted", limit=MOST_ACCEPTED)
    try:
        return msgspec.convert(msgspec.to_builtins(settings) | {"accepted": others}, Settings)
    except msgspec.ValidationError:
        raise BadSettings(reason="invalid", setting="accepted") from None


def judged(settings: Settings, counted: Counted, language: str) -> list[Judged]:
    """Return what was typed, the most frequent first."""
    return [Judged(label, label, count, right) for _, label, count, right in _groups(settings, counted, language)]


def results(settings: Settings, counted: Counted, language: str) -> dict[str, Any]:
    """Return the most frequent answers with counts and shares, once revealed which are right, and what was accepted."""
    groups = _groups(settings, counted, language)
    shown = groups[:ROWS_SHOWN]
    return {
        "options": [
            {"id": key, "label": label, "count": count, "share": _share(count, counted.ballots), "correct": right}
            for key, label, count, right in shown
        ],
        "unit": "count",
        "display": "bars",
        "more": len(groups) - len(shown),
        "accepted": list(settings.accepted[:1]),
    }


def table(settings: Settings, counted: Counted, language: str) -> Table:
    """Return a row per answer, the most frequent first, and once revealed a mark where it is right."""
    groups = _groups(settings, counted, language)
    columns = [Column(N_("Answer"), "text"), Column(N_("Answers"), "count"), Column(N_("Share"), "percent")]
    rows: list[tuple[str | int | float, ...]] = [
        (label, count, _share(count, counted.ballots)) for _, label, count, _ in groups
    ]
    if settings.accepted:
        columns.append(Column(N_("Correct"), "text"))
        rows = [(*row, CORRECT if group[3] else "") for row, group in zip(rows, groups, strict=True)]
    return Table(tuple(columns), tuple(rows))


def frozen(before: Settings, after: Settings) -> bool:
    """More or fewer answers may be accepted afterwards, and points follow; time and points stay."""
    return not is_worth_the_same(before, after)


def conceal(settings: Settings) -> Settings:
    """Return the settings as if nothing were accepted."""
    return msgspec.structs.replace(settings, accepted=())


def sample(settings: Settings) -> Counted:
    """Return made-up answers, most of them the best one."""
    words = {each: 9 - 2 * place for place, each in enumerate(settings.accepted[:3])} or {N_("The right answer"): 9}
    tally = {WRITTEN + word: count for word, count in (words | {N_("Another one"): 4, N_("A third"): 2}).items()}
    return Counted(sum(tally.values()), sum(tally.values()), tally)


def _groups(settings: Settings, counted: Counted, language: str) -> list[tuple[str, str, int, bool]]:
    """Return key, most frequent spelling, count and whether it is right of the answers that are the same."""
    spellings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for written, count in counted.tally.items():
        if written.startswith(WRITTEN):
            spelled = written.removeprefix(WRITTEN)
            spellings[match_key(spelled, language)][spelled] = count
    right = {match_key(each, language) for each in settings.accepted}
    groups = [
        (key, min(found, key=lambda word: (-found[word], word)), sum(found.values()), key in right)
        for key, found in spellings.items()
    ]
    return sorted(groups, key=lambda group: (-group[2], group[1]))


def _share(count: int, ballots: int) -> float:
    return round(count / ballots, 4) if ballots else 0.0
