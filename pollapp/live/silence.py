"""Threads and event loops print errors to standard error by themselves, with all they hold: here they are given the log."""

import os
import sys
import threading
from pathlib import Path
from typing import Any

from pollapp import logs

NOWHERE = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  # open as long as the process
"""The stream `wsgi.errors` of every request: web servers write clients' addresses to it. Nobody reads it."""

WENT_AWAY = (ConnectionError, TimeoutError)
"""A client that left, or took too long: every hall has some, and nothing is wrong with the server."""


class Scribe:
    """Stands in for the module `traceback` where a library prints errors."""

    went_away: tuple[type[BaseException], ...] = WENT_AWAY

    @classmethod
    def print_exception(cls, _kind: Any, error: BaseException | None, _trace: Any = None) -> None:
        """Log an error, unless a client's going away was all."""
        if error is not None and not isinstance(error, cls.went_away):
            logs.report(type(error), error, error.__traceback__)

    @classmethod
    def print_exc(cls) -> None:
        """Log the error that is being handled."""
        cls.print_exception(None, sys.exc_info()[1])

    @classmethod
    def format_exc(cls) -> str:
        """Log it. What is returned might be sent to the client."""
        cls.print_exc()
        return ""


def set_up() -> None:
    """Have every error that nobody catches, in any thread, written to the log without values."""
    logs.hear_everything()
    threading.excepthook = lambda lost: logs.report(lost.exc_type, lost.exc_value, lost.exc_traceback)
