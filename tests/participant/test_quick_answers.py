"""Answers that are stored without waiting get the same replies as those that are stored the ordinary way."""

import threading
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pollapp.ballots import Round
from pollapp.participant import socket
from pollapp.participant.casting import polls
from tests.actors import Facilitator
from tests.participant.conftest import Phone
from tests.runtimes import PATIENCE_S, RememberingRuntime

json = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2**64) | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture
def runtime() -> RememberingRuntime:
    """One that remembers what it read: else nothing can be answered without a look into the database."""
    return RememberingRuntime()


@pytest.fixture
def poll(app: Flask, host: Facilitator) -> Round:
    """An open word cloud that has been read before."""
    poll = host.ask("word_cloud")
    polls.get(host.id, poll.id)
    return poll


@pytest.fixture
def pair(app: Flask, host: Facilitator, poll: Round) -> tuple[str, str]:
    """The connections of two phones."""
    before = set(socket._connected)
    phones = [Phone(app, host.meeting.code) for _ in range(2)]
    assert all(phone.is_let_in() for phone in phones)
    first, second = set(socket._connected) - before
    return first, second


def quickly(sid: str, message: object) -> dict[str, Any] | None:
    """Return the reply of the quick way, or None if it wants to be called the ordinary way."""
    told, replies = threading.Event(), []

    def reply(ack: dict[str, Any]) -> None:
        replies.append(ack)
        told.set()

    if not socket._answer_quickly(sid, message, reply):
        return None
    assert told.wait(PATIENCE_S)
    return replies[0]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(raw=json, slot=st.integers(-1, 4), revision=st.integers(-1, 3), other=json)
def test_both_ways_reply_the_same(
    pair: tuple[str, str], poll: Round, raw: object, slot: int, revision: int, other: object
) -> None:
    for message in ({"round": poll.id, "slot": slot, "revision": revision, "raw": raw}, other):
        for sid in pair:
            socket._connected[sid].bucket = socket.Bucket(1000, 1000)
        assert quickly(pair[0], message) == socket._answer(pair[1], message)


def test_a_round_that_was_not_read_yet_is_left_to_the_ordinary_way(pair: tuple[str, str], host: Facilitator) -> None:
    unread = host.ask("choice")
    assert quickly(pair[0], {"round": unread.id, "slot": 0, "revision": 1, "raw": ["yes"]}) is None
    assert socket._answer(pair[0], {"round": unread.id, "slot": 0, "revision": 1, "raw": ["yes"]})["ok"]
    assert quickly(pair[0], {"round": unread.id, "slot": 0, "revision": 2, "raw": ["no"]}) == {
        "ok": True, "code": "saved", "revision": 2,
    }  # fmt: skip


def test_who_sends_too_much_is_told_so_here_too(pair: tuple[str, str], poll: Round) -> None:
    message = {"round": poll.id, "slot": 0, "revision": 1, "raw": "calm"}
    replies = [quickly(pair[0], message) for _ in range(60)]
    assert replies[0] == {"ok": True, "code": "saved", "revision": 1}
    assert replies[-1] == {"ok": False, "code": "slow_down"}


def test_nobody_who_is_not_connected_is_answered(app: Flask) -> None:
    assert quickly("nobody", {}) is None
