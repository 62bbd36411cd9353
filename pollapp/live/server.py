"""Serve the application on eventlet, with room for a hall: eventlet's own defaults stop at 1,024 phones."""

import errno
import gc
import logging
import resource
import signal
import socket
from typing import Any

import eventlet
import eventlet.wsgi
from flask import Flask

from config import BadConfig
from pollapp.extensions import hub
from pollapp.live import figures, silence

BACKLOG = 4096
"""Connections that may wait to be accepted while a hall joins at once."""

FILES_BESIDES_PHONES = 256

log = logging.getLogger(__name__)


def listen(host: str, port: int) -> Any:
    """Open the listening socket. Raises `BadConfig` when the address is taken or not ours."""
    family = eventlet.green.socket.AF_INET6 if ":" in host else eventlet.green.socket.AF_INET
    try:
        return eventlet.listen((host, port), family=family, backlog=BACKLOG, reuse_port=False)
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise BadConfig(
                f"Port {port} is taken by another program: stop that, or choose another with PORT=5001 make run."
            ) from None
        raise BadConfig(
            f"POLLAPP_HOST and POLLAPP_PORT: cannot listen on {host} port {port} ({problem.strerror})."
        ) from None


def serve(app: Flask, listener: Any, max_phones: int) -> int:
    """Serve until interrupted, then store what is queued; return the exit code."""
    silence.set_up()
    _raise_file_limit(max_phones)
    hub.start()
    _calm_garbage_collection()
    eventlet.spawn(figures.watch_loop, eventlet.sleep)
    serving = eventlet.spawn(
        eventlet.wsgi.server,
        listener,
        app,
        environ=silence.ENVIRON,
        protocol=silence.QuietProtocol,
        max_size=max_phones,
        log_output=False,
        debug=False,
        socket_timeout=60,
        keepalive=75,
    )
    try:
        _wait_for_the_end(serving)
    finally:
        hub.stop()
    return 0


def _wait_for_the_end(serving: Any) -> None:
    """Wait for SIGINT or SIGTERM, or until serving failed; its error is raised then.

    The signals throw nothing: an exception in the midst of whatever runs then can leave a queue's lock half taken, and
    the exit waiting for it. They ring a bell that this green thread listens to; a second one ends the process at once.
    """
    bell, ringer = socket.socketpair()
    ringer.setblocking(False)
    signal.set_wakeup_fd(ringer.fileno())
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ring_once)
    serving.link(lambda _thread: ringer.send(b"!"))
    bell.recv(1)
    signal.set_wakeup_fd(-1)
    if serving.dead:
        serving.wait()


def _ring_once(number: int, _frame: Any) -> None:
    signal.signal(number, signal.SIG_DFL)


def _calm_garbage_collection() -> None:
    """Leave what is loaded by now out of every later search for garbage, and search less often.

    At Python's own thresholds a hall's worth of messages spends a fifth of its time on it, in pauses everybody feels.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 1_000)


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
