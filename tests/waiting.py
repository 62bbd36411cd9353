"""Waiting for what happens in another thread or process."""

import time
from collections.abc import Callable

PATIENCE_S = 20
LOOK_AGAIN_S = 0.005


def wait_until(what: Callable[[], bool]) -> None:
    """Look until it is so; fail when it never comes to that."""
    deadline = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(LOOK_AGAIN_S)
