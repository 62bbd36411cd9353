"""Hosts whose videos may be played, and what a page plays of a link."""

import pytest

from pollapp.kinds import Player, host_of, player_of, sources

YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0"
VIMEO = "https://player.vimeo.com/video/76979871?autoplay=1&dnt=1"
SHORT, LONG = "9rLDzbVKaeNcm6HsSPx5kJ", "9db9f3f1-9b54-44ed-9e91-461d262d2205"
TUBE = "https://tube.example/videos/embed"
ALLOWED = {"www.youtube.com", "vimeo.com", "tube.example", "tube.example:8443", "xn--bcher-kva.example"}
LONGEST = ".".join(["a" * 63] * 3 + ["a" * 61])


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("www.youtube.com", "www.youtube.com"),
        (" YouTube.com ", "www.youtube.com"),
        ("https://youtu.be/dQw4w9WgXcQ", "www.youtube.com"),
        ("m.youtube.com", "www.youtube.com"),
        ("www.youtube-nocookie.com", "www.youtube.com"),
        ("player.vimeo.com", "vimeo.com"),
        ("https://tube.example/w/abc?x#y", "tube.example"),
        ("tube.example.", "tube.example"),
        ("tube.example:443", "tube.example"),
        ("tube.example:8443", "tube.example:8443"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("日本.jp", "xn--wgv71a.jp"),
        ("ａ.org", "a.org"),
        (LONGEST, LONGEST),
    ],
)
def test_a_host_is_known_by_one_name(text: str, host: str) -> None:
    assert host_of(text) == host
    assert host_of(host) == host


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://",
        "http://tube.example",
        "ftp://tube.example",
        "*.youtube.com",
        "*",
        "'self'",
        "tube.example; script-src *",
        "tube.example\nx.example",
        "a b.org",
        "ada@tube.example",
        "localhost",
        "127.0.0.1",
        "10.0.0.1:8443",
        "127.1",
        "0x7f.1",
        "2130706433",
        "[::1]",
        "[fe80::1%25eth0]",
        "a..b",
        "-a.org",
        "a_b.org",
        "tube.example:99999",
        "tube.example:x",
        "a" + LONGEST,
    ],
)
def test_what_names_no_host_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # each library has one of its own
        host_of(text)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=1m30s", f"{YOUTUBE}&start=90"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc&t=43", f"{YOUTUBE}&start=43"),
        ("https://m.youtube.com/watch?v=dQw4w9WgXcQ&list=PL12345678", f"{YOUTUBE}&list=PL12345678"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube.com/live/dQw4w9WgXcQ?feature=share", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=1h", f"{YOUTUBE}&start=3600"),
        (
            "https://www.youtube.com/playlist?list=PL12345678",
            f"{YOUTUBE.replace('dQw4w9WgXcQ', 'videoseries')}&list=PL12345678",
        ),
        ("https://vimeo.com/76979871", VIMEO),
        ("https://www.vimeo.com/76979871/abcdef1234#t=90s", f"{VIMEO}&h=abcdef1234#t=90s"),
        ("https://vimeo.com/channels/staffpicks/76979871", VIMEO),
        ("https://player.vimeo.com/video/76979871?h=abcdef12", f"{VIMEO}&h=abcdef12"),
        (f"https://tube.example/w/{SHORT}", f"{TUBE}/{SHORT}?autoplay=1&p2p=0"),
        (f"https://tube.example/videos/watch/{LONG}?start=1m", f"{TUBE}/{LONG}?autoplay=1&p2p=0&start=60s"),
        (f"https://tube.example:8443/videos/embed/{LONG}", f"https://tube.example:8443/videos/embed/{LONG}?autoplay=1&p2p=0"),
        (f"https://tube.example/w/p/{SHORT}", f"https://tube.example/video-playlists/embed/{SHORT}?autoplay=1&p2p=0"),
        ("https://tube.example/embed/7?x=1#y", "https://tube.example/embed/7?x=1#y"),
        ("https://BÜCHER.example/film", "https://xn--bcher-kva.example/film"),
    ],
)  # fmt: skip
def test_known_links_become_the_page_that_belongs_into_a_frame(link: str, address: str) -> None:
    player = player_of(link, ALLOWED)
    assert player is not None
    assert (player.shape, player.address) == ("frame", address)
    assert player.host in address
    assert player.names_us is ("youtube" in address), "YouTube alone has to be told where it is played"
    assert player_of(address, ALLOWED) is not None, "what is written in a frame is a link too"


@pytest.mark.parametrize("name", ["a.mp4", "a.WebM?x=1", "a.ogv#t=10"])
def test_a_file_is_played_as_one(name: str) -> None:
    link = f"https://tube.example/{name}"
    assert player_of(link, ALLOWED) == Player("file", link, "tube.example")


@pytest.mark.parametrize(
    "link",
    [
        "https://other.example/a.mp4",
        "https://sub.tube.example/a.mp4",
        "https://tube.example:444/a.mp4",
        "https://tube.example@other.example/a.mp4",
        "http://tube.example/a.mp4",
        "tube.example/a.mp4",
        "javascript:alert(1)//tube.example",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=../../x",
        "https://www.youtube.com/feed/subscriptions",
        "https://vimeo.com/about",
        "https://vimeo.com/../76979871",
        "",
    ],
)
def test_nothing_else_is_played(link: str) -> None:
    assert player_of(link, ALLOWED) is None


def test_nothing_is_played_of_hosts_that_are_not_allowed() -> None:
    assert player_of("https://www.youtube.com/watch?v=dQw4w9WgXcQ", ()) is None


def test_a_page_needs_the_hosts_of_players_and_no_others() -> None:
    assert sources(()) == ([], [])
    frames, files = sources(["tube.example", "vimeo.com", "www.youtube.com"])
    assert frames == ["tube.example", "player.vimeo.com", "www.youtube-nocookie.com"]
    assert files == ["tube.example"]
