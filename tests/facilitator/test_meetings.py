"""Meetings: made from a prompt or a template, set up, ended, read and deleted."""

import re
from pathlib import Path

import pytest

from pollapp.ballots import rounds
from pollapp.errors import NotFound
from pollapp.extensions import database, keys
from pollapp.meetings import Meeting, agenda, ending, erasing, stage
from pollapp.meetings.presets import PRESETS
from tests.facilitator.conftest import Desk

SETTINGS = {
    "title": "Renamed",
    "language": "fr",
    "theme": "dark",
    "accent": "teal",
    "preset": "chatham_house",
    "locked": "y",
}


def test_an_empty_list_teaches(ada: Desk) -> None:
    page = ada.get("/desk/").text
    assert "Ask your first question" in page
    assert "/desk/meetings/new" in page


def test_a_prompt_is_all_a_meeting_needs(ada: Desk, ada_id: int) -> None:
    at = ada.post("/desk/meetings/new", {"prompt": "Why did you join?", "kind": "open_text"}).location
    (meeting,) = database.read(agenda.meetings_of, ada_id)
    (slide,) = database.read(agenda.slides_of, meeting.id)
    assert at == f"/desk/meetings/{meeting.id}/slides/{slide.id}"
    assert (meeting.title, slide.kind, slide.prompt) == ("Why did you join?", "open_text", "Why did you join?")
    assert meeting.code[:4] in ada.get("/desk/").text


def test_a_long_prompt_makes_a_title_that_fits(ada: Desk, ada_id: int) -> None:
    prompt = "word " * 59
    assert ada.post("/desk/meetings/new", {"prompt": prompt, "kind": "choice"}).status_code == 302
    (meeting,) = database.read(agenda.meetings_of, ada_id)
    assert len(meeting.title) <= agenda.TITLE_LENGTH


@pytest.mark.parametrize("form", [{"prompt": "x" * 301, "kind": "choice"}, {"prompt": "Why?", "kind": "nothing"}])
def test_a_wrong_new_meeting_says_so(ada: Desk, ada_id: int, form: dict[str, str]) -> None:
    assert ada.post("/desk/meetings/new", form).status_code == 422
    assert database.read(agenda.meetings_of, ada_id) == []


@pytest.mark.parametrize(("template", "slides"), [("peer_learning", 8), ("welcome", 4), ("", 0), ("unheard of", 0)])
def test_a_template_brings_its_slides(ada: Desk, ada_id: int, template: str, slides: int) -> None:
    assert ada.post("/desk/meetings/from-template", {"template": template}).status_code == 302
    (meeting,) = database.read(agenda.meetings_of, ada_id)
    assert len(database.read(agenda.slides_of, meeting.id)) == slides


def test_settings_are_stored(ada: Desk, meeting: Meeting) -> None:
    at = f"/desk/meetings/{meeting.id}/settings"
    for promise in PRESETS["chatham_house"].lines:
        assert promise[:40] in ada.get(at).text
    ada.post(at, SETTINGS)
    now = database.read(agenda.get_meeting, meeting.id, meeting.owner_id)
    assert (now.title, now.language, now.theme, now.accent, now.preset, now.locked) == (
        "Renamed",
        "fr",
        "dark",
        "teal",
        "chatham_house",
        True,
    )


@pytest.mark.parametrize(
    "change", [{"title": ""}, {"language": "xx"}, {"theme": "neon"}, {"accent": "gold"}, {"preset": "none"}]
)
def test_a_setting_that_does_not_exist_is_refused(ada: Desk, meeting: Meeting, change: dict[str, str]) -> None:
    assert ada.post(f"/desk/meetings/{meeting.id}/settings", SETTINGS | change).status_code == 422
    assert database.read(agenda.get_meeting, meeting.id, meeting.owner_id).title == "Our meeting"


def test_the_promise_is_frozen_by_the_first_answer(
    ada: Desk, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "has_ballots", lambda session, meeting_id: True)
    at = f"/desk/meetings/{meeting.id}/settings"
    assert "can no longer be changed" in ada.get(at).text
    refused = ada.post(at, SETTINGS)
    assert refused.status_code == 409
    assert "promised" in refused.text
    without = {name: value for name, value in SETTINGS.items() if name != "preset"}
    assert ada.post(at, without).status_code == 302
    assert database.read(agenda.get_meeting, meeting.id, meeting.owner_id).preset == "standard"


def test_the_days_to_keep_are_chosen_within_limits_that_are_shown(ada: Desk, meeting: Meeting) -> None:
    at = f"/desk/meetings/{meeting.id}/settings"
    assert "Standard: from 1 to 1,095. Chatham House: from 1 to 30." in ada.get(at).text
    assert ada.post(at, SETTINGS | {"preset": "standard", "keep_days": "400"}).status_code == 302
    assert "erased 400 days after the meeting ends" in ada.get(at).text
    refused = ada.post(at, SETTINGS | {"keep_days": "31"})
    assert refused.status_code == 422
    assert "erased after 1 to 30 days" in refused.text
    assert re.search(r'id="keep_days"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="keep_days"', refused.text)
    for wrong in ("", "soon", "0", "1096", "-1"):
        assert ada.post(at, SETTINGS | {"preset": "standard", "keep_days": wrong}).status_code == 422
    assert ada.post(at, SETTINGS | {"keep_days": "1"}).status_code == 302
    assert "erased 1 day after the meeting ends" in ada.get(at).text


