"""Hosts whose videos the screen may play: allowed in the settings or beside a link, and what each page may load then."""

import re
from typing import Any

import pytest

from pollapp.extensions import database, keys
from pollapp.kinds import MOST_HOSTS
from pollapp.meetings import Meeting, agenda
from tests.facilitator.conftest import JSON, Desk
from tests.facilitator.test_meetings import SETTINGS

LINK = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
PLAYER = "https://www.youtube-nocookie.com"


@pytest.fixture
def video(meeting: Meeting) -> str:
    """A slide with a link to a video."""
    slide = database.run(agenda.add_slide, meeting.id, "video")
    database.run(agenda.update_slide, meeting.id, slide.id, settings={"link": LINK}, prompt="Watch")
    return slide.id


def allowed_in(meeting: Meeting) -> list[str]:
    return database.read(agenda.get_meeting, meeting.id, meeting.owner_id).video_hosts


def save(ada: Desk, meeting: Meeting, hosts: str) -> Any:
    ada.get(f"/desk/meetings/{meeting.id}/settings")
    return ada.post(f"/desk/meetings/{meeting.id}/settings", SETTINGS | {"video_hosts": hosts})


def policy(ada: Desk, path: str) -> dict[str, list[str]]:
    """Return the content policy of a page."""
    reply = ada.client.get(path)
    assert reply.status_code == 200, path
    parts = (each.split() for each in reply.headers["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def test_no_host_is_allowed_to_begin_with(ada: Desk, meeting: Meeting, video: str) -> None:
    assert allowed_in(meeting) == []
    page = ada.get(f"/desk/meetings/{meeting.id}/settings").text
    assert "Up to 10." in page
    assert "which see its address. Phones never do." in page
    assert "data-play" not in ada.get(f"/desk/meetings/{meeting.id}/slides/{video}/preview").text


def test_hosts_are_kept_as_they_are_compared(ada: Desk, meeting: Meeting) -> None:
    assert save(ada, meeting, f"{LINK}\r\nvimeo.com, BÜCHER.example:8443\r\n\r\nyoutu.be").status_code == 302
    assert allowed_in(meeting) == ["vimeo.com", "www.youtube.com", "xn--bcher-kva.example:8443"]
    page = ada.get(f"/desk/meetings/{meeting.id}/settings").text
    assert "vimeo.com\nwww.youtube.com\nxn--bcher-kva.example:8443" in page.replace("\r\n", "\n")
    assert ada.post(f"/desk/meetings/{meeting.id}/settings", SETTINGS).status_code == 302
    assert len(allowed_in(meeting)) == 3, "a form without the list leaves it as it is"
    assert save(ada, meeting, "").status_code == 302
    assert allowed_in(meeting) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("10.0.0.1", "“10.0.0.1” is not the name of a host"),
        ("*.youtube.com", "“*.youtube.com” is not the name of a host"),
        ("localhost:5000", "is not the name of a host"),
        ("\n".join(f"{number}.tube.example" for number in range(MOST_HOSTS)), "up to 10 hosts, and this one has 11"),
    ],
)
def test_a_list_that_cannot_be_stored_says_why_and_loses_nothing(
    ada: Desk, meeting: Meeting, wrong: str, said: str
) -> None:
    save(ada, meeting, "vimeo.com")
    refused = save(ada, meeting, f"www.youtube.com\n{wrong}")
    assert refused.status_code == 422
    assert said in refused.text
    assert wrong.splitlines()[-1] in refused.text
    assert re.search(r'<textarea[^>]*aria-invalid="true"[^>]*id="video_hosts"', refused.text)
    assert allowed_in(meeting) == ["vimeo.com"]


def test_as_many_hosts_as_the_limit_are_stored(ada: Desk, meeting: Meeting) -> None:
    hosts = [f"{number}.tube.example" for number in range(MOST_HOSTS)]
    assert save(ada, meeting, "\n".join(hosts)).status_code == 302
    assert allowed_in(meeting) == hosts


