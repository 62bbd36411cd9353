"""The tables of accounts: facilitators, where they are signed in, and one-time links."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.database import Base

EMAIL_LENGTH = 254
NAME_LENGTH = 80
DIGEST_LENGTH = 64


class Facilitator(Base):
    """A person with an account, who owns meetings."""

    __tablename__ = "facilitator"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    password_hash: Mapped[str] = mapped_column(String(256))


class SignIn(Base):
    """One browser in which a facilitator is signed in; only a digest of its cookie's secret is kept."""

    __tablename__ = "sign_in"

    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[int]  # Unix time, seconds


class OneTimeLink(Base):
    """A link that opens an account once: the first account, or a new password."""

    __tablename__ = "one_time_link"
    __table_args__ = (CheckConstraint("purpose IN ('first', 'reset')", name="purpose"),)

    digest: Mapped[str] = mapped_column(String(DIGEST_LENGTH), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(8))
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[int]  # Unix time, seconds
