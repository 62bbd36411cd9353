"""An answer apart, on the sockets: what screens, who only watches and remotes are told, and what makes it go."""

from collections.abc import Callable
from typing import Any

import pytest

from pollapp.ballots import Round
from pollapp.extensions import database, hub
from pollapp.meetings import members
from tests.actors import Facilitator
from tests.conftest import make_account
from tests.presenter.conftest import Screen
from tests.runtimes import PatientRuntime


@pytest.fixture
def asked(host: Facilitator) -> Round:
    """An open text with three answers on the screen."""
    poll = host.ask("open_text")
    for text in ("One", "Two", "Three"):
        host.let_in().answer(poll, text)
    return poll


@pytest.fixture
def watching(open_screen: Callable[[int], Screen], host: Facilitator) -> list[Screen]:
    """A screen of the host, one of a moderator, who only watches, and the host's remote."""
    helper = make_account(database, "bob@example.org")
    database.run(members.add, host.id, helper, "moderator")
    screens = [open_screen(host.owner_id), open_screen(helper), open_screen(host.owner_id)]
    for place, screen in enumerate(screens):
        assert screen.ask("watch", {"meeting": host.id, "remote": place == 2})["ok"]
    return screens


def show(screen: Screen, host: Facilitator, action: str, **params: Any) -> dict[str, Any]:
    return screen.command(host.id, host.look().stage.version, action, **params)


def said(screen: Screen) -> Any:
    """Return what the latest results say of the answer that stands apart."""
    text = screen.heard("results")[-1]["text"]
    return text and text["text"]


def test_every_screen_and_remote_shows_the_same_and_so_does_one_that_comes_later(
    watching: list[Screen], host: Facilitator, asked: Round, runtime: PatientRuntime
) -> None:
    screen, _, remote = watching
    name = host.sees(asked).texts[1].id
    told = remote.ask("watch", {"meeting": host.id, "remote": True})
    assert told["snapshot"]["text_ids"] == [text.id for text in host.sees(asked).texts]
    assert [row[0] for row in told["snapshot"]["table"]["rows"]] == [text.text for text in host.sees(asked).texts]
    assert show(remote, host, "highlight", text=name)["ok"]
    runtime.settle()
    for each in watching:
        messages = each.socket.get_received("/presenter")
        stages = [one["args"][0]["text"] for one in messages if one["name"] == "stage"]
        texts = [one["args"][0]["text"] for one in messages if one["name"] == "results"]
        assert stages[-1] == {"id": name, "large": True}
        assert texts[-1] == {"id": name, "text": host.sees(asked).texts[1].text, "place": 2, "of": 3}
        again = each.ask("watch", {"meeting": host.id})
        assert (again["stage"]["text"], again["text"]) == (stages[-1], texts[-1])
    assert show(screen, host, "unhighlight")["ok"]
    runtime.settle()
    assert said(screen) is None


def test_who_only_watches_is_told_no_words_while_results_are_hidden(
    watching: list[Screen], host: Facilitator, asked: Round, runtime: PatientRuntime
) -> None:
    screen, moderator, _ = watching
    show(screen, host, "highlight", text=host.sees(asked).texts[0].id)
    runtime.settle()
    moderator.heard("results")
    show(screen, host, "hide_results")
    runtime.settle()
    assert said(moderator) is None
    assert moderator.ask("watch", {"meeting": host.id})["text"] is None


def test_what_is_removed_goes_from_every_screen_and_the_stage_says_so(
    watching: list[Screen], host: Facilitator, asked: Round, runtime: PatientRuntime
) -> None:
    screen, moderator, _ = watching
    name = host.sees(asked).texts[0].id
    show(screen, host, "highlight", text=name)
    runtime.settle()
    version = host.look().stage.version
    assert moderator.ask("remove", {"meeting": host.id, "round": asked.id, "text": name})["ok"]
    runtime.settle()
    for each in watching:
        assert said(each) is None
    now = host.look().stage
    assert (now.text_large, now.version) == (False, version + 1)


def test_one_at_a_time_begins_with_the_first_answer_that_comes(
    watching: list[Screen], host: Facilitator, runtime: PatientRuntime
) -> None:
    poll = host.ask("open_text", display="one")
    host.let_in().answer(poll, "First")
    hub.rounds_changed({poll.id})
    runtime.settle()
    assert [said(each) for each in watching] == ["First"] * 3
    for number in range(9):
        host.let_in().answer(poll, f"More {number}")
    hub.rounds_changed({poll.id})
    runtime.settle()
    assert said(watching[0]) == "First"


def test_under_the_chatham_house_rule_nothing_is_sent_that_is_not_published(
    open_screen: Callable[[int], Screen], careful_host: Facilitator, runtime: PatientRuntime
) -> None:
    screen = open_screen(careful_host.owner_id)
    poll = careful_host.ask("open_text", display="one")
    screen.ask("watch", {"meeting": careful_host.id})
    heard = []
    for number in range(1, 15):
        careful_host.let_in().answer(poll, f"Answer {number}")
        hub.rounds_changed({poll.id})
        runtime.settle()
        messages = screen.socket.get_received("/presenter")
        if any(one["name"] in ("stage", "results") for one in messages):
            heard.append(number)
    assert heard in ([10], [1, 10]), "a message alone would say that somebody answered"
    assert screen.ask("watch", {"meeting": careful_host.id})["text"]["of"] == 5