@pytest.mark.parametrize("settings", [{"base_url": "https://polls.example.org"}])
def test_this_server_is_no_host_of_videos(ada: Desk, meeting: Meeting, video: str) -> None:
    refused = save(ada, meeting, "https://polls.example.org/desk/")
    assert refused.status_code == 422
    assert "is this server itself" in refused.text
    at = f"/desk/meetings/{meeting.id}/slides/{video}"
    assert ada.post(f"{at}/allow-video", {"allow": "polls.example.org"}).status_code == 404
    database.run(agenda.allow_host, meeting.id, meeting.owner_id, "polls.example.org", allowed=True)
    assert "frame-src 'self';" in ada.client.get(f"/present/{meeting.id}").headers["Content-Security-Policy"]


def test_a_host_is_allowed_beside_the_link_and_taken_back(ada: Desk, meeting: Meeting, video: str) -> None:
    at = f"/desk/meetings/{meeting.id}/slides/{video}"
    assert "Play on the screen: allow www.youtube.com for this meeting" in ada.get(at).text
    allowed = ada.post(f"{at}/allow-video", {"allow": "www.youtube.com"}, headers=JSON).json
    assert allowed["ok"]
    assert "No longer allow www.youtube.com" in allowed["form"]
    assert "data-play" in allowed["preview"]["stage"]["slide"]["html"]
    assert allowed["undo"] == {"url": f"{at}/allow-video", "fields": {"withdraw": "www.youtube.com"}, "said": ""}
    assert allowed_in(meeting) == ["www.youtube.com"]
    assert ada.post(f"{at}/allow-video", allowed["undo"]["fields"]).status_code == 302
    assert allowed_in(meeting) == []
    assert ada.post(f"{at}/allow-video", {"allow": "10.0.0.1"}, headers=JSON).status_code == 422


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://vimeo.com/76979871", "allow vimeo.com for this meeting"),
        ("http://vimeo.com/76979871", "begins with https://"),
        ("https://vimeo.com/about", ""),
        ("", ""),
    ],
)
def test_what_is_offered_follows_the_link(ada: Desk, meeting: Meeting, video: str, link: str, said: str) -> None:
    at = f"/desk/meetings/{meeting.id}/slides/{video}"
    ada.get(at)
    beside = ada.post(at, {"prompt": "", "settings-link": link, "settings-note": ""}, headers=JSON).json["beside"]
    assert said in beside
    assert said or not beside.strip()


def test_the_limit_is_told_where_one_more_would_be_allowed(ada: Desk, meeting: Meeting, video: str) -> None:
    save(ada, meeting, "\n".join(f"{number}.tube.example" for number in range(MOST_HOSTS)))
    page = ada.get(f"/desk/meetings/{meeting.id}/slides/{video}").text
    assert "as many hosts as it may" in page
    assert "Play on the screen: allow" not in page


def test_the_screen_alone_may_load_from_the_hosts_of_its_meeting(ada: Desk, meeting: Meeting, video: str) -> None:
    screen = f"/present/{meeting.id}"
    other = database.run(agenda.create_meeting, keys, owner_id=meeting.owner_id, title="Another")
    pages = [
        f"{screen}/remote",
        f"/present/{other.id}",
        f"/desk/meetings/{meeting.id}/slides/{video}",
        f"/desk/meetings/{meeting.id}/slides/{video}/preview",
        f"/desk/meetings/{meeting.id}/settings",
        f"/desk/meetings/{meeting.id}/results",
        "/",
    ]
    before = {path: policy(ada, path) for path in (screen, *pages)}
    assert before[screen]["frame-src"] == ["'self'"]
    assert "media-src" not in before[screen]
    save(ada, meeting, "www.youtube.com\ntube.example:8443")
    now = policy(ada, screen)
    assert now.pop("frame-src") == ["'self'", "https://tube.example:8443", PLAYER]
    assert now.pop("media-src") == ["https://tube.example:8443"]
    nonces = {"script-src", "frame-src"}
    assert {name: now[name] for name in now.keys() - nonces} == {
        name: value for name, value in before[screen].items() if name not in nonces
    }
    for path in pages:
        after = policy(ada, path)
        assert {**after, "script-src": ""} == {**before[path], "script-src": ""}, path
    save(ada, meeting, "")
    assert policy(ada, screen).keys() == before[screen].keys()
