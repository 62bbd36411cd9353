"""What phones may upvote of a round, and what one of them has upvoted."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from pollapp.ballots import publishing
from pollapp.ballots.counting import text_id
from pollapp.ballots.decisions import fingerprint
from pollapp.ballots.ids import ballot_id
from pollapp.ballots.models import Round
from pollapp.ballots.upvotes import statements
from pollapp.ballots.upvotes.ids import upvote_id

SEEN_LENGTH = 8


class Upvotable(NamedTuple):
    """An answer as phones are shown it. `words` is the fingerprint of what its writer wrote: for the server alone."""

    id: str
    text: str
    words: str
    votes: int | None

    @property
    def seen(self) -> str:
        """What a phone says back of the text it was shown, so that its upvote is for that one and no other."""
        return fingerprint(self.text)[:SEEN_LENGTH]


class OwnUpvote(NamedTuple):
    """A participant's own upvote as it is stored."""

    revision: int
    given: bool


def upvotable(connection: Connection, poll: Round) -> tuple[int, tuple[Upvotable, ...]]:
    """Return what may be shown of a round's answers, as moderation and review leave it, under a number that only grows."""
    number, counted, *_ = publishing.before_review(connection, poll)
    if counted is None:
        return number, ()
    written = {text.id: text.text for text in counted.texts}
    shown = publishing.as_decided(connection, poll, number, counted).counted or counted._replace(texts=())
    return number, tuple(
        Upvotable(text.id, text.text, fingerprint(written[text.id]), counted.votes.get(text.id)) for text in shown.texts
    )


def own_names(key: bytes, identity: bytes, round_id: int, slots: int) -> list[str]:
    """Return under which names this participant's own answers go, whether there are any or not."""
    return [text_id(ballot_id(key, identity, round_id, slot)) for slot in range(slots)]


def own(
    connection: Connection, key: bytes, identity: bytes, round_id: int, answers: Iterable[Upvotable]
) -> dict[str, OwnUpvote]:
    """Return what this participant has upvoted of these answers, by their ids."""
    places = {(round_id, upvote_id(key, identity, round_id, one.id, one.words)): one.id for one in answers}
    return {
        places[place]: OwnUpvote(revision, given)
        for place, revision, given in statements.read_upvotes(connection, places)
    }
