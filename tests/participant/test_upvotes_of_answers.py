"""Answers of others on the phone: what it is told of them, and upvotes by socket and by plain form."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from pollapp.ballots import Round
from pollapp.extensions import hub
from pollapp.live import texts as live_texts
from pollapp.participant.socket import BURST
from tests.actors import Facilitator
from tests.participant.conftest import Phone
from tests.runtimes import PatientRuntime

Join = Callable[..., Phone]


@pytest.fixture
def poll(host: Facilitator) -> Round:
    """An open text whose answers can be upvoted, with three of them."""
    poll = host.ask("open_text", upvotes=True)
    for text in ("One", "Two", "Three"):
        host.let_in().answer(poll, text)
    return poll


def look(phone: Phone) -> dict[str, Any]:
    found = phone.ask("texts", {})
    assert found["ok"]
    return found


def named(phone: Phone, words: str) -> dict[str, Any]:
    return next(text for text in look(phone)["texts"] if text["text"] == words)


def upvote(phone: Phone, poll: Round, text: dict[str, Any], *, revision: int = 1, given: bool = True) -> dict[str, Any]:
    sent = {"round": poll.id, "text": text["id"], "seen": text["seen"], "revision": revision, "given": given}
    return phone.ask("upvote_text", sent)


def write(phone: Phone, poll: Round, words: str, *, revision: int = 1) -> None:
    sent = {"round": poll.id, "slot": 0, "revision": revision, "raw": words}
    assert phone.ask("answer", sent)["code"] == "saved"


def plainly(phone: Phone, poll: Round, text: dict[str, Any], given: str = "1", **more: str) -> Any:
    page = phone.browser.get(f"/m/{phone.code}/answers").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    data = {"csrf_token": token[1], "round": str(poll.id), "text": text["id"], "seen": text["seen"], "given": given}
    return phone.browser.post(f"/m/{phone.code}/answers/upvote", data=data | more, follow_redirects=True)


def test_a_phone_sees_what_others_wrote_and_which_is_its_own(join: Join, host: Facilitator, poll: Round) -> None:
    phone = join()
    write(phone, poll, "Mine")
    found = look(phone)
    assert sorted(text["text"] for text in found["texts"]) == ["Mine", "One", "Three", "Two"]
    assert [text["text"] for text in found["texts"] if text["id"] in found["own"]] == ["Mine"]
    assert (found["round"], found["total"], found["stepped"], found["upvotes"]) == (poll.id, 4, False, {})
    assert {text["votes"] for text in found["texts"]} == {0}
    assert phone.ask("join", {})["stage"]["upvotes"] is True
    assert "/answers" in phone.page()


def test_an_upvote_is_stored_heard_of_by_others_and_there_after_a_reload(
    join: Join, poll: Round, runtime: PatientRuntime
) -> None:
    voter, watcher = join(), join()
    text = named(watcher, "Two")
    watcher.heard("texts")
    assert upvote(voter, poll, text) == {"ok": True, "code": "saved", "revision": 1, "given": True}
    assert upvote(voter, poll, text)["code"] == "saved", "a retry is never refused"
    runtime.settle()
    (delta,) = watcher.heard("texts")
    assert (delta["votes"], delta["changed"], delta["round"]) == ({text["id"]: 1}, [], poll.id)
    assert look(voter)["upvotes"] == {text["id"]: {"revision": 1, "given": True}}
    assert look(watcher)["upvotes"] == {}
    assert upvote(voter, poll, text, given=False)["code"] == "superseded"
    assert upvote(voter, poll, text, revision=2, given=False)["given"] is False
    runtime.settle()
    assert named(voter, "Two")["votes"] == 0


def test_upvoting_goes_on_while_the_answers_are_on_the_stage_and_not_longer(
    join: Join, host: Facilitator, poll: Round
) -> None:
    phone = join()
    text = named(phone, "One")
    host.close()
    hub.stage_changed(host.look())
    assert upvote(phone, poll, text)["code"] == "saved", "nobody can answer, but what was said can be upvoted"
    for action in ("hide_results", "ask_again"):
        host.do(action)
        hub.stage_changed(host.look())
        assert look(phone)["texts"] == []
        assert upvote(phone, poll, text, revision=2, given=False)["code"] == "closed"
    assert phone.ask("join", {})["stage"]["upvotes"] is False
    other = host.ask("choice")
    hub.stage_changed(host.look())
    assert look(phone)["round"] is None
    assert upvote(phone, other, text)["code"] == "closed"


def test_only_what_may_be_shown_is_sent_and_takes_upvotes(
    join: Join, host: Facilitator, poll: Round, runtime: PatientRuntime
) -> None:
    phone = join()
    text = named(phone, "One")
    host.moderate("first")
    hub.rounds_changed({poll.id})
    runtime.settle()
    assert look(phone)["texts"] == [], "nothing is approved yet"
    assert upvote(phone, poll, text)["code"] == "unknown_text"
    queued = next(entry for entry in host.queue() if entry.text == "One")
    host.decide(queued, "approved")
    hub.rounds_changed({poll.id})
    runtime.settle()
    assert [each["text"] for each in look(phone)["texts"]] == ["One"]
    assert upvote(phone, poll, text)["code"] == "saved"
    host.decide(next(entry for entry in host.queue() if entry.text == "One"), "hidden")
    hub.rounds_changed({poll.id})
    runtime.settle()
    assert upvote(phone, poll, text, revision=2, given=False)["code"] == "unknown_text"


def test_an_upvote_is_for_the_words_that_were_read(
    join: Join, host: Facilitator, poll: Round, runtime: PatientRuntime
) -> None:
    writer, voter = join(), join()
    write(writer, poll, "Before")
    text = named(voter, "Before")
    assert upvote(voter, poll, text)["ok"]
    write(writer, poll, "After", revision=2)
    runtime.settle()
    assert upvote(join(), poll, text)["code"] == "unknown_text"
    changed = named(voter, "After")
    assert (changed["id"], changed["votes"]) == (text["id"], 0)
    assert look(voter)["upvotes"] == {}, "nor does its button look pressed"
    write(writer, poll, "Before", revision=3)
    runtime.settle()
    assert named(voter, "Before")["votes"] == 1
    assert text["id"] in look(voter)["upvotes"]


def test_what_was_removed_is_gone_from_phones(
    join: Join, host: Facilitator, poll: Round, runtime: PatientRuntime
) -> None:
    phone = join()
    text = named(phone, "One")
    assert upvote(phone, poll, text)["ok"]
    phone.heard("texts")
    host.remove(poll, text["id"])
    hub.rounds_changed({poll.id})
    runtime.settle()
    assert phone.heard("texts")[-1]["gone"] == [text["id"]]
    assert upvote(phone, poll, text, revision=2, given=False)["code"] == "unknown_text"


@pytest.mark.parametrize(
    "wrong", [{"round": None}, {"text": 7}, {"seen": None}, {"revision": -1}, {"revision": True}, {"given": 1}]
)
def test_a_message_that_is_no_upvote_is_refused(join: Join, poll: Round, wrong: dict[str, Any]) -> None:
    phone = join()
    text = named(phone, "One")
    sent = {"round": poll.id, "text": text["id"], "seen": text["seen"], "revision": 1, "given": True}
    assert phone.ask("upvote_text", sent | wrong)["code"] == "bad_upvote"
    for strange in (None, [], "x", {"text": "zz"}):
        assert phone.ask("upvote_text", strange)["code"] == "bad_upvote"
    assert upvote(phone, poll, {"id": "zz", "seen": "zz"})["code"] == "unknown_text"


def test_a_flood_of_upvotes_is_slowed_down_like_any_other(join: Join, poll: Round) -> None:
    phone = join()
    text = named(phone, "One")
    codes = [
        upvote(phone, poll, text, revision=number + 1, given=number % 2 == 0)["code"] for number in range(20 * BURST)
    ]
    assert {"saved", "slow_down"} == set(codes)


def test_where_nobody_can_upvote_nothing_is_told(join: Join, host: Facilitator) -> None:
    poll = host.ask("open_text")
    host.let_in().answer(poll, "One")
    phone = join()
    assert look(phone)["texts"] == []
    assert phone.ask("join", {})["stage"]["upvotes"] is False
    assert "/answers" not in phone.page()
    text = {"id": host.sees(poll).texts[0].id, "seen": "00000000"}
    assert upvote(phone, poll, text)["code"] == "closed"


def test_a_long_list_comes_in_pages_and_the_most_wanted_of_it(
    join: Join, host: Facilitator, poll: Round, monkeypatch: pytest.MonkeyPatch, runtime: PatientRuntime
) -> None:
    phone = join()
    texts = look(phone)["texts"]
    assert upvote(phone, poll, texts[-1])["ok"]
    monkeypatch.setattr("pollapp.live.listing.MOST_BYTES", 100)
    first = look(phone)
    assert first["after"] == first["texts"][-1]["id"]
    rest = phone.ask("texts", {"after": first["after"]})
    assert "upvotes" not in rest
    assert [*first["texts"], *rest["texts"]][0] == texts[0]
    monkeypatch.setattr(live_texts, "MOST_LISTED", 2)
    for text in ("Four", "Five"):
        host.let_in().answer(poll, text)
    hub.rounds_changed({poll.id})
    runtime.settle()
    found = look(join())
    assert found["total"] == 5
    assert texts[-1]["id"] in [*(text["id"] for text in found["texts"]), found["after"], *_rest(phone, found)]
    assert hub.texts.fresh(host.id).items.keys() <= {text["id"] for text in texts}, "those that are known stay"


def _rest(phone: Phone, page: dict[str, Any]) -> list[str]:
    if not page["after"]:
        return []
    return [text["id"] for text in phone.ask("texts", {"after": page["after"]})["texts"]]


def test_under_the_chatham_house_rule_numbers_move_in_steps_of_published_answers(
    join: Join, careful_host: Facilitator, runtime: PatientRuntime
) -> None:
    poll = careful_host.ask("open_text", upvotes=True)
    for number in range(9):
        careful_host.let_in().answer(poll, f"Answer {number}")
    watcher = join(careful_host)
    assert look(watcher)["texts"] == [], "nothing is published yet"
    careful_host.let_in().answer(poll, "The tenth")
    hub.rounds_changed({poll.id})
    runtime.settle()
    (delta,) = watcher.heard("texts")
    assert len(delta["changed"]) == 5
    text = look(watcher)["texts"][0]
    assert text["votes"] is None
    for _ in range(9):
        assert upvote(join(careful_host), poll, text)["code"] == "saved"
        runtime.settle()
    assert watcher.heard("texts") == []
    assert upvote(join(careful_host), poll, text)["ok"]
    runtime.settle()
    assert [each["votes"] for each in watcher.heard("texts")] == [{text["id"]: 5}]
    careful_host.close()
    hub.stage_changed(careful_host.look())
    runtime.settle()
    assert watcher.heard("texts")[-1]["votes"] == {text["id"]: 10}, "what came since is five people's"


def test_plain_forms_upvote_and_take_back(join: Join, host: Facilitator, poll: Round) -> None:
    writer, voter = join(), join()
    write(writer, poll, "Mine")
    text = named(voter, "Mine")
    assert "Yours" in writer.browser.get(f"/m/{writer.code}/answers").text
    assert "Yours" not in voter.browser.get(f"/m/{voter.code}/answers").text
    for _ in range(2):
        page = plainly(voter, poll, text).text
        assert page.count('aria-pressed="true"') == 1
        assert "Upvotes: 1" in page
    assert "Upvotes: 1" not in plainly(voter, poll, text, "0").text
    late = plainly(voter, poll, text, seen="00000000")
    assert (late.status_code, "its writer changed it" in late.text) == (409, True)


def test_plain_forms_refuse_whoever_is_not_this_phone(join: Join, poll: Round) -> None:
    stranger, phone = join(joins=False), join()
    address = f"/m/{phone.code}/answers"
    assert stranger.browser.get(address).status_code == 302
    assert stranger.browser.post(f"{address}/upvote", data={"text": "x"}).status_code == 403
    assert phone.browser.post(f"{address}/upvote", data={"text": "x", "csrf_token": "00"}).status_code == 400
    text = named(phone, "One")
    assert plainly(phone, poll, text, round="x").status_code == 404
    assert text["votes"] == 0


def test_hostile_words_stay_words(join: Join, host: Facilitator, poll: Round) -> None:
    host.let_in().answer(poll, "<script>alert(1)</script>")
    page = join().browser.get(f"/m/{host.meeting.code}/answers").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_answers_of_a_meeting_that_has_ended_are_forgotten(join: Join, host: Facilitator, poll: Round) -> None:
    look(join())
    assert hub.texts._known
    host.end()
    hub.stage_changed(host.look())
    assert hub.texts._known == {}
