"""Light phones on asyncio, hundreds at once: they speak Socket.IO themselves, so that they can also misbehave.

Only what a phone needs of the protocol is here (Engine.IO 4 and Socket.IO 5 over WebSocket, docs/protocol.md).
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import aiohttp

NAMESPACE = "/participant"
PATIENCE_S = 60.0
LOOK_AGAIN_S = 0.05

T = TypeVar("T")


class HungUp(Exception):
    """The connection is gone, or was never there: whether something sent was stored is unknown."""


class Refused(Exception):
    """The server let this connection not in; the text is its code."""


@asynccontextmanager
async def line() -> AsyncIterator[aiohttp.ClientSession]:
    """What phones connect through: no shared cookies, no limit of connections."""
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    jar = aiohttp.DummyCookieJar()
    async with aiohttp.ClientSession(connector=connector, cookie_jar=jar, timeout=timeout) as http:
        yield http


class LightPhone:
    """A phone: `enter` gives it its token, `connect` its socket. It sends nothing again by itself."""

    def __init__(self, http: aiohttp.ClientSession, url: str, code: str, headers: Mapping[str, str] = {}) -> None:
        self.http, self.url, self.code = http, url, code
        self.headers = dict(headers)
        self.token = ""
        self.joined: dict[str, Any] = {}
        self.heard: dict[str, list[Any]] = defaultdict(list)
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._replies: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._asked = 0
        self._listening: asyncio.Task[None] | None = None

    async def enter(self) -> None:
        """Accept the privacy card and keep the token."""
        page = f"{self.url}/m/{self.code}/enter"
        async with self.http.post(page, headers=self.headers, allow_redirects=False) as reply:
            assert reply.status == 302, reply.status
            cookie = next(iter(reply.cookies.values()))
            self.token = cookie.value
            self.headers["Cookie"] = f"{cookie.key}={cookie.value}"

    async def connect(self, *, join: bool = True) -> None:
        """Open the socket and, unless told otherwise, ask what is on. Raises `HungUp` and `Refused`."""
        await self.hang_up()
        address = self.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        try:
            self._socket = await self.http.ws_connect(address, headers=self.headers, max_msg_size=0)
            await self._socket.receive_str()
            await self._socket.send_str(f"40{NAMESPACE}," + json.dumps({"code": self.code, "lang": "en"}))
            reply = await self._socket.receive_str()
        except (aiohttp.ClientError, TypeError, OSError) as problem:
            raise HungUp(str(problem)) from None
        if reply.startswith("44"):
            raise Refused(json.loads(reply.partition(",")[2])["message"])
        self._listening = asyncio.create_task(self._listen(self._socket))
        if join:
            self.joined = await self.ask("join", {})
            assert self.joined["ok"], self.joined

    async def ask(self, name: str, message: dict[str, Any], patience: float = PATIENCE_S) -> dict[str, Any]:
        """Send and wait for the reply. Raises `HungUp`."""
        if self._socket is None or self._socket.closed:
            raise HungUp("not connected")
        self._asked += 1
        number = self._asked
        reply = self._replies[number] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send_str(f"42{NAMESPACE},{number}" + json.dumps([name, message]))
            return await asyncio.wait_for(reply, patience)
        except (aiohttp.ClientError, ConnectionError) as problem:
            raise HungUp(str(problem)) from None
        finally:
            self._replies.pop(number, None)

    async def answer(self, round_id: int, raw: Any, *, slot: int = 0, revision: int = 1) -> dict[str, Any]:
        """Send an answer and wait for the reply. Raises `HungUp`."""
        return await self.ask("answer", {"round": round_id, "slot": slot, "revision": revision, "raw": raw})

    async def send_raw(self, text: str) -> None:
        """Send a packet as it is."""
        assert self._socket is not None
        await self._socket.send_str(text)

    def stored(self, round_id: int) -> dict[int, tuple[int, Any]]:
        """Return revision and answer by slot, as the last join told them."""
        mine = self.joined["mine"].get(str(round_id), {})
        return {int(slot): (own["revision"], own["answer"]) for slot, own in mine.items()}

    async def hang_up(self) -> None:
        """Close the connection, if there is one."""
        if self._socket is not None:
            await self._socket.close()
            self._socket = None
        if self._listening is not None:
            await self._listening
            self._listening = None

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        try:
            async for packet in socket:
                if packet.data == "2":
                    await socket.send_str("3")
                elif packet.data.startswith("42"):
                    name, message = json.loads(packet.data.partition(",")[2])
                    self.heard[name].append(message)
                elif packet.data.startswith("43"):
                    number, _, message = packet.data.partition(",")[2].partition("[")
                    reply = self._replies.get(int(number))
                    if reply is not None and not reply.done():
                        reply.set_result(json.loads("[" + message)[0])
        except (aiohttp.ClientError, ConnectionError):
            pass  # the same as an end of the connection: whoever waits is told below
        finally:
            for reply in self._replies.values():
                if not reply.done():
                    reply.set_exception(HungUp("the connection ended before the reply"))


async def let_in(http: aiohttp.ClientSession, url: str, code: str, count: int) -> list[LightPhone]:
    """Let phones in and connect them."""
    phones = [LightPhone(http, url, code) for _ in range(count)]
    await together(phone.enter() for phone in phones)
    await together(phone.connect() for phone in phones)
    return phones


async def together(work: Iterable[Awaitable[T]]) -> list[T]:
    """Do it all at once and return what came of each; the first error is raised."""
    return list(await asyncio.gather(*work))


async def until(what: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE_S):
        while not what():
            await asyncio.sleep(LOOK_AGAIN_S)
