"""A full meeting at DEBUG level with phones that would be recognised anywhere, and a look into every file afterwards."""

import asyncio
import base64
import gc
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest
import socketio

from pollapp.quizzes.ids import name_of, player_id
from pollapp.words import MARK, match_key
from tests.anonymity.canaries import LEAKS, Phones, everything, sightings, unpacked
from tests.clock import Clock
from tests.faults.conftest import IGNORED, Hall
from tests.phones import HungUp, LightPhone, line, until
from tests.real_server import RealServer

AN_HOUR_AND_MORE_S = 3700
FORMATS = ("json", "csv", "xlsx")

pytestmark = [pytest.mark.faults, *(pytest.mark.filterwarnings(warning) for warning in IGNORED)]

Serve = Callable[..., RealServer]


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


@pytest.fixture
def serve(tmp_path: Path, clock: Clock) -> Iterator[Serve]:
    """Call with a module and its settings to start it, at the level that logs most and behind two proxies."""
    servers: list[RealServer] = []

    def start(module: str, **settings: str) -> RealServer:
        told = {"POLLAPP_LOG_LEVEL": "DEBUG", "POLLAPP_PROXY_HOPS": "2", **clock.settings, **settings}
        server = RealServer(tmp_path / "data", module, **told)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.kill()
    gc.collect()


