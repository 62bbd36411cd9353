"""The editor: what is typed is stored or refused in words, and every step can be taken back."""

from typing import Any

import pytest

from pollapp.extensions import database
from pollapp.kinds import all_kinds
from pollapp.meetings import Meeting, agenda, stage
from tests.facilitator.conftest import JSON, Desk

CHOICE = {
    "prompt": "Which comes first?",
    "notes": "Give them time.",
    "opens_on_arrival": "y",
    "settings-options-0-id": "a",
    "settings-options-0-label": "Remedy",
    "settings-options-1-id": "b",
    "settings-options-1-label": "Due diligence",
    "settings-least": "1",
    "settings-most": "1",
    "settings-unit": "percent",
}


@pytest.fixture
def address(meeting: Meeting, slides: list[str]) -> str:
    """Where the choice is edited."""
    return f"/desk/meetings/{meeting.id}/slides/{slides[0]}"


def _slide(meeting: Meeting, slide_id: str) -> Any:
    return database.read(agenda.get_slide, meeting.id, slide_id)


def _order(meeting: Meeting) -> list[str]:
    return [slide.id for slide in database.read(agenda.slides_of, meeting.id)]


def test_a_form_without_a_script_saves(ada: Desk, address: str, meeting: Meeting, slides: list[str]) -> None:
    assert ada.post(address, CHOICE).location == f"{address}?saved=1"
    slide = _slide(meeting, slides[0])
    assert (slide.prompt, slide.notes, slide.opens_on_arrival, slide.stays_open) == (
        CHOICE["prompt"],
        CHOICE["notes"],
        True,
        False,
    )
    assert [option["label"] for option in slide.settings["options"]] == ["Remedy", "Due diligence"]
    assert [option["id"] for option in slide.settings["options"]] == ["a", "b"]


def test_autosave_answers_with_what_the_preview_draws(ada: Desk, address: str) -> None:
    reply = ada.post(address, CHOICE, headers=JSON).json
    assert reply["ok"] is True
    assert reply["preview"]["type"] == "preview"
    assert CHOICE["prompt"] in reply["preview"]["stage"]["slide"]["html"]
    assert [option["label"] for option in reply["preview"]["snapshot"]["results"]["options"]] == [
        "Remedy",
        "Due diligence",
    ]


