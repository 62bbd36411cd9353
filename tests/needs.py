"""What a test needs from the machine: skipped with a reason when absent, failed where everything is required."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def absent(what: str) -> NoReturn:
    """Skip the test because `what` is not there; with POLLAPP_TESTS_REQUIRE=all, fail it."""
    if os.environ.get("POLLAPP_TESTS_REQUIRE") == "all":
        pytest.fail(f"{what} is required here and was not found")
    pytest.skip(f"{what} was not found on this machine")


def browser_path(own: str) -> str:
    """Return the Chromium to drive: the system's, else Playwright's own at `own`."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    return own if Path(own).exists() else absent("Chromium")


def program(name: str) -> str:
    """Return the path of a program of this machine."""
    return shutil.which(name) or absent(name)


def how_many(ordinarily: int, nightly: int) -> int:
    """Return how often to try something: more by far in `make nightly`."""
    return nightly if os.environ.get("NIGHTLY") else ordinarily
