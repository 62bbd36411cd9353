"""A phone in a quiz: what the network takes is measured, nicknames are given, and results are told when it is time."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp import kinds
from pollapp.extensions import database
from pollapp.meetings import judging, quizzing
from pollapp.participant.playing import LATEST, Pulse
from pollapp.quizzes import timing
from tests.actors import Facilitator
from tests.ballots.test_store_cost import counting
from tests.participant.conftest import Phone
from tests.quizzes.quiz import OPTIONS, Quiz

Join = Callable[..., Phone]


def test_the_shortest_of_the_latest_round_trips_counts() -> None:
    pulse, now = Pulse(), 100.0
    assert pulse.latency_s == 0
    for trip in (0.9, 0.4, 0.6):
        number = pulse.hear(None, now)
        pulse.hear(number, now + trip)
        now += 10
    assert pulse.latency_s == pytest.approx(0.4)
    for _ in range(LATEST):
        pulse.hear(pulse.hear(None, now), now + 0.8)
        now += 10
    assert pulse.latency_s == pytest.approx(0.8), "what was quicker is long ago"


@given(said=st.lists(st.none() | st.booleans() | st.integers(-2, 9) | st.text(max_size=2), max_size=9))
def test_whatever_a_phone_says_it_gains_a_second_at_most(said: list[object]) -> None:
    pulse = Pulse()
    for now, number in enumerate(said):
        pulse.hear(number, now * 60.0)
        assert 0 <= pulse.latency_s <= timing.MOST_LATENCY_S


def test_a_number_that_was_not_told_measures_nothing() -> None:
    pulse = Pulse()
    pulse.hear(1, 0)
    pulse.hear(7, 5)
    pulse.hear(True, 5)
    assert pulse.latency_s == 0


def points_of(host: Facilitator, nickname: str) -> int:
    return next(each.points for each in database.read(quizzing.look, host.id).standings if each.nickname == nickname)


def test_what_the_network_takes_is_taken_off(join: Join, host: Facilitator, monkeypatch: pytest.MonkeyPatch) -> None:
    poll = host.ask("quiz_choice", options=OPTIONS, seconds=10)
    began_at = Quiz(host).began_at(poll)
    far, near = join(), join()
    for phone, name in ((far, "Far"), (near, "Near")):
        assert phone.ask("nickname", {"nickname": name}) == {"ok": True, "nickname": name}
    clock = SimpleNamespace(monotonic=iter([5.0, 5.8, 9.0, 9.0]).__next__)
    monkeypatch.setattr("pollapp.participant.socket.time", clock)
    for phone in (far, near):
        phone.ask("pulse", {"number": phone.ask("pulse", {})["number"]})
    monkeypatch.setattr("pollapp.participant.casting.time", SimpleNamespace(time=lambda: began_at + 2.8))
    for phone in (far, near):
        assert phone.ask("answer", {"round": poll.id, "slot": 0, "revision": 1, "raw": ["yes"]})["code"] == "saved"
    host.close()
    assert (points_of(host, "Far"), points_of(host, "Near")) == (900, 860)


def test_a_phone_is_told_what_it_got_once_the_question_is_closed(join: Join, host: Facilitator) -> None:
    poll = host.ask("quiz_choice", options=OPTIONS, scoring="flat")
    phone, silent = join(), join()
    before = phone.ask("player", {})
    assert (before["nickname"], before["result"], before["place"]) == (None, None, None)
    assert phone.ask("answer", {"round": poll.id, "slot": 0, "revision": 1, "raw": ["yes"]})["code"] == "saved"
    told = phone.ask("player", {})
    assert (told["nickname"], told["result"], told["total"]) == (before["offered"], None, 0), "not before its end"
    host.close()
    told = phone.ask("player", {})
    assert told["result"] == {"answered": True, "right": True, "points": 1000}
    assert (told["place"], told["total"], told["players"]) == (1, 1000, 1)
    assert silent.ask("player", {})["result"] == {"answered": False, "right": False, "points": 0}
    host.do("unreveal")
    assert phone.ask("player", {})["result"] is None


def test_no_answer_to_a_quiz_can_be_taken_back_or_changed(join: Join, host: Facilitator) -> None:
    poll = host.ask("quiz_type", accepted=["Berne"])
    phone = join()
    answer = {"round": poll.id, "slot": 0, "revision": 1, "raw": "Geneva"}
    assert phone.ask("answer", answer)["code"] == "saved"
    assert phone.ask("answer", answer | {"revision": 2, "raw": None})["reason"] == "empty"
    changed = phone.ask("answer", answer | {"revision": 2, "raw": "Berne"})
    assert (changed["code"], changed["answer"]) == ("superseded", "Geneva")
    assert "Your first answer counts" in phone.page()


def test_nicknames_are_for_quizzes_alone_and_say_what_is_wrong_with_them(
    join: Join, host: Facilitator, careful_host: Facilitator
) -> None:
    phone, other = join(), join()
    for meeting, one in ((host, phone), (careful_host, join(careful_host))):
        meeting.ask("choice")
        assert one.ask("nickname", {"nickname": "Otter"})["reason"] == "no_quiz"
    host.go(host.add("quiz_lobby"))
    refused = phone.ask("nickname", {"nickname": "x" * 21})
    assert (refused["code"], refused["reason"], refused["limit"]) == ("bad_nickname", "too_long", 20)
    assert "20 characters" in refused["message"]
    host.moderate("off", "off", "grommet")
    assert phone.ask("nickname", {"nickname": "Grommet"})["reason"] == "offensive"
    assert phone.ask("nickname", {"nickname": "Otter"})["ok"]
    assert other.ask("nickname", {"nickname": "otter"})["code"] == "nickname_taken"
    name = next(iter(database.read(quizzing.look, host.id).standings)).name
    database.run(judging.take_nickname, host.id, name)
    assert phone.ask("nickname", {"nickname": "Otter"})["code"] == "nickname_given"
    assert phone.ask("player", {})["given"]


def test_other_polls_are_stored_as_before_without_a_look_at_any_quiz(join: Join, host: Facilitator) -> None:
    poll = host.ask("choice")
    phone = join()
    with counting(database) as statements:
        assert phone.ask("answer", {"round": poll.id, "slot": 0, "revision": 1, "raw": ["yes"]})["code"] == "saved"
    assert not [each for each in statements if any(table in each for table in ("player", "score", "quiz_clock"))]


@pytest.mark.parametrize("kind", [kind.NAME for kind in kinds.all_kinds() if kinds.is_in_quiz(kind)])
def test_every_part_of_a_quiz_is_a_page_without_a_script_too(join: Join, host: Facilitator, kind: str) -> None:
    phone = join()
    host.go(host.add(kind, settings={"accepted": ["Berne"]} if kind == "quiz_type" else None))
    page = phone.page()
    assert "Your nickname" in page
    assert "outside of the quiz stay without any name" in page