def test_a_new_option_gets_an_id_that_stays(ada: Desk, address: str) -> None:
    more = CHOICE | {"settings-options-2-id": "", "settings-options-2-label": "Regulation"}
    given = ada.post(address, more, headers=JSON).json["hidden"]["settings-options-2-id"]
    again = ada.post(address, more | {"settings-options-2-id": given}, headers=JSON).json
    assert again["hidden"]["settings-options-2-id"] == given != ""


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"prompt": "x" * 301}, "prompt", "300"),
        ({"notes": "x" * 2001}, "notes", "2000"),
        ({"settings-options-1-label": "x" * 201}, "settings-options-1-label", "200"),
        ({"settings-options-1-label": " "}, "settings-options", "at least two"),
        ({"settings-options-1-label": "Remedy"}, "settings-options", "the same"),
        ({"settings-most": "5"}, "settings-most", "fewer options"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(
    ada: Desk, address: str, meeting: Meeting, slides: list[str], change: dict[str, str], field: str, words: str
) -> None:
    before = _slide(meeting, slides[0])
    reply = ada.post(address, CHOICE | change, headers=JSON)
    assert reply.status_code == 422
    assert words in reply.json["errors"][field]
    assert reply.json["message"]
    after = _slide(meeting, slides[0])
    assert (after.prompt, after.settings) == (before.prompt, before.settings)


def test_a_refused_page_keeps_what_was_typed(ada: Desk, address: str) -> None:
    page = ada.post(address, CHOICE | {"prompt": "y" * 301})
    assert page.status_code == 422
    assert "y" * 301 in page.text
    assert "Due diligence" in page.text
    assert "Up to 300 characters" in page.text


def test_what_people_wrote_stays_text(ada: Desk, address: str) -> None:
    ada.post(address, CHOICE | {"prompt": "<script>alert(1)</script>"})
    page = ada.get(address).text
    reply = ada.get(address, headers=JSON).json
    assert "<script>alert" not in page
    assert "<script>alert" not in reply["list"] + reply["form"] + reply["preview"]["stage"]["slide"]["html"]


@pytest.mark.parametrize("value", ["", "wrong"])
def test_a_forged_form_is_refused(ada: Desk, address: str, meeting: Meeting, slides: list[str], value: str) -> None:
    reply = ada.post(address, CHOICE | {"csrf_token": value}, headers=JSON)
    assert (reply.status_code, reply.json["code"]) == (400, "csrf")
    assert _slide(meeting, slides[0]).prompt == ""


def test_a_form_from_elsewhere_is_refused(ada: Desk, address: str, meeting: Meeting, slides: list[str]) -> None:
    assert ada.post(address, CHOICE, headers={"Origin": "https://evil.example"}).status_code == 403
    assert _slide(meeting, slides[0]).prompt == ""


def test_once_asked_the_options_are_frozen_and_the_wording_is_not(
    ada: Desk, address: str, meeting: Meeting, slides: list[str]
) -> None:
    ada.post(address, CHOICE)
    scene = database.read(stage.scene, meeting.id)
    database.run(stage.command, meeting.id, scene.stage.version, "next", {})
    more = CHOICE | {"settings-options-2-id": "", "settings-options-2-label": "Regulation"}
    refused = ada.post(address, more, headers=JSON)
    assert refused.status_code == 422
    assert "only wording" in refused.json["message"]
    assert ada.post(address, CHOICE | {"settings-options-0-label": "Remedies"}, headers=JSON).json["ok"] is True
    assert "People have been asked this" in ada.get(address).text


def test_a_slide_is_added_behind_the_one_at_hand(ada: Desk, meeting: Meeting, slides: list[str]) -> None:
    reply = ada.post(f"/desk/meetings/{meeting.id}/slides", {"kind": "text", "after": slides[0]}, headers=JSON).json
    assert _order(meeting)[0] == slides[0]
    assert _slide(meeting, _order(meeting)[1]).kind == "text"
    assert reply["url"].endswith(_order(meeting)[1])
    ada.post(reply["undo"]["url"], reply["undo"]["fields"])
    assert _order(meeting) == slides


def test_an_unknown_kind_is_refused(ada: Desk, meeting: Meeting, slides: list[str]) -> None:
    assert ada.post(f"/desk/meetings/{meeting.id}/slides", {"kind": "spinning_wheel"}).status_code == 400
    assert _order(meeting) == slides


@pytest.mark.parametrize(("step", "fields"), [("move", {"position": "2"}), ("duplicate", {}), ("delete", {})])
def test_every_step_can_be_taken_back(
    ada: Desk, address: str, meeting: Meeting, slides: list[str], step: str, fields: dict[str, str]
) -> None:
    reply = ada.post(f"{address}/{step}", fields, headers=JSON).json
    assert _order(meeting) != slides
    ada.post(reply["undo"]["url"], reply["undo"]["fields"])
    assert _order(meeting) == slides


def test_without_a_script_a_deleted_slide_offers_undo(
    ada: Desk, address: str, meeting: Meeting, slides: list[str]
) -> None:
    moved_on = ada.post(f"{address}/delete").location
    assert moved_on.endswith(slides[1])
    page = ada.get(moved_on).text
    assert "The slide is deleted." in page
    assert f'action="{address}/restore"' in page


def test_the_last_slide_deleted_leaves_the_picker(ada: Desk, meeting: Meeting, slides: list[str]) -> None:
    for slide in slides:
        ada.post(f"/desk/meetings/{meeting.id}/slides/{slide}/delete")
    page = ada.get(f"/desk/meetings/{meeting.id}")
    assert page.status_code == 200
    assert "What comes first?" in page.text


def test_a_mended_slide_on_the_stage_is_sent_out(
    ada: Desk, address: str, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    monkeypatch.setattr("pollapp.extensions.hub.stage_changed", lambda scene: sent.append(scene.slide.prompt))
    ada.post(address, CHOICE)
    assert sent == []
    database.run(stage.command, meeting.id, 1, "next", {})
    ada.post(address, CHOICE | {"prompt": "Which comes first, then?"})
    assert sent == ["Which comes first, then?"]


@pytest.mark.parametrize("kind", [kind.NAME for kind in all_kinds()])
def test_every_kind_can_be_edited_and_previewed(ada: Desk, meeting: Meeting, kind: str) -> None:
    at = ada.post(f"/desk/meetings/{meeting.id}/slides", {"kind": kind}).location
    assert ada.get(at).status_code == 200
    preview = ada.get(f"{at}/preview")
    assert preview.status_code == 200
    assert 'id="first"' in preview.text


def test_places_are_right_after_a_slide_was_deleted(ada: Desk, meeting: Meeting, slides: list[str]) -> None:
    at = f"/desk/meetings/{meeting.id}/slides"
    ada.post(f"{at}/{slides[0]}/delete")
    ada.post(at, {"kind": "text", "after": slides[1]})
    order = _order(meeting)
    assert (order[0], order[2]) == (slides[1], slides[2])
    undo = ada.post(f"{at}/{order[2]}/move", {"position": "0"}, headers=JSON).json["undo"]
    ada.post(undo["url"], undo["fields"])
    assert _order(meeting) == order
