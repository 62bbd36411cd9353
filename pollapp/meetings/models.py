"""Tables of meetings, their slides and their stage."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.database import Base

DRAFT = "draft"
LIVE = "live"
ENDED = "ended"
SEALED = "sealed"
ERASED = "erased"


class Meeting(Base):
    """What a join code opens: an agenda of slides, with its language, look and privacy preset."""

    __tablename__ = "meeting"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    owner_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("facilitator.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(12), default="en")
    theme: Mapped[str] = mapped_column(String(5), default="auto")
    accent: Mapped[str] = mapped_column(String(10), default="blue")
    preset: Mapped[str] = mapped_column(String(20), default="standard")
    state: Mapped[str] = mapped_column(String(6), default=DRAFT)
    locked: Mapped[bool] = mapped_column(Boolean, default=False)
    created_on: Mapped[date] = mapped_column(Date)
    active_at: Mapped[datetime] = mapped_column(DateTime)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime)
    erase_on: Mapped[date | None] = mapped_column(Date)


class Slide(Base):
    """One item of the agenda; its kind says what it does."""

    __tablename__ = "slide"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    meeting_id: Mapped[str] = mapped_column(String(16), ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    prompt: Mapped[str] = mapped_column(Text, default="")
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    notes: Mapped[str] = mapped_column(Text, default="")
    stays_open: Mapped[bool] = mapped_column(Boolean, default=False)
    opens_on_arrival: Mapped[bool] = mapped_column(Boolean, default=True)
    results_hidden: Mapped[bool] = mapped_column(Boolean, default=False)
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime)


class Stage(Base):
    """What a meeting shows now. Its version only grows; a command given for an older one is refused."""

    __tablename__ = "stage"

    meeting_id: Mapped[str] = mapped_column(String(16), ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    slide_id: Mapped[str | None] = mapped_column(String(16), ForeignKey("slide.id", ondelete="SET NULL"))
    results_visible: Mapped[bool] = mapped_column(Boolean, default=True)
    results_on_phones: Mapped[bool] = mapped_column(Boolean, default=False)
    join_visible: Mapped[bool] = mapped_column(Boolean, default=False)
    blank: Mapped[bool] = mapped_column(Boolean, default=False)
    countdown_ends_at: Mapped[float | None] = mapped_column(Float)
