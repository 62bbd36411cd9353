"""Tables of pictures. What `info` says of each is shown on the page "What we store"."""

from sqlalchemy import ForeignKey, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from pollapp.database import Base
from pollapp.gettext import N_

_UNTIL_ERASED = N_("Until the meeting is erased or deleted.")


class Picture(Base):
    """One picture a facilitator put into a meeting."""

    __tablename__ = "picture"
    __table_args__ = (
        {
            "info": {
                "group": "meetings",
                "title": N_("Pictures"),
                "about": N_("One row per picture that a facilitator put into a meeting."),
                "until": _UNTIL_ERASED,
            }
        },
    )

    id: Mapped[str] = mapped_column(
        String(44), primary_key=True, info={"about": N_("A random number that cannot be guessed, and its size.")}
    )
    meeting_id: Mapped[str] = mapped_column(
        String(16),
        ForeignKey("meeting.id", ondelete="CASCADE"),
        index=True,
        info={"about": N_("The meeting it belongs to.")},
    )


class PictureFile(Base):
    """A picture in one width."""

    __tablename__ = "picture_file"
    __table_args__ = (
        {
            "info": {
                "group": "meetings",
                "title": N_("Files of pictures"),
                "about": N_("Each picture in a few widths, made anew: nothing a camera wrote into it is kept."),
                "until": _UNTIL_ERASED,
            }
        },
    )

    picture_id: Mapped[str] = mapped_column(
        String(44),
        ForeignKey("picture.id", ondelete="CASCADE"),
        primary_key=True,
        info={"about": N_("The picture.")},
    )
    width: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, info={"about": N_("How wide it is, in pixels.")}
    )
    content: Mapped[bytes] = mapped_column(LargeBinary, info={"about": N_("The picture itself.")})
