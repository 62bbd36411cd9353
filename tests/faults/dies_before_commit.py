"""The server, but the power goes when the writer is about to commit its first answers."""

import os
import signal
import sys

import wsgi  # first: it patches the standard library
from pollapp.live import writer


def die_before_commit(store_batch):
    """Store the batch and never come to its commit."""

    def store(connection, casts):
        store_batch(connection, casts)
        os.kill(os.getpid(), signal.SIGKILL)

    return store


if __name__ == "__main__":
    writer.store_batch = die_before_commit(writer.store_batch)
    sys.exit(wsgi.main())
