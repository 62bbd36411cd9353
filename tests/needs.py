"""What a test needs from the machine: skipped with a reason when absent, failed where everything is required."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

WITH_WINDOWS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSERS = ("chromium-headless-shell", *WITH_WINDOWS)
"""The same engine without windows takes a quarter less of the processor, but is slower at drawing large pages."""

CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def absent(what: str) -> NoReturn:
    """Skip the test because `what` is not there; with POLLAPP_TESTS_REQUIRE=all, fail it."""
    if os.environ.get("POLLAPP_TESTS_REQUIRE") == "all":
        pytest.fail(f"{what} is required here and was not found")
    pytest.skip(f"{what} was not found on this machine")


def browser_path(own: str, names: Sequence[str] = BROWSERS) -> str:
    """Return the Chromium to drive: the first of these that the system has, else Playwright's own at `own`."""
    for name in names:
        if found := shutil.which(name):
            return found
    return own if Path(own).exists() else absent("Chromium")


def program(name: str) -> str:
    """Return the path of a program of this machine."""
    return shutil.which(name) or absent(name)


def how_many(ordinarily: int, nightly: int) -> int:
    """Return how often to try something: more by far in `make nightly`."""
    return nightly if os.environ.get("NIGHTLY") else ordinarily
