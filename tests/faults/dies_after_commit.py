"""The server, but the power goes when the writer's first answers are committed and nobody has been told."""

import os
import signal
import sys

import wsgi  # first: it patches the standard library
from pollapp.live.writer import Writer


def die_instead_of_replying(_writer, _jobs, _results):
    """Take the place of the replies."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    Writer._reply = die_instead_of_replying
    sys.exit(wsgi.main())
