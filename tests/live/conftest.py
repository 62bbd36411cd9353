"""A real server with a meeting on stage, on each way to carry WebSockets."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.live.browserless import NodePhone
from tests.live.raw_phone import RawPhone
from tests.people import Desk, Phone, Screen
from tests.real_server import RealServer


class Hall(NamedTuple):
    """A server, the screen of a meeting with a word cloud on stage, and its join code."""

    server: RealServer
    screen: Screen
    code: str
    round: int

    def raw_phone(self) -> RawPhone:
        """Let in a phone that speaks WebSocket by hand."""
        return RawPhone(self.server.port, self.code, self.cookie())

    def cookie(self) -> str:
        """Return the cookie of a phone that has just joined over pages."""
        phone = Phone(self.server.url, self.code)
        phone.line.hang_up()
        return "; ".join(f"{one.name}={one.value}" for one in phone.browser.cookies)


@pytest.fixture(params=["own", "plain"])
def transport(request: pytest.FixtureRequest) -> str:
    """Each way to carry WebSockets in turn."""
    return request.param


@pytest.fixture
def hall(tmp_path: Path, transport: str) -> Iterator[Hall]:
    """A running server with a meeting on stage."""
    server = RealServer(tmp_path / "data", POLLAPP_TRANSPORT=transport)
    server.start()
    desk = Desk(server.url)
    desk.start_with(server.first_link())
    meeting = desk.make_meeting("Transport", "standard")
    desk.add_slide(meeting, "word_cloud", "Words?", entries="3")
    screen = Screen(desk, meeting)
    poll = screen.command("next")["poll"]
    yield Hall(server, screen, desk.code_of(meeting), poll["round"])
    screen.hang_up()
    server.kill()


@pytest.fixture
def let_in(hall: Hall) -> Iterator[Callable[[str], NodePhone]]:
    """Call with transports to get a phone on socket.io-client."""
    phones: list[NodePhone] = []

    def join(transports: str) -> NodePhone:
        phones.append(NodePhone(hall.server.url, hall.code, hall.cookie(), transports))
        return phones[-1]

    yield join
    for phone in phones:
        phone.end()
