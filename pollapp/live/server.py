"""Serve the application, with room for a hall: the defaults of web servers stop far below."""

import errno
import gc
import logging
import resource
import signal
import socket
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask

from config import BadConfig
from pollapp.extensions import hub
from pollapp.live import figures, silence
from pollapp.live.runtime import EventLoop

BACKLOG = 4096
"""Connections that may wait to be accepted while a hall joins at once."""

FILES_BESIDES_PHONES = 256

SWITCH_S = 0.0005
"""How long a thread may compute while another waits for its turn."""

log = logging.getLogger(__name__)


def listen(host: str, port: int) -> Any:
    """Open the listening socket. Raises `BadConfig` when the address is taken or not ours."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as problem:
        listener.close()
        if problem.errno == errno.EADDRINUSE:
            raise BadConfig(
                f"Port {port} is taken by another program: stop that, or choose another with PORT=5001 make run."
            ) from None
        raise BadConfig(
            f"POLLAPP_HOST and POLLAPP_PORT: cannot listen on {host} port {port} ({problem.strerror})."
        ) from None
    return listener


def serve(app: Flask, runtime: EventLoop, listener: Any, max_phones: int) -> int:
    """Serve until interrupted, then store what is queued; return the exit code."""
    silence.set_up()
    runtime.quieten()
    _raise_file_limit(max_phones)
    hub.start()
    _calm_garbage_collection()
    _share_the_processor()
    runtime.spawn(figures.watch_loop, runtime.sleep)
    try:
        _serve_to_the_end(lambda: runtime.serve(app, listener, max_phones), runtime)
    finally:
        hub.stop()
    return 0


def _serve_to_the_end(serve_all: Callable[[], None], runtime: EventLoop) -> None:
    """Serve until SIGINT or SIGTERM, or until serving failed; its error is raised then.

    The signals throw nothing: an exception in the midst of whatever runs then can leave a queue's lock half taken, and
    the exit waiting for it. They ring a bell that this green thread listens to; a second one ends the process at once.
    """
    bell, ringer = socket.socketpair()
    ringer.setblocking(False)
    failed: list[Exception] = []

    def serve_and_ring() -> None:
        try:
            serve_all()
        except Exception as problem:  # noqa: BLE001  # raised below, where the process ends
            failed.append(problem)
        finally:
            ringer.send(b"!")

    signal.set_wakeup_fd(ringer.fileno())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ring_once)
    runtime.spawn(serve_and_ring)
    bell.recv(1)
    signal.set_wakeup_fd(-1)
    if failed:
        raise failed[0]


def _ring_once(number: int, _frame: Any) -> None:
    signal.signal(number, signal.SIG_DFL)


def _calm_garbage_collection() -> None:
    """Leave what is loaded by now out of every later search for garbage, and search less often.

    At Python's own thresholds a hall's worth of messages spends a fifth of its time on it, in pauses everybody feels.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 1_000)


def _share_the_processor() -> None:
    """Let threads that compute hand on to the loop sooner than after Python's own 5 ms, which everybody in a hall feels.

    Each message the loop reads or sends lets go of the interpreter, and the writer may take it.
    """
    sys.setswitchinterval(SWITCH_S)


def _raise_file_limit(max_phones: int) -> None:
    """Allow a file handle per phone, as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max_phones + FILES_BESIDES_PHONES
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if allowed > soft:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    if allowed < wanted:
        log.warning(
            "the system allows %d open files, so at most about %d phones (ulimit -n)",
            allowed,
            allowed - FILES_BESIDES_PHONES,
        )
