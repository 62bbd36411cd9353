"""The program, loaded, that makes servers of its copies: `python -m tests.loaded`, for `tests/ready_server.py`.

It takes an order a line and answers with a line: the number of the process that serves with these settings, or the exit code of
one that ended. What each copy would do over again is done once: a dictionary is read, templates are compiled, garbage is
gathered. Nothing is imported before the program itself, which patches the standard library.
"""

import gc
import json
import os
import posix  # the real calls: those of `os` are patched once the program is loaded
import random
import sys
from typing import Any


def main() -> int:
    """Be the process that is loaded, until there is nothing more to do; return the exit code of a copy."""
    import wsgi
    from pollapp import create_app, start  # noqa: F401  # loaded before the first copy is made
    from pollapp.live.server import serve  # noqa: F401
    from pollapp.words import warm
    from tests.compiled import use_folder

    use_folder()
    warm("en")
    gc.collect()
    gc.freeze()
    ended: dict[int, int] = {}
    while line := _read_line():
        order = json.loads(line)
        if "settings" in order:
            pid = posix.fork()
            if not pid:
                _become_a_server(order)
                return wsgi.main()
            reply: int | None = pid
        else:
            _collect(ended)
            reply = ended.get(order["code_of"])
        posix.write(1, json.dumps(reply).encode() + b"\n")
    return 0


def _read_line() -> bytes:
    line = b""
    while not line.endswith(b"\n"):
        read = posix.read(0, 65536)  # one order at a time: the next comes after the reply
        if not read:
            return b""
        line += read
    return line


def _become_a_server(order: dict[str, Any]) -> None:
    """Take the settings and the log of an order for one's own."""
    nothing = posix.open(os.devnull, os.O_RDONLY)
    log = posix.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for taken, place in ((nothing, 0), (log, 1), (log, 2)):
        posix.dup2(taken, place)
    os.environ.update(order["settings"])
    random.seed()


def _collect(ended: dict[int, int]) -> None:
    """Note the exit codes of copies that ended."""
    while True:
        try:
            pid, status = posix.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        ended[pid] = os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
