"""Signing in: who gets in, who is slowed down, and where one ends up."""

from typing import Any

import pytest
from flask import Flask

from pollapp.accounts import issue_link
from pollapp.extensions import database, keys
from pollapp.facilitator.authority import safe_next
from pollapp.meetings import agenda
from tests.facilitator.conftest import JSON, PASSWORD, Desk

ACCOUNT = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}


def test_the_first_link_makes_an_account_and_signs_in(stranger: Desk) -> None:
    demo = database.run(agenda.create_meeting, keys, owner_id=None, title="The demo")
    link = f"/desk/welcome/{database.run(issue_link, 'first')}"
    assert stranger.get(link).status_code == 200
    assert stranger.post(link, ACCOUNT).location == "/desk/"
    page = stranger.get("/desk/")
    assert demo.title in page.text


def test_the_first_link_works_once(stranger: Desk, app: Flask) -> None:
    link = f"/desk/welcome/{database.run(issue_link, 'first')}"
    stranger.get(link)
    stranger.post(link, ACCOUNT)
    late = Desk(app)
    assert late.get(link).status_code == 410
    assert late.post(link, ACCOUNT).status_code in {400, 410}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "ada"}, "not an e-mail address"),
        ({"password": "short"}, "10 to 128 characters"),
        ({"password": "ada@example.org"}, "not your e-mail address"),
        ({"name": " "}, "fill this in"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_stays(
    stranger: Desk, change: dict[str, str], words: str
) -> None:
    link = f"/desk/welcome/{database.run(issue_link, 'first')}"
    stranger.get(link)
    page = stranger.post(link, ACCOUNT | change)
    assert page.status_code == 422
    assert words in page.text
    assert 'aria-invalid="true"' in page.text
    assert PASSWORD not in page.text
    assert stranger.post(link, ACCOUNT).status_code == 302


@pytest.mark.usefixtures("ada_id")
def test_wrong_and_unknown_get_the_same_answer(stranger: Desk) -> None:
    wrong = stranger.sign_in("ada@example.org", "another phrase")
    unknown = stranger.sign_in("eve@example.org", "another phrase")
    assert wrong.status_code == unknown.status_code == 403
    assert "do not belong together" in wrong.text
    assert wrong.text.count("ada@example.org") == unknown.text.count("eve@example.org") == 1


@pytest.mark.usefixtures("ada_id")
def test_guessing_is_slowed_down_per_account(stranger: Desk) -> None:
    for _ in range(5):
        assert stranger.sign_in("ada@example.org", "another phrase").status_code == 403
    assert stranger.sign_in("ADA@example.org ", "another phrase").status_code == 429
    assert stranger.sign_in("ada@example.org").status_code == 429
    assert stranger.sign_in("eve@example.org", "another phrase").status_code == 403


@pytest.mark.usefixtures("ada_id")
def test_signing_in_well_is_not_counted(stranger: Desk) -> None:
    for _ in range(8):
        assert stranger.sign_in("ada@example.org").status_code == 302
        stranger.get("/desk/account")
        stranger.post("/desk/sign-out")


@pytest.mark.usefixtures("ada_id")
def test_the_cookie_is_new_after_sign_in(stranger: Desk) -> None:
    stranger.get("/desk/sign-in")
    with stranger.client.session_transaction() as session:
        session["planted"] = "before"
        before = session["csrf_token"]
    stranger.sign_in("ada@example.org")
    stranger.get("/desk/account")
    with stranger.client.session_transaction() as session:
        assert "planted" not in session
        assert session["csrf_token"] != before


def test_signing_out_ends_it_for_a_copied_cookie_too(ada: Desk, app: Flask) -> None:
    thief = Desk(app)
    thief.client.set_cookie("desk", ada.client.get_cookie("desk").value)
    assert thief.get("/desk/").status_code == 200
    ada.post("/desk/sign-out")
    assert thief.get("/desk/").status_code == 302
    assert ada.get("/desk/").status_code == 302


def test_a_stranger_comes_back_to_the_page_asked_for(stranger: Desk, ada_id: int) -> None:
    asked = stranger.get("/desk/account")
    assert asked.location == "/desk/sign-in?next=/desk/account"
    form = stranger.get(asked.location)
    assert 'value="/desk/account"' in form.text
    assert stranger.sign_in("ada@example.org", then="/desk/account").location == "/desk/account"


ELSEWHERE = [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/desk/../../evil.example",
    "/desk//evil.example/..",
    "/desk/\r\nLocation: https://evil.example",
    "javascript:alert(1)",
    "/deskevil",
    "desk/",
    "/desk/account@evil.example",
]


@pytest.mark.parametrize("path", ELSEWHERE)
@pytest.mark.usefixtures("ada_id")
def test_nobody_is_led_elsewhere(stranger: Desk, path: str) -> None:
    assert stranger.sign_in("ada@example.org", then=path).location == "/desk/"


@pytest.mark.parametrize("path", ["/desk/", "/desk/meetings/0a1b/slides/2c", "/present/0a1b", "/desk/meetings/new?x=1"])
def test_our_own_pages_are_fine(path: str) -> None:
    assert safe_next(path, "/default") == path


def test_a_script_is_told_in_json(stranger: Desk) -> None:
    reply = stranger.get("/desk/meetings/x", headers=JSON)
    assert reply.status_code == 401
    assert reply.json["code"] == "sign_in"
    assert "signed out" in reply.json["message"]


def test_changing_the_password_keeps_this_browser_only(ada: Desk, app: Flask) -> None:
    other = Desk(app)
    other.sign_in("ada@example.org")
    assert ada.post("/desk/account/password", {"current": "wrong phrase", "new": "the new phrase"}).status_code == 422
    assert ada.post("/desk/account/password", {"current": PASSWORD, "new": "the new phrase"}).status_code == 302
    assert ada.get("/desk/account").status_code == 200
    assert other.get("/desk/account").status_code == 302
    assert other.sign_in("ada@example.org", "the new phrase").status_code == 302


def test_the_name_can_be_changed(ada: Desk) -> None:
    ada.post("/desk/account/name", {"name": "Ada King"})
    assert "Ada King" in ada.get("/desk/account").text


def test_a_reset_link_sets_a_password(stranger: Desk, ada_id: int) -> None:
    link = f"/desk/reset/{database.run(issue_link, 'reset', ada_id)}"
    stranger.get(link)
    assert stranger.post(link, {"new": "the new phrase"}).location == "/desk/sign-in"
    assert stranger.get(link).status_code == 410
    assert stranger.sign_in("ada@example.org", "the new phrase").status_code == 302


def test_nobody_registers_unless_the_server_allows_it(stranger: Desk) -> None:
    assert stranger.get("/desk/register").status_code == 404
    assert "/desk/register" not in stranger.get("/desk/sign-in").text


class TestOpenRegistration:
    @pytest.fixture
    def settings(self) -> dict[str, Any]:
        return {"open_registration": True}

    def test_anybody_makes_an_account(self, stranger: Desk) -> None:
        assert "/desk/register" in stranger.get("/desk/sign-in").text
        stranger.get("/desk/register")
        assert stranger.post("/desk/register", ACCOUNT).location == "/desk/"
        assert stranger.get("/desk/").status_code == 200

    @pytest.mark.usefixtures("ada_id")
    def test_an_address_taken_is_said_at_its_field(self, stranger: Desk) -> None:
        stranger.get("/desk/register")
        page = stranger.post("/desk/register", ACCOUNT)
        assert page.status_code == 422
        assert "already" in page.text
