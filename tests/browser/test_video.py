"""Videos on the screen: nothing is asked of a host before it is allowed and somebody pressed the button, and never by a phone."""

import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.conftest import Complaints, Room, serious_problems
from tests.needs import CHROMIUM_ARGUMENTS, browser_path, program
from tests.people import Desk as Forms
from tests.real_server import RealServer

pytestmark = pytest.mark.browser

HOST, PLAYER = "tube.example", "www.youtube-nocookie.com"
VIDEO = f"https://{HOST}/w/9rLDzbVKaeNcm6HsSPx5kJ"
EMBED = "/videos/embed/9rLDzbVKaeNcm6HsSPx5kJ?autoplay=1&p2p=0"
PAGE = b"<!doctype html><title>Player</title><button autofocus>Louder</button>"


class Stub(ThreadingHTTPServer):
    """Every host of videos there is, on this machine; `asked` has what was asked of it: host, path, who sent it."""

    asked: list[tuple[str, str, str | None]]

    @property
    def port(self) -> int:
        return int(self.server_address[1])


@pytest.fixture(scope="module")
def stub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stub]:
    class Handler(BaseHTTPRequestHandler):
        server: Stub

        def do_GET(self) -> None:
            if self.path == "/favicon.ico":
                return self.send_error(404)
            self.server.asked.append((self.headers["Host"], self.path, self.headers.get("Referer")))
            self.send_response(200 if "embed" in self.path else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)
            return None

        def log_message(self, *_: object) -> None:
            pass

    folder = tmp_path_factory.mktemp("stub")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    make = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=stub"]
    subprocess.run(
        [program("openssl"), *make, "-keyout", key, "-out", certificate], check=True, capture_output=True, timeout=30
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = Stub(("127.0.0.1", 0), Handler)
    server.asked = []
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium(stub: Stub) -> Iterator[Browser]:
    """A browser for which every other name is the stub."""
    rules = f"MAP *.example 127.0.0.1:{stub.port}, MAP {PLAYER} 127.0.0.1:{stub.port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(playwright.chromium.executable_path),
            args=[*CHROMIUM_ARGUMENTS, f"--host-resolver-rules={rules}", "--ignore-certificate-errors"],
        )
        yield browser
        browser.close()


