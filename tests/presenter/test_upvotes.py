"""Upvotes of answers on screens and remotes: numbers, order, and who may ask for it."""

from collections.abc import Callable

from pollapp.extensions import database, hub
from pollapp.meetings import members
from tests.actors import Facilitator
from tests.ballots.upvoters import Wall
from tests.conftest import make_account
from tests.presenter.conftest import Screen
from tests.runtimes import PatientRuntime


def test_screens_are_told_numbers_as_they_grow(screen: Screen, host: Facilitator, runtime: PatientRuntime) -> None:
    wall = Wall(host)
    wall.write("One", "Two")
    told = screen.ask("watch", {"meeting": host.id})
    assert told["stage"]["poll"]["upvotes"] is True
    assert {text["votes"] for text in told["snapshot"]["results"]["texts"]} == {0}
    wall.crowd(3, wall.find("Two"))
    hub.rounds_changed({wall.poll.id})
    runtime.settle()
    snapshot = screen.heard("results")[-1]["snapshot"]
    assert snapshot["number"] > told["snapshot"]["number"]
    assert {text["text"]: text["votes"] for text in snapshot["results"]["texts"]} == {"One": 0, "Two": 3}
    assert snapshot["table"]["rows"] == [["Two", 3], ["One", 0]]


def test_the_order_is_the_same_on_every_screen_and_goes_with_the_slide(
    open_screen: Callable[[int], Screen], host: Facilitator, runtime: PatientRuntime
) -> None:
    wall = Wall(host)
    wall.write("One", "Two", "Three")
    wall.crowd(2, wall.find("Three"))
    wall.crowd(1, wall.find("One"))
    screen, remote = open_screen(host.owner_id), open_screen(host.owner_id)
    told = remote.ask("watch", {"meeting": host.id, "remote": True})["snapshot"]
    by_id = {answer.id: answer.text for answer in wall.shown()}
    assert [by_id[name] for name in told["text_ids"]] == [row[0] for row in told["table"]["rows"]]
    assert [row[0] for row in told["table"]["rows"]] == ["Three", "One", "Two"]
    screen.ask("watch", {"meeting": host.id})
    assert remote.command(host.id, host.look().stage.version, "by_votes")["ok"]
    assert screen.heard("stage")[-1]["by_votes"] is True
    shown = []
    for _ in range(3):
        assert screen.command(host.id, host.look().stage.version, "next_text")["ok"]
        runtime.settle()
        shown.append(screen.heard("results")[-1]["text"])
    assert [(text["text"], text["place"], text["votes"]) for text in shown] == [
        ("Three", 1, 2),
        ("One", 2, 1),
        ("Two", 3, 0),
    ]
    assert screen.command(host.id, host.look().stage.version, "next_text")["reason"] == "last_text"
    assert screen.command(host.id, host.look().stage.version, "as_they_came")["ok"]
    assert screen.command(host.id, host.look().stage.version, "by_votes")["ok"]
    host.look()
    Wall(host)
    assert host.look().stage.texts_by_votes is False


def test_only_who_presents_orders_and_only_where_people_can_upvote(
    open_screen: Callable[[int], Screen], host: Facilitator
) -> None:
    helper = make_account(database, "bob@example.org")
    database.run(members.add, host.id, helper, "moderator")
    Wall(host)
    assert open_screen(helper).command(host.id, host.version, "by_votes")["code"] == "not_allowed"
    host.ask("open_text")
    refused = open_screen(host.owner_id).command(host.id, host.look().stage.version, "by_votes")
    assert (refused["code"], refused["reason"]) == ("nothing_to_do", "no_upvotes")
