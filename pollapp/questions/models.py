"""Tables of the board. None that a participant touches holds a time, an order of arrival, or says whose it is.

What `info` says of each is shown on the page "What we store".
"""

from typing import Any

from sqlalchemy import JSON, Boolean, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.database import Base
from pollapp.gettext import N_

OPEN = "open"
CLOSED = "closed"

HELD = "held"
WAITING = "waiting"
SHOWN = "shown"
ARCHIVED = "archived"
MERGED = "merged"
WITHDRAWN = "withdrawn"
REMOVED = "removed"

READ = (WAITING, SHOWN, ARCHIVED, MERGED)
"""States of questions that the facilitator may read. Held ones wait for others to come out with."""


class Board(Base):
    """A meeting's board of questions, made when it first opens."""

    __tablename__ = "board"
    __table_args__ = (
        {
            "info": {
                "group": "meetings",
                "title": N_("Boards of questions"),
                "about": N_("How the facilitator set a meeting’s board of questions."),
                "until": N_("Until the meeting is erased or deleted."),
            }
        },
    )

    meeting_id: Mapped[str] = mapped_column(
        String(16),
        ForeignKey("meeting.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("Which meeting it is.")},
    )
    state: Mapped[str] = mapped_column(String(6), info={"about": N_("Open or closed.")})
    preset: Mapped[str] = mapped_column(
        String(20), info={"about": N_("Which privacy was promised to the people who ask.")}
    )
    approve_first: Mapped[bool] = mapped_column(
        Boolean, info={"about": N_("Whether questions wait until the facilitator lets them onto the board.")}
    )
    per_person: Mapped[int] = mapped_column(info={"about": N_("How many questions one person may ask.")})
    highlighted: Mapped[bytes | None] = mapped_column(
        LargeBinary(16), info={"about": N_("The question that the screen shows large.")}
    )
    revision: Mapped[int] = mapped_column(info={"about": N_("How often something on it changed.")})


class Question(Base):
    """A question on the board. Its text is empty once its writer withdrew it, NULL once a moderator removed it.

    `votes` counts the rows of its own upvotes; those of questions merged into it are counted there until their phones
    move them. `shown_votes` and `waiting_votes` are steps of five (`pollapp.questions.steps`).
    """

    __tablename__ = "question"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Questions"),
                "about": N_(
                    "One row per question. No name, no device, no time and no order, and nothing that ties two rows together."
                ),
                "until": N_(
                    "Until the meeting is erased. At the seal, one hour after the meeting’s end, each question gets a new "
                    "random number, and those that were taken back or removed are deleted."
                ),
            },
        },
    )

    id: Mapped[bytes] = mapped_column(
        LargeBinary(16),
        primary_key=True,
        info={
            "about": N_(
                "A number that looks random, another one for each question. While the meeting runs, only the phone that "
                "asked can find it again; after the seal, nobody can."
            )
        },
    )
    meeting_id: Mapped[str] = mapped_column(
        String(16),
        ForeignKey("meeting.id", ondelete="CASCADE"),
        index=True,
        info={"about": N_("Which meeting it was asked in.")},
    )
    state: Mapped[str] = mapped_column(
        String(9), info={"about": N_("Whether it waits, is shown, archived, merged, taken back or removed.")}
    )
    text: Mapped[str | None] = mapped_column(
        Text, info={"about": N_("What was asked. Nothing is left of a question that was taken back or removed.")}
    )
    edited: Mapped[bool] = mapped_column(
        Boolean, info={"about": N_("Whether the facilitator changed its text. What it was before is gone.")}
    )
    answered: Mapped[bool] = mapped_column(Boolean, info={"about": N_("Whether it was answered.")})
    labels: Mapped[list[str]] = mapped_column(JSON, info={"about": N_("Labels the facilitator gave it.")})
    reply: Mapped[str | None] = mapped_column(Text, info={"about": N_("What the facilitator answered in writing.")})
    merged_into: Mapped[bytes | None] = mapped_column(
        LargeBinary(16), info={"about": N_("Which question says the same, if the facilitator put them together.")}
    )
    votes: Mapped[int] = mapped_column(info={"about": N_("How many people upvoted it.")})
    shown_votes: Mapped[int] = mapped_column(
        Integer,
        info={"about": N_("In “Chatham House” meetings: the number that may be shown, in steps of five or more.")},
    )
    waiting_votes: Mapped[int | None] = mapped_column(
        Integer, info={"about": N_("In “Chatham House” meetings: the next number, which waits for five more people.")}
    )
    reviewed: Mapped[bool] = mapped_column(
        Boolean, info={"about": N_("Whether the facilitator looked at it and let it stay as it is.")}
    )
    decision: Mapped[str | None] = mapped_column(
        String(10), info={"about": N_("Whether the facilitator approved it, or approved it as it was written.")}
    )
    masks: Mapped[list[list[int]]] = mapped_column(
        JSON,
        server_default="[]",
        info={"about": N_("Where in the text offensive words stand, if the facilitator has them looked for.")},
    )
    found: Mapped[list[list[Any]]] = mapped_column(
        JSON,
        info={"about": N_("Where in the text personal data may be, and of what kind. It is written down at the seal.")},
    )


class Upvote(Base):
    """That somebody upvoted a question, or took that back."""

    __tablename__ = "upvote"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Upvotes"),
                "about": N_(
                    "One row per upvote. No name, no device, no time, and nothing that ties two rows together."
                ),
                "until": N_("Until the meeting is sealed, one hour after its end. The numbers of upvotes stay."),
            },
        },
    )

    id: Mapped[bytes] = mapped_column(
        LargeBinary(16),
        primary_key=True,
        info={
            "about": N_(
                "A number that looks random, another one for each upvote. Only the phone that gave it can find it again."
            )
        },
    )
    question_id: Mapped[bytes] = mapped_column(
        LargeBinary(16),
        ForeignKey("question.id", ondelete="CASCADE"),
        index=True,
        info={"about": N_("Which question it is for.")},
    )
    revision: Mapped[int] = mapped_column(info={"about": N_("How often it was given and taken back.")})
    given: Mapped[bool] = mapped_column(Boolean, info={"about": N_("Whether it was given, or taken back again.")})