@pytest.fixture
def room(forms: Forms, desk: Page, open_browser: Callable[..., BrowserContext], stub: Stub) -> Room:
    """A meeting with videos of several hosts."""
    stub.asked.clear()
    meeting = forms.make_meeting("City day", "standard")
    for title, link in (
        ("Watch", VIDEO),
        ("The end", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
        ("A film", f"https://{HOST}/film.mp4"),
    ):
        forms.add_slide(meeting, "video", title, link=link, note="Look at the river.")
    return Room(desk, open_browser, meeting)


def tag_in_focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.tagName"))


def allow(forms: Forms, room: Room, *hosts: str) -> None:
    """Name the hosts in the settings, and wait until the screen has come back with a page for them."""
    settings = {"title": "City day", "language": "en", "theme": "auto", "accent": "teal"}
    forms.post(f"/desk/meetings/{room.meeting}/settings", video_hosts=", ".join(hosts), **settings)
    page = f'body[data-plays="{" ".join(hosts)}"]'
    room.screen.locator(f"{page} #room:not([hidden]), {page} #join:not([hidden])").first.wait_for()


def only_those(complaints: Complaints, stub: Stub) -> None:
    """Check that what left the server is what the stub was asked, and nothing was refused by a page."""
    assert complaints == [f"request to https://{host}{path}" for host, path, _ in stub.asked]
    complaints.clear()


def test_a_video_is_played_once_its_host_is_allowed_and_its_button_pressed(
    room: Room, desk: Page, stub: Stub, complaints: Complaints
) -> None:
    screen, phone = room.screen, room.phone()
    room.next("Watch")
    phone.get_by_role("heading", name="Watch").wait_for()
    play, player = screen.get_by_role("button", name="Play it here"), screen.locator("iframe, video")
    expect(play).to_have_count(0)
    screen.keyboard.press("v")
    screen.evaluate("window.isSamePage = true")

    desk.goto(f"/desk/meetings/{room.meeting}")
    desk.get_by_role("button", name=f"Play on the screen: allow {HOST}").click()
    desk.get_by_text("The screen offers to play it").wait_for()
    expect(play).to_be_visible()  # the page came anew, at the same slide, and without anybody's doing
    expect(screen.get_by_role("heading", name="Watch")).to_be_visible()
    assert not screen.evaluate("window.isSamePage")
    assert serious_problems(screen) == []
    preview = desk.frame_locator("iframe").first
    preview.get_by_role("button", name="Play it here").evaluate("(button) => button.click()")
    expect(preview.locator("[data-player]")).to_be_hidden()
    expect(preview.locator("iframe, video")).to_have_count(0)
    assert stub.asked == []

    play.click()
    frame = screen.frame_locator("iframe")
    frame.get_by_text("Louder").wait_for()
    assert stub.asked == [(HOST, EMBED, None)]
    assert player.get_attribute("sandbox") == "allow-scripts allow-same-origin allow-presentation"
    assert serious_problems(screen) == []
    assert phone.locator("iframe, video, [data-play]").count() == 0
    only_those(complaints, stub)


def test_keys_move_slides_while_a_video_plays_and_nothing_plays_unseen(
    room: Room, forms: Forms, stub: Stub, complaints: Complaints
) -> None:
    screen = room.screen
    room.next("Watch")
    allow(forms, room, HOST)
    play, player = screen.get_by_role("button", name="Play it here"), screen.locator("iframe, video")
    frame = screen.frame_locator("iframe")
    play.click()

    back = screen.get_by_role("button", name="back to the slides")
    frame.get_by_text("Louder").wait_for()
    expect(back).to_be_hidden()
    frame.get_by_text("Louder").click()
    expect(back).to_be_visible()
    assert tag_in_focus(screen) == "IFRAME"
    back.evaluate("(button) => button.click()")  # by a finger: a mouse that leaves the player is enough
    expect(back).to_be_hidden()
    assert tag_in_focus(screen) == "DIV"
    frame.get_by_text("Louder").click()
    expect(back).to_be_visible()
    screen.mouse.move(5, 5)
    expect(back).to_be_hidden()
    assert tag_in_focus(screen) == "DIV"

    screen.keyboard.press("b")
    expect(player).to_have_count(0)
    screen.keyboard.press("v")
    expect(player).to_have_count(0)
    screen.keyboard.press("b")
    expect(play).to_be_visible()
    screen.keyboard.press("v")
    frame.get_by_text("Louder").wait_for()
    screen.get_by_role("button", name="Stop the video").click()
    expect(play).to_be_visible()
    screen.keyboard.press("v")
    frame.get_by_text("Louder").wait_for()
    screen.keyboard.press(" ")
    screen.get_by_role("heading", name="The end").wait_for()
    expect(player).to_have_count(0)
    assert stub.asked == [(HOST, EMBED, None)] * 3
    only_those(complaints, stub)


def test_hosts_are_told_no_more_than_they_need_and_the_card_stays_when_nothing_comes(
    room: Room, forms: Forms, stub: Stub, server: RealServer, complaints: Complaints
) -> None:
    screen = room.screen
    play = screen.get_by_role("button", name="Play it here")
    allow(forms, room, HOST, "www.youtube.com")
    for title in ("Watch", "The end"):
        room.next(title)
    play.click()
    screen.frame_locator("iframe").get_by_text("Louder").wait_for()
    room.next("A film")
    play.click()
    screen.get_by_text(f"Nothing could be loaded from {HOST}").wait_for()
    expect(play).to_be_visible()
    assert stub.asked == [
        (PLAYER, "/embed/dQw4w9WgXcQ?autoplay=1&rel=0", f"{server.url}/"),
        (HOST, "/film.mp4", None),
    ]
    only_those(complaints, stub)

    allow(forms, room)
    expect(play).to_have_count(0)
    expect(screen.get_by_role("heading", name="A film")).to_be_visible()
    refused = screen.evaluate(
        """(address) => new Promise((done) => {
          document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
          const frame = document.createElement("iframe"); frame.src = address; document.body.append(frame);
        })""",
        VIDEO,
    )
    assert refused == "frame-src"
    assert len(stub.asked) == 2
    complaints.clear()  # of what was refused just now
