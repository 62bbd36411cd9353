"""The linker game once more, through a real server: two hundred phones over sockets, its own batches, its own log."""

import asyncio
import random
import secrets
from itertools import product
from pathlib import Path

import pytest

from pollapp.ballots import ids
from pollapp.database import connect
from tests.anonymity.attacks import findings
from tests.anonymity.evidence import PEOPLE, Evidence, Trace, Truth, collect, mark_places, token_marks
from tests.anonymity.game import PEOPLE_IN_ALL
from tests.clock import Clock
from tests.faults.conftest import IGNORED, SLOTS, Hall
from tests.phones import LightPhone, let_in, line, together
from tests.real_server import RealServer

AN_HOUR_AND_MORE_S = 3700
POLLS = {"word_cloud": SLOTS, "open_text": 1}

pytestmark = [pytest.mark.faults, *(pytest.mark.filterwarnings(warning) for warning in IGNORED)]


class LiveGame:
    """A meeting on a real server, and what an attacker holds of it."""

    def __init__(self, server: RealServer) -> None:
        self.hall = Hall(server)
        self.server = server
        self.truth = Truth()
        self.rounds: dict[str, int] = {}
        self.tokens: list[str] = []
        self.key_file: Path = next((server.folder / "keys").glob("*.key"))
        self.key = self.key_file.read_bytes()

    def play(self) -> None:
        """Have everybody answer everything, everybody at once."""
        for poll, slots in POLLS.items():
            self.rounds[poll] = self.hall.ask()
            asyncio.run(self._answer(poll, slots))
        for (who, token), (poll, round_id) in product(enumerate(self.tokens), self.rounds.items()):
            identity = ids.read_token(self.key, token)
            assert identity is not None
            for slot in range(POLLS[poll]):
                self.truth.ids[ids.ballot_id(self.key, identity, round_id, slot)] = (who, poll, slot)

    async def _answer(self, poll: str, slots: int) -> None:
        async with line() as http:
            if self.tokens:
                phones = [self._again(http, token) for token in self.tokens]
                await together(phone.connect() for phone in phones)
            else:
                phones = await let_in(http, self.server.url, self.hall.code, PEOPLE_IN_ALL)
                self.tokens = [phone.token for phone in phones]
            await together(self._send(phone, who, poll, slots) for who, phone in enumerate(phones))
            await together(phone.hang_up() for phone in phones)

    def _again(self, http, token: str) -> LightPhone:
        return LightPhone(http, self.server.url, self.hall.code, {"Cookie": f"meeting-{self.hall.code}={token}"})

    async def _send(self, phone: LightPhone, who: int, poll: str, slots: int) -> None:
        for slot in range(slots):
            words = f"w{secrets.token_hex(6)}"
            self.truth.texts[words] = (who, poll, slot)
            assert (await phone.answer(self.rounds[poll], words, slot=slot))["ok"]

    def evidence(self, *, is_sealed: bool) -> Evidence:
        """Return what the attacker holds now."""
        engine = connect(f"sqlite:///{self.server.database_file}")
        with engine.connect() as connection:
            rows, columns = collect(connection, self.truth, with_system_columns=is_sealed)
        engine.dispose()
        people = columns[PEOPLE] = [Trace(who, {"arrival": who}) for who in range(PEOPLE_IN_ALL)]
        files: dict[str, bytes] = {}
        if is_sealed:
            files = {path.name: path.read_bytes() for path in self.server.folder.rglob("*") if path.is_file()}
            files["log"] = self.server.log_file.read_bytes()
            for trace, token in zip(people, self.tokens, strict=True):
                identity = ids.read_token(self.key, token)
                assert identity is not None
                trace.marks |= token_marks(identity)
            mark_places(people, dict(enumerate(self.tokens)), files)
            for (source, poll, slot), traces in columns.items():
                if source != "people":
                    texts = {who: words for words, (who, *place) in self.truth.texts.items() if place == [poll, slot]}
                    mark_places(traces, texts, files)
        for traces in columns.values():
            random.Random(0).shuffle(traces)
        keys = [content for name, content in files.items() if name.endswith(".key")] if is_sealed else [self.key]
        return Evidence(columns, rows, files, keys, self.tokens if is_sealed else [], self.rounds)


def test_no_attack_on_a_real_server_is_better_than_chance(tmp_path: Path) -> None:
    clock = Clock(tmp_path)
    server = RealServer(tmp_path / "data", POLLAPP_LOG_LEVEL="DEBUG")
    server.start()
    try:
        game = LiveGame(server)
        game.play()
        assert findings(game.evidence(is_sealed=False)) == []
        game.hall.command("end")
        assert server.stop() == 0
        server.run("tests.hasty", **clock.settings)
        server.start()
        clock.move(server, AN_HOUR_AND_MORE_S)
        assert not game.key_file.exists()
        assert findings(game.evidence(is_sealed=True)) == []
        assert server.stop() == 0
        assert findings(game.evidence(is_sealed=True)) == []
    finally:
        server.kill()
