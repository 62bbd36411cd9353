"""The review page: what it shows, what its forms do with and without JavaScript, and what results and files say."""

import html
import json
import re
from typing import Any

import pytest
from flask import Flask

from pollapp.ballots import Round, rounds
from pollapp.extensions import database, hub, keys
from pollapp.meetings import Meeting, agenda, ending, reviewing, stage
from pollapp.words import MARK
from tests.actors import Participant
from tests.facilitator.conftest import JSON, Desk

MAIL = "Ask <b>Zoë</b> at zoe@example.org"


@pytest.fixture
def preset() -> str:
    return "standard"


@pytest.fixture
def asked(ada_id: int, preset: str) -> tuple[Meeting, Round]:
    """A meeting of Ada's with an open text that five people answered, closed."""
    made = database.run(agenda.create_meeting, keys, owner_id=ada_id, title="Our meeting", preset=preset)
    slide = database.run(agenda.add_slide, made.id, "open_text")
    database.run(agenda.update_slide, made.id, slide.id, prompt="What helped?", settings=slide.settings)
    poll = database.run(stage.command, made.id, 1, "next", {}).poll
    assert poll is not None
    for text in (MAIL, "Two", "Three", "Four", "Five"):
        Participant(database, keys.get(made.id)).answer(poll, text)
    database.run(stage.command, made.id, 2, "close", {})
    return made, poll


def form_of(page: str) -> dict[str, str]:
    """Return the hidden fields of the entry in focus."""
    form = page[page.index("data-decide") :]
    return {
        name: html.unescape(found[1])
        for name in ("round", "key", "fingerprint")
        if (found := re.search(rf'name="{name}" value="([^"]*)"', form))
    }


def decide(desk: Desk, at: str, decision: str, **more: Any) -> Any:
    """Decide about the entry in focus as a script does."""
    fields = form_of(desk.get(at).text) | {"decision": decision} | more
    return desk.post(at.partition("?")[0], fields, headers=JSON)


def at(meeting: Meeting) -> str:
    return f"/desk/meetings/{meeting.id}/review"


def test_an_empty_review_teaches(ada: Desk, meeting: Meeting) -> None:
    page = ada.get(at(meeting)).text
    assert "Nothing to review yet" in page
    assert "read the texts" in page


def test_the_first_entry_that_waits_is_in_focus_with_what_was_found_marked(ada: Desk, asked: tuple) -> None:
    page = ada.get(at(asked[0])).text
    assert "Ask &lt;b&gt;Zoë&lt;/b&gt; at <mark>zoe@example.org</mark>" in page
    assert "1 entry is left to decide." in page
    assert "Entry 1 of 5" in page
    assert page.count('class="review__one"') == 5


def test_nothing_found_offers_to_keep_and_drop_but_not_to_black_out(ada: Desk, asked: tuple) -> None:
    two = next(each for each in database.read(reviewing.look, asked[0].id, keys).written if each.entry.text == "Two")
    page = ada.get(at(asked[0]), query_string={"entry": two.place}).text
    card = page[page.index("data-card") : page.index("review__choose")]
    assert "Nothing was found here by machine." in card
    assert ['value="keep"' in card, 'value="redact"' in card, 'value="drop"' in card] == [True, False, True]


def test_a_decision_by_script_brings_the_next_entry(ada: Desk, asked: tuple) -> None:
    reply = decide(ada, at(asked[0]), "redact").json
    assert (reply["ok"], reply["said"]) == (True, "Blacked out. Nothing is left to decide.")
    assert reply["changed"]["state"] == "redact"
    assert MAIL[:3] not in reply["card"]
    assert reply["undo"]["decision"] == "undo"
    assert f"at {MARK}" in ada.get(f"/desk/meetings/{asked[0].id}/results").text
    back = ada.post(at(asked[0]), {"csrf_token": ada.csrf, **reply["undo"]}, headers=JSON).json
    assert back["said"].startswith("Taken back. 1 entry is left")
    assert "<mark>zoe@example.org</mark>" in back["card"]


def test_a_decision_by_plain_form_leads_on_and_offers_to_take_it_back(ada: Desk, asked: tuple) -> None:
    fields = form_of(ada.get(at(asked[0])).text)
    reply = ada.post(at(asked[0]), fields | {"decision": "drop"}, follow_redirects=True)
    assert "Dropped." in reply.text
    assert 'name="decision" value="undo"' in reply.text
    assert "zoe@example.org" not in ada.get(f"/desk/meetings/{asked[0].id}/results").text
    ada.post(at(asked[0]), fields | {"decision": "undo"})
    assert "zoe@example.org" in ada.get(f"/desk/meetings/{asked[0].id}/results").text


def test_words_of_ones_own_are_blacked_out_or_the_reason_is_given(ada: Desk, asked: tuple) -> None:
    refused = decide(ada, at(asked[0]), "redact", words="Grace\r\nHopper")
    assert (refused.status_code, refused.json["ok"]) == (422, False)
    assert "Write each word as it stands there" in refused.json["message"]
    assert decide(ada, at(asked[0]), "redact", words="zoe").json["ok"]
    assert database.read(reviewing.look, asked[0].id, keys).written[0].entry.shown == (
        f"Ask <b>{MARK}</b> at {MARK}@example.org"
    )