def test_a_promise_to_erase_can_only_be_made_shorter(
    ada: Desk, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "has_ballots", lambda session, meeting_id: True)
    at = f"/desk/meetings/{meeting.id}/settings"
    kept = {name: value for name, value in SETTINGS.items() if name != "preset"}
    assert "can only be made shorter now" in ada.get(at).text
    refused = ada.post(at, kept | {"keep_days": "366"})
    assert refused.status_code == 409
    assert "365 or less" in refused.text
    assert ada.post(at, kept | {"keep_days": "10"}).status_code == 302
    ada.post(f"/desk/meetings/{meeting.id}/end")
    assert "It will be erased on" in ada.get(at).text
    assert "will be erased on" in ada.get(f"/desk/meetings/{meeting.id}/results").text


def test_an_erased_meeting_leaves_a_line_that_can_be_removed(
    ada: Desk, bob: Desk, meeting: Meeting, ada_id: int
) -> None:
    database.run(stage.command, meeting.id, 1, "next", {})
    database.run(erasing.erase, meeting.id)
    (line,) = database.read(erasing.erased_of, ada_id)
    page = ada.get("/desk/").text
    assert "1 poll, 0 answers. Erased on" in page
    assert "Our meeting" not in page
    bob.get("/desk/meetings/new")
    remove = f"/desk/meetings/erased/{line.id}/remove"
    assert bob.post(remove).status_code == 404
    assert ada.post(remove).status_code == 302
    assert "Erased on" not in ada.get("/desk/").text


def test_ending_asks_first_and_can_be_undone(ada: Desk, meeting: Meeting) -> None:
    at = f"/desk/meetings/{meeting.id}"
    assert "one hour" in ada.get(f"{at}/end").text
    assert ada.post(f"{at}/end").location == f"{at}/results"
    assert "Undo the end" in ada.get(f"{at}/results").text
    assert "can no longer be changed" in ada.get(at).text
    ada.post(f"{at}/undo-end")
    assert database.read(agenda.get_meeting, meeting.id, meeting.owner_id).state == "live"


def test_after_the_hour_the_end_stands(ada: Desk, meeting: Meeting, monkeypatch: pytest.MonkeyPatch) -> None:
    at = f"/desk/meetings/{meeting.id}"
    ada.post(f"{at}/end")
    later = agenda.now() + ending.UNDO_WINDOW * 1.1
    monkeypatch.setattr(agenda, "now", lambda: later)
    monkeypatch.setattr(ending, "now", lambda: later)
    assert "Undo the end" not in ada.get(f"{at}/results").text
    assert ada.post(f"{at}/undo-end").status_code == 409


def test_deleting_asks_first_and_is_for_good(ada: Desk, meeting: Meeting) -> None:
    at = f"/desk/meetings/{meeting.id}"
    assert "Delete for good" in ada.get(f"{at}/delete").text
    assert ada.post(f"{at}/delete").location == "/desk/"
    assert "is deleted" in ada.get("/desk/").text
    folder = Path(str(database.engine.url.database)).parent
    assert b"Our meeting" not in b"".join(path.read_bytes() for path in folder.glob("pollapp.sqlite3*"))
    assert not keys.has(meeting.id)
    with pytest.raises(NotFound):
        database.read(agenda.get_meeting, meeting.id, meeting.owner_id)


def test_results_say_what_is_withheld(ada: Desk, meeting: Meeting) -> None:
    at = f"/desk/meetings/{meeting.id}"
    assert "No answers yet" in ada.get(f"{at}/results").text
    ada.post(f"{at}/settings", SETTINGS)
    database.run(stage.command, meeting.id, 1, "next", {})
    page = ada.get(f"{at}/results").text
    assert "first results come after ten answers" in page
    assert "withheld" in page
    ada.post(f"{at}/end")
    assert "Fewer than five answered" in ada.get(f"{at}/results").text


@pytest.mark.parametrize("file_format", ["xlsx", "csv", "json"])
def test_files_can_be_taken_home(ada: Desk, meeting: Meeting, file_format: str) -> None:
    reply = ada.get(f"/desk/meetings/{meeting.id}/export/{file_format}")
    assert reply.status_code == 200
    assert reply.headers["Content-Disposition"].startswith("attachment; filename=")
    assert reply.data


def test_an_unknown_format_is_not_found(ada: Desk, meeting: Meeting) -> None:
    assert ada.get(f"/desk/meetings/{meeting.id}/export/docx").status_code == 404


def test_the_slides_of_an_ended_meeting_can_be_read_and_their_fields_are_switched_off(
    ada: Desk, meeting: Meeting
) -> None:
    at = f"/desk/meetings/{meeting.id}"
    switched_off = '<fieldset class="editor__work" disabled>'
    assert switched_off not in ada.get(at).text
    database.run(ending.end, meeting.id)
    assert switched_off in ada.get(at).text
