"""Under the Chatham House rule no surface ever shows fewer than five people, or a change made by fewer than five.

Everybody writes a mark of their own, so that it can be seen, on each surface, whose answers are there.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pollapp import extensions
from pollapp.accounts import sign_ins
from pollapp.ballots import K, Round, store_batch
from pollapp.exports import all_formats
from pollapp.participant.phone import cookie_name
from tests.actors import Facilitator, Participant
from tests.conftest import make_account
from tests.needs import how_many
from tests.people import html

MARK = re.compile(r"mark\d+x")
NOT_READ = re.compile(r"<script.*?</script>|<[^>]+>", re.DOTALL)
"""What a page holds besides what people read: it differs each time (nonces, proofs of forms)."""

pytestmark = pytest.mark.parametrize("disk", ["sqlite"], indirect=True)


class Surfaces:
    """Everything on which results of a meeting can be seen, through the pages and sockets that show them."""

    def __init__(self, app: Flask, facilitator: Facilitator) -> None:
        self._meeting, code = facilitator.id, facilitator.meeting.code
        self._desk = app.test_client()
        secret = extensions.database.run(sign_ins.begin, facilitator.owner_id)
        with self._desk.session_transaction() as session:
            session["_user_id"], session["_fresh"] = secret, True
        self._phone = app.test_client()
        self._phone.post(f"/m/{code}/enter")
        token = self._phone.get_cookie(cookie_name(code, secure=False))
        assert token is not None
        self._code = code
        connect = extensions.socketio.test_client
        self._screen_line = connect(app, namespace="/presenter", flask_test_client=self._desk)
        self._phone_line = connect(
            app,
            namespace="/participant",
            auth={"code": code, "lang": "en"},
            headers={"Cookie": f"{token.key}={token.value}"},
        )
        self.messages: list[Any] = []

    def show(self, round_id: int) -> dict[str, str]:
        """Return what each surface shows now of a round, as text. `messages` is what was sent since the last time."""
        self.messages = []
        watched = self._screen_line.emit("watch", {"meeting": self._meeting}, namespace="/presenter", callback=True)
        joined = self._phone_line.emit("join", {}, namespace="/participant", callback=True)
        assert watched["ok"]
        assert joined["ok"]
        assert watched["stage"]["phones"] is None, "how many phones there are is not told"
        shown = {"screen": json.dumps(watched), "phone": json.dumps(joined)}
        for name, line, namespace in (
            ("messages to screens", self._screen_line, "/presenter"),
            ("messages to phones", self._phone_line, "/participant"),
        ):
            received = line.get_received(namespace)
            self.messages += received
            if received:
                shown[name] = json.dumps(received[-1])
        shown["results page"] = html.unescape(self._desk.get(f"/desk/meetings/{self._meeting}/results").text)
        desk = f"/desk/meetings/{self._meeting}"
        shown["review"] = html.unescape(self._desk.get(f"{desk}/review").text)
        shown["queue"] = html.unescape(self._desk.get(f"{desk}/moderate?show=shown").text)
        shown["texts page"] = html.unescape(self._desk.get(f"{desk}/rounds/{round_id}/texts").text)
        shown["screen's page"] = self._desk.get(f"/present/{self._meeting}").text
        shown["phone's page"] = self._phone.get(f"/m/{self._code}").text
        for file_format in all_formats():
            content = self._desk.get(f"/desk/meetings/{self._meeting}/export/{file_format.NAME}").data
            shown[f"{file_format.NAME} file"] = _text_of(content)
        return shown

    def elsewhere(self) -> dict[str, str]:
        """Return what people can read on pages that show no results."""
        paths = ("/what-we-store", "/desk/", f"/desk/meetings/{self._meeting}", f"/desk/meetings/{self._meeting}/end")
        pages = {path: self._desk.get(path) for path in paths}
        assert [page.status_code for page in pages.values()] == [200] * len(paths)
        return {path: " ".join(NOT_READ.sub(" ", page.text).split()) for path, page in pages.items()}


def _text_of(content: bytes) -> str:
    """Return a file as text; of a zip, all that is in it."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


