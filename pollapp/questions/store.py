"""Store what phones do on a board, in batches: questions asked and taken back, upvotes given and taken back.

As with ballots, the primary key is the whole protection: the same phone in the same slot, or upvoting the same question,
can only meet its own row. See `docs/board.md` for the rules of each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from pollapp.questions import filtering, groups, steps
from pollapp.questions.ids import name_of
from pollapp.questions.limits import MOST_QUESTIONS
from pollapp.questions.models import (
    HELD,
    OPEN,
    REMOVED,
    SHOWN,
    WITHDRAWN,
    Board,
    Question,
    Upvote,
)

MOST_PARAMETERS = 400

T = TypeVar("T")
Code = Literal["saved", "closed", "superseded", "removed", "withdrawn", "full", "merged", "unknown_question"]


@dataclass(frozen=True, slots=True)
class Ask:
    """A question on its way to the store, parsed; `text` None takes back what is in the slot."""

    meeting_id: str
    question_id: bytes
    text: str | None


@dataclass(frozen=True, slots=True)
class Vote:
    """An upvote on its way to the store. `moved` are this phone's upvotes of questions that were merged into this one."""

    meeting_id: str
    upvote_id: bytes
    question_id: bytes
    revision: int
    given: bool
    moved: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of it. `state` is the question's, `revision` and `given` are the upvote's that is stored now.

    `into` is the name of the question that another was merged into: that one is to be upvoted.
    """

    code: Code
    state: str | None = None
    revision: int | None = None
    given: bool | None = None
    into: str | None = None


@dataclass(slots=True)
class _Asked:
    """A row of the table of questions, as far as a batch needs it."""

    meeting_id: str
    state: str
    text: str | None
    edited: bool
    merged_into: bytes | None
    votes: int
    is_new: bool = False
    is_changed: bool = False
    masks: filtering.Masks = field(default_factory=list)
    was: str = ""
    """The state it had before it was taken back."""


@dataclass(slots=True)
class _Given:
    question_id: bytes
    revision: int
    given: bool
    is_new: bool = False
    is_changed: bool = False


@dataclass(slots=True)
class _Books:
    """Everything a batch reads, locked, and what it changes."""

    boards: dict[str, Row[Any]]
    questions: dict[bytes, _Asked]
    upvotes: dict[bytes, _Given]
    counts: dict[str, int]
    filters: dict[str, filtering.Filter]
    gone: set[bytes] = field(default_factory=set)


def store_batch(connection: Connection, acts: Sequence[Ask | Vote]) -> list[Fate]:
    """Store acts in order and return what became of each. The caller commits, and only then says so.

    The rows of boards are locked first, in the order of meetings: whoever changes a board has it to himself until the
    commit. So nothing that is read here can change meanwhile.
    """
    boards = lock_boards(connection, {act.meeting_id for act in acts})
    asks = {act.question_id for act in acts if isinstance(act, Ask)}
    votes = [act for act in acts if isinstance(act, Vote)]
    moved = {each for vote in votes for each in vote.moved}
    upvotes = _read_upvotes(connection, {vote.upvote_id for vote in votes} | moved)
    wanted = (
        asks | {vote.question_id for vote in votes} | {upvotes[each].question_id for each in moved & upvotes.keys()}
    )
    meetings = {act.meeting_id for act in acts if isinstance(act, Ask)} & boards.keys()
    filters = {meeting_id: filtering.of_meeting(connection, meeting_id) for meeting_id in sorted(meetings)}
    books = _Books(boards, _read_questions(connection, wanted), upvotes, _count(connection, meetings), filters)
    fates = [_ask(act, books) if isinstance(act, Ask) else _vote(act, books) for act in acts]
    _write(connection, books)
    for board in boards.values():
        if board.preset == steps.STEPPED:
            release(connection, board)
            groups.advance(connection, board, is_open=board.state == OPEN)
    _pass_on_the_withdrawn(connection, asks, books)
    _raise_revisions(connection, books)
    return fates


def lock_boards(connection: Connection, meeting_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """Lock the boards of these meetings and return their rows."""
    query = select(Board.__table__).where(Board.meeting_id.in_(sorted(meeting_ids))).order_by(Board.meeting_id)
    return {row.meeting_id: row for row in connection.execute(query.with_for_update())}


def release(connection: Connection, board: Row[Any] | Board, *, closing: bool = False) -> None:
    """Let questions that wait for each other come out: five at once, or when the board closes."""
    held = (Question.meeting_id == board.meeting_id, Question.state == HELD)
    count = connection.execute(select(func.count()).select_from(Question).where(*held)).scalar_one()
    if count and (closing or steps.may_come_out(count)):
        found = filtering.of_meeting(connection, board.meeting_id)
        for row in connection.execute(select(Question.id, Question.masks).where(*held).order_by(Question.id)).all():
            state = found.state(board, row.masks)
            connection.execute(update(Question).where(Question.id == row.id).values(state=state))


def _ask(ask: Ask, books: _Books) -> Fate:
    board = books.boards.get(ask.meeting_id)
    before = books.questions.get(ask.question_id)
    if board is None:
        return Fate("closed")
    if ask.text is None:
        return _take_back(ask, before, books)
    if before is not None:
        if before.state in (REMOVED, WITHDRAWN):
            return Fate("removed" if before.state == REMOVED else "withdrawn", before.state)
        # What its facilitator edited cannot be compared any more; a retry is likelier than a second tab.
        is_same = before.edited or before.text == ask.text
        return Fate("saved" if is_same else "superseded", before.state)
    if board.state != OPEN:
        return Fate("closed")
    if books.counts.get(ask.meeting_id, 0) >= MOST_QUESTIONS:
        return Fate("full")
    found = books.filters[ask.meeting_id]
    masks = found.masks(ask.text)
    state = HELD if board.preset == steps.STEPPED else found.state(board, masks)
    books.questions[ask.question_id] = _Asked(ask.meeting_id, state, ask.text, False, None, 0, is_new=True, masks=masks)
    books.counts[ask.meeting_id] = books.counts.get(ask.meeting_id, 0) + 1
    return Fate("saved", state)


def _take_back(ask: Ask, before: _Asked | None, books: _Books) -> Fate:
    """Withdraw a question, also one that has not arrived yet: then it never will. A closed board allows it too."""
    if before is None:
        books.questions[ask.question_id] = _Asked(ask.meeting_id, WITHDRAWN, "", False, None, 0, is_new=True)
    elif before.state == REMOVED:
        return Fate("removed", REMOVED)
    elif before.state != WITHDRAWN:
        before.was, before.state, before.text, before.is_changed = before.state, WITHDRAWN, "", True
        before.masks = []
    return Fate("saved", WITHDRAWN)


def _vote(vote: Vote, books: _Books) -> Fate:
    board, question = books.boards.get(vote.meeting_id), books.questions.get(vote.question_id)
    if board is None or question is None or question.meeting_id != vote.meeting_id:
        return Fate("unknown_question")
    if question.merged_into is not None:
        return Fate("merged", into=name_of(question.merged_into))
    before = books.upvotes.get(vote.upvote_id)
    if before is not None and (before.revision, before.given) == (vote.revision, vote.given):
        _move(vote, books)
        return Fate("saved", revision=before.revision, given=before.given)
    if question.state != SHOWN:
        return Fate("unknown_question")
    if before is not None and before.revision >= vote.revision:
        code: Code = "saved" if before.revision > vote.revision else "superseded"
        return Fate(code, revision=before.revision, given=before.given)
    if board.state != OPEN:
        return Fate("closed", revision=before.revision, given=before.given) if before else Fate("closed")
    if before is None:
        books.upvotes[vote.upvote_id] = _Given(vote.question_id, vote.revision, vote.given, is_new=True)
        question.votes += vote.given
    else:
        question.votes += vote.given - before.given
        before.revision, before.given, before.is_changed = vote.revision, vote.given, True
    question.is_changed = True
    _move(vote, books)
    return Fate("saved", revision=vote.revision, given=vote.given)


def _move(vote: Vote, books: _Books) -> None:
    """Take off this phone's upvotes of questions that were merged into this one: it is counted here from now on."""
    for upvote_id in vote.moved:
        given = books.upvotes.pop(upvote_id, None)
        if given is None or given.question_id not in books.questions:
            continue
        duplicate = books.questions[given.question_id]
        if duplicate.merged_into != vote.question_id:
            books.upvotes[upvote_id] = given
            continue
        books.gone.add(upvote_id)
        duplicate.votes -= given.given
        duplicate.is_changed = True


