"""People as a real server meets them: a facilitator at the desk, a presenter screen, phones in the room."""

import html
import re
import threading
from collections.abc import Callable
from typing import Any

import requests
import socketio

PATIENCE_S = 20.0
PASSWORD = "a horse, a staple and a battery"


class Desk:
    """A facilitator in a browser without JavaScript: real pages, real forms."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.browser = requests.Session()

    def start_with(self, link: str) -> None:
        """Make the first account with its one-time link."""
        account = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD}
        assert self.post(link, page=link, **account).url == f"{self.url}/desk/"

    def post(self, path: str, page: str | None = None, **fields: Any) -> requests.Response:
        """Send a form as `page` shows it."""
        shown = self.get(page or path)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown.text)
        assert token, f"no form on {shown.url}"
        reply = self.browser.post(
            self._full(path), data={"csrf_token": html.unescape(token[1]), **fields}, timeout=PATIENCE_S
        )
        assert reply.ok, f"{path}: {reply.status_code}\n{re.sub(r'<[^>]+>', ' ', reply.text)[:800]}"
        return reply

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        reply = self.browser.get(self._full(path), timeout=PATIENCE_S)
        assert reply.ok, f"{path}: {reply.status_code}"
        return reply

    def _full(self, path: str) -> str:
        return path if path.startswith("http") else self.url + path

    def make_meeting(self, title: str, preset: str) -> str:
        """Make a blank meeting; return its id."""
        made = self.post("/desk/meetings/from-template", page="/desk/meetings/new", template="")
        meeting = re.search(r"/desk/meetings/(\w+)", made.url)
        assert meeting, made.url
        settings = f"/desk/meetings/{meeting[1]}/settings"
        self.post(settings, title=title, language="en", theme="auto", accent="teal", preset=preset)
        return meeting[1]

    def add_slide(self, meeting: str, kind: str, prompt: str, **settings: str) -> None:
        """Add a slide at the end and fill in its form."""
        editor = f"/desk/meetings/{meeting}"
        added = self.post(f"{editor}/slides", page=editor, kind=kind)
        fields = {f"settings-{name}": value for name, value in settings.items()}
        path = added.url.removeprefix(self.url).partition("?")[0]
        self.post(path, page=editor, prompt=prompt, notes="", opens_on_arrival="y", **fields)

    def code_of(self, meeting: str) -> str:
        """Return the join code."""
        code = re.search(r'data-code="(\d{8})"', self.get(f"/present/{meeting}").text)
        assert code
        return code[1]

    def export(self, meeting: str, file_format: str) -> bytes:
        """Download a file."""
        return self.get(f"/desk/meetings/{meeting}/export/{file_format}").content


class Line:
    """A Socket.IO connection whose latest messages can be waited for."""

    def __init__(
        self, url: str, namespace: str, cookies: requests.cookies.RequestsCookieJar, auth: dict[str, str]
    ) -> None:
        self._namespace = namespace
        self._changed = threading.Condition()
        self.latest: dict[str, Any] = {}
        self._client = socketio.Client(reconnection=False)
        for name in ("stage", "results"):
            self._client.on(name, self._keep(name), namespace=namespace)
        cookie = "; ".join(f"{one.name}={one.value}" for one in cookies)
        self._client.connect(
            url,
            headers={"Cookie": cookie},
            auth=auth,
            namespaces=[namespace],
            transports=["websocket"],
            wait_timeout=PATIENCE_S,
        )

    def _keep(self, name: str) -> Callable[[Any], None]:
        def keep(message: Any) -> None:
            self.hear(name, message)

        return keep

    def hear(self, name: str, message: Any) -> None:
        """Take a message as the latest of its name."""
        with self._changed:
            self.latest[name] = message
            self._changed.notify_all()

    def ask(self, name: str, message: dict[str, Any], patience: float = PATIENCE_S) -> dict[str, Any]:
        """Send and wait for the reply."""
        reply: dict[str, Any] = self._client.call(name, message, namespace=self._namespace, timeout=patience)
        return reply

    def wait_for(self, what: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until the latest messages are as wanted."""
        with self._changed:
            assert self._changed.wait_for(lambda: what(self.latest), PATIENCE_S), (
                f"never came: {str(self.latest)[:1500]}"
            )
            return dict(self.latest)

    def hang_up(self) -> None:
        """Close the connection."""
        self._client.disconnect()


class Screen(Line):
    """The presenter screen of a meeting."""

    def __init__(self, desk: Desk, meeting: str) -> None:
        super().__init__(desk.url, "/presenter", desk.browser.cookies, {"meeting": meeting})
        self._meeting = meeting
        now = self.ask("watch", {"meeting": meeting})
        assert now["ok"], now
        self.hear("stage", now["stage"])
        if now["snapshot"]:
            self.hear("results", {"snapshot": now["snapshot"]})

    def command(self, action: str, **params: Any) -> dict[str, Any]:
        """Give a command and wait until the screen shows what came of it."""
        version = self.latest["stage"]["version"]
        reply = self.ask("command", {"meeting": self._meeting, "version": version, "action": action, **params})
        assert reply["ok"], reply
        shown: dict[str, Any] = self.wait_for(lambda latest: latest["stage"]["version"] >= reply["version"])["stage"]
        return shown

    def results(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for results of the round on stage that are as wanted."""
        round_id = self.latest["stage"]["poll"]["round"]

        def is_wanted(latest: dict[str, Any]) -> bool:
            snapshot = latest.get("results", {}).get("snapshot")
            return bool(snapshot) and snapshot["round"] == round_id and wanted(snapshot)

        snapshot: dict[str, Any] = self.wait_for(is_wanted)["results"]["snapshot"]
        return snapshot


class Phone:
    """A phone: joins by code over pages, then answers over its socket. It sends again what was not acked."""

    def __init__(self, url: str, code: str) -> None:
        self._url = url
        self._code = code
        self.browser = requests.Session()
        card = self.browser.get(f"{url}/join", params={"code": code}, timeout=PATIENCE_S)
        assert "What we store" in card.text
        inside = self.browser.post(f"{url}/m/{code}/enter", timeout=PATIENCE_S)
        assert inside.ok, inside.status_code
        self.connect()

    def connect(self) -> None:
        """Open the socket and hear what is on."""
        self.line = Line(self._url, "/participant", self.browser.cookies, {"code": self._code, "lang": "en"})
        self.joined = self.line.ask("join", {})
        assert self.joined["ok"], self.joined

    def round_on_stage(self) -> int:
        """Wait for a round and return it."""
        if "stage" not in self.line.latest:
            self.line.hear("stage", self.joined["stage"])
        round_id: int = self.line.wait_for(lambda latest: bool(latest["stage"]["round"]))["stage"]["round"]
        return round_id

    def answer(
        self, round_id: int, raw: Any, *, slot: int = 0, revision: int = 1, patience: float = PATIENCE_S
    ) -> dict[str, Any]:
        """Send an answer and wait for the ack."""
        return self.line.ask("answer", {"round": round_id, "slot": slot, "revision": revision, "raw": raw}, patience)

    def page(self) -> str:
        """Return the plain page of the meeting."""
        return self.browser.get(f"{self._url}/m/{self._code}", timeout=PATIENCE_S).text
