"""How Socket.IO is set up: bounded messages, no threads per event, and an Origin check."""

from collections.abc import Callable
from typing import Any

import orjson

from pollapp.live.runtime import Runtime
from pollapp.security import is_own_origin

MOST_BYTES = 16 * 1024
"""The largest message a client may send: an answer of 1,000 characters fits many times."""

PING_INTERVAL_S = 25
PING_TIMEOUT_S = 20


Reply = Callable[[dict[str, Any]], None]
Quick = Callable[[str, Any, Reply], bool]

quick_handlers: dict[tuple[str, str], Quick] = {}
"""By namespace and event: `handler(sid, message, reply)` that never waits. It replies now or later, or returns False to
be called the ordinary way. Only our own transport asks it; without that the ordinary handler does everything."""


class _Json:
    """The part of `json` that python-socketio uses, done by orjson."""

    @staticmethod
    def dumps(value: Any, *_args: Any, **_kwargs: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, *_args: Any, **_kwargs: Any) -> Any:
        return orjson.loads(text)

    JSONDecodeError = orjson.JSONDecodeError


def connection_limits(messages_per_s: int) -> tuple[int, int]:
    """Return messages per second and at once that one connection may send before it is cut off.

    Wide of what a phone may ask for, since going beyond that is told, and going beyond this is not.
    """
    return 5 * messages_per_s, 20 * messages_per_s


def socket_options(runtime: Runtime) -> dict[str, Any]:
    """Return the options for Flask-SocketIO. Loggers are off: they would write what people answer."""
    return {
        "async_mode": runtime.async_mode,
        "async_handlers": False,
        "cors_allowed_origins": is_own_origin,
        "cors_credentials": False,
        "json": _Json,
        "logger": False,
        "engineio_logger": False,
        "max_http_buffer_size": MOST_BYTES,
        "ping_interval": PING_INTERVAL_S,
        "ping_timeout": PING_TIMEOUT_S,
        "manage_session": False,
        "http_compression": False,
    }
