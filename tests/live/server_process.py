"""A second server as the database meets it: a process with a writer of its own. `python -m tests.live.server_process`.

It takes a line of JSON, says "ready", stores everything but the casts held back after the next line, those after one
more, and answers with a line of results.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import Any

from pollapp.ballots import Cast, Outcome
from pollapp.database import Database
from pollapp.live.runtime import ThreadRuntime
from pollapp.live.writer import Writer
from tests.real_server import ROOT

PATIENCE_S = 60.0


class ServerProcess:
    """Casts in another process, from so many threads at once (1: one transaction for each).

    So many of the last casts are held back until `go_on`.
    """

    def __init__(self, url: str, casts: Sequence[Cast], threads: int = 40, held_back: int = 0) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.live.server_process"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        sent = [{**cast._asdict(), "ballot_id": cast.ballot_id.hex(), "keys": dict(cast.keys)} for cast in casts]
        self._say(json.dumps({"url": url, "casts": sent, "threads": threads, "held_back": held_back}))
        assert self._hear() == "ready"

    def go(self) -> None:
        """Let it begin."""
        self._say("go")

    def go_on(self) -> None:
        """Let it store what it held back."""
        self._say("go on")

    def results(self) -> list[str]:
        """Wait until it is done; return the codes in the order of the casts."""
        codes: list[str] = json.loads(self._hear())
        self._process.communicate(timeout=PATIENCE_S)
        return codes

    def _say(self, line: str) -> None:
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _hear(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline().strip()


def answer(line: str) -> None:
    """Say something to the process that started this one."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Be the other process."""
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    casts = [Cast(**{**sent, "ballot_id": bytes.fromhex(sent["ballot_id"])}) for sent in order["casts"]]
    database = Database()
    database.init(order["url"])
    writer = Writer(database.engine, ThreadRuntime(), lambda _rounds: None)
    writer.start()
    codes = [""] * len(casts)

    def store(indexes: range) -> None:
        for index in indexes:
            result = writer.store(casts[index])
            codes[index] = result.code if isinstance(result, Outcome) else "unknown"

    def store_all(start: int, end: int) -> None:
        at_once = order["threads"]
        threads = [threading.Thread(target=store, args=(range(start + n, end, at_once),)) for n in range(at_once)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    answer("ready")
    sys.stdin.readline()
    first_held_back = len(casts) - order["held_back"]
    store_all(0, first_held_back)
    if order["held_back"]:
        sys.stdin.readline()
        store_all(first_held_back, len(casts))
    writer.stop()
    database.close()
    answer(json.dumps(codes))


if __name__ == "__main__":
    main()
