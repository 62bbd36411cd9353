"""The server's entry: chooses the async mode, patches the standard library, builds and serves the application.

Threads are left as they are: the database is used from native threads only, and its locks and queues must be real ones.
"""

import os

ASYNC_MODE = os.environ.get("POLLAPP_ASYNC_MODE") or "eventlet"
"""What to patch for must be known before anything else is imported. A wrong value is told by `main` with all settings."""

if ASYNC_MODE == "gevent":
    import gevent.monkey

    # `select` stays too: nothing selects in the loop, and psycopg has a faster wait for threads when it is the real one.
    gevent.monkey.patch_all(thread=False, queue=False, select=False)
elif ASYNC_MODE == "eventlet":
    import warnings

    warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated", category=Warning)
    import eventlet

    eventlet.monkey_patch(thread=False)

import sys  # noqa: E402

from config import BadConfig, Config  # noqa: E402
from pollapp.live.runtime import EventLoop  # noqa: E402


def main() -> int:
    """Serve until interrupted; return the exit code."""
    from pollapp import create_app, start
    from pollapp.live.server import listen, serve

    try:
        config = Config.from_environ()
        runtime = make_runtime(config.async_mode)
        app = create_app(config, runtime)
        listener = listen(config.host, config.port)
        start.first_start(app, config)
    except BadConfig as problem:
        print(problem, file=sys.stderr)
        return 2
    start.print_banner(config)
    return serve(app, runtime, listener, config.max_phones)


def make_runtime(async_mode: str) -> EventLoop:
    """Return the runtime of a mode; what the other one needs is not imported."""
    if async_mode == "gevent":
        from pollapp.live.gevent_runtime import GeventRuntime

        return GeventRuntime()
    from pollapp.live.eventlet_runtime import EventletRuntime

    return EventletRuntime()


if __name__ == "__main__":
    sys.exit(main())
