"""The desk with a real database behind it, and facilitators who use it as a browser does."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.test import TestResponse

from config import Config
from pollapp import create_app
from pollapp.accounts import add_facilitator, passwords
from pollapp.database import Base
from pollapp.extensions import database, keys, limiter
from pollapp.meetings import Meeting, agenda

PASSWORD = "a long enough phrase"
JSON = {"Accept": "application/json"}


@pytest.fixture
def settings() -> dict[str, Any]:
    """What a test module wants set differently."""
    return {}


@pytest.fixture
def app(tmp_path: Path, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    app = create_app(Config(data_dir=str(tmp_path), **settings))
    app.jinja_env.globals["asset"] = lambda name: f"/assets/{name}"
    app.jinja_env.globals["asset_preloads"] = lambda name: []
    Base.metadata.create_all(database.engine)
    limiter.reset()
    yield app
    database.close()


class Desk:
    """A facilitator's browser: it keeps cookies and sends the CSRF value of the page it is on."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.csrf = ""

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        """Open a page, and remember its CSRF value."""
        response = self.client.get(path, **kwargs)
        page = response.text if response.mimetype == "text/html" else ""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        self.csrf = found.group(1) if found else self.csrf
        return response

    def post(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Send a form with the CSRF value of the last page."""
        return self.client.post(path, data={"csrf_token": self.csrf} | (data or {}), **kwargs)

    def sign_in(self, email: str, password: str = PASSWORD, *, then: str = "") -> TestResponse:
        """Fill in the sign-in form."""
        self.get("/desk/sign-in")
        return self.post("/desk/sign-in", {"email": email, "password": password, "next": then})


@pytest.fixture
def stranger(app: Flask) -> Desk:
    """A browser in which nobody is signed in."""
    return Desk(app)


@pytest.fixture
def ada_id(app: Flask) -> int:
    return database.run(add_facilitator, email="ada@example.org", password=PASSWORD, name="Ada").id


@pytest.fixture
def ada(app: Flask, ada_id: int) -> Desk:
    """A facilitator who is signed in."""
    return _signed_in(app, "ada@example.org")


@pytest.fixture
def bob(app: Flask) -> Desk:
    """Another facilitator, who is signed in too."""
    database.run(add_facilitator, email="bob@example.org", password=PASSWORD, name="Bob")
    return _signed_in(app, "bob@example.org")


def _signed_in(app: Flask, email: str) -> Desk:
    desk = Desk(app)
    assert desk.sign_in(email).status_code == 302
    desk.get("/desk/account")
    return desk


@pytest.fixture
def meeting(ada_id: int) -> Meeting:
    """A meeting of Ada's with a choice, a word cloud and a heading."""
    made = database.run(agenda.create_meeting, keys, owner_id=ada_id, title="Our meeting")
    for kind in ("choice", "word_cloud", "heading"):
        database.run(agenda.add_slide, made.id, kind)
    return made


@pytest.fixture
def slides(meeting: Meeting) -> list[str]:
    """The ids of its slides."""
    return [slide.id for slide in database.read(agenda.slides_of, meeting.id)]
