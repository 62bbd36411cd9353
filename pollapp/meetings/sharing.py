"""Tables of who shares a meeting: its members, its links, and what facilitators did in it.

What `info` says of each is shown on the page "What we store".
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.accounts import EMAIL_LENGTH
from pollapp.database import Base
from pollapp.gettext import N_

_UNTIL_ERASED = N_("Until the meeting is erased or deleted.")


class Member(Base):
    """A facilitator with a part in somebody else's meeting."""

    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint("role IN ('co_facilitator', 'moderator')", name="role"),
        {
            "info": {
                "group": "facilitators",
                "title": N_("Who shares a meeting"),
                "about": N_("One row per facilitator who helps in somebody else’s meeting."),
                "until": N_(
                    "Until the facilitator leaves or is removed, and until the meeting is erased or deleted at the latest."
                ),
            }
        },
    )

    meeting_id: Mapped[str] = mapped_column(
        String(16),
        ForeignKey("meeting.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("Which meeting it is.")},
    )
    facilitator_id: Mapped[int] = mapped_column(
        ForeignKey("facilitator.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
        info={"about": N_("Who helps.")},
    )
    role: Mapped[str] = mapped_column(String(14), info={"about": N_("Co-facilitator or moderator.")})


class MeetingLink(Base):
    """A link that lets somebody into a meeting: once as a helper, or again and again as a screen."""

    __tablename__ = "meeting_link"
    __table_args__ = (
        CheckConstraint("role IN ('co_facilitator', 'moderator', 'screen')", name="role"),
        {
            "info": {
                "group": "facilitators",
                "title": N_("Links to a meeting"),
                "about": N_("Links with which its owner invites facilitators, or opens a screen without an account."),
                "until": N_(
                    "An invitation until it is used or withdrawn; it opens nothing after seven days. "
                    "A screen’s link until it is withdrawn or the meeting is sealed."
                ),
            }
        },
    )

    id: Mapped[str] = mapped_column(String(16), primary_key=True, info={"about": N_("A random number for the link.")})
    digest: Mapped[str] = mapped_column(String(64), unique=True, info={"about": N_("A fingerprint of the link.")})
    meeting_id: Mapped[str] = mapped_column(
        String(16),
        ForeignKey("meeting.id", ondelete="CASCADE"),
        index=True,
        info={"about": N_("Which meeting it opens.")},
    )
    role: Mapped[str] = mapped_column(String(14), info={"about": N_("What it lets people do there.")})
    email: Mapped[str | None] = mapped_column(
        String(EMAIL_LENGTH),
        info={"about": N_("With which e-mail address one has to sign in to use it, if that was said.")},
    )
    expires_at: Mapped[int | None] = mapped_column(info={"about": N_("When it stops working.")})  # Unix time, seconds


class AuditEntry(Base):
    """Something a facilitator did. What is near to answers has a day and a count instead of a time."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        {
            "sqlite_with_rowid": False,
            "info": {
                "group": "facilitators",
                "title": N_("What was done in a meeting"),
                "about": N_(
                    "What facilitators did, for its owner to read. Nothing of people who answer, and nothing that says "
                    "when an answer came."
                ),
                "until": _UNTIL_ERASED,
            },
        },
    )

    id: Mapped[str] = mapped_column(String(16), primary_key=True, info={"about": N_("A random number for the line.")})
    meeting_id: Mapped[str] = mapped_column(
        String(16),
        ForeignKey("meeting.id", ondelete="CASCADE"),
        index=True,
        info={"about": N_("In which meeting it was done.")},
    )
    facilitator_id: Mapped[int | None] = mapped_column(
        ForeignKey("facilitator.id", ondelete="SET NULL"), index=True, info={"about": N_("Who did it.")}
    )
    action: Mapped[str] = mapped_column(String(20), info={"about": N_("What was done, such as a changed role.")})
    about: Mapped[dict[str, Any]] = mapped_column(
        JSON, info={"about": N_("To whom or with what: a facilitator’s name, a role, a kind of file.")}
    )
    on: Mapped[date] = mapped_column(Date, info={"about": N_("On which day.")})
    at: Mapped[datetime | None] = mapped_column(
        DateTime,
        info={
            "about": N_(
                "At what time. It is left out for changes of slides, for presenting, and for everything that concerns "
                "what people wrote."
            )
        },
    )
    times: Mapped[int] = mapped_column(info={"about": N_("How often on that day, where no time is kept.")})
