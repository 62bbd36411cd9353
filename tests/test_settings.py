"""Settings: each is documented, and a bad one stops the start with a sentence that names it."""

import stat
from dataclasses import fields
from pathlib import Path

import pytest

from config import BadConfig, Config
from tests.real_server import ROOT


def test_every_setting_is_documented_for_operators() -> None:
    page = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
    missing = [one.name for one in fields(Config) if f"`POLLAPP_{one.name.upper()}`" not in page]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POLLAPP_PORT", "0"),
        ("POLLAPP_PORT", "65536"),
        ("POLLAPP_DEMO", "perhaps"),
        ("POLLAPP_LOG_LEVEL", "LOUD"),
        ("POLLAPP_ASYNC_MODE", "threading"),
        ("POLLAPP_TRANSPORT", "pigeon"),
        ("POLLAPP_BASE_URL", "polls.example.org"),
        ("POLLAPP_PROXY_HOPS", "-1"),
        ("POLLAPP_NONSENSE", "1"),
    ],
)
def test_a_bad_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(BadConfig, match=name):
        Config.from_environ({name: value})


def test_the_signing_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    config = Config(data_dir=str(tmp_path))
    secret = config.load_secret_key()
    assert len(secret) > 40
    assert config.load_secret_key() == secret
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
