"""Keep pictures in the database: every server sees them, backups hold them, and they go when their meeting goes."""

import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pollapp.errors import BadPicture
from pollapp.pictures.decoding import Decoded
from pollapp.pictures.models import Picture, PictureFile

MOST_PICTURES = 200
"""In one meeting, those too that were exchanged for others: undoing brings them back."""


def add(session: Session, meeting_id: str, decoded: Decoded) -> str:
    """Keep a picture and return its id, such as `5f…c1-1920x1080`. Raises `BadPicture` when the meeting is full of them.

    The id cannot be guessed, so whoever knows it was shown the picture; and it tells the size, which pages need before
    the picture is there.
    """
    if (session.scalar(select(func.count()).where(Picture.meeting_id == meeting_id)) or 0) >= MOST_PICTURES:
        raise BadPicture(reason="too_many", limit=MOST_PICTURES)
    picture_id = f"{secrets.token_hex(16)}-{decoded.width}x{decoded.height}"
    session.add(Picture(id=picture_id, meeting_id=meeting_id))
    session.flush()
    session.add_all(
        PictureFile(picture_id=picture_id, width=width, content=content) for width, content in decoded.files.items()
    )
    return picture_id


def read_file(session: Session, picture_id: str, width: int) -> bytes | None:
    """Return a picture's file of this width, if there is one."""
    file = session.get(PictureFile, (picture_id, width))
    return file.content if file else None
