"""The server with a ticker in its loop, run in place of `wsgi.py`; `BENCH_TICKS` names the file for what it finds.

A task asks to be called every millisecond. By how much it is late is what everything in the loop waits besides. Each call
is two numbers: its moment, in seconds of the monotonic clock that all processes share, and its lateness in milliseconds.
"""

import os
import sys
import time
from array import array
from collections.abc import Callable
from pathlib import Path

import wsgi  # before anything of pollapp: it patches the standard library
from pollapp.live import figures

TICK_S = 0.001

WRITTEN_AT_ONCE = 512
"""Numbers; a call of the file system each half a second disturbs nobody."""


def tick(sleep: Callable[[float], None]) -> None:
    """Tick for ever."""
    found = array("d")
    with Path(os.environ["BENCH_TICKS"]).open("wb") as file:
        while True:
            began = time.monotonic()
            sleep(TICK_S)
            ended = time.monotonic()
            found.extend((ended, max(0.0, ended - began - TICK_S) * 1000))
            if len(found) >= WRITTEN_AT_ONCE:
                found.tofile(file)
                file.flush()
                del found[:]


if __name__ == "__main__":
    figures.watch_loop = tick  # the place where the server starts its own, slower ticker
    sys.exit(wsgi.main())
