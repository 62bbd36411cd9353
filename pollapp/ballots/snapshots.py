"""The snapshot of a round: the one thing that screens, phones, pages and files are drawn from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from pollapp import kinds
from pollapp.ballots import counting, publishing, review
from pollapp.ballots.models import OPEN, Round
from pollapp.ballots.publishing import Published
from pollapp.ballots.review import Names
from pollapp.kinds import Counted, Table, Text

NOTHING = Table((), ())


@dataclass(frozen=True, slots=True)
class RoundSnapshot:
    """What may be shown of a round: `number` only grows, `waiting` says why nothing is shown yet.

    `left_out` and `pending` are entries that are missing here by a decision of the review, or until there is one;
    `withheld` ones by moderation, of which `to_approve` wait for it. In `masked` ones offensive words are masked. So many
    words were `curated`: hidden, joined to others or renamed by the facilitator.
    """

    slide: str
    round: int
    round_number: int
    number: int
    kind: str
    participants: int | None
    ballots: int | None
    waiting: str | None
    results: dict[str, Any] | None
    first_rows: Table
    """The figures of the picture as they go with every message, see `kinds.first_rows`."""
    whole: Callable[[], Table] = field(compare=False, repr=False)
    """Makes the whole table of them. Screens ask for it seldom, and with 10,000 words that takes a while."""
    kept: Callable[[], Table] | None = field(default=None, compare=False, repr=False)
    """Makes the table that is written into files, where that is another one: of texts whose words make the picture."""
    texts: Sequence[Text] = field(default=(), compare=False, repr=False)
    """Every open answer that may be shown, in an order that means nothing."""
    votes: Mapping[str, int | None] | None = field(default=None, compare=False, repr=False)
    """Upvotes of these by their ids, as they may be told; None where people cannot upvote them."""
    one_at_a_time: bool = False
    """Screens show these texts one by one."""
    left_out: int = 0
    pending: int = 0
    withheld: int = 0
    to_approve: int = 0
    """How many entries wait for approval. For the facilitator's eyes only: it is in no message to phones."""
    masked: int = 0
    curated: int = 0
    approves_first: bool = False
    unanimous: bool = False
    """Everybody gave the same answer. For the facilitator's eyes only: it is in no message."""

    @property
    def table(self) -> Table:
        """The whole table of the picture, made now."""
        return self.whole()

    @property
    def for_files(self) -> Table:
        """The whole table for files, made now."""
        return (self.kept or self.whole)()


def take(session: Session, poll: Round) -> RoundSnapshot:
    """Return what may be shown of this round now."""
    return _compose(poll, publishing.published(session.connection(), poll))


def take_for_files(session: Session, poll: Round, names: Names) -> RoundSnapshot:
    """Return what may be written into a file now: without entries that still wait to be reviewed."""
    return _compose(poll, review.reviewed(session.connection(), poll, names))


def veil(poll: Round, seen: RoundSnapshot) -> RoundSnapshot:
    """Return a snapshot without its figures: how many answered and what could be chosen, as a room sees it meanwhile."""
    counted = None if seen.participants is None else Counted(seen.participants, seen.ballots or 0, {})
    return compose(poll, seen.number, counted)


def compose(poll: Round, number: int, counted: Counted | None) -> RoundSnapshot:
    """Return a snapshot of figures that may be shown; pure."""
    return _compose(poll, Published(number, counted))


def _compose(poll: Round, published: Published) -> RoundSnapshot:
    counted = published.counted
    kind = kinds.get(poll.kind)
    settings = kinds.load_settings(poll.kind, poll.settings)
    if not poll.revealed:
        settings = kinds.concealed(kind, settings)
    waiting = None
    if counted is None:
        waiting = "first_ten" if poll.state == OPEN else "too_few"
    results, first_rows, whole, kept = None, NOTHING, lambda: NOTHING, None
    if counted is not None:
        results = kind.results(settings, counted, poll.language)
        first_rows = kinds.first_rows(kind, settings, counted, poll.language, results)
        whole = partial(kinds.figures, kind, settings, counted, poll.language)
        if kind.KEEPS_TEXTS and kinds.is_curated(kind, settings):
            kept = partial(kind.table, settings, counted, poll.language)
    return RoundSnapshot(
        slide=poll.slide_id,
        round=poll.id,
        round_number=poll.number,
        number=published.number,
        kind=poll.kind,
        participants=counted.participants if counted else None,
        ballots=counted.ballots if counted else None,
        waiting=waiting,
        results=results,
        first_rows=first_rows,
        whole=whole,
        kept=kept,
        texts=counted.texts if counted else (),
        votes=(counted.votes if counted else {}) if kinds.is_upvoted(kind, settings) else None,
        one_at_a_time=kinds.is_one_at_a_time(kind, settings),
        left_out=published.left_out,
        pending=published.pending,
        withheld=published.withheld,
        to_approve=published.to_approve,
        masked=published.masked,
        curated=published.curated,
        approves_first=published.approves_first,
        unanimous=counting.is_unanimous(counted) if counted else False,
    )
