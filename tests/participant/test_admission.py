"""How many phones are let in, and what those that are not are told."""

import pytest
from flask import Flask

from config import Config
from pollapp.errors import MeetingFull, TooManyAtOnce
from pollapp.participant.admission import LEAST_WITHIN_MS, MOST_WITHIN_MS, Admission, admission
from pollapp.participant.socket import NAMESPACE
from tests.actors import Facilitator
from tests.participant.conftest import Phone


def doors(**settings: int) -> Admission:
    opened = Admission()
    opened.init(Config(**settings))
    return opened


def test_as_many_are_let_in_as_fit_and_who_leaves_makes_room() -> None:
    door = doors(max_phones=2)
    places = [door.enter("a"), door.enter("b")]
    for refused in (door.require_room, lambda: door.enter("c")):
        with pytest.raises(MeetingFull):
            refused()
    door.leave(places[0])
    door.require_room()
    door.enter("c")


def test_one_address_does_not_take_all_the_room() -> None:
    door = doors(max_phones=10, max_phones_per_address=3)
    places = [door.enter("hall") for _ in range(3)]
    with pytest.raises(MeetingFull):
        door.enter("hall")
    door.enter("home")
    door.leave(places[0])
    door.enter("hall")


def test_too_many_in_a_second_are_told_a_spread_that_grows_with_their_number() -> None:
    door = doors(joins_per_s=1)
    for _ in range(4):
        door.enter("hall")
    told = []
    for _ in range(40):
        with pytest.raises(TooManyAtOnce) as refused:
            door.enter("hall")
        told.append(refused.value.params["within_ms"])
    assert LEAST_WITHIN_MS < told[0] < told[-1] == MOST_WITHIN_MS


def test_a_phone_beyond_the_last_place_is_told_on_a_page_and_on_its_socket(
    app: Flask, host: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Phone(app, host.meeting.code)
    monkeypatch.setattr(admission, "_most_phones", 0)
    assert not late.is_let_in()
    stranger = app.test_client()
    page = stranger.post(f"/m/{host.meeting.code}/enter")
    assert page.status_code == 503
    assert "The meeting is full at the moment" in page.text


def test_a_phone_that_hangs_up_gives_its_place_back(app: Flask, host: Facilitator) -> None:
    first, second, third = (Phone(app, host.meeting.code) for _ in range(3))
    admission.init(Config(max_phones=1))
    assert first.is_let_in()
    assert not second.is_let_in()
    first.socket.disconnect(namespace=NAMESPACE)
    assert third.is_let_in()
