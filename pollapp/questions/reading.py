"""What may be seen of a board: everything but questions that wait for each other, with numbers in steps where promised."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from pollapp import moderation
from pollapp.moderation import FIRST, OFF, Rules
from pollapp.questions import filtering, groups
from pollapp.questions.ids import name_of, question_id, upvote_id
from pollapp.questions.limits import MOST_PER_PERSON
from pollapp.questions.models import MERGED, OPEN, READ, SHOWN, Board, Question, Upvote
from pollapp.questions.steps import STEPPED
from pollapp.words import Finding, find_personal

MOST_PARAMETERS = 400


class Seen(NamedTuple):
    """A question as its facilitator may see it.

    `shown` is the text as others read it: with offensive words masked, where they are. `votes` is None where fewer than five people may have upvoted it; `uncertain` of them may count somebody twice
    (`pollapp.questions.groups`), None where that is not told. `into` names the question it was merged into.
    """

    id: bytes
    name: str
    state: str
    text: str
    edited: bool
    answered: bool
    labels: tuple[str, ...]
    reply: str | None
    into: str | None
    votes: int | None
    uncertain: int | None
    highlighted: bool
    reviewed: bool
    found: tuple[Finding, ...]
    shown: str
    decision: str | None


class BoardNow(NamedTuple):
    """A board as it is; `state` is None before it is opened for the first time. `gone` maps merged names to survivors.

    Questions are in the order of their ids, which means nothing. `revision` grows with every change.
    """

    state: str | None
    preset: str
    approve_first: bool
    per_person: int
    questions: tuple[Seen, ...]
    gone: dict[str, str]
    revision: int = 0
    mode: str = OFF
    """When the rules of the meeting have what people write looked at."""

    @property
    def approves_first(self) -> bool:
        """Whether questions wait to be approved: by the board's own rules, or by those of the meeting."""
        return self.approve_first or self.mode == FIRST

    def most_wanted(self) -> list[Seen]:
        """Return the questions by what may be seen of their upvotes; else in an order that means nothing."""
        return sorted(self.questions, key=lambda seen: (-(seen.votes or 0), seen.name))

    @property
    def is_open(self) -> bool:
        """Whether it takes questions and upvotes."""
        return self.state == OPEN


class Summary(NamedTuple):
    """What stands on the way to a board: whether it takes questions (None: it was never opened), how many are on it."""

    state: str | None
    questions: int


class OwnQuestion(NamedTuple):
    """A question of this phone's own; `text` is what it says now, None when nothing is left of it."""

    slot: int
    name: str
    state: str
    text: str | None


class OwnUpvote(NamedTuple):
    """An upvote of this phone's own."""

    revision: int
    given: bool


class Own(NamedTuple):
    """What a phone has on a board: its questions, and its upvotes by the question's name."""

    questions: tuple[OwnQuestion, ...]
    upvotes: dict[str, OwnUpvote]


NOBODYS = Own((), {})


def look(session: Session, meeting_id: str) -> BoardNow:
    """Return a meeting's board as it is now."""
    board = session.get(Board, meeting_id)
    if board is None:
        return BoardNow(None, "", False, 0, (), {})
    connection = session.connection()
    totals = groups.totals(connection, meeting_id)
    query = select(Question.__table__).where(Question.meeting_id == meeting_id).order_by(Question.id)
    rows = connection.execute(query).all()
    stepped = board.preset == STEPPED
    rules = moderation.of_meeting(connection, meeting_id)
    questions = tuple(_seen(row, board, totals, rules, stepped=stepped) for row in rows if row.state in READ)
    gone = {name_of(row.id): name_of(row.merged_into) for row in rows if row.merged_into is not None}
    set_up = (board.state, board.preset, board.approve_first, board.per_person)
    return BoardNow(*set_up, questions, gone, board.revision, rules.mode)


def _seen(row: Any, board: Board, totals: dict[bytes, groups.Total], rules: Rules, *, stepped: bool) -> Seen:
    total = totals.get(row.id, groups.Total(row.votes, 0))
    votes = (row.shown_votes or None) if stepped else total.votes
    return Seen(
        id=row.id,
        name=name_of(row.id),
        state=row.state,
        text=row.text,
        edited=row.edited,
        answered=row.answered,
        labels=tuple(row.labels),
        reply=row.reply,
        into=name_of(row.merged_into) if row.merged_into is not None else None,
        votes=None if row.state == MERGED else votes,
        uncertain=None if stepped or row.state == MERGED else total.uncertain,
        highlighted=row.id == board.highlighted,
        reviewed=row.reviewed,
        found=tuple(Finding(*each) for each in row.found),
        shown=filtering.shown(row, rules),
        decision=row.decision,
    )


def summary(session: Session, meeting_id: str) -> Summary:
    """Return what is to be said of a board without reading it."""
    state = session.scalar(select(Board.state).where(Board.meeting_id == meeting_id))
    if state is None:
        return Summary(None, 0)
    query = select(func.count()).select_from(Question).where(Question.meeting_id == meeting_id, Question.state == SHOWN)
    return Summary(state, session.execute(query).scalar_one())


def with_findings(questions: Iterable[Seen], names: tuple[str, ...] | None) -> list[Seen]:
    """Return the questions with what is found in each; without the names to look for, with what the seal found."""
    seen = list(questions)
    if names is None:
        return seen
    found = find_personal([each.text for each in seen], names)
    return [each._replace(found=findings or each.found) for each, findings in zip(seen, found, strict=True)]


def pending(seen: Seen) -> bool:
    """Tell whether something was found in a question and nobody has looked at it yet."""
    return bool(seen.found) and not seen.reviewed


def own(connection: Connection, key: bytes, identity: bytes, names: Iterable[str]) -> Own:
    """Return what this participant asked, in any slot, and upvoted of the questions with these names."""
    slots = {question_id(key, identity, slot): slot for slot in range(MOST_PER_PERSON)}
    columns = (Question.id, Question.state, Question.text)
    rows = connection.execute(select(*columns).where(Question.id.in_(list(slots))))
    questions = sorted(OwnQuestion(slots[row.id], name_of(row.id), row.state, row.text or None) for row in rows)
    places = {upvote_id(key, identity, bytes.fromhex(name)): name for name in names}
    upvotes: dict[str, OwnUpvote] = {}
    wanted = list(places)
    for start in range(0, len(wanted), MOST_PARAMETERS):
        chunk = wanted[start : start + MOST_PARAMETERS]
        given = select(Upvote.id, Upvote.revision, Upvote.given).where(Upvote.id.in_(chunk))
        upvotes |= {places[row.id]: OwnUpvote(row.revision, row.given) for row in connection.execute(given)}
    return Own(tuple(questions), upvotes)


def has_any(session: Session, meeting_id: str) -> bool:
    """Tell whether anybody has asked anything in this meeting."""
    return session.execute(select(Question.id).where(Question.meeting_id == meeting_id).limit(1)).first() is not None


def free_slot(questions: Iterable[OwnQuestion], per_person: int) -> int | None:
    """Return the first slot in which nothing was asked yet, None when there is none left."""
    taken = {each.slot for each in questions}
    return next((slot for slot in range(per_person) if slot not in taken), None)


def left_to_ask(questions: Iterable[OwnQuestion], per_person: int) -> int:
    """Return how many questions this participant may still ask. One that was taken back counts as asked."""
    return max(0, per_person - sum(1 for _ in questions))
