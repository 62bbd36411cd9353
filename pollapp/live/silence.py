"""Threads and eventlet print errors to standard error by themselves, with all they hold: here they are given the log.

What leans on private names of eventlet is in `_quieten_eventlet`.
"""

import os
import sys
import threading
from pathlib import Path
from typing import Any

import eventlet
import eventlet.greenpool
import eventlet.hubs.hub
import eventlet.wsgi

from pollapp import logs

ENVIRON = {"wsgi.errors": Path(os.devnull).open("w", encoding="utf-8")}  # noqa: SIM115  # open as long as the process
"""For every request: eventlet writes clients' addresses to this stream. Nobody reads it."""

WENT_AWAY = (ConnectionError, TimeoutError, eventlet.Timeout)
"""A client that left, or took too long: every hall has some, and nothing is wrong with the server."""


class QuietProtocol(eventlet.wsgi.HttpProtocol):  # type: ignore[misc]  # eventlet carries no types
    """Speaks HTTP, and writes nothing of malformed requests: the standard library's lines hold them, and addresses."""

    def log_message(self, *_what: Any) -> None:
        """Write nothing."""


class _Scribe:
    """Stands in for the module `traceback` where eventlet prints errors."""

    @staticmethod
    def print_exception(_kind: Any, error: BaseException, trace: Any = None) -> None:
        if not isinstance(error, WENT_AWAY):
            logs.report(type(error), error, trace)

    @staticmethod
    def print_exc() -> None:
        error = sys.exc_info()[1]
        if error is not None:
            _Scribe.print_exception(type(error), error)

    @staticmethod
    def format_exc() -> str:
        """Log the error. What is returned would be sent to the client if eventlet were in debug mode."""
        _Scribe.print_exc()
        return ""


def set_up() -> None:
    """Have every error that nobody catches, in any thread, written to the log without values."""
    logs.hear_everything()
    threading.excepthook = lambda lost: logs.report(lost.exc_type, lost.exc_value, lost.exc_traceback)
    _quieten_eventlet()


def _quieten_eventlet() -> None:
    for module in (eventlet.greenpool, eventlet.hubs.hub, eventlet.wsgi):
        module.traceback = _Scribe
