"""Leaks planted in the store and in the seal: the same attacks have to find each, or they prove nothing."""

import hmac
import itertools
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.orm import Session

from pollapp.ballots import KeyRing, counting, ids, sealing, store
from pollapp.ballots.models import Ballot
from pollapp.ballots.statements import BallotKey
from pollapp.ballots.upvotes import ids as answer_ids
from pollapp.database import Database
from pollapp.meetings import ending
from pollapp.questions import ids as board_ids
from pollapp.quizzes import ids as quiz_ids
from pollapp.quizzes.models import Player
from tests import actors
from tests.anonymity.game import Game

Patch = pytest.MonkeyPatch


def ids_that_begin_alike(patch: Patch) -> None:
    """Give the ballots of one participant ids that begin with the same bytes."""
    true_id = ids.ballot_id

    def ballot_id(key: bytes, identity: bytes, round_id: int, slot: int) -> bytes:
        return hmac.digest(key, identity, "sha256")[:8] + true_id(key, identity, round_id, slot)[:8]

    patch.setattr(ids, "ballot_id", ballot_id)


def ids_without_the_round(patch: Patch) -> None:
    """Leave the round out of what ids are made of; it only stands in front, to keep them apart."""
    true_id = ids.ballot_id

    def ballot_id(key: bytes, identity: bytes, round_id: int, slot: int) -> bytes:
        return bytes([round_id, slot]) + true_id(key, identity, 0, 0)[:14]

    patch.setattr(ids, "ballot_id", ballot_id)


def questions_that_begin_alike(patch: Patch) -> None:
    """Give the questions and upvotes of one participant ids that begin with the same bytes."""
    true_question, true_upvote = board_ids.question_id, board_ids.upvote_id

    def begin(key: bytes, identity: bytes) -> bytes:
        return hmac.digest(key, identity, "sha256")[:4]

    patch.setattr(board_ids, "question_id", lambda *parts: begin(*parts[:2]) + true_question(*parts)[:12])
    patch.setattr(board_ids, "upvote_id", lambda *parts: begin(*parts[:2]) + true_upvote(*parts)[:12])


def upvotes_without_the_question(patch: Patch) -> None:
    """Leave the question out of what ids of upvotes are made of; it only stands in front, to keep them apart."""
    true_id = board_ids.upvote_id
    patch.setattr(
        board_ids, "upvote_id", lambda key, identity, question: question[:2] + true_id(key, identity, bytes(8))[:14]
    )


def upvotes_that_begin_alike(patch: Patch) -> None:
    """Give the upvotes of answers of one participant ids that begin with the same bytes."""
    true_id = answer_ids.upvote_id
    patch.setattr(
        answer_ids,
        "upvote_id",
        lambda key, identity, *answer: hmac.digest(key, identity, "sha256")[:4] + true_id(key, identity, *answer)[:12],
    )


def upvotes_without_the_answer(patch: Patch) -> None:
    """Leave the answer out of what ids of upvotes are made of; it only stands in front, to keep them apart."""
    true_id = answer_ids.upvote_id
    patch.setattr(
        answer_ids,
        "upvote_id",
        lambda key, identity, round_id, text, _words: (
            bytes.fromhex(text)[:2] + true_id(key, identity, round_id, "", "")[:14]
        ),
    )


def players_that_begin_as_their_ballots(patch: Patch) -> None:
    """Give a player an id that begins with the same bytes as its ballots, whatever they answer."""
    true_ballot, true_player = ids.ballot_id, quiz_ids.player_id

    def begin(key: bytes, identity: bytes) -> bytes:
        return hmac.digest(key, identity, "sha256")[:4]

    patch.setattr(
        ids, "ballot_id", lambda key, identity, *place: begin(key, identity) + true_ballot(key, identity, *place)[:12]
    )
    patch.setattr(quiz_ids, "player_id", lambda key, identity: begin(key, identity) + true_player(key, identity)[:12])


