"""The page "People": inviting, changing roles, withdrawing, leaving; and pages that offer only what is permitted."""

import re
from typing import Any

import pytest

from pollapp.accounts import add_facilitator, find_by_email
from pollapp.extensions import database
from pollapp.facilitator import people
from pollapp.meetings import Meeting, audit, links, members
from tests.facilitator.conftest import PASSWORD, Desk


@pytest.fixture
def settings() -> dict[str, Any]:
    return {"open_registration": True, "base_url": "http://localhost"}


def link_on(page: str) -> str:
    """Return the path of the link that a page shows."""
    found = re.search(r'value="http://localhost(/[^"]+)"', page)
    assert found
    return found[1]


def invite(ada: Desk, meeting: Meeting, role: str, email: str = "") -> str:
    at = f"/desk/meetings/{meeting.id}/people"
    assert ada.post(f"/desk/meetings/{meeting.id}/links", {"role": role, "email": email}).status_code == 302
    return link_on(ada.get(at).text)


def share(meeting: Meeting, role: str) -> int:
    """Give Bob a part in the meeting; return his id."""
    bob_id = database.read(find_by_email, "bob@example.org").id
    database.run(members.add, meeting.id, bob_id, role)
    return bob_id


def test_a_link_is_shown_once_and_lets_somebody_in(ada: Desk, bob: Desk, meeting: Meeting) -> None:
    link = invite(ada, meeting, "moderator")
    page = ada.get(f"/desk/meetings/{meeting.id}/people").text
    assert link not in page
    assert "Works once, until" in page
    offered = bob.get(link).text
    for words in ("Ada invites you to", "Our meeting", "Moderator", "Not: change slides"):
        assert words in offered
    accepted = bob.post(link)
    assert accepted.location == f"/desk/meetings/{meeting.id}/review"
    assert "You take part in" in bob.get(accepted.location).text
    assert bob.get(link).status_code == 404
    assert "bob@example.org" in ada.get(f"/desk/meetings/{meeting.id}/people").text


def test_whoever_opens_an_invitation_signs_in_and_comes_back_to_it(
    ada: Desk, bob: Desk, stranger: Desk, meeting: Meeting
) -> None:
    link = invite(ada, meeting, "co_facilitator")
    asked = stranger.get(link)
    assert asked.location.startswith("/desk/sign-in?next=")
    assert stranger.sign_in("bob@example.org", then=link).location == link
    assert "Co-facilitator" in stranger.get(link).text


def test_whoever_has_no_account_makes_one_and_comes_back_to_it(ada: Desk, stranger: Desk, meeting: Meeting) -> None:
    link = invite(ada, meeting, "moderator")
    page = stranger.get(stranger.get(link).location).text
    register = re.search(r'href="(/desk/register\?next=[^"]+)"', page)
    assert register
    stranger.get(register[1])
    account = {"name": "Eve", "email": "eve@example.org", "password": PASSWORD}
    assert stranger.post(register[1], account).location == link


def test_registering_goes_on_to_pages_of_this_server_only(stranger: Desk) -> None:
    elsewhere = "/desk/register?next=//evil.example"
    stranger.get(elsewhere)
    account = {"name": "Eve", "email": "eve@example.org", "password": PASSWORD}
    assert stranger.post(elsewhere, account).location == "/desk/"


def test_signing_in_for_an_invitation_keeps_nothing_planted_before(
    ada: Desk, bob: Desk, stranger: Desk, meeting: Meeting
) -> None:
    link = invite(ada, meeting, "moderator")
    with stranger.client.session_transaction() as session:
        session["planted"] = "before"
    stranger.sign_in("bob@example.org", then=link)
    with stranger.client.session_transaction() as session:
        assert "planted" not in session


def test_every_link_that_opens_nothing_is_refused_in_the_same_words(ada: Desk, bob: Desk, meeting: Meeting) -> None:
    used, withdrawn, others = (invite(ada, meeting, "moderator", email) for email in ("", "", "eve@example.org"))
    bob.get("/desk/account")
    assert bob.post(used).status_code == 302
    keep = {link.email for link in database.read(links.of_meeting, meeting.id)}
    assert keep == {None, "eve@example.org"}
    for link in database.read(links.of_meeting, meeting.id):
        if link.email is None:
            ada.post(f"/desk/meetings/{meeting.id}/links/{link.id}/revoke")
    pages = [bob.get(link) for link in (used, withdrawn, others, "/desk/invitations/invented")]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1
    assert "Ask whoever sent it to you" in pages[0].text
    assert "Our meeting" not in pages[0].text


