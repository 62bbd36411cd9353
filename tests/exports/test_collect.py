"""Files are drawn from what is published, and from nothing else."""

import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pollapp.ballots import Cast, KeyRing, Round, encode, rounds, store_batch
from pollapp.database import Database
from pollapp.errors import NotFound
from pollapp.exports import collect, make
from pollapp.meetings import Meeting, Slide, agenda

DAY = date(2031, 5, 4)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with Session(database.engine) as opened:
        yield opened


def hold(session: Session, preset: str) -> tuple[Meeting, Round]:
    """A meeting whose second slide asks for open text, in an open round."""
    meeting = Meeting(
        id="m", code="12345678", title="Day one", preset=preset, language="en", created_on=DAY, active_at=agenda.now()
    )
    session.add(meeting)
    session.flush()
    for position, kind in enumerate(("heading", "open_text", "choice")):
        session.add(Slide(id=kind, meeting_id="m", position=position, kind=kind, prompt=f"A {kind}?", settings={}))
    session.flush()
    asked = rounds.Asked("m", "open_text", "open_text", "A open_text?", {}, "en", preset)
    return meeting, rounds.start(session, asked, DAY)


def answer(session: Session, poll: Round, *texts: str) -> None:
    for text in texts:
        store_batch(session.connection(), [Cast(poll.id, secrets.token_bytes(16), 0, 1, encode(text), {})])


def rows(session: Session) -> tuple[Any, ...]:
    return collect(session, "m", DAY).slides[0].rounds[0].table.rows


def test_slides_that_ask_nothing_are_left_out_but_counted(session: Session) -> None:
    hold(session, "standard")
    dataset = collect(session, "m", DAY)
    assert [(slide.number, slide.kind, len(slide.rounds)) for slide in dataset.slides] == [
        (2, "open_text", 1),
        (3, "choice", 0),
    ]


def test_standard_gives_every_answer_and_says_that_a_round_is_open(session: Session) -> None:
    _, poll = hold(session, "standard")
    answer(session, poll, "one", "two")
    assert {row[0] for row in rows(session)} == {"one", "two"}
    assert collect(session, "m", DAY).slides[0].rounds[0].withheld == ("open",)
    rounds.close(session, poll.id)
    assert collect(session, "m", DAY).slides[0].rounds[0].withheld == ()


def test_chatham_house_gives_nothing_while_waiting(session: Session) -> None:
    _, poll = hold(session, "chatham_house")
    answer(session, poll, *(f"answer {index}" for index in range(9)))
    round_data = collect(session, "m", DAY).slides[0].rounds[0]
    assert (round_data.table.rows, round_data.participants, round_data.ballots) == ((), None, None)
    assert round_data.withheld == ("first_ten", "open")


def test_chatham_house_gives_nothing_of_fewer_than_five(session: Session) -> None:
    _, poll = hold(session, "chatham_house")
    answer(session, poll, *"abcd")
    rounds.close(session, poll.id)
    round_data = collect(session, "m", DAY).slides[0].rounds[0]
    assert (round_data.table.rows, round_data.withheld) == ((), ("too_few",))


def test_chatham_house_gives_what_is_published_and_never_the_remainder(session: Session) -> None:
    _, poll = hold(session, "chatham_house")
    answer(session, poll, *(f"first {index}" for index in range(5)))
    rounds.close(session, poll.id)
    rounds.reopen(session, poll.id)
    answer(session, poll, "late one", "late two")
    rounds.close(session, poll.id)
    round_data = collect(session, "m", DAY).slides[0].rounds[0]
    assert round_data.participants == 5
    assert {row[0] for row in round_data.table.rows} == {f"first {index}" for index in range(5)}
    assert round_data.withheld == ("remainder",)


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "json"])
def test_a_file_is_made_for_the_owner_alone(session: Session, tmp_path: Path, file_format: str) -> None:
    meeting, poll = hold(session, "standard")
    answer(session, poll, "one")
    with pytest.raises(NotFound):
        make(session, KeyRing(tmp_path), meeting.id, 99, file_format, today=DAY, translate=str)


def test_an_unknown_meeting_has_no_dataset(session: Session) -> None:
    with pytest.raises(NotFound):
        collect(session, "nothing", DAY)
