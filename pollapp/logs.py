"""What is logged, and above all what is not: no token, answer, address or user agent, at any level."""

import logging

QUIET = (
    "engineio",
    "engineio.server",
    "socketio",
    "socketio.server",
    "eventlet",
    "werkzeug",
    "geventwebsocket",
    "flask-limiter",
)
"""Libraries that would write packets, addresses or request lines; they only speak of failures."""


def set_up(level: str) -> None:
    """Log to standard error at `level`; libraries that see people's answers stay quiet whatever it is."""
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("pollapp").setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for name in ("sqlalchemy.engine", "sqlalchemy.pool", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
