"""Every page of the desk: closed to strangers, and another facilitator's meeting does not exist."""

import pytest
from flask import Flask

from pollapp.extensions import database
from pollapp.facilitator.authority import OPEN_PAGES
from pollapp.meetings import Meeting, agenda
from tests.facilitator.conftest import JSON, Desk

MEETING_PAGES = [
    ("GET", ""),
    ("POST", "/slides"),
    ("GET", "/slides/SLIDE"),
    ("POST", "/slides/SLIDE"),
    ("POST", "/slides/SLIDE/move"),
    ("POST", "/slides/SLIDE/duplicate"),
    ("POST", "/slides/SLIDE/delete"),
    ("POST", "/slides/SLIDE/restore"),
    ("GET", "/slides/SLIDE/preview"),
    ("GET", "/settings"),
    ("POST", "/settings"),
    ("GET", "/results"),
    ("GET", "/export/xlsx"),
    ("GET", "/export/csv"),
    ("GET", "/export/json"),
    ("GET", "/end"),
    ("POST", "/end"),
    ("POST", "/undo-end"),
    ("GET", "/delete"),
    ("POST", "/delete"),
]
OTHER_PAGES = [
    ("GET", "/desk/"),
    ("GET", "/desk/meetings/new"),
    ("POST", "/desk/meetings/new"),
    ("POST", "/desk/meetings/from-template"),
    ("POST", "/desk/meetings/erased/<line_id>/remove"),
    ("GET", "/desk/account"),
    ("POST", "/desk/account/name"),
    ("POST", "/desk/account/password"),
    ("POST", "/desk/sign-out"),
]
FORM = {"kind": "choice", "position": "0", "prompt": "Mine now", "title": "Mine now", "preset": "chatham_house"}


def _ask(desk: Desk, method: str, path: str, **kwargs):
    return desk.get(path, **kwargs) if method == "GET" else desk.post(path, FORM, **kwargs)


@pytest.mark.parametrize(("method", "end"), MEETING_PAGES)
def test_anothers_meeting_does_not_exist(bob: Desk, meeting: Meeting, slides: list[str], method: str, end: str) -> None:
    before = _state(meeting)
    path = f"/desk/meetings/{meeting.id}" + end.replace("SLIDE", slides[0])
    assert _ask(bob, method, path).status_code == 404
    assert _ask(bob, method, path, headers=JSON).json["code"] == "not_found"
    assert _state(meeting) == before


@pytest.mark.parametrize(("method", "end"), MEETING_PAGES)
def test_a_stranger_is_asked_to_sign_in(
    stranger: Desk, meeting: Meeting, slides: list[str], method: str, end: str
) -> None:
    before = _state(meeting)
    stranger.get("/desk/sign-in")
    reply = _ask(stranger, method, f"/desk/meetings/{meeting.id}" + end.replace("SLIDE", slides[0]))
    assert reply.status_code == 302
    assert reply.location.startswith("/desk/sign-in")
    assert _state(meeting) == before


@pytest.mark.parametrize(("method", "path"), OTHER_PAGES)
def test_the_rest_of_the_desk_needs_an_account_too(stranger: Desk, method: str, path: str) -> None:
    stranger.get("/desk/sign-in")
    reply = _ask(stranger, method, path)
    assert reply.status_code == 302
    assert reply.location.startswith("/desk/sign-in")


def test_a_slide_of_one_meeting_is_not_found_through_another(
    ada: Desk, ada_id: int, meeting: Meeting, slides: list[str]
) -> None:
    ada.post("/desk/meetings/from-template", {})
    other = next(each for each in database.read(agenda.meetings_of, ada_id) if each.id != meeting.id)
    assert ada.get(f"/desk/meetings/{other.id}/slides/{slides[0]}").status_code == 404
    assert ada.post(f"/desk/meetings/{other.id}/slides/{slides[0]}/delete").status_code == 404


def test_no_page_of_the_desk_is_missing_here(app: Flask) -> None:
    tested = {
        ("/desk/meetings/<meeting_id>" + end.replace("SLIDE", "<slide_id>"), method) for method, end in MEETING_PAGES
    }
    tested |= {(path, method) for method, path in OTHER_PAGES}
    for rule in app.url_map.iter_rules():
        edge, _, name = rule.endpoint.rpartition(".")
        if edge == "facilitator" and name not in OPEN_PAGES:
            path = rule.rule.replace("/export/<file_format>", "/export/xlsx")
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                assert (path, method) in tested


def _state(meeting: Meeting) -> object:
    now = database.read(agenda.get_meeting, meeting.id, meeting.owner_id)
    slides = database.read(agenda.slides_of, meeting.id)
    return now.title, now.preset, now.state, [(slide.id, slide.prompt, slide.position) for slide in slides]
