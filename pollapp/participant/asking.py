"""What a phone does on the board: the same for a socket message and for a plain form."""

from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from pollapp import questions
from pollapp.errors import NoQuestionsLeft, TryAgain, Unavailable
from pollapp.extensions import database, hub
from pollapp.live.boards import LiveBoard
from pollapp.live.writer import Item
from pollapp.participant.phone import Phone
from pollapp.questions import Ask, Fate, Own, Vote, ids, limits


class BoardPlace(NamedTuple):
    """What a phone finds on the board: what everybody sees, and what is its own."""

    board: LiveBoard
    own: Own

    @property
    def left(self) -> int:
        """How many questions this phone may still ask."""
        return questions.left_to_ask(self.own.questions, self.board.now.per_person)


def follow(phone: Phone) -> BoardPlace:
    """Return the board as this phone finds it, as a beginning of what it hears of it."""
    return _place(phone, hub.boards.told(phone.meeting_id))


def look(phone: Phone) -> BoardPlace:
    """Return the board as this phone finds it at this very moment."""
    return _place(phone, hub.boards.fresh(phone.meeting_id))


def _place(phone: Phone, board: LiveBoard) -> BoardPlace:
    return BoardPlace(board, database.read(_own, phone, board.votable()))


def _own(session: Session, phone: Phone, names: list[str]) -> Own:
    return questions.own(session.connection(), phone.key, phone.identity, names)


def ask(phone: Phone, slot: int, raw: object) -> Fate:
    """Ask something in this slot and return what became of it; `raw` None takes back what is there.

    Raises `BadQuestion`, `NoQuestionsLeft`, and `TryAgain` when it is unknown whether it was stored.
    """
    question_id = ids.question_id(phone.key, phone.identity, slot)
    if raw is None:
        return _store(Ask(phone.meeting_id, question_id, None))
    text = limits.read_text(raw)
    per_person = _told(phone).now.per_person
    if per_person and slot >= per_person:  # a board that was never opened has no rules yet, and is closed
        raise NoQuestionsLeft(limit=per_person)
    return _store(Ask(phone.meeting_id, question_id, text))


def upvote(phone: Phone, name: str, revision: int, *, given: bool) -> Fate:
    """Give or take back an upvote and return what became of it. Raises `TryAgain`.

    With it goes this phone's upvote of every question that was merged into that one, so that it counts once.
    """
    board = _told(phone)
    if board.question(name) is None and name not in board.now.gone:
        board = hub.boards.fresh(phone.meeting_id)  # on the board since a moment
    question = board.question(name)
    if question is None:
        into = board.now.gone.get(name)
        return Fate("merged", into=into) if into else Fate("unknown_question")
    moved = tuple(_upvote_id(phone, merged) for merged in board.merged_into(name))
    return _store(Vote(phone.meeting_id, _upvote_id(phone, name), question.id, revision, given, moved))


def _upvote_id(phone: Phone, name: str) -> bytes:
    return ids.upvote_id(phone.key, phone.identity, bytes.fromhex(name))


def _told(phone: Phone) -> LiveBoard:
    try:
        return hub.boards.told(phone.meeting_id)
    except Unavailable as error:
        raise TryAgain() from error


def _store(item: Item) -> Fate:
    result = hub.store(item)
    if not isinstance(result, Fate):
        raise TryAgain()
    return result


def ack(fate: Fate) -> dict[str, Any]:
    """Return the socket ack for what became of a question or an upvote."""
    told = {"state": fate.state, "revision": fate.revision, "given": fate.given, "into": fate.into}
    return {
        "ok": fate.code == "saved",
        "code": fate.code,
        **{name: value for name, value in told.items() if value is not None},
    }
