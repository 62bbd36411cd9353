"""A whole meeting on real input, from the one-time link to the files, with a power cut in the middle."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest

from tests.acceptance.answers import KEY_WORDS, ten_answers
from tests.people import Desk, Phone, Screen
from tests.real_server import RealServer

# The client library drops the sockets of a killed server without closing them; that is its affair, not the server's.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

on_both = pytest.mark.parametrize(
    "server", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def build(server: RealServer, preset: str) -> tuple[Desk, str]:
    desk = Desk(server.url)
    desk.start_with(server.first_link())
    meeting = desk.make_meeting("Peer learning", preset)
    desk.add_slide(meeting, "open_text", "Why did you join today?", entries="1", limit="500", display="cards")
    desk.add_slide(meeting, "word_cloud", "Your own key words?", entries="3")
    options = {
        "options-0-label": "Just starting",
        "options-1-label": "We have a policy",
        "options-2-label": "We report",
    }
    desk.add_slide(meeting, "choice", "How far along are you?", least="1", most="1", unit="percent", **options)
    return desk, meeting


def all_texts(content: bytes) -> list[str]:
    """Every cell of a workbook as text."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]


def rows_of(content: bytes) -> list[list[str]]:
    """Every row of every CSV file in a zip."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [
            row
            for name in archive.namelist()
            for row in csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))
        ]


@on_both
def test_ten_people_answer_and_the_room_sees_and_takes_home_what_they_said(server: RealServer) -> None:
    answers = ten_answers()
    desk, meeting = build(server, "standard")
    screen = Screen(desk, meeting)
    phones = [Phone(server.url, desk.code_of(meeting)) for _ in range(10)]

    screen.command("next")
    for phone, answer in zip(phones[:6], answers[:6], strict=True):
        assert phone.answer(phone.round_on_stage(), answer)["code"] == "saved"
    round_id = phones[0].round_on_stage()
    screen.results(lambda snapshot: snapshot["participants"] == 6)

    server.kill()
    server.start()

    screen = Screen(desk, meeting)
    assert screen.latest["stage"]["slide"]["position"] == 1
    screen.results(lambda snapshot: snapshot["participants"] == 6)
    for phone in phones:
        phone.connect()
    assert [phone.joined["mine"].get(str(round_id), {}).get("0", {}).get("answer") for phone in phones[:6]] == answers[
        :6
    ]
    for phone, answer in zip(phones, answers, strict=True):
        assert phone.answer(round_id, answer)["ok"], "sending again what was saved before the power cut is saved too"
    shown = screen.results(lambda snapshot: snapshot["participants"] == 10)
    assert sorted(text["text"] for text in shown["results"]["texts"]) == sorted(answers)

    screen.command("next")
    for phone, words in zip(phones, KEY_WORDS, strict=True):
        for slot, word in enumerate(words):
            assert phone.answer(
                phone.line.wait_for(lambda latest: latest["stage"]["round"] != round_id)["stage"]["round"],
                word,
                slot=slot,
            )["ok"]
    cloud = screen.results(lambda snapshot: snapshot["ballots"] == sum(map(len, KEY_WORDS)))
    counts = {word["word"].lower(): word["count"] for word in cloud["results"]["words"]}
    assert counts["learning"] == 3
    assert counts["un"] == 1
    assert sum(counts.values()) == sum(map(len, KEY_WORDS))
    assert any(count == 3 for word, count in counts.items() if word.startswith("human right"))

    screen.command("next")
    choice = screen.latest["stage"]["poll"]["round"]
    html = phones[0].line.wait_for(lambda latest: latest["stage"]["round"] == choice)["stage"]["html"]
    options = [part.split('"')[0] for part in html.split('name="answer.0" value="')[1:]]
    for index, phone in enumerate(phones):
        assert phone.answer(choice, [options[index % 2]])["ok"]
    assert phones[0].answer(choice, [options[2]], revision=2)["ok"]
    bars = screen.results(
        lambda snapshot: snapshot["participants"] == 10 and snapshot["results"]["options"][2]["count"] == 1
    )
    assert [option["count"] for option in bars["results"]["options"]] == [4, 5, 1]
    assert "We report" in phones[0].page()
    screen.command("end")

    data = json.loads(desk.export(meeting, "json"))
    assert [slide["rounds"][0]["participants"] for slide in data["slides"]] == [10, 10, 10]
    assert sorted(row[0] for row in data["slides"][0]["rounds"][0]["rows"]) == sorted(answers)
    for texts in (
        all_texts(desk.export(meeting, "xlsx")),
        [cell for row in rows_of(desk.export(meeting, "csv")) for cell in row],
    ):
        assert set(answers) <= set(texts)
        assert {"Just starting", "We have a policy", "We report"} <= set(texts)
        assert not any("respondent" in text.lower() for text in texts)


@on_both
def test_under_the_chatham_house_rule_the_screen_moves_in_steps_and_files_say_what_is_withheld(
    server: RealServer,
) -> None:
    answers = ten_answers()
    desk, meeting = build(server, "chatham_house")
    screen = Screen(desk, meeting)
    phones = [Phone(server.url, desk.code_of(meeting)) for _ in range(10)]
    screen.command("next")
    round_id = phones[0].round_on_stage()
    for phone, answer in zip(phones[:9], answers[:9], strict=True):
        assert phone.answer(round_id, answer)["ok"]
    now = screen.ask("watch", {"meeting": meeting})["snapshot"]
    assert (now["waiting"], now["participants"], now["results"]) == ("first_ten", None, None)
    assert phones[9].answer(round_id, answers[9])["ok"]
    assert len(screen.results(lambda snapshot: snapshot["participants"] == 5)["results"]["texts"]) == 5
    screen.command("close")
    assert len(screen.results(lambda snapshot: snapshot["participants"] == 10)["results"]["texts"]) == 10

    screen.command("next")
    cloud = screen.latest["stage"]["poll"]["round"]
    for phone in phones[:3]:
        assert phone.answer(cloud, "confidential")["ok"]
    screen.command("close")
    assert screen.results(lambda snapshot: snapshot["waiting"] == "too_few")["results"] is None
    screen.command("end")

    data = json.loads(desk.export(meeting, "json"))
    assert data["slides"][0]["rounds"][0]["participants"] == 10
    withheld = data["slides"][1]["rounds"][0]
    assert withheld["participants"] is None
    assert withheld["rows"] == []
    assert "too_few" in {note["code"] for note in withheld["withheld"]}
    for content in (desk.export(meeting, "json"), "\n".join(all_texts(desk.export(meeting, "xlsx"))).encode()):
        assert b"confidential" not in content
    assert "confidential" not in str(rows_of(desk.export(meeting, "csv")))
