"""The number under which a round is shown, raised when what is shown changes and nobody answered."""

from typing import Any

from sqlalchemy import Connection, Row, update

from pollapp.ballots import counting
from pollapp.ballots.models import Round, Snapshot
from pollapp.ballots.stepping import STEPPED
from pollapp.ballots.store import write_tally


def raise_number(connection: Connection, poll: Row[Any] | Round) -> None:
    """Let screens take what is shown now for newer than what they have."""
    if poll.preset != STEPPED:
        write_tally(connection, {(poll.id, counting.REVISION): 1})
        return
    published = (Snapshot.round_id == poll.id, Snapshot.published.is_(True))
    connection.execute(update(Snapshot).where(*published).values(number=Snapshot.number + 1))