@pytest.mark.parametrize("change", [{"fingerprint": "0" * 16}, {"decision": "publish"}, {"decision": ""}])
def test_what_does_not_fit_is_refused_and_nothing_changes(ada: Desk, asked: tuple, change: dict[str, str]) -> None:
    reply = ada.post(at(asked[0]), form_of(ada.get(at(asked[0])).text) | {"decision": "drop"} | change)
    assert reply.status_code in (409, 422)
    assert "<mark>zoe@example.org</mark>" in reply.text
    assert database.read(reviewing.look, asked[0].id, keys).pending == 1


@pytest.mark.parametrize("change", [{"round": "999"}, {"round": "x"}, {"key": "nothing"}, {"key": "~"}])
def test_an_entry_that_is_not_there_is_not_found(ada: Desk, asked: tuple, change: dict[str, str]) -> None:
    fields = form_of(ada.get(at(asked[0])).text) | {"decision": "drop"} | change
    assert ada.post(at(asked[0]), fields).status_code == 404


def test_screens_are_told_of_a_decision(ada: Desk, asked: tuple, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[set[int]] = []
    monkeypatch.setattr(hub, "rounds_changed", told.append)
    decide(ada, at(asked[0]), "drop")
    assert told == [{asked[1].id}]


def test_the_list_of_names_is_kept_and_its_limits_are_told(ada: Desk, asked: tuple) -> None:
    ada.get(at(asked[0]))
    saved = ada.post(f"{at(asked[0])}/names", {"names": "Zoë\r\n\r\n Two "}, follow_redirects=True).text
    assert "Names on it: 2." in saved
    assert "2 entries are left to decide." in saved
    assert ">Zoë\nTwo</textarea>" in saved
    many = "\n".join(f"Name {number}" for number in range(501))
    refused = ada.post(f"{at(asked[0])}/names", {"names": many})
    assert refused.status_code == 422
    assert "up to 500 names" in refused.text
    assert "Name 500" in refused.text
    refused = ada.post(f"{at(asked[0])}/names", {"names": "x" * 81})
    assert "up to 80 fit" in refused.text
    assert keys.names(asked[0].id) == ("Zoë", "Two")


def test_after_the_seal_a_decision_is_for_good_and_says_so(
    ada: Desk, asked: tuple, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, _ = asked
    emptied: list[bool] = []
    monkeypatch.setattr(database, "forget_deleted", lambda: emptied.append(True))
    database.run(ending.end, meeting.id)
    database.run(ending.seal, keys, meeting.id)
    assert "cannot be brought back" in ada.get(at(meeting)).text
    reply = decide(ada, at(meeting), "redact").json
    assert (reply["undo"], emptied) == (None, [True])
    assert MARK in reply["list"]
    assert "zoe@" not in reply["list"]
    refused = ada.post(f"{at(meeting)}/names", {"names": "Ada"})
    assert (refused.status_code, keys.names(meeting.id)) == (409, ())


@pytest.mark.parametrize("preset", ["chatham_house"])
def test_the_results_page_says_what_is_withheld_and_the_files_withhold_it(ada: Desk, asked: tuple) -> None:
    results = f"/desk/meetings/{asked[0].id}/results"
    assert "withheld from every file until you have reviewed it" in ada.get(results).text
    assert at(asked[0]) in ada.get(results).text
    assert _exported(ada, asked[0]) == ({"Two", "Three", "Four", "Five"}, [("remainder", None), ("review", 1)])
    decide(ada, at(asked[0]), "keep")
    assert _exported(ada, asked[0]) == ({MAIL, "Two", "Three", "Four", "Five"}, [("remainder", None)])
    assert "Nothing that was found is left to review" in ada.get(results).text


def test_in_standard_the_results_page_recommends_the_review_and_nothing_is_withheld(ada: Desk, asked: tuple) -> None:
    assert "review it before you pass them on" in ada.get(f"/desk/meetings/{asked[0].id}/results").text
    assert _exported(ada, asked[0]) == ({MAIL, "Two", "Three", "Four", "Five"}, [])
    decide(ada, at(asked[0]), "drop")
    assert _exported(ada, asked[0]) == ({"Two", "Three", "Four", "Five"}, [("left_out", 1)])


def _exported(desk: Desk, meeting: Meeting) -> tuple[set[str], list[tuple[str, int | None]]]:
    """Return the texts of the JSON file and what it says about others."""
    poll = json.loads(desk.get(f"/desk/meetings/{meeting.id}/export/json").data)["slides"][0]["rounds"][0]
    return {row[0] for row in poll["rows"]}, [(note["code"], note.get("count")) for note in poll["withheld"]]


def test_hundreds_of_entries_take_no_more_queries_than_one(ada: Desk, asked: tuple, app: Flask) -> None:
    meeting, poll = asked
    database.run(rounds.reopen, poll.id)
    few = _queries(ada, meeting)
    person = [Participant(database, keys.get(meeting.id)) for _ in range(40)]
    for number, one in enumerate(person):
        one.answer(poll, f"Answer {number} to x{number}@example.org")
    assert _queries(ada, meeting) == few


def _queries(desk: Desk, meeting: Meeting) -> int:
    from sqlalchemy import event  # only this test counts

    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        assert desk.get(at(meeting)).status_code == 200
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return len(seen)
