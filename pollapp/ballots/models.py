"""Tables of rounds and ballots. None that a participant's answer touches holds a time or says whose it is."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.database import Base
from pollapp.gettext import N_

OPEN = "open"
CLOSED = "closed"


class Round(Base):
    """One run of a poll: what was asked, frozen when it first opened."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("slide_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(String(16), ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    slide_id: Mapped[str] = mapped_column(String(16), ForeignKey("slide.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    prompt: Mapped[str] = mapped_column(Text)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(12))
    preset: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(6))
    opened_on: Mapped[date] = mapped_column(Date)
    mended: Mapped[bool] = mapped_column(Boolean, default=False)


class Ballot(Base):
    """One stored answer, as JSON: NULL once a moderator removed it, empty once its writer withdrew it."""

    __tablename__ = "ballot"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    round_id: Mapped[int] = mapped_column(Integer, ForeignKey("round.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    answer: Mapped[str | None] = mapped_column(Text)


class TallyCount(Base):
    """How often a key was counted in a round."""

    __tablename__ = "tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: Mapped[int] = mapped_column(Integer, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    count: Mapped[int]


class Review(Base):
    """What was found in an entry of a round, and what its facilitator decided about it.

    `entry` is the id of an open answer, or the tally key of a word. Findings and decision are of the text with
    this fingerprint; an entry that was dropped for good has none and an `entry` that means nothing.
    """

    __tablename__ = "review"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Review of what was written"),
                "about": N_("What the facilitator decided about written answers in which personal data may be."),
                "until": N_(
                    "Until the meeting is erased. The seal carries the decisions out: what was blacked out is gone."
                ),
            },
        },
    )

    round_id: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("round.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("Which question was answered.")},
    )
    entry: Mapped[str] = mapped_column(
        Text,
        primary_key=True,
        info={"about": N_("The random number of a written answer, or the word of a word cloud.")},
    )
    fingerprint: Mapped[str] = mapped_column(
        String(16), info={"about": N_("A short sum of the text, to notice that its writer changed it.")}
    )
    findings: Mapped[list[list[Any]]] = mapped_column(
        JSON, info={"about": N_("Where in the text something was found, and of what kind.")}
    )
    decision: Mapped[str | None] = mapped_column(String(6), info={"about": N_("Kept, blacked out or dropped.")})
    replacement: Mapped[str | None] = mapped_column(
        Text, info={"about": N_("The text with marks in place of what was blacked out, until the seal.")}
    )


class Snapshot(Base):
    """What was counted when a step of participants was complete: published, or waiting for five more."""

    __tablename__ = "snapshot"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: Mapped[int] = mapped_column(Integer, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    published: Mapped[bool] = mapped_column(Boolean, primary_key=True)
    number: Mapped[int]
    participants: Mapped[int]
    ballots: Mapped[int]
    tally: Mapped[dict[str, int]] = mapped_column(JSON)
    texts: Mapped[list[list[str]]] = mapped_column(JSON)
