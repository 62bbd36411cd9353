"""The plain form: what differs is stored, people are counted by their lowest slot, and nothing is lost on the way."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.ballots import Round
from pollapp.errors import BadAnswer
from pollapp.participant.forms import SlotForm
from pollapp.participant.plain import lowest_first
from tests.actors import Facilitator
from tests.books import Books
from tests.participant.conftest import Phone

Join = Callable[..., Phone]


@pytest.fixture
def poll(host: Facilitator) -> Round:
    return host.ask("word_cloud", entries=3)


def answers_of(phone: Phone, host: Facilitator, poll: Round) -> dict[int, object]:
    return {own.slot: own.answer for own in phone.own(host, poll) if own.answer is not None}


def test_an_answer_behind_an_empty_first_field_is_counted_with_its_person(
    join: Join, host: Facilitator, poll: Round
) -> None:
    phone = join()
    assert phone.send(poll, "", "trust", "").status_code == 302
    assert answers_of(phone, host, poll) == {0: "trust"}
    assert (host.sees(poll).participants, host.sees(poll).ballots) == (1, 1)


def test_the_last_answer_takes_the_place_of_a_first_that_is_taken_back(
    join: Join, host: Facilitator, poll: Round
) -> None:
    phone = join()
    phone.send(poll, "hope", "trust", "care")
    assert phone.send(poll, "", "trust", "care", revisions={0: 1, 1: 1, 2: 1}).status_code == 302
    assert answers_of(phone, host, poll) == {0: "care", 1: "trust"}
    assert (host.sees(poll).participants, host.sees(poll).ballots) == (1, 2)
    Books(host.database, poll)


def test_everything_can_be_taken_back(join: Join, host: Facilitator, poll: Round) -> None:
    phone = join()
    phone.send(poll, "", "trust", "")
    assert phone.send(poll, "", "", "", revisions={0: 1}).status_code == 302
    assert answers_of(phone, host, poll) == {}
    assert (host.sees(poll).participants, host.sees(poll).ballots) == (0, 0)


def test_while_one_answer_must_be_mended_nothing_is_stored_and_all_is_shown_as_typed(
    join: Join, host: Facilitator, poll: Round
) -> None:
    phone = join()
    phone.send(poll, "hope", "trust", "")
    reply = phone.send(poll, "", "x" * 61, "care", revisions={0: 1, 1: 1})
    assert reply.status_code == BadAnswer.status
    assert "x" * 61 in reply.text
    assert answers_of(phone, host, poll) == {0: "hope", 1: "trust"}


def test_an_empty_form_is_asked_for_something(join: Join, host: Facilitator, poll: Round) -> None:
    reply = join().send(poll, "", "", "")
    assert reply.status_code == BadAnswer.status
    assert "Please write something first." in reply.text
    assert host.sees(poll).participants == 0


def test_a_removed_slot_is_left_alone_and_its_writer_is_told(join: Join, host: Facilitator) -> None:
    poll = host.ask("open_text", entries=2)
    phone = join()
    phone.send(poll, "Rude", "Kind")
    rude = next(text for text in host.sees(poll).results["texts"] if text["text"] == "Rude")
    host.remove(poll, rude["id"])
    assert "removed this answer" in phone.page()
    reply = phone.send(poll, "", "Kinder", revisions={0: 1, 1: 1})
    assert reply.status_code == 302
    assert answers_of(phone, host, poll) == {1: "Kinder"}
    reply = phone.send(poll, "Rude again", "Kindest", revisions={0: 1, 1: 2})
    assert "The facilitator removed your answer." in reply.text
    assert answers_of(phone, host, poll) == {1: "Kindest"}


def test_a_form_of_a_closed_round_says_which_answer_counts(join: Join, host: Facilitator, poll: Round) -> None:
    phone = join()
    phone.send(poll, "hope", "trust", "")
    host.close()
    reply = phone.send(poll, "", "trust", "late", revisions={0: 1, 1: 1})
    assert "Your earlier answer counts." in reply.text
    assert answers_of(phone, host, poll) == {0: "hope", 1: "trust"}


def test_a_form_that_was_open_for_too_long_leads_back_into_the_meeting(join: Join) -> None:
    phone = join()
    reply = phone.browser.post(f"/m/{phone.code}/answer", data={"csrf_token": "stale", "round": "1"})
    assert reply.status_code == 400
    assert f'href="/m/{phone.code}"' in reply.text


@given(st.lists(st.none() | st.text(min_size=1, max_size=3), max_size=6))
def test_moving_keeps_every_answer_and_never_leaves_the_first_empty(raws: list[str | None]) -> None:
    placed = lowest_first([SlotForm(slot * 2, slot, raw) for slot, raw in enumerate(raws)])
    assert sorted(slot.raw or "" for slot in placed) == sorted(raw or "" for raw in raws)
    assert [(slot.slot, slot.shown_revision) for slot in placed] == [(slot * 2, slot) for slot in range(len(raws))]
    assert not any(raws) or placed[0].raw is not None
