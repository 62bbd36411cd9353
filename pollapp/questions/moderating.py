"""What the facilitator does on a board. Every change locks the board's row first, as batches of phones' acts do.

The queue of moderation brings its decisions here too (`approve`, `show_as_written`, `hide`, `undecide`).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pollapp.errors import BadQuestion, NotFound
from pollapp.moderation import APPROVED, AS_WRITTEN
from pollapp.questions import filtering, groups, store
from pollapp.questions.ids import bounds_of
from pollapp.questions.limits import (
    MOST_PER_PERSON,
    PER_PERSON,
    REPLY_LENGTH,
    read_labels,
    read_text,
)
from pollapp.questions.models import ARCHIVED, CLOSED, HELD, OPEN, READ, REMOVED, SHOWN, WAITING, Board, Question
from pollapp.questions.steps import STEPPED
from pollapp.words import merged_spans, spans_again


def open_board(session: Session, meeting_id: str, preset: str) -> Board:
    """Take questions and upvotes; the first time, make the board. Under the Chatham House rule it approves first."""
    board = _board(session, meeting_id)
    if board is None:
        board = Board(
            meeting_id=meeting_id,
            state=OPEN,
            preset=preset,
            approve_first=preset == STEPPED,
            per_person=PER_PERSON,
            highlighted=None,
            revision=0,
        )
        session.add(board)
    board.state, board.revision = OPEN, board.revision + 1
    session.flush()
    return board


def close_board(session: Session, meeting_id: str) -> None:
    """Take no more, and show what is due at the end. Nothing happens to a board that was never opened."""
    board = _board(session, meeting_id)
    if board is None or board.state == CLOSED:
        return
    board.state, board.revision = CLOSED, board.revision + 1
    session.flush()
    if board.preset == STEPPED:
        store.release(session.connection(), board, closing=True)
        groups.advance(session.connection(), board, is_open=False)


def lock(session: Session, meeting_id: str) -> None:
    """Let nobody ask or upvote anything in this meeting until the transaction ends."""
    _board(session, meeting_id)


def change_preset(session: Session, meeting_id: str, preset: str) -> None:
    """Keep another promise from now on. Only while nobody has asked anything."""
    board = _board(session, meeting_id)
    if board is not None:
        board.preset, board.approve_first = preset, preset == STEPPED


def set_up(session: Session, meeting_id: str, *, approve_first: bool, per_person: int) -> None:
    """Change the rules of a board from now on. Raises `NotFound` before it was opened, and `BadQuestion`."""
    board = _existing(session, meeting_id)
    if not 1 <= per_person <= MOST_PER_PERSON:
        raise BadQuestion(reason="per_person", least=1, limit=MOST_PER_PERSON)
    board.approve_first, board.per_person = approve_first, per_person


def approve(session: Session, meeting_id: str, name: str) -> None:
    """Let a question onto the board, offensive words in it masked where they are. Raises `NotFound`, as all below do."""
    question = _change(session, meeting_id, name, (WAITING, SHOWN, ARCHIVED))
    question.state, question.decision = SHOWN, APPROVED


def show_as_written(session: Session, meeting_id: str, name: str) -> None:
    """Let a question onto the board with nothing in it masked."""
    question = _change(session, meeting_id, name, (WAITING, SHOWN, ARCHIVED))
    question.state, question.decision = SHOWN, AS_WRITTEN


def hide(session: Session, meeting_id: str, name: str) -> None:
    """Take a question off the board, or turn down one that waits. It can be restored."""
    question = _change(session, meeting_id, name, (WAITING, SHOWN, ARCHIVED))
    question.state, question.decision = ARCHIVED, None
    board = session.get_one(Board, meeting_id)
    if board.highlighted == question.id:
        board.highlighted = None


def restore(session: Session, meeting_id: str, name: str) -> None:
    """Put a question that was hidden onto the board."""
    _let_on(_change(session, meeting_id, name, (ARCHIVED, SHOWN)))


def undecide(session: Session, meeting_id: str, name: str) -> None:
    """Take back what was decided about a question: it waits or is shown as it would if it came now."""
    question = _change(session, meeting_id, name, (WAITING, SHOWN, ARCHIVED))
    board = session.get_one(Board, meeting_id)
    found = filtering.of_meeting(session.connection(), meeting_id)
    question.decision, question.state = None, found.state(board, question.masks)
    if question.state != SHOWN and board.highlighted == question.id:
        board.highlighted = None


def rules_changed(session: Session, meeting_id: str) -> None:
    """Look through all questions by new rules. What is on the board unapproved may have to wait; what waits goes on so."""
    board = _board(session, meeting_id)
    if board is None:
        return
    board.revision += 1
    found = filtering.of_meeting(session.connection(), meeting_id)
    kept = (*READ, HELD)
    query = select(Question).where(Question.meeting_id == meeting_id, Question.state.in_(kept)).order_by(Question.id)
    for question in session.scalars(query.execution_options(populate_existing=True)):
        question.masks = found.masks(question.text)
        if question.state == SHOWN and question.decision is None and found.holds(question.masks):
            question.state = WAITING
            board.highlighted = None if board.highlighted == question.id else board.highlighted


def highlight(session: Session, meeting_id: str, name: str | None) -> None:
    """Show a question large on the screen, or none any more. One that waits is approved by that."""
    if name is None:
        _existing(session, meeting_id).highlighted = None
        return
    question = _change(session, meeting_id, name, (WAITING, SHOWN))
    _let_on(question)
    session.get_one(Board, meeting_id).highlighted = question.id


def mark_answered(session: Session, meeting_id: str, name: str, *, answered: bool) -> None:
    """Note that a question was answered, or that it was not; the screen does not show it large any longer."""
    question = _change(session, meeting_id, name, (SHOWN, ARCHIVED))
    question.answered = answered
    board = session.get_one(Board, meeting_id)
    if answered and board.highlighted == question.id:
        board.highlighted = None


def label(session: Session, meeting_id: str, name: str, labels: Sequence[str]) -> None:
    """Give a question these labels in place of those before. Raises `BadQuestion` too."""
    _change(session, meeting_id, name, READ).labels = read_labels(labels)


def reply(session: Session, meeting_id: str, name: str, text: str) -> None:
    """Answer a question in writing; an empty text takes the reply away. Raises `BadQuestion` too."""
    question = _change(session, meeting_id, name, READ)
    question.reply = read_text(text, REPLY_LENGTH) if text.strip() else None


def edit(session: Session, meeting_id: str, name: str, text: str) -> None:
    """Change the words of a question, such as to take a name out. Nothing is left of what it was before.

    It is shown as edited, and counts as reviewed. Raises `BadQuestion` too.
    """
    question = _change(session, meeting_id, name, READ)
    changed = read_text(text)
    if changed != question.text:
        _rewrite(session, question, changed)
    question.reviewed, question.found = True, []


def black_out(session: Session, meeting_id: str, name: str, text: str) -> None:
    """Put a text with marks in the place of a question's words; with these it may be longer than anybody may write."""
    question = _change(session, meeting_id, name, READ)
    _rewrite(session, question, text)
    question.reviewed, question.found = True, []


