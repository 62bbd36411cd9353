"""A quiz as the domain sees it: `quiz.phone()` plays, `quiz.ask()` asks."""

import pytest

from tests.actors import Facilitator
from tests.quizzes.quiz import Quiz


@pytest.fixture
def quiz(facilitator: Facilitator) -> Quiz:
    """The quiz of a `standard` meeting."""
    return Quiz(facilitator)
