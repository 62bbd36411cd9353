"""A meeting with personal data in it, from the review over the seal to the line that is left, by pages and commands."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from pollapp.database import connect
from pollapp.words import MARK
from tests.clock import Clock
from tests.people import Desk, Phone, Screen
from tests.real_server import ROOT, RealServer

# The client library drops its sockets without closing them; that is its affair, not the server's.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")

HOUR_S = 3600
DAY_S = 24 * HOUR_S
MAIL, RUDE, NAMED, SECRET = "Ask zoe@example.org", "Rude", "Ada Lovelace said so", "My secret is 42"
PLAIN = ("To listen", "To learn", "To meet people")


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


@pytest.fixture
def server(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[RealServer]:
    """A running server that looks all the time for what is due by its clock, on the database that the test names."""
    settings = {"POLLAPP_LOG_LEVEL": "DEBUG", **clock.settings}
    if request.param == "postgres":
        settings["POLLAPP_DATABASE_URL"] = request.getfixturevalue("postgres").copy()
    server = RealServer(tmp_path / "data", "tests.hasty", **settings)
    server.start()
    yield server
    server.kill()
    if request.param == "postgres":
        request.getfixturevalue("postgres").drop(settings["POLLAPP_DATABASE_URL"])


def command(server: RealServer, *words: str) -> str:
    """Run `flask pollapp ...` beside the server and return all it said."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("POLLAPP_")}
    ran = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "pollapp:create_app", "pollapp", *words],
        cwd=ROOT, env=environ | server.settings, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return ran.stdout + ran.stderr


def rows_of(server: RealServer) -> dict[str, list[str]]:
    """Return every row of the tables of answers, as text."""
    engine = connect(server.settings.get("POLLAPP_DATABASE_URL", f"sqlite:///{server.database_file}"))
    with engine.connect() as connection:
        tables = ("meeting", "round", "ballot", "tally", "snapshot", "review", "erased_meeting")
        rows = {
            name: [str(row) for row in connection.execute(text(f"select * from {name}"))]  # noqa: S608  # our own names
            for name in tables
        }
    engine.dispose()
    return rows


class Review:
    """The pages on which a facilitator reviews and removes."""

    def __init__(self, desk: Desk, meeting: str, round_id: int, ids: dict[str, str]) -> None:
        self.desk, self.page, self.round_id, self.ids = desk, f"/desk/meetings/{meeting}/review", round_id, ids
        self.texts = f"/desk/meetings/{meeting}/rounds/{round_id}/texts"

    def decide(self, written: str, decision: str) -> None:
        page = f"{self.page}?entry={self.round_id}.{self.ids[written]}"
        found = re.search(r'name="fingerprint" value="(\w+)"', self.desk.get(page).text)
        assert found
        about = {"round": self.round_id, "key": self.ids[written], "fingerprint": found[1], "decision": decision}
        self.desk.post(self.page, page=page, **about)

    def remove(self, written: str) -> None:
        self.desk.post(f"{self.texts}/{self.ids[written]}/remove", page=self.texts)


def ids_of(screen: Screen, round_id: int, count: int) -> dict[str, str]:
    snapshot = screen.results(lambda snapshot: len((snapshot["results"] or {}).get("texts", ())) == count)
    assert snapshot["round"] == round_id
    return {one["text"]: one["id"] for one in snapshot["results"]["texts"]}


@pytest.mark.parametrize(
    ("server", "preset"),
    [("sqlite", "standard"), pytest.param("postgres", "chatham_house", marks=pytest.mark.postgres)],
    indirect=["server"],
)
def test_what_is_found_removed_and_erased_is_so_on_every_page_in_every_file_and_in_the_database(
    server: RealServer, clock: Clock, preset: str
) -> None:
    desk = Desk(server.url)
    desk.start_with(server.first_link())
    meeting = desk.make_meeting("Peer learning", preset)
    desk.add_slide(meeting, "open_text", "Why did you join today?", entries="1", limit="500", display="cards")
    screen = Screen(desk, meeting)
    screen.command("next")
    phones = [Phone(server.url, desk.code_of(meeting)) for _ in range(7)]
    round_id = phones[0].round_on_stage()
    for phone, answer in zip(phones, (MAIL, RUDE, NAMED, SECRET, *PLAIN), strict=True):
        assert phone.answer(round_id, answer)["code"] == "saved"
    screen.command("close")
    review = Review(desk, meeting, round_id, ids_of(screen, round_id, 7))

    desk.post(f"{review.page}/names", page=review.page, names="Ada Lovelace\n")
    withheld = preset == "chatham_house"
    file = desk.export(meeting, "json").decode()
    assert [MAIL in file, NAMED in file, SECRET in file] == [not withheld, not withheld, True]
    assert MAIL in str(screen.ask("watch", {"meeting": meeting})["snapshot"]), "the screen shows it until it is decided"
    review.remove(RUDE)
    review.decide(MAIL, "redact")
    review.decide(SECRET, "drop")
    shown = ids_of(screen, round_id, 5)
    assert {MAIL, RUDE, SECRET} & set(shown) == set()
    assert f"Ask {MARK}" in shown
    removed = phones[1].line.ask("join", {})["mine"][str(round_id)]["0"]
    assert (removed["state"], removed["answer"]) == ("removed", None)

    screen.command("end")
    clock.move(server, HOUR_S + 60)
    stored = rows_of(server)
    for gone in ("zoe@example.org", RUDE, SECRET):
        assert gone not in str(stored)
    assert not list((server.folder / "keys").iterdir())
    data = json.loads(desk.export(meeting, "json"))["slides"][0]["rounds"][0]
    assert sorted(row[0] for row in data["rows"]) == sorted([*PLAIN, f"Ask {MARK}", *([] if withheld else [NAMED])])
    assert data["participants"] == 7
    sealed = Review(desk, meeting, round_id, ids_of(Screen(desk, meeting), round_id, 5))
    assert not set(sealed.ids.values()) & set(shown.values()), "the seal gave texts other ids"
    sealed.decide(NAMED, "drop")
    sealed.remove(PLAIN[0])
    stored = rows_of(server)
    for gone in (NAMED, PLAIN[0]):
        assert gone not in str(stored)
    data = json.loads(desk.export(meeting, "json"))["slides"][0]["rounds"][0]
    assert sorted(row[0] for row in data["rows"]) == sorted([*PLAIN[1:], f"Ask {MARK}"])

    assert f"{meeting}  {preset:<13}  sealed  erase" in command(server, "due")
    clock.move(server, (31 if withheld else 366) * DAY_S + HOUR_S)
    assert "Nothing was due." in command(server, "seal-due"), "the server has done it"
    stored = rows_of(server)
    assert {name: len(rows) for name, rows in stored.items()} == dict.fromkeys(stored, 0) | {"erased_meeting": 1}
    assert "Peer learning" not in desk.get("/desk/").text
    for word in (*PLAIN, "zoe@", RUDE, SECRET, "Lovelace"):
        assert word not in server.log()
    assert "Error" not in server.log()
