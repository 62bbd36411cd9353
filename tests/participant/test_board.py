"""The board on a phone: by socket, and by plain forms without JavaScript."""

import itertools
import re
from collections.abc import Callable

import pytest

from pollapp.extensions import database, hub
from pollapp.participant.socket import NAMESPACE
from pollapp.questions import limits, look, moderating
from tests.actors import Facilitator
from tests.participant.conftest import Phone
from tests.runtimes import PatientRuntime
from tests.waiting import wait_until

Join = Callable[..., Phone]


class Board:
    """The board of a meeting in the running application."""

    def __init__(self, facilitator: Facilitator, runtime: PatientRuntime) -> None:
        self.id, self.preset, self.runtime = facilitator.id, facilitator.meeting.preset, runtime
        self.do("open_board", self.preset)

    def do(self, act: str, *args, **kwargs) -> None:
        """Moderate, and have it told."""
        database.run(getattr(moderating, act), self.id, *args, **kwargs)
        hub.boards.changed({self.id})
        self.runtime.settle()


@pytest.fixture
def board(host: Facilitator, runtime: PatientRuntime) -> Board:
    return Board(host, runtime)


def ask(phone: Phone, text: str | None, slot: int = 0) -> dict:
    return phone.ask("ask", {"slot": slot, "text": text})


def upvote(phone: Phone, name: str, revision: int = 1, *, given: bool = True) -> dict:
    return phone.ask("upvote", {"question": name, "revision": revision, "given": given})


def plainly(phone: Phone, act: str, **fields: str):
    """Send a plain form of the board's page."""
    page = phone.browser.get(f"/m/{phone.code}/questions").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    return phone.browser.post(
        f"/m/{phone.code}/questions/{act}",
        data={"csrf_token": token[1] if token else "", **fields},
        follow_redirects=True,
    )


def test_a_question_comes_to_every_phone_that_looks(board: Board, join: Join, runtime: PatientRuntime) -> None:
    asker, other, elsewhere = join(), join(), join()
    assert other.ask("board", {})["questions"] == []
    elsewhere.ask("join", {})
    reply = ask(asker, "When do we start?")
    assert (reply["ok"], reply["state"]) == (True, "shown")
    runtime.settle()
    heard = other.heard("board")
    assert [each["changed"][0]["text"] for each in heard] == ["When do we start?"]
    told = elsewhere.socket.get_received(NAMESPACE)
    assert [each["args"][0] for each in told if each["name"] in ("board", "questions")] == [
        {"state": "open", "questions": 1}
    ]
    assert asker.ask("board", {})["mine"]["questions"] == [
        {"slot": 0, "id": reply["id"], "state": "shown", "text": "When do we start?"}
    ]
    assert other.ask("board", {})["mine"]["questions"] == []


def test_messages_about_upvotes_hold_nothing_but_numbers_and_follow_each_other(
    board: Board, join: Join, runtime: PatientRuntime
) -> None:
    name = ask(join(), "When do we start?")["id"]
    runtime.settle()
    watcher = join()
    before = watcher.ask("board", {})
    phones = [join() for _ in range(8)]
    assert all(upvote(phone, name)["ok"] for phone in phones)
    runtime.settle()
    heard = watcher.heard("board")
    assert 1 <= len(heard) <= len(phones)
    assert [(each["changed"], each["gone"]) for each in heard] == [([], [])] * len(heard)
    assert heard[-1]["votes"] == {name: 8}
    assert heard[0]["from"] == before["version"]
    for earlier, later in itertools.pairwise(heard):
        assert later["from"] == earlier["version"]


def test_who_left_the_board_hears_nothing_of_it(board: Board, join: Join, runtime: PatientRuntime) -> None:
    phone = join()
    phone.ask("board", {})
    phone.ask("board_left", {})
    ask(join(), "When do we start?")
    runtime.settle()
    assert phone.heard("board") == []


