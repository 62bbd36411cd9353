"""One-time links open an account once, for a while, and for what they were made for."""

import threading

import pytest
from sqlalchemy import select

from pollapp import accounts
from pollapp.accounts import links, sign_ins
from pollapp.database import Database
from pollapp.errors import DomainError, LinkExpired, WeakPassword
from tests.accounts.conftest import PASSWORD

ACCOUNT = {"email": "ada@example.org", "password": PASSWORD, "name": "Ada"}


def test_the_first_link_makes_one_account(database: Database) -> None:
    link = database.run(accounts.issue_link, "first")
    database.run(accounts.create_first, link, **ACCOUNT)
    with pytest.raises(LinkExpired):
        database.run(accounts.create_first, link, **(ACCOUNT | {"email": "eve@example.org"}))


def test_a_refused_form_does_not_use_the_link_up(database: Database) -> None:
    link = database.run(accounts.issue_link, "first")
    with pytest.raises(WeakPassword):
        database.run(accounts.create_first, link, **(ACCOUNT | {"password": "short"}))
    assert database.run(accounts.create_first, link, **ACCOUNT).id


def test_of_two_uses_at_once_one_wins(database: Database) -> None:
    link = database.run(accounts.issue_link, "first")
    outcomes: list[str] = []

    def use(email: str) -> None:
        try:
            database.run(accounts.create_first, link, **(ACCOUNT | {"email": email}))
            outcomes.append("made")
        except DomainError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=use, args=(f"ada{number}@example.org",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["link_expired"] * 3 + ["made"]


@pytest.mark.usefixtures("ada")
def test_the_first_link_is_worth_nothing_once_there_is_an_account(database: Database) -> None:
    link = database.run(accounts.issue_link, "first")
    with pytest.raises(LinkExpired):
        database.read(accounts.check_link, link, "first")


def test_a_newer_link_ends_the_older(database: Database) -> None:
    older, newer = (database.run(accounts.issue_link, "first") for _ in range(2))
    with pytest.raises(LinkExpired):
        database.read(accounts.check_link, older, "first")
    assert database.read(accounts.check_link, newer, "first")


def test_a_link_expires(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    link = database.run(accounts.issue_link, "first")
    later = links.now() + links.LIFETIME_S["first"]
    monkeypatch.setattr(links, "now", lambda: later)
    with pytest.raises(LinkExpired):
        database.read(accounts.check_link, link, "first")


@pytest.mark.parametrize("link", ["", "x", "../../etc/passwd", "\udcff"])
def test_an_invented_link_opens_nothing(database: Database, link: str) -> None:
    with pytest.raises(LinkExpired):
        database.read(accounts.check_link, link, "first")


def test_a_reset_link_sets_a_password_and_signs_everybody_out(database: Database, ada: int) -> None:
    secret = database.run(sign_ins.begin, ada)
    link = database.run(accounts.issue_link, "reset", ada)
    with pytest.raises(LinkExpired):
        database.read(accounts.check_link, link, "first")
    database.run(accounts.reset_password, link, "the new phrase")
    assert database.read(accounts.verify, "ada@example.org", "the new phrase").id == ada
    assert database.read(sign_ins.facilitator_of, secret) is None
    with pytest.raises(LinkExpired):
        database.run(accounts.reset_password, link, "yet another phrase")


def test_only_a_digest_of_a_link_is_stored(database: Database) -> None:
    link = database.run(accounts.issue_link, "first")
    stored = database.read(lambda session: session.scalars(select(accounts.OneTimeLink.digest)).all())
    assert len(stored) == 1
    assert link not in stored[0]
