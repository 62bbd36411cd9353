"""Tables of moderation. What `info` says of each is shown on the page "What we store"."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.database import Base
from pollapp.gettext import N_


class ModerationRules(Base):
    """How a meeting is moderated; a meeting without a row is not."""

    __tablename__ = "moderation_rules"
    __table_args__ = (
        {
            "info": {
                "group": "meetings",
                "title": N_("Rules of moderation"),
                "about": N_("How the facilitator set what is looked at before it is shown, and what is masked."),
                "until": N_("Until the meeting is erased or deleted; the facilitator’s own words until the seal."),
            }
        },
    )

    meeting_id: Mapped[str] = mapped_column(
        String(16),
        ForeignKey("meeting.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("Which meeting it is.")},
    )
    mode: Mapped[str] = mapped_column(
        String(5), info={"about": N_("Whether entries are looked at after they are shown, before, or not at all.")}
    )
    offensive: Mapped[str] = mapped_column(
        String(4), info={"about": N_("Whether offensive words are masked, wait for approval, or neither.")}
    )
    own_words: Mapped[list[str]] = mapped_column(
        JSON, info={"about": N_("Words the facilitator wants treated as offensive. The seal empties the list.")}
    )


class Moderation(Base):
    """What a facilitator decided about an entry of a round while the meeting ran.

    `entry` is the id of an open answer, whose text has this `fingerprint`, or a word as it is counted: folded, with
    `FOLDED` in front of it. From the seal on also a word as it was written (its tally key), with what is masked in it.
    """

    __tablename__ = "moderation"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Moderation of what was written"),
                "about": N_("Which written answers and words the facilitator approved or hid."),
                "until": N_("Until the meeting is erased."),
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
    state: Mapped[str | None] = mapped_column(
        String(10), info={"about": N_("Approved, approved as it was written, or hidden.")}
    )
    masks: Mapped[list[Any]] = mapped_column(
        JSON, info={"about": N_("Where in the text words of the facilitator’s own list stand; written at the seal.")}
    )
