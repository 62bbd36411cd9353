"""A real server with a meeting in it, for each test of this folder."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.people import Desk, Screen
from tests.real_server import RealServer

SLOTS = 3
IGNORED = (
    # The synchronous client library drops the sockets of a killed server without closing them.
    "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore::ResourceWarning",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.faults)
            for warning in IGNORED:
                item.add_marker(pytest.mark.filterwarnings(warning))


class Hall:
    """A server with one meeting: a word cloud of three entries, then an open question."""

    def __init__(self, server: RealServer, preset: str = "standard") -> None:
        self.server = server
        self.desk = Desk(server.url)
        self.desk.start_with(server.first_link())
        self.meeting = self.desk.make_meeting("Peer learning", preset)
        self.desk.add_slide(self.meeting, "word_cloud", "Your own key words?", entries=str(SLOTS))
        self.desk.add_slide(
            self.meeting, "open_text", "Why did you join today?", entries="1", limit="500", display="cards"
        )
        self.code = self.desk.code_of(self.meeting)

    def screen(self) -> Screen:
        """Open the presenter screen."""
        return Screen(self.desk, self.meeting)

    def ask(self, steps: int = 1) -> int:
        """Go that many slides on and return the open round."""
        screen = self.screen()
        for _ in range(steps):
            screen.command("next")
        round_id: int = screen.latest["stage"]["poll"]["round"]
        screen.hang_up()
        return round_id

    def command(self, action: str) -> None:
        """Give one command."""
        screen = self.screen()
        screen.command(action)
        screen.hang_up()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., RealServer]]:
    """Call to start a server in a folder of its own; it is killed at the end."""
    servers: list[RealServer] = []

    def start(module: str = "wsgi", **settings: str) -> RealServer:
        server = RealServer(tmp_path / "data", module, **settings)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.kill()
    gc.collect()  # here, where a client's unclosed socket is forgiven, and not in somebody else's test


@pytest.fixture
def hall(serve: Callable[..., RealServer]) -> Hall:
    """A running server with a meeting."""
    return Hall(serve())
