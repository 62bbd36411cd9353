"""Codes cannot be tried out, and a hall behind one address joins unhindered."""

import pytest
from flask import Flask
from limits import parse

from pollapp.participant import guessing
from tests.actors import Facilitator

WRONG = "00000000"
SENDS = {"GET": ("/m/{}", "/join?code={}"), "POST": ("/m/{}/enter",)}


def statuses(app: Flask, code: str, times: int, address: str = "192.0.2.1") -> list[int]:
    """Try a code in every way there is, in turn; return how each was answered."""
    ways = [(method, path.format(code)) for method, paths in SENDS.items() for path in paths]
    client = app.test_client()
    return [
        client.open(path, method=method, environ_base={"REMOTE_ADDR": address}).status_code
        for method, path in (ways[time % len(ways)] for time in range(times))
    ]


def test_after_so_many_wrong_codes_an_address_has_to_wait_and_others_do_not(app: Flask, host: Facilitator) -> None:
    limit = guessing.PER_ADDRESS.amount
    assert set(statuses(app, WRONG, limit)) == {404}
    assert set(statuses(app, WRONG, 3)) == {429}
    assert set(statuses(app, host.meeting.code, 3)) == {429}, "or a right code would show by being let through"
    assert 429 not in statuses(app, host.meeting.code, 3, address="192.0.2.2")


def test_right_codes_are_not_counted(app: Flask, host: Facilitator) -> None:
    assert 429 not in statuses(app, host.meeting.code, guessing.PER_ADDRESS.amount + 1)


def test_wrong_codes_of_all_addresses_together_are_limited_too(
    app: Flask, host: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guessing, "IN_ALL", parse("4 per minute"))
    assert set(statuses(app, WRONG, 4)) == {404}
    assert set(statuses(app, WRONG, 3, address="192.0.2.2")) == {429}
