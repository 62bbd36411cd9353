"""Tables of rounds and ballots. None that a participant's answer touches holds a time or says whose it is.

What `info` says of each is shown on the page "What we store".
"""

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
    __table_args__ = (
        UniqueConstraint("slide_id", "number"),
        {
            # The id is in the ids of ballots and upvotes, and answers are on their way to it: none is given twice, also
            # when the newest rounds are deleted. PostgreSQL's sequences never go back; SQLite has to be told.
            "sqlite_autoincrement": True,
            "info": {
                "group": "meetings",
                "title": N_("Rounds"),
                "about": N_("What was asked, as people saw it when it opened."),
                "until": N_("Until its answers are cleared, or the meeting is erased or deleted."),
            },
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"about": N_("A number for the round.")})
    meeting_id: Mapped[str] = mapped_column(
        String(16),
        ForeignKey("meeting.id", ondelete="CASCADE"),
        index=True,
        info={"about": N_("Which meeting it belongs to.")},
    )
    slide_id: Mapped[str] = mapped_column(
        String(16), ForeignKey("slide.id", ondelete="CASCADE"), info={"about": N_("Which slide asked it.")}
    )
    number: Mapped[int] = mapped_column(info={"about": N_("Whether it was asked for the first time, the second, ...")})
    kind: Mapped[str] = mapped_column(String(20), info={"about": N_("How people answered, such as a word cloud.")})
    prompt: Mapped[str] = mapped_column(Text, info={"about": N_("What was asked.")})
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, info={"about": N_("The options and limits it had.")})
    language: Mapped[str] = mapped_column(String(12), info={"about": N_("The language of the answers.")})
    preset: Mapped[str] = mapped_column(
        String(20), info={"about": N_("Which privacy was promised to the people who answered.")}
    )
    state: Mapped[str] = mapped_column(String(6), info={"about": N_("Open or closed.")})
    opened_on: Mapped[date] = mapped_column(Date, info={"about": N_("The day it first opened.")})
    mended: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"about": N_("Whether its wording was mended after it opened.")}
    )
    revealed: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"about": N_("Whether everybody may see which answer is correct.")}
    )


class Ballot(Base):
    """One stored answer, as JSON: NULL once a moderator removed it, empty once its writer withdrew it.

    The key begins with the round, so that a vote touches the pages of its own round, however many others are stored.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Answers"),
                "about": N_(
                    "One row per answer. No name, no device, no time, and nothing that ties two rows together."
                ),
                "until": N_(
                    "Until the meeting is sealed, one hour after its end. Written answers of “Standard” meetings stay "
                    "under new random numbers until the meeting is erased."
                ),
            },
        },
    )

    round_id: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("round.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("Which question it answers.")},
    )
    id: Mapped[bytes] = mapped_column(
        LargeBinary(16),
        primary_key=True,
        info={
            "about": N_(
                "A number that looks random, another one for each answer. While the meeting runs, only the phone that "
                "answered can find it again; after the seal, nobody can."
            )
        },
    )
    revision: Mapped[int] = mapped_column(info={"about": N_("How often it was changed. The seal sets it to 0.")})
    answer: Mapped[str | None] = mapped_column(
        Text,
        info={"about": N_("What was chosen or written. Nothing is left of an answer that was taken back or removed.")},
    )


class TallyCount(Base):
    """How often a key was counted in a round."""

    __tablename__ = "tally"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Counts"),
                "about": N_("How often each option was chosen and each word was written."),
                "until": N_("Until the meeting is erased; in “Chatham House” meetings until the seal."),
            },
        },
    )

    round_id: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("round.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("Which question was answered.")},
    )
    key: Mapped[str] = mapped_column(
        Text, primary_key=True, info={"about": N_("The option or word; or that people or answers are counted.")}
    )
    count: Mapped[int] = mapped_column(info={"about": N_("How often.")})


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
        info={"about": N_("The random number of a written answer, or the word of a word cloud or beside options.")},
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


class Curation(Base):
    """What its facilitator hides, joins and renames in the cloud of a round (`curated.Change`), one row for each round."""

    __tablename__ = "curation"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Curation of word clouds"),
                "about": N_("Which words the facilitator hid, joined to others or gave another name."),
                "until": N_(
                    "Until the meeting is erased. The seal takes out words that nobody wrote any more, and the order in "
                    "which it was done."
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
    changes: Mapped[list[list[Any]]] = mapped_column(
        JSON, info={"about": N_("What was done: the words, and the word or name that stands in their place.")}
    )
    dismissed: Mapped[list[list[str]]] = mapped_column(
        JSON,
        info={"about": N_("Pairs of words that are not the same, as the facilitator said. The seal empties the list.")},
    )


class Snapshot(Base):
    """What was counted when a step of participants was complete: published, or waiting for five more."""

    __tablename__ = "snapshot"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Published results"),
                "about": N_(
                    "In “Chatham House” meetings: what may be shown, in steps of five people or more, and the next step "
                    "that still waits."
                ),
                "until": N_(
                    "Until the meeting is erased. A step that waits is deleted when the question closes, at the latest at the seal."
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
    published: Mapped[bool] = mapped_column(
        Boolean, primary_key=True, info={"about": N_("Whether it is shown, or waits for five more people.")}
    )
    number: Mapped[int] = mapped_column(info={"about": N_("How many steps there were before.")})
    participants: Mapped[int] = mapped_column(info={"about": N_("How many people answered.")})
    ballots: Mapped[int] = mapped_column(info={"about": N_("How many answers they gave.")})
    tally: Mapped[dict[str, int]] = mapped_column(
        JSON, info={"about": N_("How often each option was chosen and each word was written.")}
    )
    texts: Mapped[list[list[str]]] = mapped_column(
        JSON,
        info={
            "about": N_(
                "What people wrote, in an order that means nothing. The seal gives each text a new random number."
            )
        },
    )
