"""A real server for each test of this folder."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real_server import RealServer


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RealServer]:
    """A running server with nothing in it: on SQLite, unless the test's parameter says `postgres`."""
    settings = {}
    if getattr(request, "param", "sqlite") == "postgres":
        settings["POLLAPP_DATABASE_URL"] = request.getfixturevalue("postgres").copy()
    server = RealServer(tmp_path / "data", **settings)
    server.start()
    yield server
    server.kill()
    if settings:
        request.getfixturevalue("postgres").drop(settings["POLLAPP_DATABASE_URL"])
    gc.collect()  # here, where a client's unclosed socket is forgiven, and not in somebody else's test