def rows_in_order_of_arrival(patch: Patch) -> None:
    """Give the table of ballots a serial number and fill it as answers come."""
    write, numbers = store._write_ballots, itertools.count()

    def write_ballots(connection: Connection, stored: dict[BallotKey, Any]) -> None:
        if next(numbers) == 0:
            connection.execute(text("alter table ballot rename to by_id"))
            connection.execute(text("create table ballot as select * from by_id"))
            if connection.dialect.name == "postgresql":
                connection.execute(text("alter table ballot add column number serial"))
        for key, ballot in stored.items():
            write(connection, {key: ballot})

    patch.setattr(store, "_write_ballots", write_ballots)


def revisions_of_the_phone(patch: Patch) -> None:
    """Have each phone count its revisions on, from question to question, instead of from 1 in each."""
    true_cast = actors.Participant.cast

    def cast(self: actors.Participant, poll: Any, raw: object, *, slot: int = 0, revision: int = 1) -> store.Cast:
        started = int.from_bytes(self.identity[:3], "big")
        return true_cast(self, poll, raw, slot=slot, revision=started + revision)

    patch.setattr(actors.Participant, "cast", cast)


def weights(patch: Patch) -> None:
    """Count what a participant says with a weight of its own."""
    true_cast = actors.Participant.cast

    def cast(self: actors.Participant, poll: Any, raw: object, *, slot: int = 0, revision: int = 1) -> store.Cast:
        made = true_cast(self, poll, raw, slot=slot, revision=revision)
        weight = int.from_bytes(self.identity[:3], "big")
        return store.Cast(made.round_id, made.ballot_id, slot, revision, made.answer, dict.fromkeys(made.keys, weight))

    patch.setattr(actors.Participant, "cast", cast)


def a_seal_that_keeps_ids_and_the_key(patch: Patch) -> None:
    """Leave the key where it is, and texts under their ids."""
    patch.setattr(KeyRing, "destroy", lambda _keys, _meeting_id: None)
    patch.setattr(sealing, "_keep_texts", lambda _connection, _round_id: {})


def a_seal_that_leaves_the_board_alone(patch: Patch) -> None:
    """Leave the key where it is, and questions and upvotes under their ids."""
    patch.setattr(KeyRing, "destroy", lambda _keys, _meeting_id: None)
    patch.setattr(ending.questions, "reduce_board", lambda _connection, _meeting_id: None)


def a_seal_that_leaves_upvotes_of_answers_alone(patch: Patch) -> None:
    """Leave the key where it is, and upvotes of answers under their ids."""
    patch.setattr(KeyRing, "destroy", lambda _keys, _meeting_id: None)
    patch.setattr(sealing.upvoting, "write_again", lambda _connection, _poll, _kept, _new_names: None)


def a_seal_that_leaves_the_quiz_alone(patch: Patch) -> None:
    """Leave the key where it is, and players under their ids."""
    patch.setattr(KeyRing, "destroy", lambda _keys, _meeting_id: None)
    patch.setattr(ending.quizzing, "reduce", lambda _session, _meeting_id: None)


def players_that_stay_as_they_lie(patch: Patch) -> None:
    """Give players new ids in the rows in which they came: place and transaction tell."""

    def reduce(session: Session, _meeting_id: str) -> None:
        for player in session.execute(select(Player.id)).scalars().all():
            renamed = update(Player).where(Player.id == player).values(id=secrets.token_bytes(16))
            session.execute(renamed, execution_options={"synchronize_session": False})

    patch.setattr(ending.quizzing, "reduce", reduce)


