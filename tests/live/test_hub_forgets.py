"""The housekeeping forgets what people wrote in a meeting once it is sealed."""

from datetime import timedelta

import pytest
from flask import Flask

from pollapp.extensions import hub
from pollapp.live import hub as live_hub
from pollapp.meetings import reviewing
from tests.actors import Facilitator
from tests.meetings.test_ending import pass_time


def test_the_seal_flags_first_and_forgets_last(app: Flask, host: Facilitator, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = host.ask("open_text")
    host.let_in().answer(poll, "Zoe said so")
    host.database.run(reviewing.keep_names, host.id, host.keys, ["Zoe"])
    host.end()
    pass_time(monkeypatch, timedelta(hours=2))
    forgotten: list[str] = []
    monkeypatch.setattr(live_hub, "forget", lambda: forgotten.append(host.look().meeting.state))
    hub.keep_house()
    assert forgotten == ["sealed"]
    review = host.database.read(reviewing.look, host.id, host.keys)
    assert (review.names, review.pending) == (None, 1)
    hub.keep_house()
    assert forgotten == ["sealed"]
