"""The tables of accounts: facilitators, where they are signed in, and one-time links.

What `info` says of each is shown on the page "What we store".
"""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.database import Base
from pollapp.gettext import N_

EMAIL_LENGTH = 254
NAME_LENGTH = 80
DIGEST_LENGTH = 64


class Facilitator(Base):
    """A person with an account, who owns meetings."""

    __tablename__ = "facilitator"
    __table_args__ = (
        {
            "info": {
                "group": "facilitators",
                "title": N_("Accounts"),
                "about": N_("One row per facilitator. People who answer have no account."),
                "until": N_("Until the account is deleted."),
            }
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True, info={"about": N_("A number for the account.")})
    email: Mapped[str] = mapped_column(
        String(EMAIL_LENGTH), unique=True, info={"about": N_("The e-mail address to sign in with.")}
    )
    name: Mapped[str] = mapped_column(
        String(NAME_LENGTH), info={"about": N_("The name the facilitator chose, shown to those who share a meeting.")}
    )
    password_hash: Mapped[str] = mapped_column(
        String(256), info={"about": N_("A fingerprint of the password (Argon2), from which it cannot be read.")}
    )


class SignIn(Base):
    """One browser in which a facilitator is signed in; only a digest of its cookie's secret is kept."""

    __tablename__ = "sign_in"
    __table_args__ = (
        {
            "info": {
                "group": "facilitators",
                "title": N_("Sign-ins"),
                "about": N_("One row per browser in which a facilitator is signed in."),
                "until": N_("Until the facilitator signs out there, for 14 days at most."),
            }
        },
    )

    digest: Mapped[str] = mapped_column(
        String(DIGEST_LENGTH),
        primary_key=True,
        info={"about": N_("A fingerprint of the secret in that browser’s cookie.")},
    )
    facilitator_id: Mapped[int] = mapped_column(
        ForeignKey("facilitator.id", ondelete="CASCADE"), index=True, info={"about": N_("Who is signed in.")}
    )
    expires_at: Mapped[int] = mapped_column(info={"about": N_("When it ends by itself.")})  # Unix time, seconds


class OneTimeLink(Base):
    """A link that opens an account once: the first account, or a new password."""

    __tablename__ = "one_time_link"
    __table_args__ = (
        CheckConstraint("purpose IN ('first', 'reset')", name="purpose"),
        {
            "info": {
                "group": "facilitators",
                "title": N_("One-time links"),
                "about": N_("Links that make the first account or set a new password."),
                "until": N_("Until they are used or replaced; they open nothing after their time."),
            }
        },
    )

    digest: Mapped[str] = mapped_column(
        String(DIGEST_LENGTH), primary_key=True, info={"about": N_("A fingerprint of the link.")}
    )
    purpose: Mapped[str] = mapped_column(
        String(8), info={"about": N_("Whether it makes the first account or sets a new password.")}
    )
    facilitator_id: Mapped[int | None] = mapped_column(
        ForeignKey("facilitator.id", ondelete="CASCADE"), index=True, info={"about": N_("Whose password it sets.")}
    )
    expires_at: Mapped[int] = mapped_column(info={"about": N_("When it stops working.")})  # Unix time, seconds
