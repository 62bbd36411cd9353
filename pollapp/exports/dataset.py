"""The one anonymised dataset that every file is written from: nothing in it says whose an answer is, or at what time."""

from dataclasses import dataclass, field
from datetime import date

from pollapp.kinds import Table, compare


@dataclass(frozen=True, slots=True)
class RoundData:
    """One run of a poll: the day it opened, how many took part, its table, and codes of what is withheld (`notes`).

    `pending` entries are withheld until they are reviewed; `left_out` ones were dropped by the facilitator, `moderated`
    ones were hidden or not approved while the meeting ran. In `masked` ones offensive words are masked. So many words of a
    cloud were `curated`: hidden, joined to others or renamed by the facilitator.

    Rows of texts are in the order of random ids, another one for each slide and round: it means nothing, and
    what one person wrote does not stand together.
    """

    number: int
    state: str
    opened_on: date
    participants: int | None
    ballots: int | None
    table: Table
    withheld: tuple[str, ...] = ()
    pending: int = 0
    left_out: int = 0
    moderated: int = 0
    masked: int = 0
    curated: int = 0


@dataclass(frozen=True, slots=True)
class SlideData:
    """A slide that takes answers: its place in the agenda, kind, prompt and rounds, oldest first."""

    number: int
    kind: str
    kind_title: str
    prompt: str
    rounds: tuple[RoundData, ...] = ()

    @property
    def compared(self) -> Table | None:
        """The figures of all rounds in one table; None when there is nothing to compare."""
        return compare([(each.number, each.table) for each in self.rounds if each.table.columns])


@dataclass(frozen=True, slots=True)
class QuestionData:
    """A question of the board; `upvotes` is None where fewer than five people may have given one."""

    text: str
    state: str
    upvotes: int | None
    labels: tuple[str, ...] = ()
    reply: str | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class QuestionsData:
    """What was asked on the board, the most wanted first and else in an order that means nothing.

    `pending` questions are withheld until they are reviewed; `withheld` holds codes as in a round.
    """

    questions: tuple[QuestionData, ...]
    withheld: tuple[str, ...] = ()
    pending: int = 0


@dataclass(frozen=True, slots=True)
class LeaderData:
    """A player of a quiz; equals share a place. `nickname` is None while it waits for the review."""

    place: int
    nickname: str | None
    points: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """What one meeting leaves behind."""

    title: str
    language: str
    preset: str
    state: str
    created_on: date
    exported_on: date
    slides: tuple[SlideData, ...] = field(default=())
    questions: QuestionsData | None = None
    """None when the board was never opened."""
    leaderboard: tuple[LeaderData, ...] = ()
    """Every player of the meeting's quiz, the best first; empty without one."""
