"""Pictures at the desk: taken in, served for good while their meeting lasts, refused with a sentence, gone with it."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from pollapp import pictures
from pollapp.extensions import database, keys
from pollapp.meetings import Meeting, agenda, erasing
from tests.facilitator.conftest import JSON, Desk
from tests.pictures.test_decoding import file_of


def send(desk: Desk, meeting: Meeting, content: bytes):
    desk.get(f"/desk/meetings/{meeting.id}/settings")
    headers = JSON | {"X-CSRFToken": desk.csrf, "Content-Type": "image/jpeg"}
    return desk.client.post(f"/desk/meetings/{meeting.id}/pictures", data=content, headers=headers)


def kept() -> tuple[int, int]:
    """Return how many pictures and files of them there are."""
    return database.read(
        lambda session: (
            session.scalar(select(func.count()).select_from(pictures.Picture)) or 0,
            session.scalar(select(func.count()).select_from(pictures.PictureFile)) or 0,
        )
    )


def test_a_picture_is_kept_and_served_to_whoever_was_shown_it(ada: Desk, stranger: Desk, meeting: Meeting) -> None:
    reply = send(ada, meeting, file_of(1000, 500)).json
    assert reply["ok"]
    assert reply["picture"].endswith("-1000x500")
    assert kept() == (1, 3)
    served = stranger.get(reply["address"])
    assert (served.status_code, served.mimetype) == (200, "image/webp")
    assert served.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert stranger.get(reply["address"].replace("/480.", "/481.")).status_code == 404
    assert stranger.get(f"/pictures/{'0' * 32}-1000x500/480.webp").status_code == 404


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ", "This file is not a picture that can be read."),
        (file_of(4, 4, "PNG"), "This picture is too small"),
        (b"\xff\xd8" + b"\0" * pictures.MOST_BYTES, "pictures may have up to 10 MB"),
        (b"\0" * (pictures.MOST_BYTES + 2_000_000), "What you sent is too large."),
    ],
    ids=["program", "too small", "too heavy", "far too heavy"],
)
def test_a_bad_file_is_refused_with_a_sentence(ada: Desk, meeting: Meeting, content: bytes, sentence: str) -> None:
    reply = send(ada, meeting, content)
    assert reply.status_code in {413, 422}
    assert sentence in reply.json["message"]
    assert kept() == (0, 0)


def test_other_requests_may_not_grow_with_it(ada: Desk, meeting: Meeting, slides: list[str]) -> None:
    ada.get(f"/desk/meetings/{meeting.id}/slides/{slides[0]}")
    reply = ada.post(f"/desk/meetings/{meeting.id}/slides/{slides[0]}", {"prompt": "x" * 2_000_000}, headers=JSON)
    assert reply.status_code == 413


def test_an_upload_without_a_file_or_a_proof_is_refused(ada: Desk, meeting: Meeting) -> None:
    assert send(ada, meeting, b"").json["message"].startswith("No picture")
    reply = ada.client.post(f"/desk/meetings/{meeting.id}/pictures", data=file_of(), headers=JSON)
    assert reply.status_code == 400
    assert kept() == (0, 0)


def test_a_meeting_takes_so_many_and_an_ended_one_none(
    ada: Desk, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pollapp.pictures.storing.MOST_PICTURES", 1)
    assert send(ada, meeting, file_of(20, 20)).status_code == 200
    assert "This meeting has 1 pictures already" in send(ada, meeting, file_of(20, 20)).json["message"]
    ada.get(f"/desk/meetings/{meeting.id}/end")
    ada.post(f"/desk/meetings/{meeting.id}/end")
    assert send(ada, meeting, file_of(20, 20)).status_code in {404, 410}


def test_pictures_are_erased_with_their_meeting(app: Flask, ada: Desk, meeting: Meeting) -> None:
    address = send(ada, meeting, file_of()).json["address"]
    database.run(erasing.erase, meeting.id)
    assert kept() == (0, 0)
    assert ada.get(address).status_code == 404


def test_pictures_are_deleted_with_their_meeting(ada: Desk, ada_id: int, meeting: Meeting) -> None:
    send(ada, meeting, file_of())
    database.run(agenda.delete_meeting, keys, meeting.id, ada_id)
    assert kept() == (0, 0)
