"""The first page is sent again as it was answered once, for exactly as long as the application would answer the same."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, request, request_started
from werkzeug.test import TestResponse

from pollapp.extensions import database, hub
from pollapp.meetings import Meeting
from pollapp.participant import doorway, guessing
from pollapp.security import SAME_FOR_ALL
from tests.actors import Facilitator
from tests.participant.conftest import Phone
from tests.runtimes import RememberingRuntime


@pytest.fixture
def runtime() -> RememberingRuntime:
    """One that remembers what it read: else a meeting shows something new at each look."""
    return RememberingRuntime()


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """The paths that the application itself was asked for."""
    paths: list[str] = []

    def note(_app: Flask, **_more: Any) -> None:
        paths.append(request.path)

    with request_started.connected_to(note, app):
        yield paths


@pytest.fixture
def come(app: Flask, host: Facilitator) -> Callable[..., TestResponse]:
    """Call to come to the meeting with a phone that brings nothing."""

    def get(**how: Any) -> TestResponse:
        return app.test_client().get(f"/m/{host.meeting.code}", **how)

    return get


def nonces(answer: TestResponse) -> set[str]:
    """Return the nonces in an answer's page and policy."""
    policy = re.findall(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
    return {*policy, *re.findall(r'nonce="([^"]+)"', answer.text)}


def test_the_second_phone_gets_the_same_page_with_a_nonce_of_its_own(
    come: Callable[..., TestResponse], asked: list[str]
) -> None:
    first, second, third = come(), come(), come()
    assert len(asked) == 1
    assert [len(nonces(one)) for one in (first, second, third)] == [1, 1, 1]
    assert len(nonces(first) | nonces(second) | nonces(third)) == 3
    assert "Continue" in second.text
    assert re.sub(r'nonce="[^"]+"', "", second.text) == re.sub(r'nonce="[^"]+"', "", first.text)
    assert second.status == first.status
    names = {"Content-Security-Policy"}
    kept = [{name: value for name, value in one.headers if name not in names} for one in (first, second)]
    assert kept[0] == kept[1]
    assert kept[1].items() >= dict(SAME_FOR_ALL).items() | {("Cache-Control", "no-store")}


def test_who_brings_a_cookie_or_a_question_is_answered_by_the_application(
    app: Flask, host: Facilitator, join: Callable[..., Phone], come: Callable[..., TestResponse], asked: list[str]
) -> None:
    phone = join()
    host.ask("choice")
    come()
    asked.clear()
    assert "data-answer" in phone.page()
    other = app.test_client()
    other.set_cookie("desk", "anything")
    assert "Continue" in other.get(f"/m/{host.meeting.code}").text
    come(query_string={"lang": "en"})
    assert app.test_client().head(f"/m/{host.meeting.code}").status_code == 200
    assert len(asked) == 4


def test_each_language_address_and_scheme_has_a_page_of_its_own(
    app: Flask, come: Callable[..., TestResponse], asked: list[str]
) -> None:
    for language in ("en", "ar", "en", "ar"):
        come(headers={"Accept-Language": language})
    assert len(asked) == 2
    policies = {
        come(base_url=f"http://{host}:{port}").headers["Content-Security-Policy"].partition("ws://")[2].split(" ")[0]
        for host, port in (("localhost", 1), ("localhost", 2), ("127.0.0.1", 1))
    }
    assert policies == {"localhost:1", "localhost:2", "127.0.0.1:1"}
    assert "Strict-Transport-Security" in come(base_url="https://localhost").headers
    assert "Strict-Transport-Security" not in come().headers
    assert come(base_url="http://attacker.example").status_code == 400
    assert come(base_url="http://attacker.example").status_code == 400


def change(meeting_id: str, **values: Any) -> None:
    """Change the meeting as the desk does: phones are shown it at once."""

    def write(session: Any) -> None:
        meeting = session.get_one(Meeting, meeting_id)
        for name, value in values.items():
            setattr(meeting, name, value)

    database.run(write)


def test_what_changes_about_the_meeting_shows_at_once(
    host: Facilitator, come: Callable[..., TestResponse], asked: list[str]
) -> None:
    come()
    change(host.id, title="Another title")
    hub.stage_changed(host.look())
    assert "Another title" in come().text
    assert "Another title" in come().text
    assert len(asked) == 2
    change(host.id, locked=True)
    hub.stage_changed(host.look())
    assert [come().status_code, come().status_code] == [403, 403]
    change(host.id, locked=False)
    hub.stage_changed(host.look())
    assert [come().status_code, come().status_code] == [200, 200]
    host.end()
    hub.stage_changed(host.look())
    assert "Continue" not in come().text


def test_an_address_that_guessed_too_often_is_not_told_that_a_code_is_right(
    app: Flask, host: Facilitator, come: Callable[..., TestResponse]
) -> None:
    guesser = {"REMOTE_ADDR": "192.0.2.9"}
    assert come(environ_base=guesser).status_code == 200
    for _ in range(guessing.PER_ADDRESS.amount):
        assert app.test_client().get("/m/00000000", environ_base=guesser).status_code == 404
    assert come(environ_base=guesser).status_code == 429
    assert come(environ_base={"REMOTE_ADDR": "192.0.2.10"}).status_code == 200


def test_what_is_kept_is_bounded(
    come: Callable[..., TestResponse], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorway, "MOST_PAGES", 2)
    wishes = [f"x-{number}" for number in range(3)]
    for wish in (*wishes, wishes[2], wishes[1]):
        come(headers={"Accept-Language": wish})
    assert len(asked) == 4, "the third page drove the first two out"
    long = "en," * doorway.LONGEST_KEY
    for _ in range(2):
        come(headers={"Accept-Language": long})
    assert len(asked) == 6, "what is asked with so many words is not kept"


def test_a_page_that_could_not_be_made_is_not_kept(
    app: Flask, come: Callable[..., TestResponse], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("pollapp.participant.views.render_template", lambda *_names, **_values: 1 / 0)
        app.testing = False
        app.config["PROPAGATE_EXCEPTIONS"] = False
        assert come().status_code == 500
    assert come().status_code == 200
    assert len(asked) == 2
