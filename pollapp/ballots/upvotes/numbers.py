"""How often each answer of a round was upvoted, as it may be told."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, select, update

from pollapp import kinds
from pollapp.ballots.decisions import fingerprint
from pollapp.ballots.models import Round
from pollapp.ballots.stepping import STEPPED, stepped
from pollapp.ballots.upvotes.models import SETTLED, TextUpvote, TextVotes
from pollapp.kinds import Text


class Number(NamedTuple):
    """What is stored for the words of an answer."""

    words: str
    votes: int
    shown: int


def are_on(poll: Row[Any] | Round) -> bool:
    """Tell whether people can upvote what others wrote in a round."""
    kind = kinds.get(poll.kind)
    return kind.KEEPS_TEXTS and kinds.is_upvoted(kind, kinds.load_settings(poll.kind, poll.settings))


def numbers_of(connection: Connection, poll: Row[Any] | Round, texts: Sequence[Text]) -> dict[str, int | None]:
    """Return the upvotes of each of these texts, as its writer wrote it, by its id; empty where there are none to give.

    Upvotes of other words are not its own. In steps of five it is None until there is something to tell.
    """
    if not are_on(poll):
        return {}
    stored = _stored(connection, poll.id)
    numbers: dict[str, int | None] = {}
    for text in texts:
        own = _of_words(stored[text.id], text.text) if text.id in stored else None
        if poll.preset == STEPPED:
            numbers[text.id] = (own.shown or None) if own else None
        else:
            numbers[text.id] = own.votes if own else 0
    return numbers


def _stored(connection: Connection, round_id: int) -> dict[str, list[Number]]:
    table = TextVotes.__table__.c
    query = select(table.text, table.words, table.votes, table.shown_votes).where(table.round_id == round_id)
    found: defaultdict[str, list[Number]] = defaultdict(list)
    for text_id, words, votes, shown in connection.execute(query):
        found[text_id].append(Number(words, votes, shown))
    return found


def _of_words(stored: Sequence[Number], text: str) -> Number | None:
    words = fingerprint(text)
    return next((number for number in stored if number.words in (words, SETTLED)), None)


def forget(connection: Connection, round_id: int, text_id: str) -> None:
    """Forget all upvotes of an answer that is gone."""
    for table in (TextUpvote, TextVotes):
        connection.execute(delete(table).where(table.round_id == round_id, table.text == text_id))


def pause(connection: Connection, poll: Row[Any] | Round) -> bool:
    """Show, in steps, what has come since: as when a board closes. Tell whether any number changed."""
    if poll.preset != STEPPED or not are_on(poll):
        return False
    return advance(connection, poll.id, None, is_open=False)


def advance(connection: Connection, round_id: int, text_ids: Sequence[str] | None, *, is_open: bool) -> bool:
    """Move the numbers of these answers (None: of all) by a step where one is due, and tell whether a shown one changed."""
    table = TextVotes.__table__.c
    columns = (table.text, table.words, table.votes, table.shown_votes, table.waiting_votes)
    query = select(*columns).where(table.round_id == round_id).order_by(table.text, table.words)
    if text_ids is not None:
        query = query.where(table.text.in_(text_ids))
    is_news = False
    for row in connection.execute(query.with_for_update()).all():
        before = (row.shown_votes, row.waiting_votes)
        after = stepped(row.votes, *before, is_open=is_open)
        if after != before:
            is_news |= after[0] != before[0]
            this = (TextVotes.round_id == round_id, TextVotes.text == row.text, TextVotes.words == row.words)
            values = {"shown_votes": after[0], "waiting_votes": after[1]}
            connection.execute(update(TextVotes).where(*this).values(values))
    return is_news
