"""Videos of hosts that a facilitator allows: the names of hosts, and what a page plays of a link; pure."""

import re
from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

import idna

MOST_HOSTS = 10
"""Hosts that one meeting may allow: each stands in a header of its screen's page."""

HOST_LENGTH = 253
"""Characters of a host's name, as DNS has it."""

YOUTUBE = "www.youtube.com"
VIMEO = "vimeo.com"

_YOUTUBE_PLAYER = "www.youtube-nocookie.com"
_VIMEO_PLAYER = "player.vimeo.com"
_PLAYERS = {YOUTUBE: _YOUTUBE_PLAYER, VIMEO: _VIMEO_PLAYER}
"""Hosts whose videos are played from another one of theirs."""

_SAME = {
    "youtube.com": YOUTUBE,
    "m.youtube.com": YOUTUBE,
    "music.youtube.com": YOUTUBE,
    "youtu.be": YOUTUBE,
    "youtube-nocookie.com": YOUTUBE,
    _YOUTUBE_PLAYER: YOUTUBE,
    "www.vimeo.com": VIMEO,
    _VIMEO_PLAYER: VIMEO,
}
"""Names of a host that people know under another one."""

_HTTPS = 443
_FILES = (".mp4", ".webm", ".ogv")
_LABELS = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*")
"""A name with a dot that does not end like an address of the internet protocol."""

_YOUTUBE_ID = re.compile(r"[\w-]{6,20}", re.ASCII)
_PLAYLIST_ID = re.compile(r"[\w-]{6,80}", re.ASCII)
_VIMEO_PATH = re.compile(
    r"/(?:(?:channels/[^/]+|groups/[^/]+/videos|album/\d+/video|video)/)?(\d{3,12})(?:/([0-9a-f]{6,20}))?/?"
)
_PEERTUBE_PATH = re.compile(
    r"/(?:w|videos/watch|videos/embed)/(p/|playlist/)?"
    r"([1-9A-HJ-NP-Za-km-z]{20,22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?"
)
_TIME = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)


class Player(NamedTuple):
    """What plays a link: a page in a frame, or a file. `host` is what the browser asks for it.

    Of a page `names_us`, the player refuses to work unless it is told which site it stands in.
    """

    shape: Literal["frame", "file"]
    address: str
    host: str
    names_us: bool = False


def host_of(text: str) -> str:
    """Return the host that a name or a link stands for, as it is compared and written in headers. Raises `ValueError`.

    Names of other alphabets become what DNS calls them (IDNA 2008); of a host with several names, it is the one people
    know. A name has a dot: numbers, names of this network's machines and patterns are refused.
    """
    text = text.strip()
    if len(text.split()) != 1:  # `urlsplit` would leave out the end of a line
        raise ValueError(text)
    parts = urlsplit(text if "://" in text else f"https://{text}")
    if parts.scheme != "https" or "@" in parts.netloc or not parts.hostname:
        raise ValueError(text)
    name = idna.encode(parts.hostname.rstrip("."), uts46=True).decode()
    if len(name) > HOST_LENGTH or not _LABELS.fullmatch(name):
        raise ValueError(text)
    name = _SAME.get(name, name)
    port = parts.port
    return name if port in (None, _HTTPS) else f"{name}:{port}"


def player_of(link: str, allowed: Collection[str]) -> Player | None:
    """Return what plays a link, None where its host is not `allowed` or it has nothing to play."""
    try:
        host = host_of(link)
    except ValueError:
        return None
    parts = urlsplit(link)
    if parts.scheme != "https" or host not in allowed:
        return None
    if host == YOUTUBE:
        return _youtube(parts)
    if host == VIMEO:
        return _vimeo(parts)
    if parts.path.lower().endswith(_FILES):
        return Player("file", _address(host, parts.path, parts.query, parts.fragment), host)
    if found := _PEERTUBE_PATH.fullmatch(parts.path):
        shelf = "video-playlists" if found[1] else "videos"
        more = {"start": f"{at}s"} if (at := _seconds(_query(parts).get("start", ""))) else {}
        return _frame(host, f"/{shelf}/embed/{found[2]}", {"autoplay": "1", "p2p": "0", **more})
    return Player("frame", _address(host, parts.path, parts.query, parts.fragment), host)


def sources(allowed: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the hosts of frames and of files that a page needs to play videos of these hosts."""
    hosts = list(allowed)
    return [_PLAYERS.get(host, host) for host in hosts], [host for host in hosts if host not in _PLAYERS]


def _youtube(parts: SplitResult) -> Player | None:
    query = _query(parts)
    first, _, rest = parts.path.strip("/").partition("/")
    is_short = (parts.hostname or "").lower().rstrip(".") == "youtu.be"
    video = first if is_short else rest if first in {"embed", "shorts", "live", "v"} else query.get("v", "")
    playlist = query.get("list", "")
    more = {"autoplay": "1", "rel": "0"}
    if at := _seconds(query.get("t", "") or query.get("start", "")):
        more["start"] = str(at)
    if _PLAYLIST_ID.fullmatch(playlist):
        more["list"] = playlist
    if video == "videoseries" or not _YOUTUBE_ID.fullmatch(video):
        if "list" not in more:
            return None
        video = "videoseries"
    return _frame(_YOUTUBE_PLAYER, f"/embed/{video}", more)._replace(names_us=True)


def _vimeo(parts: SplitResult) -> Player | None:
    found = _VIMEO_PATH.fullmatch(parts.path)
    if not found:
        return None
    secret = found[2] or _query(parts).get("h", "")
    more = {"h": secret} if re.fullmatch(r"[0-9a-f]{6,20}", secret) else {}
    player = _frame(_VIMEO_PLAYER, f"/video/{found[1]}", {"autoplay": "1", "dnt": "1", **more})
    at = _seconds(parts.fragment.removeprefix("t="))
    return player._replace(address=f"{player.address}#t={at}s") if at else player


def _frame(host: str, path: str, query: dict[str, str]) -> Player:
    return Player("frame", _address(host, path, urlencode(query)), host)


def _address(host: str, path: str, query: str = "", fragment: str = "") -> str:
    return SplitResult("https", host, path, query, fragment).geturl()


def _query(parts: SplitResult) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def _seconds(text: str) -> int:
    """Return how many seconds a time in a link stands for, such as 90, 90s or 1m30s; 0 for what is none."""
    found = _TIME.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds
