"""A meeting with one of each role in it, somebody with no part in it, and somebody without an account."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from pollapp import extensions
from pollapp.accounts import Facilitator as Account
from pollapp.extensions import database
from pollapp.meetings import links, members
from tests.actors import Facilitator
from tests.conftest import make_account
from tests.questions.room import Room
from tests.quizzes.quiz import Quiz

ROLES = ("owner", "co_facilitator", "moderator", "screen", "nobody", "stranger")
"""`nobody` has an account and no part in the meeting; `stranger` has no account."""


class Cast:
    """Who is in the meeting, and what addresses of it stand for."""

    def __init__(self, host: Facilitator, signed_in: Callable[[int], FlaskClient], app: Flask) -> None:
        self.host = host
        self.accounts = {"owner": host.owner_id}
        for role in ("co_facilitator", "moderator", "nobody"):
            self.accounts[role] = make_account(database, f"{role}@example.org")
            if role != "nobody":
                database.run(members.add, host.id, self.accounts[role], role)
        self.screen_secret = database.run(links.make, host.id, "screen", by=host.owner_id)
        self.browsers: dict[str, FlaskClient] = {role: signed_in(account) for role, account in self.accounts.items()}
        self.browsers |= {"screen": app.test_client(), "stranger": app.test_client()}
        self.browsers["screen"].set_cookie(f"screen-{host.id}", self.screen_secret)

    def ask(self, role: str, method: str, path: str, form: dict[str, str]) -> TestResponse:
        """Ask for a page as somebody; a form carries the CSRF value of a page this browser has seen."""
        browser = self.browsers[role]
        if method == "GET":
            return browser.get(path)
        page = browser.get("/desk/sign-in", follow_redirects=True).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token
        return browser.post(path, data={"csrf_token": token[1], **form})

    def fill(self, path: str) -> str:
        """Put things of this meeting where an address has a name for them."""
        names = {
            "<meeting_id>": self.host.id,
            "<slide_id>": self.slide,
            "<int:round_id>": str(self.round),
            "<text_id>": self.text,
            "<file_format>": "json",
            "<int:member_id>": str(self.accounts["moderator"]),
            "<link_id>": self.link,
        }
        for name, value in names.items():
            path = path.replace(name, value)
        assert "<" not in path, f"{path}: say what stands for this"
        return path

    def write(self) -> None:
        """Have somebody answer, so that there is something to remove and to review."""
        quiz = Quiz(self.host)
        self.quiz = quiz.ask("quiz_type", accepted=["Berne"]).id
        self.player = quiz.phone("Otter").name
        self.host.close()
        poll = self.host.ask("open_text")
        self.host.let_in().answer(poll, "Call me at +41 44 668 18 00")
        self.slide, self.round = poll.slide_id, poll.id
        self.text = self.host.sees(poll).results["texts"][0]["id"]
        self.host.add("choice")
        self.host.look()
        self.question = Room(self.host).phone().ask("When do we start?")
        database.run(links.make, self.host.id, "moderator", by=self.host.owner_id)
        self.link = database.read(links.of_meeting, self.host.id)[0].id

    def state(self) -> dict[str, list[Any]]:
        """Return every row that is in the database."""
        with database.engine.connect() as connection:
            return {
                table.name: sorted(map(repr, connection.execute(table.select()).all()))
                for table in Account.metadata.sorted_tables
            }


@pytest.fixture
def cast(app: Flask, host: Facilitator, signed_in: Callable[[int], FlaskClient]) -> Iterator[Cast]:
    """One of each role, in a meeting with answers."""
    everybody = Cast(host, signed_in, app)
    everybody.write()
    yield everybody
    extensions.limiter.reset()
