"""How people join a meeting, for the templates of slides."""

from typing import NamedTuple

from flask import Flask, current_app
from markupsafe import Markup

from pollapp.meetings import Meeting
from pollapp.qr import qr_svg
from pollapp.security import address


class Joining(NamedTuple):
    """What one types, and what one scans instead."""

    address: str
    code: str
    qr: Markup


def init_app(app: Flask) -> None:
    """Give templates `joining(meeting)`, and `qr_of(text)` for links of other kinds."""
    app.jinja_env.globals.update(joining=joining, qr_of=qr_svg)


def joining(meeting: Meeting) -> Joining:
    """Return how people join this meeting."""
    base = address(current_app.config["POLLAPP"])
    code = f"{meeting.code[:4]} {meeting.code[4:]}"
    return Joining(base.partition("://")[2], code, qr_svg(f"{base}/m/{meeting.code}"))
