"""Meetings for the bench, made straight in a fresh database: open polls, tokens for phones, a signed-in facilitator."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy.orm import Session

from config import Config
from pollapp import accounts, create_app, extensions, start
from pollapp.accounts import sign_ins
from pollapp.ballots import ids
from pollapp.meetings import agenda, board, stage

OPTIONS = tuple(f"o{number}" for number in range(1, 6))
PASSWORD = "only for a bench on this computer"  # noqa: S105  # the database is thrown away afterwards


class Poll(NamedTuple):
    """What a room is asked, with settings other than those a new slide begins with, and what phones answer."""

    kind: str
    settings: dict[str, Any]
    raws: tuple[Any, ...]
    slides: int = 1
    """How often it is asked, each time on a slide of its own; the stage shows the first."""


CHOICE = Poll(
    "choice",
    {"options": [{"id": option, "label": f"Option {option}"} for option in OPTIONS]},
    tuple([option] for option in OPTIONS),
)


@dataclass(frozen=True)
class Room:
    """A live meeting with an open poll on its stage; `tokens` is a file with a phone's token in each line."""

    meeting: str
    code: str
    round: int
    version: int
    tokens: Path
    desk: str
    raws: tuple[Any, ...]
    """What phones answer, one after the other."""

    def task(self) -> dict[str, object]:
        """Return what the load generator has to know."""
        return {
            "meeting": self.meeting,
            "code": self.code,
            "round": self.round,
            "version": self.version,
            "tokens": str(self.tokens),
            "desk": self.desk,
            "raws": list(self.raws),
        }


def build(folder: Path, sizes: Iterable[int], poll: Poll = CHOICE) -> list[Room]:
    """Make a database in `folder` with one room for each number of phones, all with the same poll."""
    return build_each(folder, [(phones, poll) for phones in sizes])


def build_each(folder: Path, wanted: Iterable[tuple[int, Poll]]) -> list[Room]:
    """Make a database in `folder` with one room for each number of phones and poll."""
    app = create_app(Config(data_dir=str(folder)))
    start.migrate(extensions.database.engine)
    owner = extensions.database.run(_account)
    desk = _sign_in(app, owner)
    rooms = [_room(folder, owner, desk, phones, poll) for phones, poll in wanted]
    extensions.database.close()
    return rooms


def _account(session: Session) -> int:
    return accounts.add_facilitator(session, email="bench@example.org", password=PASSWORD, name="Bench").id


def _sign_in(app: Flask, owner: int) -> str:
    """Return the cookie of a browser that is signed in."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = extensions.database.run(sign_ins.begin, owner), True
    cookie = client.get_cookie("desk")
    if cookie is None:
        raise RuntimeError("the desk gave no cookie")
    return f"desk={cookie.value}"


def _room(folder: Path, owner: int, desk: str, phones: int, poll: Poll) -> Room:
    meeting_id, code, round_id, version = extensions.database.run(_meeting, owner, poll)
    key = extensions.keys.get(meeting_id)
    tokens = folder / f"tokens-{meeting_id}"
    tokens.write_text("\n".join(ids.new_token(key) for _ in range(phones)), encoding="ascii")
    return Room(meeting_id, code, round_id, version, tokens, desk, poll.raws)


def _meeting(session: Session, owner: int, poll: Poll) -> tuple[str, str, int, int]:
    meeting = agenda.create_meeting(session, extensions.keys, owner_id=owner, title="Bench")
    for _ in range(poll.slides):
        slide = agenda.add_slide(session, meeting.id, poll.kind)
        agenda.update_slide(
            session, meeting.id, slide.id, settings=slide.settings | poll.settings, prompt="How far along are you?"
        )
    board.open_board(session, meeting.id)
    scene = stage.command(session, meeting.id, 1, "next", {})
    if scene.poll is None:
        raise RuntimeError("the poll did not open")
    return meeting.id, meeting.code, scene.poll.id, scene.stage.version
