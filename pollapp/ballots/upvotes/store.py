"""Store a batch of upvotes of open answers: rows and numbers in one transaction, whoever sends them how often.

As with ballots, the primary key is the whole protection: the same phone upvoting the same words can only meet its own
row. An upvote stands for words, not for whatever their writer makes of them: `words` is part of the key.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, bindparam, column, select, table

from pollapp.ballots.counting import WITHDRAWN, decode
from pollapp.ballots.decisions import fingerprint
from pollapp.ballots.models import Round
from pollapp.ballots.numbering import raise_number
from pollapp.ballots.stepping import STEPPED
from pollapp.ballots.store import StoredMeanwhile
from pollapp.ballots.upvotes import numbers, statements
from pollapp.ballots.upvotes.numbers import are_on
from pollapp.ballots.upvotes.statements import TextKey, UpvoteKey

Code = Literal["saved", "closed", "superseded", "removed", "unknown_text"]

RUNNING = ("draft", "live")

_MEETING = table("meeting", column("id"), column("state"))
"""As much of the meetings' table as is needed here; the domain of meetings builds on this one."""

_LOCK_ROUNDS = (
    select(Round.id, Round.kind, Round.settings, Round.preset, _MEETING.c.state.label("meeting_state"))
    .join(_MEETING, _MEETING.c.id == Round.meeting_id)
    .where(Round.id.in_(bindparam("round_ids", expanding=True)))
    .order_by(Round.id)
    .with_for_update(read=True, of=Round)
)


class TextVote(NamedTuple):
    """An upvote on its way to the store, of an answer that its phone was shown; `words` is the fingerprint of what it says."""

    round_id: int
    upvote_id: bytes
    text: str
    words: str
    revision: int
    given: bool

    @property
    def key(self) -> UpvoteKey:
        """The primary key of its row."""
        return self.round_id, self.upvote_id


class TextFate(NamedTuple):
    """What became of it; `revision` and `given` are what is stored now (None: nothing is)."""

    code: Code
    revision: int | None = None
    given: bool | None = None


@dataclass(slots=True)
class _Stored:
    revision: int
    given: bool
    vote: TextVote | None = None
    """Who made it, if it is new."""
    is_changed: bool = False


@dataclass(slots=True)
class _Books:
    """Everything a batch reads, and what it changes."""

    rounds: dict[int, Row[Any]]
    upvotes: dict[UpvoteKey, _Stored]
    answers: dict[TextKey, str | None]
    increments: defaultdict[tuple[int, str, str], int]


def lock_rounds(connection: Connection, round_ids: Iterable[int]) -> dict[int, Row[Any]]:
    """Return these rounds, locked against being closed, sealed or deleted: in the order in which answers lock them."""
    rows = connection.execute(_LOCK_ROUNDS, {"round_ids": sorted(set(round_ids))})
    return {row.id: row for row in rows}


def store_votes(connection: Connection, votes: Sequence[TextVote]) -> list[TextFate]:
    """Store upvotes in order and return what became of each. The caller commits, and only then says so.

    Raises `StoredMeanwhile` when the transaction is to be rolled back and tried again.
    """
    rounds = lock_rounds(connection, {vote.round_id for vote in votes})
    found = statements.read_upvotes(connection, {vote.key for vote in votes}, lock=True)
    books = _Books(
        rounds,
        {key: _Stored(revision, given) for key, revision, given in found},
        dict(statements.read_answers(connection, {(vote.round_id, vote.text) for vote in votes})),
        defaultdict(int),
    )
    fates = [_decide(vote, books) for vote in votes]
    _write(connection, books)
    _tell(connection, books)
    return fates


def _decide(vote: TextVote, books: _Books) -> TextFate:
    poll, before = books.rounds.get(vote.round_id), books.upvotes.get(vote.key)
    if poll is None or not are_on(poll):
        return TextFate("unknown_text")
    if before is not None and (before.revision, before.given) == (vote.revision, vote.given):
        return TextFate("saved", before.revision, before.given)
    problem = _problem(vote, poll, books)
    if problem:
        return TextFate(problem)
    if before is not None and before.revision >= vote.revision:
        code: Code = "saved" if before.revision > vote.revision else "superseded"
        return TextFate(code, before.revision, before.given)
    if poll.meeting_state not in RUNNING:
        return TextFate("closed", before.revision, before.given) if before else TextFate("closed")
    counted = vote.round_id, vote.text, vote.words
    if before is None:
        books.upvotes[vote.key] = _Stored(vote.revision, vote.given, vote)
        books.increments[counted] += vote.given
    else:
        books.increments[counted] += vote.given - before.given
        before.revision, before.given, before.is_changed = vote.revision, vote.given, True
    return TextFate("saved", vote.revision, vote.given)


def _problem(vote: TextVote, poll: Row[Any], books: _Books) -> Code | None:
    """Return why an answer cannot be upvoted. In steps its phone was shown what is published, which may be older words."""
    place = vote.round_id, vote.text
    if place not in books.answers:
        return "unknown_text"
    answer = books.answers[place]
    if answer is None:
        return "removed"
    if poll.preset == STEPPED:
        return None
    return "unknown_text" if answer == WITHDRAWN or fingerprint(decode(answer)) != vote.words else None


def _write(connection: Connection, books: _Books) -> None:
    """Write in the order of rounds and ids: the order of arrival is not to be read from the rows."""
    stored = sorted(books.upvotes.items(), key=lambda item: item[0])
    new = [
        (*key, upvote.vote.text, upvote.vote.words, upvote.revision, upvote.given)
        for key, upvote in stored
        if upvote.vote is not None
    ]
    if statements.insert_upvotes(connection, new) < len(new):
        raise StoredMeanwhile
    changed = [
        (upvote.revision, upvote.given, *key) for key, upvote in stored if upvote.is_changed and upvote.vote is None
    ]
    statements.change_upvotes(connection, changed)
    statements.count(connection, sorted((*place, by) for place, by in books.increments.items()))


def _tell(connection: Connection, books: _Books) -> None:
    """Give the rounds a new number where something that is shown changed."""
    changed: defaultdict[int, set[str]] = defaultdict(set)
    for round_id, text_id, _ in books.increments:
        changed[round_id].add(text_id)
    for round_id in sorted(changed):
        poll = books.rounds[round_id]
        is_stepped = poll.preset == STEPPED
        if not is_stepped or numbers.advance(connection, round_id, sorted(changed[round_id]), is_open=True):
            raise_number(connection, poll)
