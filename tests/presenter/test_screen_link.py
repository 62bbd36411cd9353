"""A screen that came by a link: it sees what the room sees, gives no command, and goes dark when the link ends."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pollapp import extensions
from pollapp.extensions import database, hub
from pollapp.meetings import links, members
from tests.actors import Facilitator
from tests.conftest import make_account
from tests.presenter.conftest import Screen


@pytest.fixture
def link(host: Facilitator) -> str:
    """The path of a screen's link."""
    return f"/screen/{database.run(links.make, host.id, 'screen', by=host.owner_id)}"


@pytest.fixture
def projector(app: Flask, link: str) -> FlaskClient:
    """A browser without an account that has opened the link."""
    browser = app.test_client()
    assert browser.get(link).status_code == 302
    return browser


@pytest.fixture
def watching(app: Flask, projector: FlaskClient, host: Facilitator) -> Screen:
    """Its socket, which follows the meeting."""
    screen = Screen(app, projector, host.id)
    assert screen.ask("watch", {"meeting": host.id})["ok"]
    return screen


def revoke(host: Facilitator) -> None:
    (found,) = database.read(links.of_meeting, host.id)
    database.run(links.revoke, host.id, found.id, by=host.owner_id)
    hub.rights_changed(host.id)


def test_the_secret_goes_into_a_cookie_and_out_of_the_address(app: Flask, host: Facilitator, link: str) -> None:
    browser = app.test_client()
    opened = browser.get(link)
    assert opened.location == f"/present/{host.id}"
    cookie = opened.headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", f"screen-{host.id}="):
        assert part in cookie
    page = browser.get(opened.location).text
    assert link.rpartition("/")[2] not in page
    assert browser.get(opened.location).headers["Cache-Control"] == "no-store"


def test_over_https_the_cookie_never_travels_without_it(app: Flask, link: str) -> None:
    cookie = app.test_client().get(link, base_url="https://localhost").headers["Set-Cookie"]
    assert cookie.startswith("__Host-screen-")
    assert "; Secure" in cookie


def test_the_page_offers_no_command(projector: FlaskClient, host: Facilitator) -> None:
    page = projector.get(f"/present/{host.id}").text
    for offered in ("do-table", "do-fullscreen", "do-help"):
        assert f'id="{offered}"' in page
    for withheld in ("do-next", "do-poll", "do-results", "do-join", "do-blank", "do-end", "remove-dialog", "/desk/"):
        assert withheld not in page


def test_a_screen_follows_the_stage(watching: Screen, host: Facilitator) -> None:
    hub.stage_changed(host.do("blank"))
    assert watching.heard("stage")[-1]["blank"] is True


def test_a_screen_sees_no_results_that_are_hidden_and_all_that_are_shown(
    watching: Screen, screen: Screen, host: Facilitator, runtime: Any
) -> None:
    poll = host.ask("choice")
    host.do("hide_results")
    host.let_in().answer(poll, ["yes"])
    assert screen.ask("watch", {"meeting": host.id})["ok"]
    for act in ("hide_results", "share_results"):
        hub.stage_changed(host.do(act))
        runtime.settle()
        seen, known = watching.heard("results")[-1]["snapshot"], screen.heard("results")[-1]["snapshot"]
        assert [option["label"] for option in seen["results"]["options"]] == ["Yes", "No", "So so"]
        assert {option["count"] for option in seen["results"]["options"]} == {0}
        assert {row[1] for row in seen["table"]["rows"]} == {0}
        assert [option["count"] for option in known["results"]["options"]] == [1, 0, 0]
        assert seen["participants"] == known["participants"] == 1, "the room sees how many have answered"
    again = watching.ask("watch", {"meeting": host.id})["snapshot"]
    assert {option["count"] for option in again["results"]["options"]} == {0}
    assert watching.ask("table", {"meeting": host.id}) == {"ok": True, "round": None, "table": None}
    hub.stage_changed(host.do("show_results"))
    runtime.settle()
    assert watching.heard("results")[-1] == screen.heard("results")[-1]
    assert watching.ask("table", {"meeting": host.id}) == screen.ask("table", {"meeting": host.id})


@pytest.mark.parametrize("kind", ["open_text", "word_cloud"])
def test_a_screen_is_sent_no_words_while_they_are_hidden(
    watching: Screen, host: Facilitator, runtime: Any, kind: str
) -> None:
    poll = host.ask(kind)
    host.do("hide_results")
    host.let_in().answer(poll, "unmistakable")
    hub.rounds_changed({poll.id})
    runtime.settle()
    assert "unmistakable" not in repr(watching.heard("results"))
    assert "unmistakable" not in repr(watching.ask("watch", {"meeting": host.id}))


