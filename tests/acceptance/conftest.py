"""A real server for each test of this folder."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.real_server import RealServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RealServer]:
    """A running server with nothing in it."""
    server = RealServer(tmp_path / "data")
    server.start()
    yield server
    server.kill()
    gc.collect()  # here, where a client's unclosed socket is forgiven, and not in somebody else's test
