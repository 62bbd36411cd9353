"""What may be seen of a `chatham_house` board: numbers in steps of five people, questions at least five at a time.

A number moves as results do (`pollapp.ballots.publishing`): what it was at a fifth upvote is shown when five more have
come, or when the board closes. A question is the words of one person, so no step can hide it among answers; but it comes
out together with others, in an order that means nothing, so that nobody can tell who had just been typing.
"""

from pollapp.ballots import STEPPED, K
from pollapp.ballots import stepped as advance

__all__ = ["STEPPED", "K", "advance", "may_come_out"]


def may_come_out(held: int) -> bool:
    """Tell whether so many questions that wait for each other may come out now."""
    return held >= K
