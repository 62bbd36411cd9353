"""Tables of upvotes of open answers. Neither holds a time or an order of arrival, or says whose an upvote is.

What `info` says of each is shown on the page "What we store".
"""

from sqlalchemy import Boolean, ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.database import Base
from pollapp.gettext import N_

SETTLED = ""
"""Stands for the fingerprint of the words once nobody can change them any more: from the seal on."""


class TextUpvote(Base):
    """That somebody upvoted an open answer, or took that back."""

    __tablename__ = "text_upvote"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Upvotes of answers"),
                "about": N_(
                    "One row per upvote of a written answer. No name, no device, no time, and nothing that ties two rows "
                    "together."
                ),
                "until": N_("Until the meeting is sealed, one hour after its end. The numbers of upvotes stay."),
            },
        },
    )

    round_id: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("round.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("Which question was answered.")},
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
    text: Mapped[str] = mapped_column(
        String(16), info={"about": N_("The random number of the written answer it is for.")}
    )
    words: Mapped[str] = mapped_column(
        String(16), info={"about": N_("A short sum of what the answer said, to notice that its writer changed it.")}
    )
    revision: Mapped[int] = mapped_column(info={"about": N_("How often it was given and taken back.")})
    given: Mapped[bool] = mapped_column(Boolean, info={"about": N_("Whether it was given, or taken back again.")})


class TextVotes(Base):
    """How many upvotes the words of an open answer have; steps of five are `pollapp.ballots.stepping`."""

    __tablename__ = "text_votes"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Numbers of upvotes of answers"),
                "about": N_("How many people upvoted a written answer."),
                "until": N_(
                    "Until the meeting is erased. At the seal they follow the answers to new random numbers; those of "
                    "answers that were changed or taken back are deleted."
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
    text: Mapped[str] = mapped_column(
        String(16), primary_key=True, info={"about": N_("The random number of the written answer.")}
    )
    words: Mapped[str] = mapped_column(
        String(16),
        primary_key=True,
        info={
            "about": N_(
                "A short sum of what the answer said, to notice that its writer changed it. The seal empties it."
            )
        },
    )
    votes: Mapped[int] = mapped_column(info={"about": N_("How many people upvoted it.")})
    shown_votes: Mapped[int] = mapped_column(
        Integer,
        info={"about": N_("In “Chatham House” meetings: the number that may be shown, in steps of five or more.")},
    )
    waiting_votes: Mapped[int | None] = mapped_column(
        Integer, info={"about": N_("In “Chatham House” meetings: the next number, which waits for five more people.")}
    )
