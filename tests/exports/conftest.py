"""Datasets as meetings leave them behind."""

from datetime import date

import pytest

from pollapp.exports import Dataset, QuestionData, QuestionsData, RoundData, SlideData
from pollapp.kinds import Column, Table

DAY = date(2031, 5, 4)
EMPTY = Table((), ())


def texts(*rows: str) -> Table:
    return Table((Column("Answer", "text"),), tuple((row,) for row in rows))


def choice() -> Table:
    columns = (Column("Option", "text"), Column("Answers", "count"), Column("Share", "percent"))
    return Table(columns, (("Yes", 3, 0.75), ("No", 1, 0.25)))


def meeting(
    *slides: SlideData,
    title: str = "Peer learning: day 1/2",
    language: str = "en",
    preset: str = "standard",
    questions: QuestionsData | None = None,
) -> Dataset:
    return Dataset(title, language, preset, "ended", date(2031, 5, 1), DAY, slides, questions)


def one_round(
    table: Table, *, prompt: str = "Why did you join?", number: int = 2, withheld: tuple[str, ...] = ()
) -> SlideData:
    seen = len(table.rows) if table.columns else None
    return SlideData(
        number, "open_text", "Open text", prompt, (RoundData(1, "closed", DAY, seen, seen, table, withheld),)
    )


@pytest.fixture
def dataset() -> Dataset:
    """A meeting with a choice in two rounds, texts, a withheld round and a slide that was never opened."""
    rounds = (RoundData(1, "closed", DAY, 4, 4, choice()), RoundData(2, "open", DAY, 4, 4, choice(), ("open",)))
    return meeting(
        SlideData(1, "choice", "Choice", "Ready? [yes/no]", rounds),
        one_round(texts("To learn", "=1+1", "مرحبا"), number=3),
        one_round(EMPTY, number=4, prompt="Anything else?", withheld=("too_few",)),
        SlideData(5, "word_cloud", "Word cloud", "One word"),
        preset="chatham_house",
        questions=QuestionsData(
            (
                QuestionData("=When do we start?", "answered", 12, ("time", "+place"), "@nine", edited=True),
                QuestionData("متى نبدأ؟", "shown", None),
            ),
            ("steps", "board_open"),
            pending=2,
        ),
    )
