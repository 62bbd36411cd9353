"""Videos of other hosts on the screen of a meeting: what its page may load, and the player of a slide.

Phones, the remote and the preview of the editor have nothing to do with this: their pages load from this server alone.
"""

from flask import Flask, current_app

from pollapp.kinds import MOST_HOSTS, Player, host_of, player_of, sources
from pollapp.meetings import Meeting
from pollapp.security import allow_players, trusted_hosts


def init_app(app: Flask) -> None:
    """Give templates of slides `video_player(link, meeting)`, and the editor's `host_to_allow(link)` with their limit."""
    app.jinja_env.globals.update(video_player=player, host_to_allow=host_to_allow, most_video_hosts=MOST_HOSTS)


def is_this_server(name: str) -> bool:
    """Tell whether a host is this server: in a frame, one of its own pages would not be shut off from it."""
    try:
        host = host_of(name).partition(":")[0]
    except ValueError:
        return False
    return host in trusted_hosts(current_app.config["POLLAPP"])


def host_to_allow(link: str) -> str | None:
    """Return the host whose videos have to be allowed for a link to be played, None where that cannot be."""
    if not link.lower().startswith("https:") or is_this_server(link):
        return None
    try:
        host = host_of(link)
    except ValueError:
        return None
    return host if player_of(link, {host}) else None


def _hosts(meeting: Meeting) -> list[str]:
    if not meeting.video_hosts:
        return []
    own = trusted_hosts(current_app.config["POLLAPP"])
    return [host for host in meeting.video_hosts if host.partition(":")[0] not in own]


def hosts_line(meeting: Meeting) -> str:
    """Return whose videos a meeting's screen may play, as the page says it: one that says otherwise is loaded anew."""
    return " ".join(_hosts(meeting))


def allow_on_this_page(meeting: Meeting) -> None:
    """Let the page of this request load what players of a meeting's videos need."""
    allow_players(*sources(_hosts(meeting)))


def player(link: str, meeting: Meeting) -> Player | None:
    """Return what plays a video of a meeting, None where nothing but a card is shown."""
    return player_of(link, _hosts(meeting))