def test_a_large_board_comes_in_pages(board: Board, join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pollapp.live.listing.MOST_BYTES", 500)
    asked = {ask(join(), f"Question {number}?")["id"] for number in range(7)}

    def pages() -> list[list[str]]:
        phone, read, after = join(), [], ""
        while True:
            page = phone.ask("board", {"after": after} if after else {})
            read.append([each["id"] for each in page["questions"]])
            if not (after := page["after"]):
                return read

    wait_until(lambda: sum(map(len, pages())) == 7)  # whoever asks is told before the board is read anew
    assert len(pages()) > 1
    assert [name for page in pages() for name in page] == sorted(asked)


def test_nothing_that_waits_reaches_a_phone_before_it_is_approved(
    board: Board, join: Join, runtime: PatientRuntime
) -> None:
    board.do("set_up", approve_first=True, per_person=limits.PER_PERSON)
    watcher = join()
    watcher.ask("board", {})
    reply = ask(join(), "When do we start?")
    assert reply["state"] == "waiting"
    runtime.settle()
    assert all(not each["changed"] for each in watcher.heard("board"))
    assert watcher.ask("board", {})["questions"] == []
    assert "When do we start?" not in watcher.browser.get(f"/m/{watcher.code}/questions").text
    board.do("approve", reply["id"])
    assert watcher.heard("board")[-1]["changed"][0]["text"] == "When do we start?"


def test_a_removed_question_is_gone_from_phones_and_its_own_is_told(board: Board, join: Join) -> None:
    asker, watcher = join(), join()
    name = ask(asker, "When do we start?")["id"]
    watcher.ask("board", {})
    board.do("remove", name)
    assert watcher.heard("board")[-1]["gone"] == [name]
    assert asker.ask("board", {})["mine"]["questions"] == [{"slot": 0, "id": name, "state": "removed", "text": None}]


def test_a_phone_hears_of_a_merge_and_its_upvote_counts_once(board: Board, join: Join, runtime: PatientRuntime) -> None:
    one, other = (ask(join(), text)["id"] for text in ("One?", "Other?"))
    voter = join()
    upvote(voter, one)
    upvote(voter, other)
    runtime.settle()
    voter.ask("board", {})
    board.do("merge", other, one)
    heard = voter.heard("board")[-1]
    assert heard["merged"] == {other: one}
    assert upvote(voter, other, revision=2) == {"ok": False, "code": "merged", "into": one}
    assert upvote(voter, one, revision=1)["ok"]
    runtime.settle()
    assert [each["votes"] for each in voter.ask("board", {})["questions"]] == [1]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"slot": -1, "text": "Why?"}, "malformed"),
        ({"slot": True, "text": "Why?"}, "malformed"),
        ({"slot": limits.MOST_PER_PERSON, "text": "Why?"}, "malformed"),
        ({"slot": 0, "text": ""}, "empty"),
        ({"slot": 0, "text": "x" * (limits.LENGTH + 1)}, "too_long"),
    ],
)
def test_what_is_no_question_is_refused_with_its_reason(board: Board, join: Join, message: dict, reason: str) -> None:
    reply = join().ask("ask", message)
    assert (reply["code"], reply["reason"]) == ("bad_question", reason)


def test_the_limit_per_person_holds(board: Board, join: Join) -> None:
    board.do("set_up", approve_first=False, per_person=2)
    phone = join()
    assert phone.ask("board", {})["rules"]["per_person"] == 2
    assert ask(phone, "One?", 1)["ok"]
    assert ask(phone, "Two?", 2) == {"ok": False, "code": "no_questions_left", "limit": 2}


def test_under_the_rule_nobody_hears_anything_until_five_have_asked(
    careful_host: Facilitator, join: Join, runtime: PatientRuntime
) -> None:
    careful = Board(careful_host, runtime)
    careful.do("set_up", approve_first=False, per_person=3)
    watcher = join(careful_host)
    watcher.ask("board", {})
    for number in range(4):
        assert ask(join(careful_host), f"Question {number}?")["state"] == "held"
        runtime.settle()
        assert watcher.heard("board") == []
    ask(join(careful_host), "Question 4?")
    runtime.settle()
    changed = [item for each in watcher.heard("board") for item in each["changed"]]
    assert len(changed) == 5
    assert {item["order"] for item in changed} == {0}, "in an order that means nothing"
    name = changed[0]["id"]
    for _ in range(9):
        upvote(join(careful_host), name)
        runtime.settle()
    assert watcher.heard("board") == []
    upvote(join(careful_host), name)
    runtime.settle()
    assert [each["votes"] for each in watcher.heard("board")] == [{name: 5}]


def test_plain_forms_ask_upvote_and_take_back(board: Board, join: Join) -> None:
    asker, voter = join(), join()
    assert "Questions" in asker.page()
    page = plainly(asker, "ask", text="When do we start?").text
    assert "When do we start?" in page
    assert "Yours" in page
    name = voter.ask("board", {})["questions"][0]["id"]
    assert "Yours" not in voter.browser.get(f"/m/{voter.code}/questions").text
    for _ in range(2):
        page = plainly(voter, "upvote", question=name, given="1").text
        assert "Upvotes: 1" in page
        assert 'aria-pressed="true"' in page
    assert "Upvotes: 0" in plainly(voter, "upvote", question=name, given="0").text
    assert "When do we start?" not in plainly(asker, "withdraw", slot="0").text


def test_what_a_plain_form_cannot_store_comes_back_as_it_was_typed(board: Board, join: Join) -> None:
    phone = join()
    long = "x" * (limits.LENGTH + 1)
    reply = plainly(phone, "ask", text=long)
    assert reply.status_code == 422
    assert long in reply.text
    open_page = phone.browser.get(f"/m/{phone.code}/questions").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', open_page)
    board.do("close_board")
    late = phone.browser.post(f"/m/{phone.code}/questions/ask", data={"csrf_token": token[1], "text": "Why?"})
    assert late.status_code == 409
    assert "Questions are closed, so yours came too late" in late.text


@pytest.mark.parametrize("act", ["ask", "upvote", "withdraw"])
def test_plain_forms_refuse_whoever_is_not_this_phone(board: Board, join: Join, host: Facilitator, act: str) -> None:
    stranger, phone = join(joins=False), join()
    address = f"/m/{phone.code}/questions/{act}"
    assert stranger.browser.post(address, data={"text": "Why?"}).status_code == 403
    assert phone.browser.post(address, data={"text": "Why?", "csrf_token": "00"}).status_code == 400
    assert database.read(lambda session: look(session, host.id)).questions == ()


def test_a_board_that_was_never_opened_is_not_offered(join: Join, host: Facilitator) -> None:
    phone = join()
    assert phone.ask("join", {})["board"] == {"state": None, "questions": 0}
    assert re.search(r"<nav class=\"tabs\"[^>]* hidden>", phone.page())
    assert ask(phone, "Why?")["code"] == "closed"
