"""Players as pages and screens know them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from pollapp.errors import NotFound
from pollapp.quizzes import models, naming
from pollapp.quizzes.ids import name_of


class Player(NamedTuple):
    """A player: `name` is for scripts, `given` tells that the facilitator took the chosen nickname away.

    One that is `reviewed` was read in the review, and kept.
    """

    id: bytes
    nickname: str
    given: bool
    reviewed: bool = False

    @property
    def name(self) -> str:
        """The name under which screens know the player."""
        return name_of(self.id)


def players_of(session: Session, meeting_id: str) -> dict[bytes, Player]:
    """Return the players of a meeting by id, in the order of their random ids."""
    table = models.Player
    query = select(table.id, table.nickname, table.given, table.reviewed).where(table.meeting_id == meeting_id)
    found = [Player(bytes(row.id), row.nickname, row.given, row.reviewed) for row in session.execute(query)]
    return {player.id: player for player in sorted(found)}


def take_away(session: Session, meeting_id: str, name: str, language: str) -> tuple[str, str]:
    """Give a player another nickname in this language, for good, and return both. Raises `NotFound`."""
    rows = _lock(session, meeting_id)
    player = _named(rows, name)
    before = player.nickname
    player.nickname, player.folded = naming.free(bytes(player.id), language, {row.folded for row in rows})
    player.given, player.reviewed = True, False
    session.flush()
    return before, player.nickname


def keep(session: Session, meeting_id: str, name: str, *, reviewed: bool) -> None:
    """Note that a nickname was read in the review and may stay, or take that back. Raises `NotFound`."""
    _named(_lock(session, meeting_id), name).reviewed = reviewed
    session.flush()


def _lock(session: Session, meeting_id: str) -> Sequence[models.Player]:
    table = models.Player
    return session.scalars(select(table).where(table.meeting_id == meeting_id).with_for_update()).all()


def _named(rows: Sequence[models.Player], name: str) -> models.Player:
    player = next((row for row in rows if name_of(bytes(row.id)) == name), None)
    if player is None:
        raise NotFound()
    return player