def _read_questions(connection: Connection, ids: set[bytes]) -> dict[bytes, _Asked]:
    table = Question.__table__.c
    columns = (table.id, table.meeting_id, table.state, table.text, table.edited, table.merged_into, table.votes)
    found: dict[bytes, _Asked] = {}
    for chunk in _chunks(sorted(ids)):
        query = select(*columns).where(table.id.in_(chunk))
        found.update({row.id: _Asked(*tuple(row)[1:]) for row in connection.execute(query)})
    return found


def _read_upvotes(connection: Connection, ids: set[bytes]) -> dict[bytes, _Given]:
    found: dict[bytes, _Given] = {}
    for chunk in _chunks(sorted(ids)):
        query = select(Upvote.__table__).where(Upvote.id.in_(chunk))
        found.update({row.id: _Given(row.question_id, row.revision, row.given) for row in connection.execute(query)})
    return found


def _count(connection: Connection, meeting_ids: set[str]) -> dict[str, int]:
    """Return how many questions there are on the boards on which something is asked."""
    query = (
        select(Question.meeting_id, func.count())
        .where(Question.meeting_id.in_(sorted(meeting_ids)), Question.state.not_in((WITHDRAWN, REMOVED)))
        .group_by(Question.meeting_id)
    )
    return {meeting_id: count for meeting_id, count in connection.execute(query)} if meeting_ids else {}  # noqa: C416  # dict() has no types for rows


