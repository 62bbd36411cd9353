"""Characters that a database cannot hold are left out, or refused in words: on SQLite and on PostgreSQL alike."""

from typing import Any
from urllib.parse import quote

import pytest

from pollapp.extensions import database
from pollapp.meetings import Meeting, agenda
from tests.facilitator.conftest import PASSWORD, Desk
from tests.facilitator.test_editor import CHOICE
from tests.facilitator.test_meetings import SETTINGS

NUL, HALF = "\0", "\ud83d"
MEETING = "/desk/meetings"


@pytest.fixture
def settings(database_url: str) -> dict[str, Any]:
    """Each database in turn."""
    return {"database_url": database_url}


def test_what_a_facilitator_writes_is_stored_without_them(ada: Desk, meeting: Meeting, slides: list[str]) -> None:
    changes = {
        "prompt": f"Which{NUL} first?",
        "notes": f"Give{NUL}\r\ntime.",
        "settings-options-0-label": f"Re{NUL}medy",
    }
    assert ada.post(f"{MEETING}/{meeting.id}/slides/{slides[0]}", CHOICE | changes).status_code == 302
    assert ada.post(f"{MEETING}/{meeting.id}/settings", SETTINGS | {"title": f"Our{NUL} day"}).status_code == 302
    assert ada.post("/desk/account/name", {"name": f"A{NUL}da"}).status_code == 302
    slide = database.read(agenda.get_slide, meeting.id, slides[0])
    assert (slide.prompt, slide.notes.split(), slide.settings["options"][0]["label"]) == (
        "Which first?",
        ["Give", "time."],
        "Remedy",
    )
    assert "Our day" in ada.get("/desk/").text
    assert 'value="Ada"' in ada.get("/desk/account").text


def test_halves_of_characters_never_reach_a_database(ada: Desk, meeting: Meeting, slides: list[str]) -> None:
    """A form cannot carry them, a script can."""
    options = [{"id": "a", "label": f"Yes{HALF}"}, {"id": "b", "label": "No"}]
    text = {"prompt": f"Why{HALF}?", "notes": f"Ask {HALF}twice"}
    slide = database.run(agenda.update_slide, meeting.id, slides[0], settings={"options": options}, **text)
    assert (slide.prompt, slide.notes, slide.settings["options"][0]["label"]) == ("Why?", "Ask twice", "Yes")


@pytest.mark.parametrize(
    "nonsense", [NUL, f"a{NUL}b", HALF.encode("utf-8", "surrogatepass")], ids=["nul", "in it", "half"]
)
@pytest.mark.parametrize(
    "path",
    [
        f"{MEETING}/{{nonsense}}",
        f"{MEETING}/{{nonsense}}/results",
        f"{MEETING}/{{meeting}}?slide={{nonsense}}",
        f"{MEETING}/{{meeting}}/export/{{nonsense}}",
        f"{MEETING}/{{meeting}}/slides/{{nonsense}}/preview",
        "/present/{nonsense}",
        "/desk/reset/{nonsense}",
        "/m/{nonsense}",
        "/join?code={nonsense}",
    ],
)
def test_an_address_that_holds_them_is_answered_in_words(
    ada: Desk, meeting: Meeting, path: str, nonsense: str | bytes
) -> None:
    reply = ada.get(path.format(nonsense=quote(nonsense), meeting=meeting.id))
    assert reply.status_code in {200, 302, 404, 410, 422}
    assert "Something went wrong" not in reply.text


@pytest.mark.parametrize("form", [{"email": f"ada{NUL}@example.org"}, {"password": f"{PASSWORD}{NUL}"}, {"next": NUL}])
def test_signing_in_with_them_is_refused_or_works(stranger: Desk, ada_id: int, form: dict[str, str]) -> None:
    stranger.get("/desk/sign-in")
    reply = stranger.post("/desk/sign-in", {"email": "ada@example.org", "password": PASSWORD} | form)
    assert reply.status_code in {302, 403, 422}
