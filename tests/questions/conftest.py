"""A board as the domain sees it: `room.phone()` asks and upvotes, `room` moderates."""

import pytest

from tests.actors import Facilitator
from tests.questions.room import Room


@pytest.fixture
def room(facilitator: Facilitator) -> Room:
    """The open board of a `standard` meeting; questions are shown at once."""
    return Room(facilitator)


@pytest.fixture
def careful_room(careful: Facilitator) -> Room:
    """The open board of a meeting under the Chatham House rule; questions that came out are shown at once."""
    room = Room(careful)
    room.set_up(approve_first=False)
    return room
