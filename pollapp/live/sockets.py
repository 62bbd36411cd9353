"""How Socket.IO is set up: bounded messages, no threads per event, and an Origin check."""

from typing import Any

import orjson

from pollapp.live.runtime import Runtime
from pollapp.security import is_own_origin

MOST_BYTES = 16 * 1024
"""The largest message a client may send: an answer of 1,000 characters fits many times."""

PING_INTERVAL_S = 25
PING_TIMEOUT_S = 20


class _Json:
    """The part of `json` that python-socketio uses, done by orjson."""

    @staticmethod
    def dumps(value: Any, *_args: Any, **_kwargs: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, *_args: Any, **_kwargs: Any) -> Any:
        return orjson.loads(text)

    JSONDecodeError = orjson.JSONDecodeError


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
