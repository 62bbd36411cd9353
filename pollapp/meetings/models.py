"""Tables of meetings, their slides and their stage. What `info` says of each is shown on the page "What we store"."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, ForeignKey, Integer, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.database import Base
from pollapp.gettext import N_

DRAFT = "draft"
LIVE = "live"
ENDED = "ended"
SEALED = "sealed"

_UNTIL_ERASED = N_("Until the meeting is erased or deleted.")


class Meeting(Base):
    """What a join code opens: an agenda of slides, with its language, look and privacy preset."""

    __tablename__ = "meeting"
    __table_args__ = (
        {
            "info": {
                "group": "meetings",
                "title": N_("Meetings"),
                "about": N_("One row per meeting, written by its facilitator."),
                "until": _UNTIL_ERASED,
            }
        },
    )

    id: Mapped[str] = mapped_column(
        String(16), primary_key=True, info={"about": N_("A random number for the meeting.")}
    )
    code: Mapped[str] = mapped_column(String(8), unique=True, info={"about": N_("The join code.")})
    owner_id: Mapped[int | None] = mapped_column(
        Integer,
        ForeignKey("facilitator.id", ondelete="CASCADE"),
        index=True,
        info={"about": N_("Which facilitator it belongs to.")},
    )
    title: Mapped[str] = mapped_column(Text, info={"about": N_("Its title.")})
    language: Mapped[str] = mapped_column(
        String(12), default="en", info={"about": N_("The language of prompts and answers.")}
    )
    theme: Mapped[str] = mapped_column(String(5), default="auto", info={"about": N_("Light or dark.")})
    accent: Mapped[str] = mapped_column(String(10), default="blue", info={"about": N_("Its colour.")})
    preset: Mapped[str] = mapped_column(
        String(20), default="standard", info={"about": N_("Which privacy was promised to the people who answer.")}
    )
    state: Mapped[str] = mapped_column(
        String(6), default=DRAFT, info={"about": N_("Whether it is a draft, live, ended or sealed.")}
    )
    locked: Mapped[bool] = mapped_column(Boolean, default=False, info={"about": N_("Whether more phones may join.")})
    created_on: Mapped[date] = mapped_column(Date, info={"about": N_("The day it was made.")})
    active_at: Mapped[datetime] = mapped_column(
        DateTime, info={"about": N_("When the facilitator last did something in it. Nothing people answer changes it.")}
    )
    answered_on: Mapped[date | None] = mapped_column(
        Date,
        info={
            "about": N_(
                "The latest day on which anybody answered anything, so that a meeting in use is not ended. "
                "It is forgotten at the end."
            )
        },
    )
    cleared: Mapped[bool] = mapped_column(
        Boolean,
        default=False,
        server_default=false(),
        info={
            "about": N_(
                "Whether answers were cleared, so that what people were promised before they gave them stays promised."
            )
        },
    )
    video_hosts: Mapped[list[str]] = mapped_column(
        JSON, default=list, server_default="[]", info={"about": N_("The hosts whose videos its screen may play.")}
    )
    ended_at: Mapped[datetime | None] = mapped_column(DateTime, info={"about": N_("When it ended.")})
    keep_days: Mapped[int] = mapped_column(
        server_default="30", info={"about": N_("How many days after the end everything in it is erased.")}
    )
    erase_on: Mapped[date | None] = mapped_column(Date, info={"about": N_("The day on which it is erased.")})


class Slide(Base):
    """One item of the agenda; its kind says what it does."""

    __tablename__ = "slide"
    __table_args__ = (
        {
            "info": {
                "group": "meetings",
                "title": N_("Slides"),
                "about": N_("What the facilitator prepared to show and to ask."),
                "until": _UNTIL_ERASED,
            }
        },
    )

    id: Mapped[str] = mapped_column(String(16), primary_key=True, info={"about": N_("A random number for the slide.")})
    meeting_id: Mapped[str] = mapped_column(
        String(16),
        ForeignKey("meeting.id", ondelete="CASCADE"),
        index=True,
        info={"about": N_("Which meeting it belongs to.")},
    )
    position: Mapped[int] = mapped_column(info={"about": N_("Its place in the agenda.")})
    kind: Mapped[str] = mapped_column(String(20), info={"about": N_("What it does, such as a word cloud.")})
    prompt: Mapped[str] = mapped_column(Text, default="", info={"about": N_("What it asks.")})
    settings: Mapped[dict[str, Any]] = mapped_column(
        JSON, info={"about": N_("Its options and limits, as the facilitator set them.")}
    )
    notes: Mapped[str] = mapped_column(Text, default="", info={"about": N_("The facilitator’s speaker notes.")})
    stays_open: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"about": N_("Whether it takes answers while another slide is shown.")}
    )
    opens_on_arrival: Mapped[bool] = mapped_column(
        Boolean, default=True, info={"about": N_("Whether it takes answers as soon as it is shown.")}
    )
    results_hidden: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"about": N_("Whether results wait until the facilitator shows them.")}
    )
    deleted_at: Mapped[datetime | None] = mapped_column(
        DateTime, info={"about": N_("When the facilitator took it out of the agenda.")}
    )


class Stage(Base):
    """What a meeting shows now. Its version only grows; a command given for an older one is refused."""

    __tablename__ = "stage"
    __table_args__ = (
        {
            "info": {
                "group": "meetings",
                "title": N_("What a meeting shows now"),
                "about": N_("Which slide is on the screen, and how."),
                "until": _UNTIL_ERASED,
            }
        },
    )

    meeting_id: Mapped[str] = mapped_column(
        String(16),
        ForeignKey("meeting.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("Which meeting it is.")},
    )
    version: Mapped[int] = mapped_column(default=1, info={"about": N_("How often it changed.")})
    slide_id: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("slide.id", ondelete="SET NULL"), info={"about": N_("The slide on the screen.")}
    )
    results_visible: Mapped[bool] = mapped_column(
        Boolean, default=True, info={"about": N_("Whether the screen shows results.")}
    )
    results_on_phones: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"about": N_("Whether phones show results.")}
    )
    join_visible: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"about": N_("Whether the screen shows how to join.")}
    )
    questions_visible: Mapped[bool] = mapped_column(
        Boolean, default=False, server_default=false(), info={"about": N_("Whether the screen shows questions.")}
    )
    blank: Mapped[bool] = mapped_column(Boolean, default=False, info={"about": N_("Whether the screen is blank.")})
    comparing: Mapped[bool] = mapped_column(
        Boolean, default=False, info={"about": N_("Whether the screen shows earlier rounds beside the latest.")}
    )
    text_id: Mapped[str | None] = mapped_column(
        String(16), info={"about": N_("The written answer that the screen shows alone or large, if it does.")}
    )
    text_large: Mapped[bool] = mapped_column(
        Boolean,
        default=False,
        server_default=false(),
        info={"about": N_("Whether it is shown large, over the others.")},
    )
    texts_by_votes: Mapped[bool] = mapped_column(
        Boolean,
        default=False,
        server_default=false(),
        info={"about": N_("Whether the screen shows the most upvoted answers first.")},
    )
    countdown_ends_at: Mapped[float | None] = mapped_column(
        Float, info={"about": N_("When the countdown on the screen runs out.")}
    )


class ErasedMeeting(Base):
    """What is left of an erased meeting: a line in its owner's list, with days and counts and no words."""

    __tablename__ = "erased_meeting"
    __table_args__ = (
        {
            "info": {
                "group": "meetings",
                "title": N_("Erased meetings"),
                "about": N_(
                    "One line in the facilitator’s list for each meeting that was erased: no title, no prompt, no code."
                ),
                "until": N_("Until the facilitator removes the line or the account is deleted."),
            }
        },
    )

    id: Mapped[str] = mapped_column(
        String(16), primary_key=True, info={"about": N_("A new random number, not the meeting’s.")}
    )
    owner_id: Mapped[int] = mapped_column(
        ForeignKey("facilitator.id", ondelete="CASCADE"),
        index=True,
        info={"about": N_("In which facilitator’s list it stands.")},
    )
    held_on: Mapped[date] = mapped_column(Date, info={"about": N_("The day of the meeting.")})
    erased_on: Mapped[date] = mapped_column(Date, info={"about": N_("The day it was erased.")})
    polls: Mapped[int] = mapped_column(info={"about": N_("How many slides took answers.")})
    answers: Mapped[int] = mapped_column(info={"about": N_("How many answers were published.")})
