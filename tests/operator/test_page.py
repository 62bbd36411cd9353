"""The operator's page: opened by the token alone, true, without secrets, and shown when the database is away."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Config
from pollapp import create_app, extensions
from pollapp.operator import authority
from tests.actors import Facilitator
from tests.operator.conftest import TOKEN
from tests.runtimes import PatientRuntime

SECRET = "a-secret-that-signs-cookies"


@pytest.fixture
def app(app_database: str, tmp_path: Path, runtime: PatientRuntime) -> Iterator[Flask]:
    """The application with its numbers switched on."""
    settings = {"database_url": app_database, "metrics_token": TOKEN, "secret_key": SECRET}
    app = create_app(Config(data_dir=str(tmp_path), **settings), runtime)
    extensions.limiter.reset()
    extensions.hub.start()
    yield app
    runtime.settle()
    extensions.hub.stop()
    extensions.database.close()


def type_token(client: FlaskClient, token: str, **how: str) -> TestResponse:
    """Fill in the form."""
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/operator", **how).text)
    assert csrf
    headers = {"Referer": f"{how.get('base_url', 'http://localhost')}/operator"}
    return client.post("/operator", data={"csrf_token": csrf[1], "token": token}, headers=headers, **how)


@pytest.fixture
def operator(app: Flask) -> FlaskClient:
    """The browser of whoever runs the server."""
    client = app.test_client()
    assert type_token(client, TOKEN).status_code == 302
    return client


def numbers(page: str) -> dict[str, str]:
    """Return what stands beside each name."""
    text = re.sub(r"<(?!/?d[td])[^>]*>", "", page)
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", text, re.DOTALL)
    return {" ".join(name.split()): " ".join(value.split()) for name, value in pairs}


def whole(number: str) -> int:
    """Return a number as the page writes it: earlier tests of this process are counted too, so it may be large."""
    return int(number.replace(",", ""))


def test_the_token_opens_it_in_this_browser_only(app: Flask, operator: FlaskClient) -> None:
    assert "data-figures" in operator.get("/operator").text
    stranger = app.test_client()
    assert "data-figures" not in stranger.get("/operator").text
    wrong = type_token(stranger, TOKEN + "x")
    assert wrong.status_code == 403
    assert "This is not the token." in wrong.text
    assert TOKEN not in wrong.text
    assert type_token(stranger, "").status_code == 422
    assert "data-figures" not in stranger.get("/operator").text


def test_the_cookie_is_its_own_and_short_lived(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = app.test_client()
    given = next(
        line for line in type_token(client, TOKEN).headers.getlist("Set-Cookie") if line.startswith("operator=")
    )
    for wanted in ("HttpOnly", "SameSite=Strict", "Path=/operator", f"Max-Age={authority.COOKIE_S}"):
        assert wanted in given
    assert TOKEN not in given
    monkeypatch.setattr(authority, "COOKIE_S", -1)
    assert "data-figures" not in client.get("/operator").text


def test_over_https_the_cookie_goes_nowhere_else(app: Flask) -> None:
    client, https = app.test_client(), "https://localhost"
    cookies = type_token(client, TOKEN, base_url=https).headers.getlist("Set-Cookie")
    assert any(line.startswith("__Secure-operator=") and "Secure;" in line for line in cookies)
    assert "data-figures" in client.get("/operator", base_url=https).text


def test_a_spoiled_or_foreign_cookie_opens_nothing(app: Flask, operator: FlaskClient) -> None:
    cookie = operator.get_cookie("operator", path="/operator")
    assert cookie
    for name, path, value in (
        ("operator", "/operator", cookie.value[:-2]),
        ("operator", "/operator", ""),
        ("operator", "/operator", TOKEN),
        ("desk", "/", cookie.value),
    ):
        client = app.test_client()
        client.set_cookie(name, value, path=path)
        assert "data-figures" not in client.get("/operator").text


def test_another_token_closes_every_browser(app: Flask, operator: FlaskClient) -> None:
    app.config["POLLAPP"] = replace(app.config["POLLAPP"], metrics_token="another-token-of-length")
    assert "data-figures" not in operator.get("/operator").text


def test_signing_out_forgets_it(operator: FlaskClient) -> None:
    csrf = re.search(r'name="csrf_token" value="([^"]+)"', operator.get("/operator").text)
    assert csrf
    assert operator.post("/operator/leave", data={"csrf_token": csrf[1]}).status_code == 302
    assert "data-figures" not in operator.get("/operator").text


def test_guessing_is_slowed_down(app: Flask) -> None:
    client = app.test_client()
    codes = [type_token(client, f"guess-number-{number:05}").status_code for number in range(21)]
    assert codes == [403] * 20 + [429]


def test_it_shows_what_happened(operator: FlaskClient, host: Facilitator) -> None:
    before = numbers(operator.get("/operator").text)
    poll = host.ask("choice")
    for _ in range(3):
        extensions.hub.store(host.let_in().cast(poll, ["yes"]))
    extensions.hub.runtime.settle()
    after = numbers(operator.get("/operator").text)
    assert whole(after["Answers saved"]) == whole(before["Answers saved"]) + 3
    assert (before["Live"], after["Live"]) == ("0", "1")
    assert after["Phones connected"] == "0"
    assert after["A batch is stored, usually"].startswith("within ")


def test_what_is_due_is_listed_without_titles(operator: FlaskClient, host: Facilitator) -> None:
    host.ask("choice")
    page = operator.get("/operator").text
    row = re.sub(r"<[^>]+>", " ", page[page.index("<tbody>") : page.index("</tbody>")]).split()
    assert row[:5] == [host.id, "Standard", "Live", "will", "be"]
    assert host.meeting.title not in page
    assert host.meeting.code not in page


def test_secrets_are_left_out(operator: FlaskClient) -> None:
    page = operator.get("/operator").text
    for secret in (TOKEN, SECRET, "sqlite://"):
        assert secret not in page
    shown = numbers(page)
    for name in ("POLLAPP_METRICS_TOKEN", "POLLAPP_SECRET_KEY", "POLLAPP_DATABASE_URL"):
        assert shown[name] == "set, and not shown"
    assert shown["POLLAPP_MAX_PHONES"] == "20000"
    assert shown["SQLAlchemy"].startswith("2.")


def test_it_is_shown_without_a_database(operator: FlaskClient, database_file: Path) -> None:
    extensions.hub.runtime.settle()
    extensions.database.close()
    for each in database_file.parent.glob(f"{database_file.name}*"):
        each.unlink()
    database_file.mkdir()
    page = operator.get("/operator")
    assert page.status_code == 200
    assert page.text.count("The database does not answer.") == 3
    assert "Phones connected" in numbers(page.text)


def test_it_stands_still_on_request(operator: FlaskClient) -> None:
    renewed, still = operator.get("/operator").text, operator.get("/operator?still=").text
    assert 'http-equiv="refresh"' in renewed
    assert "data-refresh" in renewed
    assert 'http-equiv="refresh"' not in still
    assert "data-refresh" not in still
