"""What quiz questions have in common: a time limit, and points for a right answer."""

from typing import Annotated, Any, Literal, NamedTuple, Protocol, TypeGuard

import msgspec
from wtforms import BooleanField, Form, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from pollapp.gettext import N_
from pollapp.kinds.base import Counted, Kind, KindSettings

SHORTEST_S = 5
LONGEST_S = 240
USUAL_S = 20

MOST_POINTS = 1000
LEAST_POINTS = 500
"""What a right answer is worth at once, and in the last moment. It falls evenly in between."""


class QuizKind(Kind, Protocol):
    """A kind with `IN_QUIZ` that takes answers: a question with something right and wrong in it."""

    def entry(self, settings: Any, answer: Any, language: str) -> str:
        """Return what `is_right` needs of an answer."""

    def is_right(self, settings: Any, entry: str, language: str) -> bool:
        """Tell whether an answer with this entry is right."""

    def accepting(self, settings: Any, answer: str, language: str, *, accepted: bool) -> Any:
        """Return the settings with or without an answer (its `Judged.answer`) among the right ones. Raises `BadSettings`."""

    def judged(self, settings: Any, counted: Counted, language: str) -> list["Judged"]:
        """Return what was answered, and whether it is right, for a facilitator who mends what counts."""


class Judged(NamedTuple):
    """An answer to a quiz question, as it is named and as people read it, how many gave it, and whether it counts."""

    answer: str
    label: str
    people: int
    right: bool


class QuizSettings(KindSettings, frozen=True):
    """How long people have, and what a right answer is worth."""

    seconds: Annotated[int, msgspec.Meta(ge=SHORTEST_S, le=LONGEST_S)] = USUAL_S
    scoring: Literal["speed", "flat"] = "speed"
    double: bool = False


class QuizForm(Form):
    """The fields of every quiz question."""

    seconds = IntegerField(
        N_("Seconds to answer"),
        [
            InputRequired(),
            NumberRange(SHORTEST_S, LONGEST_S, message=N_("Choose a number of seconds from %(min)d to %(max)d.")),
        ],
        default=USUAL_S,
    )
    scoring = RadioField(
        N_("Points for a right answer"),
        choices={"speed": N_("1000 falling to 500"), "flat": N_("Always 1000")},
        default="speed",
        description=N_(
            "With falling points it pays to be quick. What a slow connection takes is not held against anybody."
        ),
    )
    double = BooleanField(N_("Counts double"))


def is_in_quiz(kind: Kind) -> bool:
    """Tell whether a kind belongs to a quiz: people need a nickname there."""
    return bool(getattr(kind, "IN_QUIZ", False))


def is_question(kind: Kind) -> TypeGuard[QuizKind]:
    """Tell whether a kind is a quiz question: timed, and worth points."""
    return is_in_quiz(kind) and kind.TAKES_ANSWERS


def worth(settings: QuizSettings, elapsed_s: float) -> int:
    """Return what a right answer is worth after so many seconds; never less than in the last moment of the limit."""
    full = MOST_POINTS
    if settings.scoring == "speed":
        part = min(1.0, max(0.0, elapsed_s / settings.seconds))
        full = round(MOST_POINTS - (MOST_POINTS - LEAST_POINTS) * part)
    return 2 * full if settings.double else full


def is_worth_the_same(before: QuizSettings, after: QuizSettings) -> bool:
    """Tell whether time and points are what they were."""
    return (before.seconds, before.scoring, before.double) == (after.seconds, after.scoring, after.double)
