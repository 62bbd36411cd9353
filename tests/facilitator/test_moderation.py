"""At the desk: removing open answers, and being warned of unanimity before anybody else sees it."""

import pytest

from pollapp.extensions import database, keys
from tests.actors import Facilitator
from tests.facilitator.conftest import Desk


@pytest.fixture
def meeting(ada_id: int) -> Facilitator:
    return Facilitator(database, keys, ada_id)


def test_an_answer_is_removed_from_the_results_and_its_page(ada: Desk, meeting: Facilitator) -> None:
    poll = meeting.ask("open_text")
    for text in ("Rude <b>", "Kind"):
        meeting.let_in().answer(poll, text)
    page = f"/desk/meetings/{meeting.id}/rounds/{poll.id}/texts"
    assert page in ada.get(f"/desk/meetings/{meeting.id}/results").text
    assert "Rude &lt;b&gt;" in ada.get(page).text
    rude = next(text["id"] for text in meeting.sees(poll).results["texts"] if "Rude" in text["text"])
    assert ada.post(f"{page}/{rude}/remove").status_code == 302
    left = ada.get(page).text
    assert "Rude" not in left
    assert "Kind" in left
    assert ada.post(f"{page}/{rude}/remove").status_code == 404


def test_an_answer_that_is_removed_after_the_seal_leaves_the_databases_files_too(
    ada: Desk, meeting: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = meeting.ask("open_text")
    meeting.let_in().answer(poll, "Rude")
    emptied: list[bool] = []
    monkeypatch.setattr(database, "forget_deleted", lambda: emptied.append(True))
    meeting.end()
    meeting.seal()
    rude = meeting.sees(poll).results["texts"][0]["id"]
    assert ada.post(f"/desk/meetings/{meeting.id}/rounds/{poll.id}/texts/{rude}/remove").status_code == 302
    assert emptied == [True]


def test_only_published_answers_can_be_read_on_the_page(ada: Desk, ada_id: int) -> None:
    meeting = Facilitator(database, keys, ada_id, preset="chatham_house")
    poll = meeting.ask("open_text")
    meeting.let_in().answer(poll, "Not yet")
    assert "Not yet" not in ada.get(f"/desk/meetings/{meeting.id}/rounds/{poll.id}/texts").text


def test_a_unanimous_result_is_marked_on_the_results_page(ada: Desk, meeting: Facilitator) -> None:
    warning = "Everybody gave the same answer. Showing it tells what each person answered."
    poll = meeting.ask("choice")
    for _ in range(3):
        meeting.let_in().answer(poll, ["yes"])
    assert warning in ada.get(f"/desk/meetings/{meeting.id}/results").text
    meeting.let_in().answer(poll, ["no"])
    assert warning not in ada.get(f"/desk/meetings/{meeting.id}/results").text