def test_a_withdrawn_link_darkens_its_screens_at_once_and_no_other(
    app: Flask, watching: Screen, screen: Screen, projector: FlaskClient, host: Facilitator, link: str
) -> None:
    assert screen.ask("watch", {"meeting": host.id})["ok"]
    revoke(host)
    assert watching.heard("again")
    assert screen.heard("again")
    assert screen.ask("watch", {"meeting": host.id})["ok"]
    assert watching.ask("watch", {"meeting": host.id})["code"] == "not_found"
    hub.stage_changed(host.do("blank"))
    assert watching.heard("stage") == []
    assert screen.heard("stage")[-1]["blank"] is True
    assert projector.get(f"/present/{host.id}").status_code == 404
    assert app.test_client().get(link).status_code == 404
    assert not Screen(app, projector, host.id).is_connected


def test_a_screen_that_does_not_ask_again_hears_nothing_more(watching: Screen, host: Facilitator) -> None:
    revoke(host)
    hub.stage_changed(host.do("blank"))
    assert watching.heard("stage") == []


def test_a_link_of_one_meeting_opens_no_other(
    app: Flask, watching: Screen, projector: FlaskClient, careful_host: Facilitator, link: str
) -> None:
    assert projector.get(f"/present/{careful_host.id}").status_code == 302
    assert watching.ask("watch", {"meeting": careful_host.id})["code"] == "not_found"
    projector.set_cookie(f"screen-{careful_host.id}", link.rpartition("/")[2])
    assert projector.get(f"/present/{careful_host.id}").status_code == 404
    assert not Screen(app, projector, careful_host.id).is_connected


def test_a_screen_shows_the_end_and_then_nothing(watching: Screen, projector: FlaskClient, host: Facilitator) -> None:
    host.ask("choice")
    host.end()
    assert watching.ask("watch", {"meeting": host.id})["stage"]["state"] == "ended"
    host.seal()
    assert watching.ask("watch", {"meeting": host.id})["code"] == "not_found"
    assert projector.get(f"/present/{host.id}").status_code == 404


def test_an_invented_cookie_tells_nothing(app: Flask, host: Facilitator) -> None:
    browser = app.test_client()
    for meeting in (host.id, "0123456789abcdef"):
        browser.set_cookie(f"screen-{meeting}", "invented")
    pages = [browser.get(f"/present/{meeting}") for meeting in (host.id, "0123456789abcdef")]
    assert [page.status_code for page in pages] == [404, 404]
    assert pages[0].text == pages[1].text
    assert not Screen(app, browser, host.id).is_connected


def test_a_moderator_sees_what_the_room_sees_and_can_take_it_off(
    open_screen: Callable[[int], Screen], host: Facilitator
) -> None:
    account = make_account(extensions.database, "mod@example.org")
    database.run(members.add, host.id, account, "moderator")
    poll = host.ask("open_text")
    host.let_in().answer(poll, "Something rude")
    moderator = open_screen(account)
    reply = moderator.ask("watch", {"meeting": host.id})
    assert reply["role"] == "moderator"
    (text,) = reply["snapshot"]["results"]["texts"]
    assert moderator.command(host.id, reply["stage"]["version"], "next")["code"] == "not_allowed"
    assert moderator.ask("remove", {"meeting": host.id, "round": poll.id, "text": text["id"]}) == {"ok": True}
    page = moderator.browser.get(f"/present/{host.id}").text
    assert 'id="remove-dialog"' in page
    assert 'id="do-next"' not in page


def test_what_is_correct_is_not_even_hinted_at_before_it_is_revealed(
    watching: Screen, open_screen: Callable[[int], Screen], host: Facilitator, runtime
) -> None:
    host.ask("choice", options=[{"id": "a", "label": "Bern", "correct": True}, {"id": "b", "label": "Basel"}])
    scene, screen = host.look(), open_screen(host.owner_id)
    hub.stage_changed(scene)
    runtime.settle()
    assert screen.ask("watch", {"meeting": host.id})["stage"]["poll"]["has_correct"]
    for poll in (watching.heard("stage")[-1]["poll"], watching.ask("watch", {"meeting": host.id})["stage"]["poll"]):
        assert (poll["has_correct"], poll["revealed"]) == (False, False)
    assert "'correct': True" not in str(watching.ask("watch", {"meeting": host.id}))
    assert screen.command(host.id, host.version, "reveal")["ok"]
    runtime.settle()
    assert [one["correct"] for one in watching.heard("results")[-1]["snapshot"]["results"]["options"]] == [True, False]
    assert watching.heard("stage") == []
    assert screen.command(host.id, host.look().stage.version, "unreveal")["ok"]
    runtime.settle()
    assert "'correct': True" not in str(watching.heard("results")[-1])
