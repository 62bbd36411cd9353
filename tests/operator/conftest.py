"""A server with its numbers switched on, and programs that read them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from tests.real_server import RealServer

TOKEN = "a-token-of-some-length"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PATIENCE_S = 20


class Watch:
    """Whoever watches a server: Prometheus, and a program that asks whether it is ready."""

    def __init__(self, url: str) -> None:
        self.url = url

    def scrape(self) -> dict[str, float]:
        """Return every sample by its name and labels, as in `pollapp_meetings{state=live}`."""
        reply = requests.get(f"{self.url}/metrics", headers=BEARER, timeout=PATIENCE_S)
        assert reply.status_code == 200
        return samples(reply.text)

    def ready(self) -> tuple[int, dict[str, bool], float]:
        """Return status, what is as it must be, and after how many seconds that was said."""
        reply = requests.get(f"{self.url}/readyz", timeout=PATIENCE_S)
        return reply.status_code, reply.json(), reply.elapsed.total_seconds()


def samples(text: str) -> dict[str, float]:
    """Return the samples of a scrape."""
    found = {}
    for family in text_string_to_metric_families(text):
        for one in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in one.labels.items())
            found[f"{one.name}{{{labels}}}" if labels else one.name] = one.value
    return found


@pytest.fixture
def server_settings() -> dict[str, str]:
    """What a test wants set on its server."""
    return {}


@pytest.fixture
def server(tmp_path: Path, server_settings: dict[str, str]) -> Iterator[RealServer]:
    """A running server whose numbers are switched on."""
    server = RealServer(tmp_path / "data", POLLAPP_METRICS_TOKEN=TOKEN, **server_settings)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def watch(server: RealServer) -> Watch:
    """Whoever watches it."""
    return Watch(server.url)
