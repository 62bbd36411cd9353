"""The books of a round: its tally beside a recount of its ballots."""

from collections import Counter

from sqlalchemy import select

from pollapp import kinds
from pollapp.ballots import Round, decode
from pollapp.ballots.models import Ballot, TallyCount
from pollapp.database import Database


class Books:
    """The tally of a round beside a recount of its ballots."""

    def __init__(self, database: Database, poll: Round) -> None:
        self.database, self.poll = database, poll

    def tally(self) -> dict[str, int]:
        """Return the tally as stored, without the round's revision."""
        query = select(TallyCount.key, TallyCount.count).where(TallyCount.round_id == self.poll.id)
        with self.database.engine.connect() as connection:
            return {key: count for key, count in connection.execute(query).all() if key != "#revision"}

    def revision(self) -> int:
        query = select(TallyCount.count).where(TallyCount.round_id == self.poll.id, TallyCount.key == "#revision")
        with self.database.engine.connect() as connection:
            return connection.execute(query).scalar() or 0

    def ballots(self) -> list[tuple[int, object]]:
        """Return revision and answer of every ballot."""
        query = select(Ballot.revision, Ballot.answer).where(Ballot.round_id == self.poll.id)
        with self.database.engine.connect() as connection:
            return [(row.revision, decode(row.answer)) for row in connection.execute(query)]

    def recount(self) -> dict[str, int]:
        """Count every ballot again; reserved keys other than the number of ballots are not in the rows."""
        kind, settings = kinds.get(self.poll.kind), kinds.load_settings(self.poll.kind, self.poll.settings)
        counted: Counter[str] = Counter()
        for _, answer in self.ballots():
            if answer is not None:
                counted["#ballots"] += 1
                counted.update(kind.keys(settings, answer))
        return dict(counted)

    def balance(self) -> bool:
        """Tell whether the tally is what the ballots add up to."""
        tally = {key: count for key, count in self.tally().items() if count}
        tally.pop("#participants", None)
        return tally == self.recount()
