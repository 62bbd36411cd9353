"""Tables of quizzes. What `info` says of each is shown on the page "What we store"."""

from sqlalchemy import Boolean, Float, ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.database import Base
from pollapp.gettext import N_


class Player(Base):
    """Somebody who plays: a nickname, under an id that joins with no ballot."""

    __tablename__ = "player"
    __table_args__ = (
        UniqueConstraint("meeting_id", "folded"),
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Players of quizzes"),
                "about": N_(
                    "One row per nickname. Nothing ties it to answers outside of quizzes, and after the seal to none at all."
                ),
                "until": N_(
                    "Until the meeting is erased; the seal keeps nickname and points, under a new random number."
                ),
            },
        },
    )

    id: Mapped[bytes] = mapped_column(
        LargeBinary(16),
        primary_key=True,
        info={
            "about": N_(
                "A number that looks random and is used for quizzes alone. Until the seal the phone finds its points by it; "
                "after the seal it is another one, and nobody can."
            )
        },
    )
    meeting_id: Mapped[str] = mapped_column(
        String(16), ForeignKey("meeting.id", ondelete="CASCADE"), info={"about": N_("Which meeting it belongs to.")}
    )
    nickname: Mapped[str] = mapped_column(String(20), info={"about": N_("The nickname, as chosen or given.")})
    folded: Mapped[str] = mapped_column(
        String(60), info={"about": N_("The nickname without capitals, accents and spaces, so that no two are alike.")}
    )
    given: Mapped[bool] = mapped_column(
        Boolean,
        info={
            "about": N_("Whether the facilitator took the chosen one away, so that it stays the one that was given.")
        },
    )
    reviewed: Mapped[bool] = mapped_column(
        Boolean,
        default=False,
        info={"about": N_("Whether the facilitator has read the nickname in the review, and kept it.")},
    )
    points: Mapped[int | None] = mapped_column(
        Integer, info={"about": N_("Its points in all, once the meeting is sealed.")}
    )


class Score(Base):
    """What the answer of a player to a quiz question is worth."""

    __tablename__ = "score"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "people",
                "title": N_("Points in quizzes"),
                "about": N_("One row per player and quiz question that was answered."),
                "until": N_("Until the meeting is sealed, one hour after its end."),
            },
        },
    )

    round_id: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("round.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("Which quiz question was answered.")},
    )
    player_id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, info={"about": N_("Which player did.")})
    worth: Mapped[int] = mapped_column(info={"about": N_("The points for it, if it is right.")})
    right: Mapped[bool] = mapped_column(Boolean, info={"about": N_("Whether it is right.")})
    entry: Mapped[str | None] = mapped_column(
        String(240),
        info={
            "about": N_(
                "The option that was picked, or what was typed, without capitals, accents and spaces: "
                "the facilitator may mend afterwards what counts."
            )
        },
    )


class Clock(Base):
    """When a quiz question that is open began. It tells what the facilitator did, and goes when the question closes."""

    __tablename__ = "quiz_clock"
    __table_args__ = (
        {
            "info": {
                "group": "meetings",
                "title": N_("Clocks of quiz questions"),
                "about": N_("When the facilitator opened the quiz question that is open now."),
                "until": N_("Until the question closes."),
            }
        },
    )

    round_id: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("round.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("Which quiz question it is.")},
    )
    began_at: Mapped[float] = mapped_column(Float, info={"about": N_("When it opened.")})
    ends_at: Mapped[float | None] = mapped_column(Float, info={"about": N_("When its time is up, if it has a limit.")})