def test_guessing_links_is_slowed_down(bob: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = int(people.TRIES.split()[0])
    for guess in range(tries):
        assert bob.get(f"/desk/invitations/guess-{guess}").status_code == 404
    assert bob.get("/desk/invitations/one-more").status_code == 429
    for guess in range(tries):
        assert bob.get(f"/screen/guess-{guess}").status_code == 404
    assert bob.get("/screen/one-more").status_code == 429


def test_a_wrong_address_is_said_beside_the_field(ada: Desk, meeting: Meeting) -> None:
    ada.get(f"/desk/meetings/{meeting.id}/people")
    refused = ada.post(f"/desk/meetings/{meeting.id}/links", {"role": "moderator", "email": "no address"})
    assert refused.status_code == 422
    assert "This is not an e-mail address." in refused.text
    assert 'value="no address"' in refused.text
    for role in ("owner", "", "x"):
        assert ada.post(f"/desk/meetings/{meeting.id}/links", {"role": role}).status_code == 422


def test_roles_are_changed_and_taken_away(ada: Desk, bob: Desk, meeting: Meeting) -> None:
    bob_id = share(meeting, "moderator")
    at = f"/desk/meetings/{meeting.id}"
    assert bob.get(at).status_code == 403
    ada.get(f"{at}/people")
    ada.post(f"{at}/people/{bob_id}/role", {"role": "co_facilitator"})
    assert bob.get(at).status_code == 200
    ada.post(f"{at}/people/{bob_id}/remove")
    assert bob.get(at).status_code == 404
    assert "gave Bob another role: Co-facilitator" in ada.get(f"{at}/people").text


def test_who_leaves_finds_the_meeting_no_more(ada: Desk, bob: Desk, meeting: Meeting) -> None:
    share(meeting, "co_facilitator")
    at = f"/desk/meetings/{meeting.id}/people"
    assert "Leave the meeting" in bob.get(at).text
    assert "Leave the meeting" not in ada.get(at).text
    assert bob.post(f"{at}/leave").location == "/desk/"
    assert bob.get(at).status_code == 404
    listed = bob.get("/desk/").text
    assert f'<a href="{at.removesuffix("/people")}' not in listed
    assert "You have left “Our meeting”." in listed


def test_a_refusal_says_what_to_do(bob: Desk, meeting: Meeting) -> None:
    share(meeting, "moderator")
    refused = bob.get(f"/desk/meetings/{meeting.id}/results")
    assert refused.status_code == 403
    assert "Ask its owner to do it, or to give you another role." in refused.text
    assert 'href="/desk/"' in refused.text


OFFERED = {
    "moderator": {"Moderation", "Questions", "Review", "People", "Screen"},
    "co_facilitator": {
        "Slides",
        "Settings",
        "Moderation",
        "Questions",
        "Results",
        "Review",
        "People",
        "Present",
    },
}


@pytest.mark.parametrize("role", OFFERED)
def test_pages_offer_what_a_role_permits_and_nothing_else(bob: Desk, meeting: Meeting, role: str) -> None:
    share(meeting, role)
    at = f"/desk/meetings/{meeting.id}"
    bar = bob.get(f"{at}/people").text.partition('<div class="desk-bar__meeting">')[2].partition("<details")[0]
    assert set(re.findall(r"(?:>|</svg>)(\w+)</a>", bar)) == OFFERED[role]
    listed = bob.get("/desk/").text
    assert f"{'Moderator' if role == 'moderator' else 'Co-facilitator'}. Shared by Ada" in listed
    for page in (listed, *(bob.get(f"{at}/{page}").text for page in ("people", "review", "settings", "results"))):
        for path in re.findall(rf'(?:href|action)="({at}[^"]*)"', page):
            assert bob.get(path).status_code in (200, 302, 405), path
    people_page = bob.get(f"{at}/people").text
    for owners in ("Invite somebody", "What was done", "ada@example.org"):
        assert owners not in people_page


def test_the_settings_leave_privacy_to_the_owner(bob: Desk, meeting: Meeting) -> None:
    share(meeting, "co_facilitator")
    at = f"/desk/meetings/{meeting.id}/settings"
    page = bob.get(at).text
    assert "Only the owner of the meeting can change this." in page
    assert "Delete the meeting" not in page
    form = {"title": "Renamed", "language": "en", "theme": "auto", "accent": "teal"}
    assert bob.post(at, form).status_code == 302
    refused = bob.post(at, form | {"preset": "chatham_house"})
    assert refused.status_code == 403
    assert "Ask its owner" in refused.text


def test_the_owner_reads_what_others_did(ada: Desk, bob: Desk, meeting: Meeting) -> None:
    share(meeting, "co_facilitator")
    at = f"/desk/meetings/{meeting.id}"
    bob.get(at)
    bob.post(f"{at}/slides", {"kind": "choice"})
    bob.post(f"{at}/slides", {"kind": "choice"})
    assert bob.get(f"{at}/export/csv").status_code == 200
    bob.post(f"{at}/end")
    bob.post(f"{at}/undo-end")
    page = ada.get(f"{at}/people").text
    for done in ("changed slides", "2 times", "downloaded the results: CSV", "ended the meeting", "undid the end"):
        assert done in page
    assert {line.who for line in database.read(audit.lines, meeting.id)} == {"Bob"}


def test_no_markup_of_a_name_reaches_the_page(ada: Desk, bob: Desk, meeting: Meeting) -> None:
    mallory = database.run(add_facilitator, email="m@example.org", password=PASSWORD, name="<script>1</script>")
    database.run(members.add, meeting.id, mallory.id, "moderator")
    database.run(audit.note, meeting.id, mallory.id, "ended")
    assert "<script>1" not in ada.get(f"/desk/meetings/{meeting.id}/people").text
