"""The server's entry: chooses the async mode, patches the standard library, builds and serves the application.

Threads are left as they are: the database is used from native threads only, and its locks must be real ones.
"""

import warnings

warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated", category=Warning)
import eventlet  # noqa: E402

eventlet.monkey_patch(thread=False)

import sys  # noqa: E402

from config import BadConfig, Config  # noqa: E402


def main() -> int:
    """Serve until interrupted; return the exit code."""
    from pollapp import create_app, start
    from pollapp.live.eventlet_runtime import EventletRuntime
    from pollapp.live.server import listen, serve

    try:
        config = Config.from_environ()
        app = create_app(config, EventletRuntime())
        listener = listen(config.host, config.port)
        start.first_start(app, config)
    except BadConfig as problem:
        print(problem, file=sys.stderr)
        return 2
    start.print_banner(config)
    return serve(app, listener, config.max_phones)


if __name__ == "__main__":
    sys.exit(main())