def keep(session: Session, meeting_id: str, name: str, *, reviewed: bool) -> None:
    """Note that a question was looked at and may stay as it is, or take that back."""
    _change(session, meeting_id, name, READ).reviewed = reviewed


def remove(session: Session, meeting_id: str, name: str) -> None:
    """Take a question away for good: its words are gone, and its writer is told."""
    question = _change(session, meeting_id, name, READ)
    state, question.state, question.text = question.state, REMOVED, None
    session.flush()
    groups.leave(session.connection(), question.id, state)
    session.expire_all()


def merge(session: Session, meeting_id: str, name: str, into: str) -> None:
    """Let one question stand for another that says the same. Raises `BadQuestion` when that cannot be."""
    question = _change(session, meeting_id, name, (WAITING, SHOWN, ARCHIVED))
    survivor = _change(session, meeting_id, into, (WAITING, SHOWN))
    if question.id == survivor.id:
        raise BadQuestion(reason="merged_with_itself")
    board = session.get_one(Board, meeting_id)
    if board.highlighted == question.id:
        board.highlighted = survivor.id
    _let_on(survivor)
    survivor.answered = survivor.answered or question.answered
    survivor.labels = survivor.labels or question.labels
    session.flush()
    groups.merge(session.connection(), question.id, survivor.id)
    session.expire_all()


def _let_on(question: Question) -> None:
    """Have a question on the board that was looked at; one that is shown as it was written stays so."""
    question.state, question.decision = SHOWN, question.decision or APPROVED


def _rewrite(session: Session, question: Question, text: str) -> None:
    """Put other words in the place of a question's. What was masked stays so, also when the list for it is gone."""
    found = filtering.of_meeting(session.connection(), question.meeting_id).masks(text)
    again = spans_again(question.text or "", text, question.masks)
    spans = merged_spans([*((start, end) for start, end in found), *again])
    question.text, question.edited, question.masks = text, True, [list(span) for span in spans]


def _board(session: Session, meeting_id: str) -> Board | None:
    return session.get(Board, meeting_id, with_for_update=True, populate_existing=True)


def _existing(session: Session, meeting_id: str) -> Board:
    """Return a board that is going to be changed, locked. Raises `NotFound`."""
    board = _board(session, meeting_id)
    if board is None:
        raise NotFound()
    board.revision += 1
    return board


def _change(session: Session, meeting_id: str, name: str, states: Sequence[str]) -> Question:
    """Return a question of this board that is going to be changed, the board locked. Raises `NotFound`."""
    _existing(session, meeting_id)
    bounds: Any = bounds_of(name)
    if bounds is None:
        raise NotFound()
    query = select(Question).where(Question.id.between(*bounds), Question.meeting_id == meeting_id)
    found = session.scalars(query.execution_options(populate_existing=True)).first()
    if found is None or found.state not in states:
        raise NotFound()
    return found