def _write(connection: Connection, books: _Books) -> None:
    """Write in the order of ids: the order of arrival is not to be read from the rows."""
    asked = sorted(books.questions.items(), key=lambda item: item[0])
    if new := [_new_row(each, question) for each, question in asked if question.is_new]:
        connection.execute(insert(Question), new)
    changed = [
        {"row": each, "state": question.state, "text": question.text, "votes": question.votes}
        for each, question in asked
        if question.is_changed and not question.is_new
    ]
    if changed:
        connection.execute(update(Question.__table__).where(Question.id == bindparam("row")), changed)  # type: ignore[arg-type]  # the stubs do not know `__table__`
    given = sorted(books.upvotes.items(), key=lambda item: item[0])
    new = [
        {"id": each, "question_id": upvote.question_id, "revision": upvote.revision, "given": upvote.given}
        for each, upvote in given
        if upvote.is_new
    ]
    if new:
        connection.execute(insert(Upvote), new)
    changed = [
        {"row": each, "revision": upvote.revision, "given": upvote.given}
        for each, upvote in given
        if upvote.is_changed and not upvote.is_new
    ]
    if changed:
        connection.execute(update(Upvote.__table__).where(Upvote.id == bindparam("row")), changed)  # type: ignore[arg-type]  # the same
    for chunk in _chunks(sorted(books.gone)):
        connection.execute(delete(Upvote).where(Upvote.id.in_(chunk)))


def _new_row(question_id: bytes, question: _Asked) -> dict[str, Any]:
    return {
        "id": question_id,
        "meeting_id": question.meeting_id,
        "state": question.state,
        "text": question.text,
        "edited": False,
        "answered": False,
        "labels": [],
        "reply": None,
        "merged_into": None,
        "votes": question.votes,
        "shown_votes": 0,
        "waiting_votes": None,
        "reviewed": False,
        "found": [],
        "decision": None,
        "masks": question.masks,
    }


def _pass_on_the_withdrawn(connection: Connection, asked: set[bytes], books: _Books) -> None:
    """Leave nothing of questions that were taken back, and let another of their group stand for it."""
    for question_id in sorted(asked):
        question = books.questions.get(question_id)
        if question is not None and question.is_changed and question.state == WITHDRAWN:
            groups.leave(connection, question_id, question.was)


def _raise_revisions(connection: Connection, books: _Books) -> None:
    changed = {question.meeting_id for question in books.questions.values() if question.is_new or question.is_changed}
    for meeting_id in sorted(changed):
        connection.execute(update(Board).where(Board.meeting_id == meeting_id).values(revision=Board.revision + 1))


def _chunks(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + MOST_PARAMETERS] for start in range(0, len(items), MOST_PARAMETERS))
