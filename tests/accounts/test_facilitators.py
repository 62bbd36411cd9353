"""Accounts: who may have one, and how a password is checked and changed."""

import pytest
from argon2 import PasswordHasher

from pollapp import accounts
from pollapp.accounts import passwords, sign_ins
from pollapp.database import Database
from pollapp.errors import BadCredentials, BadEmail, BadSettings, EmailTaken, WeakPassword
from tests.accounts.conftest import PASSWORD


def test_an_address_is_stored_in_one_form_and_found_in_any(database: Database) -> None:
    made = database.run(accounts.add_facilitator, email="  Ada@EXAMPLE.org ", password=PASSWORD, name=" Ada   King ")
    assert (made.email, made.name) == ("ada@example.org", "Ada King")
    assert database.read(accounts.verify, "ADA@example.ORG", PASSWORD).id == made.id


def test_an_address_of_a_local_network_is_as_good_as_any(database: Database) -> None:
    assert database.run(accounts.add_facilitator, email="ada@office.local", password=PASSWORD, name="Ada").id


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@", "@example.org", "a da@example.org", "ada@exam ple.org", "x" * 300 + "@example.org"]
)
def test_what_is_no_address_is_refused(database: Database, email: str) -> None:
    with pytest.raises(BadEmail):
        database.run(accounts.add_facilitator, email=email, password=PASSWORD, name="Ada")


@pytest.mark.usefixtures("ada")
def test_an_address_has_one_account(database: Database) -> None:
    with pytest.raises(EmailTaken):
        database.run(accounts.add_facilitator, email="ADA@example.org", password=PASSWORD, name="Another")


@pytest.mark.parametrize(
    ("password", "reason"),
    [("short", "too_short"), ("x" * 129, "too_long"), ("Ada@Example.org", "same_as_email")],
)
def test_a_weak_password_is_refused_with_its_reason(database: Database, password: str, reason: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        database.run(accounts.add_facilitator, email="ada@example.org", password=password, name="Ada")
    assert refused.value.params["reason"] == reason


@pytest.mark.parametrize("password", ["0123456789", "x" * 128, "пароль из слов", "          "])
def test_length_is_all_a_password_needs(database: Database, password: str) -> None:
    assert database.run(accounts.add_facilitator, email="ada@example.org", password=password, name="Ada").id


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_says_something_and_fits(database: Database, name: str) -> None:
    with pytest.raises(BadSettings):
        database.run(accounts.add_facilitator, email="ada@example.org", password=PASSWORD, name=name)


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.org", "another phrase"),
        ("bob@example.org", PASSWORD),
        ("no address", PASSWORD),
        ("ada@example.org", "x" * 10_000),
    ],
)
def test_anything_else_does_not_sign_in(database: Database, email: str, password: str) -> None:
    with pytest.raises(BadCredentials):
        database.read(accounts.verify, email, password)


@pytest.mark.usefixtures("ada")
def test_an_unknown_address_costs_the_same_work(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = []
    monkeypatch.setattr(passwords, "_hasher", _Recorder(hashes))
    for email in ("ada@example.org", "bob@example.org", "no address"):
        with pytest.raises(BadCredentials):
            database.read(accounts.verify, email, "another phrase")
    assert len(hashes) == 3


class _Recorder(PasswordHasher):
    def __init__(self, hashes: list[str]) -> None:
        super().__init__()
        self._hashes = hashes

    def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # noqa: A002  # argon2's own name
        self._hashes.append(str(hash))
        return super().verify(hash, password)


def test_no_password_can_be_read_from_the_table(database: Database, ada: int) -> None:
    stored = database.read(accounts.verify, "ada@example.org", PASSWORD).password_hash
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


def test_an_old_hash_is_renewed(database: Database, ada: int, monkeypatch: pytest.MonkeyPatch) -> None:
    facilitator = database.read(accounts.verify, "ada@example.org", PASSWORD)
    assert not accounts.has_outdated_hash(facilitator)
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=4))
    assert accounts.has_outdated_hash(facilitator)
    database.run(accounts.renew_hash, ada, PASSWORD)
    assert not accounts.has_outdated_hash(database.read(accounts.verify, "ada@example.org", PASSWORD))


def test_a_new_password_needs_the_current_one(database: Database, ada: int) -> None:
    with pytest.raises(BadCredentials):
        database.run(accounts.change_password, ada, current="another phrase", new="the new phrase")
    database.run(accounts.change_password, ada, current=PASSWORD, new="the new phrase")
    assert database.read(accounts.verify, "ada@example.org", "the new phrase").id == ada


def test_a_new_password_signs_every_browser_out(database: Database, ada: int) -> None:
    secret = database.run(sign_ins.begin, ada)
    database.run(accounts.change_password, ada, current=PASSWORD, new="the new phrase")
    assert database.read(sign_ins.facilitator_of, secret) is None


def test_a_sign_in_ends_by_itself_and_by_hand(database: Database, ada: int, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (database.run(sign_ins.begin, ada) for _ in range(2))
    assert database.read(sign_ins.facilitator_of, first).id == ada
    database.run(sign_ins.finish, first)
    assert database.read(sign_ins.facilitator_of, first) is None
    assert database.read(sign_ins.facilitator_of, second).id == ada
    later = sign_ins.now() + sign_ins.LIFETIME_S
    monkeypatch.setattr(sign_ins, "now", lambda: later)
    assert database.read(sign_ins.facilitator_of, second) is None
