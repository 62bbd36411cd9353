"""Send a bounded crowd of simulated phones into a running server: `make demo`.

Each phone does what a real one does: it opens the join page, passes the privacy card, keeps its cookie,
follows the stage over Socket.IO, and answers what is open after a human pause. The crowd goes only to this
computer unless `--url` says otherwise, is limited in number and time, and ends by itself.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import aiohttp
import socketio
from forms import CardReader, Fragment, read_fragment
from sayings import SENTENCES, WORDS

MOST_PHONES = 500
MOST_SECONDS = 120
MOST_TRIES = 4
ACK_TIMEOUT = 10
NAMESPACE = "/participant"
KEPT = {"saved", "superseded"}
AGAIN = {"try_again", "slow_down"}


class Unreachable(Exception):
    """The crowd cannot start; its text is one sentence that says what to do."""


@dataclass
class Score:
    """What the whole crowd did."""

    joined: int = 0
    answered: set[tuple[int, str]] = field(default_factory=set)
    acks: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)

    def sentence(self, phones: int, code: str) -> str:
        """Tell it in one line."""
        polls = len({round_id for _phone, round_id in self.answered})
        saved = sum(self.acks[ack] for ack in KEPT)
        refused = {ack: count for ack, count in self.acks.items() if ack not in KEPT | AGAIN}
        parts = [
            f"{self.joined} of {phones} phones joined {code[:4]} {code[4:]}",
            f"{len({phone for phone, _round in self.answered})} of them answered {polls} poll{'' if polls == 1 else 's'}",
            f"{saved} answers saved",
        ]
        parts += [f"{count} refused ({ack})" for ack, count in sorted(refused.items())]
        parts += [f"{count} phones failed ({why})" for why, count in sorted(self.failures.items())]
        return ", ".join(parts) + "."


@dataclass
class Phone:
    """One simulated phone: a cookie jar, a socket, and a temper."""

    number: int
    base: str
    code: str
    pace: float
    score: Score
    chance: random.Random
    revisions: dict[tuple[str, int], int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def live(self, seconds: float) -> None:
        """Join, answer until the meeting ends or `seconds` are over, and leave."""
        try:
            async with asyncio.timeout(seconds):
                await asyncio.sleep(self.chance.uniform(0, min(4.0, seconds / 4) * self.pace))
                jar = aiohttp.CookieJar(unsafe=True)  # cookies of a bare IP address too
                async with aiohttp.ClientSession(self.base, cookie_jar=jar) as http:
                    await self._enter(http)
                    await self._follow(http)
        except TimeoutError:
            pass  # the time is over, as planned
        except (aiohttp.ClientError, socketio.exceptions.SocketIOError) as error:
            self.score.failures[type(error).__name__] += 1
        except Unreachable as error:
            self.score.failures[str(error)] += 1
        finally:
            for task in self.tasks:
                task.cancel()

    async def _enter(self, http: aiohttp.ClientSession) -> None:
        page = f"/m/{self.code}"
        async with http.get(page) as reply:
            if reply.status != 200:
                raise Unreachable(f"the join page answered {reply.status}")
            card = CardReader(f"{page}/enter").read(await reply.text())
        if card is None:
            raise Unreachable("the join page had no privacy card")
        headers = {"Origin": self.base, "Referer": self.base + page}
        async with http.post(f"{page}/enter", data=card, headers=headers) as reply:
            if reply.status != 200:
                raise Unreachable(f"entering answered {reply.status}")

    async def _follow(self, http: aiohttp.ClientSession) -> None:
        client = socketio.AsyncClient(http_session=http, reconnection=False)
        client.on("stage", self._on_stage(client), namespace=NAMESPACE)
        client.on("disconnect", lambda *_reason: self.ended.set(), namespace=NAMESPACE)
        cookies = "; ".join(f"{cookie.key}={cookie.value}" for cookie in http.cookie_jar)
        try:
            await client.connect(
                self.base,
                namespaces=[NAMESPACE],
                transports=["websocket"],
                headers={"Cookie": cookies, "Origin": self.base},
                auth={"code": self.code, "lang": "en"},
            )
            joined = await client.call("join", {}, namespace=NAMESPACE, timeout=ACK_TIMEOUT)
            if not joined.get("ok"):
                raise Unreachable(f"joining was refused: {joined.get('code', 'no reason')}")
            self.score.joined += 1
            self._remember(joined.get("mine") or {})
            self._look(client, joined["stage"])
            await self.ended.wait()
        finally:
            with contextlib.suppress(Exception):  # leaving: whatever is broken now no longer matters
                await client.disconnect()

    def _remember(self, mine: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        for round_id, slots in mine.items():
            for slot, kept in slots.items():
                self.revisions[round_id, int(slot)] = int(kept["revision"])

    def _on_stage(self, client: socketio.AsyncClient) -> Any:
        async def on_stage(stage: Mapping[str, Any]) -> None:
            self._look(client, stage)

        return on_stage

    def _look(self, client: socketio.AsyncClient, stage: Mapping[str, Any]) -> None:
        """Read the stage as a person glances at the phone, and start answering what is new and open."""
        if stage["state"] == "ended":
            self.ended.set()
            return
        round_id = str(stage.get("round") or "")
        if stage.get("poll_state") != "open" or not round_id or round_id in self.seen:
            return
        self.seen.add(round_id)
        if self.chance.random() < 0.04:
            return  # somebody always looks out of the window
        task = asyncio.create_task(self._answer(client, stage["round"], read_fragment(stage["html"])))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _answer(self, client: socketio.AsyncClient, round_id: Any, fragment: Fragment) -> None:
        for slot, raw in enumerate(self._thoughts(fragment)):
            await asyncio.sleep(min(self.chance.lognormvariate(1.2, 0.6), 15) * self.pace)
            try:
                await self._send(client, round_id, slot, raw)
            except (TimeoutError, socketio.exceptions.SocketIOError):
                self.score.acks["no reply"] += 1
                return

    def _thoughts(self, fragment: Fragment) -> list[list[str] | str]:
        """Think of what to send, one thing per slot."""
        if fragment.options:
            return [self._choose(fragment)]
        if fragment.long:
            return [SENTENCES[self.number % len(SENTENCES)]]  # few say the very same sentence
        # Some words are on everybody's mind: they grow big on the screen.
        weights = [1 / (place + 2) for place in range(len(WORDS))]
        entries = min(fragment.slots, self.chance.choice((1, 2, 2, 3)))
        return list(dict.fromkeys(self.chance.choices(WORDS, weights, k=entries)))

    def _choose(self, fragment: Fragment) -> list[str]:
        """Pick options as a room does: some are liked more, which ones depends on the poll alone."""
        taste = random.Random("".join(fragment.options))
        liking = {option: taste.uniform(0.2, 1) ** 2 for option in fragment.options}
        ranked = sorted(fragment.options, key=lambda option: self.chance.random() ** (1 / liking[option]), reverse=True)
        most = max(fragment.least, min(fragment.most, 3))
        return ranked[: self.chance.randint(fragment.least, most)]

    async def _send(self, client: socketio.AsyncClient, round_id: Any, slot: int, raw: list[str] | str) -> None:
        key = str(round_id), slot
        self.revisions[key] = self.revisions.get(key, 0) + 1
        message = {"round": round_id, "slot": slot, "revision": self.revisions[key], "raw": raw}
        for attempt in range(MOST_TRIES):
            ack = await client.call("answer", message, namespace=NAMESPACE, timeout=ACK_TIMEOUT)
            code = str(ack.get("code"))
            if code not in AGAIN or attempt == MOST_TRIES - 1:
                self.score.acks[code] += 1
                if code in KEPT:
                    self.score.answered.add((self.number, str(round_id)))
                return
            await asyncio.sleep((attempt + 1) * self.chance.uniform(0.5, 1.5))


async def send(base: str, code: str, *, phones: int, seconds: float, pace: float = 1.0) -> Score:
    """Let `phones` phones live for at most `seconds`, and return what they did."""
    score = Score()
    numbers = random.sample(range(phones), phones)
    crowd = [
        Phone(number=number, base=base, code=code, pace=pace, score=score, chance=random.Random()) for number in numbers
    ]
    await asyncio.gather(*(phone.live(seconds) for phone in crowd))
    return score


async def greet(base: str, code: str) -> None:
    """Check with one request that the server is there and knows the code, before forty phones ask."""
    try:
        async with aiohttp.ClientSession(base) as http, http.get(f"/m/{code}") as reply:
            status = reply.status
    except aiohttp.ClientError:
        raise Unreachable(f"Nothing answers at {base}. Start the server first, in another terminal: make run") from None
    if status == 404:
        raise Unreachable(f"{base} knows no meeting with the code {code}. Pass the one on the screen: --code 12345678")
    if status != 200:
        raise Unreachable(f"{base} answered {status} instead of the join page.")


def demo_code(meeting: str) -> str:
    """Return the join code of a demo meeting, which the server notes in its data folder."""
    path = Path(os.environ.get("POLLAPP_DATA_DIR") or "var") / "demo.json"
    try:
        return str(json.loads(path.read_text())["codes"][meeting])
    except (OSError, KeyError, ValueError):
        raise Unreachable(
            f"{path} names no demo meeting '{meeting}'. Pass the code on the screen: --code 12345678"
        ) from None


def _bounded(most: int) -> Any:
    def count(text: str) -> int:
        value = int(text)
        if not 1 <= value <= most:
            raise argparse.ArgumentTypeError(f"must be from 1 to {most}")
        return value

    return count


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make demo", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--code", help="join code (default: that of the demo meeting)")
    parser.add_argument("--meeting", default="welcome", help="which demo meeting: welcome or peer_learning")
    parser.add_argument("--phones", type=_bounded(MOST_PHONES), default=40, help=f"how many, up to {MOST_PHONES}")
    parser.add_argument(
        "--seconds", type=_bounded(MOST_SECONDS), default=60, help=f"how long they stay, up to {MOST_SECONDS}"
    )
    parser.add_argument("--url", help="another server than the one on this computer")
    return parser.parse_args()


def _base(url: str | None) -> str:
    """Return scheme and host to go to: this computer's server, unless a person named another."""
    if url:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise Unreachable(f"{url} is not an address such as http://127.0.0.1:5000")
        return f"{parts.scheme}://{parts.netloc}"
    return f"http://127.0.0.1:{os.environ.get('POLLAPP_PORT') or '5000'}"


def _stop(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(1)


def main() -> None:
    """Run the command line."""
    arguments = _arguments()
    try:
        base = _base(arguments.url)
        code = "".join(filter(str.isdecimal, arguments.code or demo_code(arguments.meeting)))
        asyncio.run(greet(base, code))
        print(
            f"{arguments.phones} phones are on their way to {code[:4]} {code[4:]} and stay for {arguments.seconds} seconds: "
            "open the presenter screen and move through the slides."
        )
        score = asyncio.run(send(base, code, phones=arguments.phones, seconds=arguments.seconds))
    except Unreachable as error:
        _stop(str(error))
    except KeyboardInterrupt:
        _stop("The crowd went home early.")
    print(score.sentence(arguments.phones, code))
    if not score.joined:
        sys.exit(1)


if __name__ == "__main__":
    main()