class Meeting:
    """A meeting from its first phone to its files, in which everything happens that can."""

    def __init__(self, server: RealServer, clock: Clock, preset: str = "standard") -> None:
        self.server, self.clock, self.preset = server, clock, preset
        self.hall = Hall(server, preset)
        self.phones = Phones()
        self.removed, self.dropped, self.mail = (
            self.phones.text(goes=True),
            self.phones.text(goes=True),
            self.phones.mail(),
        )
        self.seen: set[str] = set()

    def look(self, *, old_texts: bool = False) -> None:
        """Note what is seen now where it must not be."""
        files = everything(self.server.folder, self.server.log_file)
        self.seen |= {f"{kind}: {where}" for kind, where in sightings(files, self.phones, old_texts=old_texts)}

    def take_place(self) -> None:
        """Hold the meeting."""
        asyncio.run(self._answer_words(self.hall.ask()))
        texts = self.hall.ask()
        asyncio.run(self._answer_texts(texts))
        self.hall.command("close")
        self._moderate(texts)
        self._choose()
        if self.preset == "standard":
            self._play_a_quiz()
        self.look()
        self.hall.command("end")
        self.clock.move(self.server, AN_HOUR_AND_MORE_S)
        files: dict[str, bytes] = {}
        for name in FORMATS:
            files |= unpacked(f"export.{name}", self.hall.desk.export(self.hall.meeting, name))
        self.seen |= {f"{kind}: {where}" for kind, where in sightings(files, self.phones, old_texts=True)}
        assert any(self.phones.kept[-1].encode() in content for content in files.values()), "an export holds answers"
        self.look(old_texts=True)
        assert self.server.stop() == 0
        self.look(old_texts=True)

    async def _phone(self, http: aiohttp.ClientSession) -> LightPhone:
        phone = LightPhone(http, self.server.url, self.hall.code, self.phones.headers())
        async with http.get(f"{phone.url}/join", params={"code": phone.code}, headers=phone.headers) as reply:
            assert "What we store" in await reply.text()
        await phone.enter()
        self.phones.tokens.append(phone.token)
        return phone

    async def _answer_words(self, round_id: int) -> None:
        """Words by socket: answered, hidden and joined by the facilitator, then changed, taken back."""
        async with line() as http:
            phone = await self._phone(http)
            await phone.connect()
            words = [self.phones.word(goes=goes) for goes in (False, True, True)]
            for slot, word in enumerate(words):
                assert (await phone.answer(round_id, word, slot=slot))["ok"]
            self._curate(round_id, *words)
            assert (await phone.answer(round_id, self.phones.word(), slot=1, revision=2))["ok"]
            assert (await phone.answer(round_id, None, slot=2, revision=2))["ok"]
            await phone.hang_up()

    def _choose(self) -> None:
        """Options with what people wrote beside them: changed, taken back, dropped in the review."""
        settings = {"least": "1", "most": "1", "unit": "count", "display": "bars", "other": "y", "other_label": "Other"}
        labels = {"options-0-label": "Yes", "options-1-label": "No"}
        self.hall.desk.add_slide(self.hall.meeting, "choice", "What now?", **settings, **labels)
        round_id = self.hall.ask()
        dropped = self.phones.word(goes=True)
        asyncio.run(self._write_beside_options(round_id, dropped))
        self.hall.command("close")
        page, key = f"/desk/meetings/{self.hall.meeting}/review", f"~{dropped}"
        entry = f"{page}?entry={round_id}.{key}"
        found = re.search(r'name="fingerprint" value="(\w+)"', self.hall.desk.get(entry).text)
        assert found
        about = {"round": round_id, "key": key, "fingerprint": found[1], "decision": "drop"}
        self.hall.desk.post(page, page=entry, **about)

    async def _write_beside_options(self, round_id: int, dropped: str) -> None:
        async with line() as http:
            for texts in (
                (self.phones.word(goes=True), self.phones.word()),
                (self.phones.word(goes=True), None),
                (dropped,),
                *((self.phones.word(),) for _ in range(4)),
            ):
                phone = await self._phone(http)
                await phone.connect()
                for revision, text in enumerate(texts, start=1):
                    raw = None if text is None else [f"other:{text}"]
                    assert (await phone.answer(round_id, raw, revision=revision))["ok"]
                await phone.hang_up()

    async def _answer_texts(self, round_id: int) -> None:
        """Texts by each way there is, and everything that can go wrong on the way."""
        async with line() as http:
            await self._by_socket(await self._phone(http), round_id)
            await self._by_polling(await self._phone(http), round_id)
            await self._by_form(await self._phone(http), round_id)
            await self._badly(await self._phone(http), round_id)
            await self._while_the_database_fails(await self._phone(http), round_id)
            await self._on_the_board(await self._phone(http), await self._phone(http))
            for text in (self.removed, self.dropped, f"Ask {self.mail} about it", self.phones.text()):
                phone = await self._phone(http)
                await phone.connect()
                assert (await phone.answer(round_id, text))["ok"]
                await phone.hang_up()

    async def _by_socket(self, phone: LightPhone, round_id: int) -> None:
        await phone.connect()
        assert (await phone.answer(round_id, self.phones.text(goes=True)))["ok"]
        assert (await phone.answer(round_id, self.phones.text(), revision=2))["ok"]
        assert (await phone.answer(round_id, self.phones.text(goes=True), revision=2))["code"] == "superseded"
        await phone.connect()
        await phone.hang_up()

    async def _by_polling(self, phone: LightPhone, round_id: int) -> None:
        client = socketio.AsyncClient(reconnection=False, http_session=phone.http)
        auth = {"code": phone.code, "lang": "en"}
        await client.connect(
            phone.url, headers=phone.headers, auth=auth, namespaces=["/participant"], transports=["polling"]
        )
        for revision, text in enumerate((self.phones.text(goes=True), None, self.phones.text()), start=1):
            message = {"round": round_id, "slot": 0, "revision": revision, "raw": text}
            assert (await client.call("answer", message, namespace="/participant"))["ok"]
        await client.disconnect()

    async def _by_form(self, phone: LightPhone, round_id: int) -> None:
        page = f"{phone.url}/m/{phone.code}"
        for revision, text in enumerate((self.phones.text(goes=True), self.phones.text())):
            async with phone.http.get(page, headers=phone.headers) as reply:
                proof = re.search(r'name="csrf_token"[^>]*value="(\w+)"', await reply.text())
            assert proof
            form = {"csrf_token": proof[1], "round": str(round_id), "answer.0": text, "revision.0": str(revision)}
            async with phone.http.post(f"{page}/answer", data=form, headers=phone.headers) as reply:
                assert text in (await reply.text()).replace("&amp;", "&")

    async def _badly(self, phone: LightPhone, round_id: int) -> None:
        await phone.connect()
        text = self.phones.text(goes=True)
        for message in (
            {"round": round_id, "slot": 7, "revision": 1, "raw": text},
            {"round": 999, "slot": 0, "revision": 1, "raw": text},
            {"round": text, "slot": 0, "revision": 1, "raw": text},
            {"round": round_id, "slot": 0, "revision": 1, "raw": text * 5},
            {"round": round_id, "slot": 0, "revision": 1, "raw": [text]},
        ):
            assert not (await phone.ask("answer", message))["ok"]
        await phone.send_raw(f'42/participant,9["{text}"')
        await phone.connect()
        with pytest.raises(HungUp):
            await phone.answer(round_id, text * 100)
        await phone.hang_up()
        query = {"code": phone.token, "text": text}
        for method, path, status in (
            ("GET", "/nowhere", 404),
            ("POST", "/", 405),
            ("GET", "/join", 404),
            ("POST", f"/m/{phone.code}/answer", 400),
            ("POST", "/m/00000000/enter", 404),
            ("GET", "/socket.io/", 400),
        ):
            async with phone.http.request(
                method, phone.url + path, params=query, data=query, headers=phone.headers
            ) as reply:
                assert reply.status == status, path
        async with phone.http.get(phone.url, headers={**phone.headers, "Host": "elsewhere.example"}) as reply:
            assert reply.status == 400
        async with phone.http.post(f"{phone.url}/m/{phone.code}/answer", data=b"x" * 2**21, headers=phone.headers):
            pass  # refused, or hung up on

    async def _while_the_database_fails(self, phone: LightPhone, round_id: int) -> None:
        text = self.phones.text(goes=True)
        await phone.connect()
        page = f"{phone.url}/m/{phone.code}"
        async with phone.http.get(page, headers=phone.headers) as reply:
            proof = re.search(r'name="csrf_token"[^>]*value="(\w+)"', await reply.text())
        assert proof
        form = {"csrf_token": proof[1], "round": str(round_id), "answer.0": text, "revision.0": "0"}
        with without_ballots(self.server.database_file):
            assert (await phone.answer(round_id, text))["code"] == "try_again"
            async with phone.http.post(f"{page}/answer", data=form, headers=phone.headers) as reply:
                assert reply.status == 503
                assert "Go back and send it again" in await reply.text()
            await phone.send_raw('42/participant,77["join",{}]')
            await until(lambda: "OperationalError" in self.server.log())
        await phone.hang_up()

    async def _on_the_board(self, asker: LightPhone, voter: LightPhone) -> None:
        """Questions: one upvoted, one taken back, one edited by the facilitator, one that is refused."""
        page = f"/desk/meetings/{self.hall.meeting}/questions"
        self.hall.desk.post(page, page=page, act="open")
        await asker.connect()
        await voter.connect()
        kept = self.phones.word()
        asked = await asker.ask("ask", {"slot": 0, "text": f"Who knows {kept}?"})
        assert asked["ok"]
        assert (await asker.ask("ask", {"slot": 1, "text": f"Why {self.phones.word(goes=True)}?"}))["ok"]
        assert (await asker.ask("ask", {"slot": 1, "text": None}))["ok"]
        edited = await asker.ask("ask", {"slot": 2, "text": f"Where is {self.phones.word(goes=True)}?"})
        assert edited["ok"]
        if edited["state"] == "held":  # until others come out with it, nobody but its writer can do anything to it
            assert (await asker.ask("ask", {"slot": 2, "text": None}))["ok"]
        else:
            self.hall.desk.post(page, page=page, act="edit", question=edited["id"], text="Where are we?")
        assert not (await asker.ask("ask", {"slot": 99, "text": self.phones.word(goes=True)}))["ok"]
        upvoted = await voter.ask("upvote", {"question": asked["id"], "revision": 1, "given": True})
        assert upvoted["ok"] == (asked["state"] == "shown")
        await asker.hang_up()
        await voter.hang_up()

    def _curate(self, round_id: int, stays: str, *go: str) -> None:
        """Join a word to one that goes, hide another, and say that two are not the same. In steps nothing is out yet."""
        if self.preset != "standard":
            return
        page = f"/desk/meetings/{self.hall.meeting}/words"
        for fields in (
            {"act": "dismiss", "word": go[0], "into": go[1]},
            {"act": "merge", "word": stays, "into": go[0]},
            {"act": "hide", "word": go[1]},
        ):
            self.hall.desk.post(page, page=page, round=round_id, **fields)
        assert "Hidden" in self.hall.desk.get(page).text

    def _play_a_quiz(self) -> None:
        """A nickname that is changed, one that is taken away, one that is kept, and typed answers."""
        desk, meeting = self.hall.desk, self.hall.meeting
        desk.add_slide(meeting, "quiz_type", "Which city?", seconds="240", scoring="speed", accepted="Berne")
        round_id = self.hall.ask()
        asyncio.run(self._play(round_id))
        self.hall.command("close")

    async def _play(self, round_id: int) -> None:
        async with line() as http:
            phone, other = await self._phone(http), await self._phone(http)
            for each in (phone, other):
                await each.connect()
                number = (await each.ask("pulse", {}))["number"]
                assert (await each.ask("pulse", {"number": number}))["ok"]
            for nickname in (self.phones.word(goes=True), self.phones.word()):
                assert (await phone.ask("nickname", {"nickname": nickname}))["ok"]
            assert not (await other.ask("nickname", {"nickname": f"fuck {self.phones.word(goes=True)[:12]}"}))["ok"]
            rude = self.phones.word(goes=True)
            assert (await other.ask("nickname", {"nickname": rude}))["ok"]
            taken = self.hall.screen()
            players = {name_of(player_id(self._key, identity(each))): each for each in (phone, other)}
            name = next(name for name, each in players.items() if each is other)
            assert taken.ask("take_nickname", {"meeting": self.hall.meeting, "player": name})["ok"]
            taken.hang_up()
            typed = self.phones.word()
            self.phones.gone.append(match_key(f"The {typed} - city", "en"))
            assert (await phone.answer(round_id, f"The {typed} - city"))["ok"]
            assert (await phone.ask("player", {}))["ok"]
            for each in (phone, other):
                await each.hang_up()

    @property
    def _key(self) -> bytes:
        return (self.server.folder / "keys" / f"{self.hall.meeting}.key").read_bytes()

    def _moderate(self, round_id: int) -> None:
        """Remove a text, write down a name to look for and a word of the own list, drop a text and black out an address, by the real pages."""
        screen = self.hall.screen()
        shown = screen.results(lambda snapshot: self.mail in str(snapshot["results"]))["results"]["texts"]
        screen.hang_up()
        ids = {
            text: next(one["id"] for one in shown if text in one["text"])
            for text in (self.removed, self.dropped, self.mail)
        }
        desk, meeting = self.hall.desk, f"/desk/meetings/{self.hall.meeting}"
        texts = f"{meeting}/rounds/{round_id}/texts"
        desk.post(f"{texts}/{ids[self.removed]}/remove", page=texts)
        desk.post(f"{meeting}/review/names", page=f"{meeting}/review", names=self.phones.name())
        rules = {"mode": "off", "offensive": "off", "own_words": self.phones.word(goes=True)}
        desk.post(f"{meeting}/moderate/rules", page=f"{meeting}/moderate", **rules)
        for text, decision in ((self.dropped, "drop"), (self.mail, "redact")):
            page = f"{meeting}/review?entry={round_id}.{ids[text]}"
            found = re.search(r'name="fingerprint" value="(\w+)"', desk.get(page).text)
            assert found
            about = {"round": round_id, "key": ids[text], "fingerprint": found[1], "decision": decision}
            desk.post(f"{meeting}/review", page=page, **about)
        assert f"Ask {MARK} about it" in desk.get(texts).text


def identity(phone: LightPhone) -> bytes:
    """Return the random half of a phone's token."""
    return base64.urlsafe_b64decode(phone.token + "=" * (-len(phone.token) % 4))[:16]


@contextmanager
def without_ballots(file: Path) -> Iterator[None]:
    """Make every statement about ballots fail for a while."""
    for before, after in (("ballot", "elsewhere"), ("elsewhere", "ballot")):
        database = sqlite3.connect(file, timeout=20)
        database.execute(f"alter table {before} rename to {after}")
        database.commit()
        database.close()
        if after == "elsewhere":
            yield


def test_nothing_of_a_phone_is_found_anywhere_and_nothing_it_took_back_after_the_seal(
    serve: Serve, clock: Clock, preset: str
) -> None:
    meeting = Meeting(serve("tests.hasty"), clock, preset)
    meeting.take_place()
    assert meeting.seen == set()


def test_the_canaries_find_every_kind_of_leak(serve: Serve, clock: Clock) -> None:
    meeting = Meeting(serve("tests.anonymity.leaky_server"), clock)
    meeting.take_place()
    assert {kind.partition(":")[0] for kind in meeting.seen} == set(LEAKS)