class Room:
    """A meeting under the Chatham House rule, and what was ever seen of it."""

    def __init__(self, app: Flask, owner_id: int, settle: Callable[[], None], kind: str) -> None:
        self.facilitator = Facilitator(extensions.database, extensions.keys, owner_id, preset="chatham_house")
        settings = {"other": True, "other_label": "Other"} if kind == "choice" else {}
        self.poll: Round = self.facilitator.ask(kind, **settings)
        extensions.hub.stage_changed(self.facilitator.do("share_results"))
        self.people: list[tuple[Participant, int]] = []
        self.marks = 0
        self.shown = 0
        self._settle = settle
        self.surfaces = Surfaces(app, self.facilitator)
        self.seen: dict[str, tuple[int, frozenset[str]]] = {}
        self.look()
        self.elsewhere = self.surfaces.elsewhere()

    def answer(self, *messages: tuple[Participant, int, bool]) -> None:
        """Store one batch: who, at which revision, and whether they take their answer back."""
        casts = []
        for who, revision, withdraws in messages:
            self.marks += 1
            raw = f"mark{self.marks}x" if self.poll.kind == "open_text" else [f"other:mark{self.marks}x"]
            casts.append(who.cast(self.poll, None if withdraws else raw, revision=revision))
        if casts:
            extensions.database.run(lambda session: store_batch(session.connection(), casts))
            extensions.hub.rounds_changed({self.poll.id})
        before = dict(self.seen)
        self.look()
        if self.seen["screen"] == before["screen"]:
            assert self.surfaces.messages == [], "a message says that somebody answered"
        assert self.surfaces.elsewhere() == self.elsewhere, "a page says that somebody answered"

    def come(self, count: int) -> None:
        """Have new people answer at once."""
        new = [self.facilitator.let_in() for _ in range(count)]
        self.people += [(who, 1) for who in new]
        self.answer(*((who, 1, False) for who in new))

    def change(self, number: int, *, withdraws: bool) -> None:
        """Have somebody who answered change their mind, or take the answer back."""
        if self.people:
            number %= len(self.people)
            who, revision = self.people[number]
            self.people[number] = (who, revision + 1)
            self.answer((who, revision + 1, withdraws))

    def command(self, action: str) -> None:
        """Open or close the round."""
        extensions.hub.stage_changed(self.facilitator.do(action))
        self.look()
        self.elsewhere = self.surfaces.elsewhere()

    def look(self) -> None:
        """Look at every surface, and compare it with what it showed before."""
        self._settle()
        shown = self.surfaces.show(self.poll.id)
        now = self._figures(shown)
        for surface, text in shown.items():
            marks = frozenset(MARK.findall(text))
            assert len(marks) == 0 or len(marks) >= K, f"{surface} shows {len(marks)} people"
            before_count, before = self.seen.get(surface, (0, frozenset()))
            count = now if marks else 0
            assert count == before_count or count - before_count >= K or surface.startswith("messages"), surface
            assert marks == before or count != before_count, f"{surface} changed by fewer than five"
            self.seen[surface] = (count, marks)
        surfaces = ["screen", "results page", "review", "queue", "json file", "xlsx file"]
        if self.poll.kind == "open_text":
            surfaces.append("texts page")
        everywhere = {self.seen[surface][1] for surface in surfaces}
        assert len(everywhere) == 1, "all surfaces show the same people"
        self.shown = now

    def _figures(self, shown: dict[str, str]) -> int:
        """Return how many are said to have answered, which is the same wherever it is said."""
        snapshot = json.loads(shown["screen"])["snapshot"]
        data = json.loads(shown["json file"])["slides"][0]["rounds"][0]
        on_page = [int(number) for number in re.findall(r"(\d+) (?:person|people) answered", shown["results page"])]
        told = {snapshot["participants"], data["participants"], *(on_page or [snapshot["participants"]])}
        shared = json.loads(shown["phone"])["snapshot"]
        told.add(shared["participants"] if shared else snapshot["participants"])
        assert len(told) == 1, "one figure everywhere"
        count = told.pop() or 0
        assert count == 0 or count >= K
        return count


@pytest.fixture
def make_room(house: Flask, runtime: Any) -> Callable[..., Room]:
    """Call with a kind of which people write something to open a meeting under the Chatham House rule."""
    owner_id = make_account(extensions.database, "grace@example.org")
    return lambda kind="open_text": Room(house, owner_id, runtime.settle, kind)


STEP = st.one_of(
    st.integers(1, 7).map(lambda count: lambda room: room.come(count)),
    st.tuples(st.integers(0, 50), st.booleans()).map(lambda what: lambda room: room.change(what[0], withdraws=what[1])),
    st.sampled_from(["close", "open"]).map(lambda action: lambda room: room.command(action)),
)


@settings(
    max_examples=how_many(12, nightly=300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=3, max_size=15))
def test_whatever_people_do_no_surface_shows_fewer_than_five_or_moves_by_fewer(
    make_room: Callable[[], Room], steps: list[Callable[[Room], None]]
) -> None:
    room = make_room()
    for step in steps:
        step(room)


@pytest.mark.parametrize(
    ("kind", "size"), [*(("open_text", size) for size in range(13)), ("choice", 3), ("choice", 11)]
)
def test_a_group_of_each_size_is_shown_in_steps_when_it_closes_and_when_it_opens_again(
    make_room: Callable[..., Room], kind: str, size: int
) -> None:
    room = make_room(kind)
    for number in range(1, size + 1):
        room.come(1)
        assert room.shown == (5 if number >= 10 else 0)
    room.command("close")
    at_close = size if size >= K else 0
    assert room.shown == at_close
    for late in range(1, 7):
        room.command("open")
        room.come(1)
        room.command("close")
        now = size + late
        at_close = now if now - at_close >= K else at_close
        assert room.shown == at_close