def a_seal_that_numbers_texts_as_they_came(patch: Patch) -> None:
    """Give texts new names that count on as they came."""
    came: list[object] = []
    patch.setattr(Game, "log", lambda _game, _token, answer: came.append(answer))

    def keep_texts(connection: Connection, round_id: int) -> dict[str, str]:
        rows = connection.execute(select(Ballot.answer).where(Ballot.round_id == round_id)).scalars().all()
        connection.execute(delete(Ballot).where(Ballot.round_id == round_id))
        for number, answer in enumerate(sorted(rows, key=lambda answer: came.index(counting.decode(answer)))):
            name = number.to_bytes(4, "big") + secrets.token_bytes(12)
            connection.execute(insert(Ballot).values(id=name, round_id=round_id, revision=0, answer=answer))
        return {}

    patch.setattr(sealing, "_keep_texts", keep_texts)


def a_tally_that_stays_as_it_lies(patch: Patch) -> None:
    """Leave the counts in the rows in which they came: place and transaction tell."""
    patch.setattr(sealing, "_keep_tally", lambda _connection, _round_id: None)


def a_review_that_stays_as_it_lies(patch: Patch) -> None:
    """Leave what was decided about words in the rows in which it was: place and transaction tell."""
    patch.setattr(sealing.review, "write_again", lambda _connection, _round_id, _new_names: None)


def dead_rows_that_stay(patch: Patch) -> None:
    """Leave the rows that were deleted in PostgreSQL's files."""
    patch.setattr(Database, "forget_deleted", lambda _database: True)


def a_copy_of_the_log(patch: Patch) -> None:
    """Keep SQLite's write-ahead log under another name."""
    destroy = KeyRing.destroy

    def copy_and_destroy(keys: KeyRing, meeting_id: str) -> None:
        for log in Path(keys._folder).parent.glob("*-wal"):
            shutil.copy(log, log.with_name("copy"))
        destroy(keys, meeting_id)

    patch.setattr(KeyRing, "destroy", copy_and_destroy)


def tokens_in_the_log(patch: Patch) -> None:
    """Log each answer with the token it came with."""
    patch.setattr(Game, "log", lambda self, token, answer: self.said.append(f"{token} {answer}"))


BEFORE: dict[str, tuple[Callable[[Patch], None], set[str]]] = {
    each.__name__: (each, found_by)
    for each, found_by in (
        (ids_that_begin_alike, {"neighbours", "same order"}),
        (ids_without_the_round, {"neighbours", "same order"}),
        (questions_that_begin_alike, {"neighbours", "same order"}),
        (upvotes_without_the_question, {"same order"}),
        (upvotes_that_begin_alike, {"neighbours", "same order"}),
        (upvotes_without_the_answer, {"same order"}),
        (players_that_begin_as_their_ballots, {"neighbours", "same order"}),
        (rows_in_order_of_arrival, {"same order"}),
        (revisions_of_the_phone, {"unusual values"}),
        (weights, {"unusual values"}),
    )
}
"""Leaks that show at once, and the attacks that have to find them."""

AFTER: dict[str, tuple[Callable[[Patch], None], set[str]]] = {
    each.__name__: (each, found_by)
    for each, found_by in (
        (a_seal_that_keeps_ids_and_the_key, {"recomputed ids"}),
        (a_seal_that_leaves_the_board_alone, {"recomputed ids"}),
        (a_seal_that_leaves_upvotes_of_answers_alone, {"recomputed ids"}),
        (a_seal_that_leaves_the_quiz_alone, {"recomputed ids"}),
        (a_seal_that_numbers_texts_as_they_came, {"same order"}),
        (weights, {"unusual values"}),
        (tokens_in_the_log, {"neighbours", "same order"}),
    )
}
"""Leaks that are there after the seal."""

OF_ONE_DATABASE: list[tuple[str, Callable[[Patch], None]]] = [
    ("sqlite", a_copy_of_the_log),
    ("postgres", a_tally_that_stays_as_it_lies),
    ("postgres", a_review_that_stays_as_it_lies),
    ("postgres", dead_rows_that_stay),
    ("postgres", players_that_stay_as_they_lie),
]
"""Leaks after the seal that only this database can have: the place of rows, or of bytes in a file, betrays an order."""
