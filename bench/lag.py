"""How late the server's loop is while a crowd answers, measured inside it by `ticking.py`."""

import tempfile
import time
from array import array
from pathlib import Path

import rooms
import servers

SETTLE_S = 1.0
"""Until the ticker has written down what it found."""


def under_a_herd(phones: int, **settings: str) -> dict[str, float]:
    """Return milliseconds of lateness while so many phones answer within a second: `p50`, `p99` and `max`."""
    with tempfile.TemporaryDirectory() as folder:
        room = rooms.build(Path(folder), [phones])[0]
        file = Path(folder) / "ticks"
        with servers.pollapp(Path(folder), program="bench/ticking.py", BENCH_TICKS=str(file), **settings) as server:
            found = servers.load(server, scenario="herd", phones=phones, **room.task())
            time.sleep(SETTLE_S)
        ticks = array("d", file.read_bytes())
    began, ended = found["between_s"]
    late = sorted(late for moment, late in zip(ticks[::2], ticks[1::2], strict=True) if began <= moment <= ended)
    return {name: late[round(share * (len(late) - 1))] for name, share in (("p50", 0.5), ("p99", 0.99), ("max", 1.0))}
