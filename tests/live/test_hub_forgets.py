"""The housekeeping stores what is found before names are destroyed, and forgets what people wrote once a meeting is sealed."""

from datetime import timedelta

import pytest
from flask import Flask

from pollapp.extensions import hub
from pollapp.meetings import agenda, ending, reviewing
from pollapp.words import fold
from tests.actors import Facilitator
from tests.runtimes import PatientRuntime


def test_the_seal_flags_first_and_forgets_last(
    app: Flask, host: Facilitator, runtime: PatientRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = host.ask("open_text")
    host.let_in().answer(poll, "Zoe said so")
    host.database.run(reviewing.keep_names, host.id, host.keys, ["Zoe"])
    host.end()
    runtime.settle()
    fold("Zoe", "en")
    later = agenda.now() + timedelta(hours=2)
    monkeypatch.setattr(ending, "now", lambda: later)
    hub.keep_house()
    assert fold.cache_info().currsize == 0
    review = host.database.read(reviewing.look, host.id, host.keys)
    assert (review.names, review.pending) == (None, 1)
