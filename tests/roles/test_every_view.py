"""Every page, asked for by every role and by nobody: each is answered to those whose role permits it, and to no other.

A page that is new fails here until it says what it needs, and until the table below says the same.
"""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from pollapp.accounts import RIGHTS, Permission, permits
from pollapp.facilitator.authority import OPEN_PAGES
from pollapp.rights import guard, needed_by, needs
from tests.roles.conftest import ROLES, Cast

M = "/desk/meetings/<meeting_id>"
S = f"{M}/slides/<slide_id>"

OF_A_MEETING: dict[tuple[str, str], Permission] = {
    ("GET", M): "build",
    ("POST", f"{M}/slides"): "build",
    ("GET", S): "build",
    ("POST", S): "build",
    ("POST", f"{S}/move"): "build",
    ("POST", f"{S}/duplicate"): "build",
    ("POST", f"{S}/delete"): "build",
    ("POST", f"{S}/restore"): "build",
    ("GET", f"{S}/preview"): "build",
    ("POST", f"{S}/allow-video"): "build",
    ("POST", f"{M}/pictures"): "build",
    ("GET", f"{M}/settings"): "build",
    ("POST", f"{M}/settings"): "build",
    ("GET", f"{M}/remote"): "present",
    ("GET", f"{M}/questions"): "moderate",
    ("POST", f"{M}/questions"): "moderate",
    ("GET", f"{M}/players"): "moderate",
    ("POST", f"{M}/players"): "moderate",
    ("GET", f"{M}/words"): "present",
    ("POST", f"{M}/words"): "present",
    ("GET", f"{M}/results"): "results",
    ("GET", f"{M}/export/<file_format>"): "results",
    ("POST", f"{S}/clear"): "present",
    ("POST", f"{M}/clear"): "present",
    ("POST", f"{M}/rounds/<int:round_id>/accept"): "present",
    ("GET", f"{M}/review"): "moderate",
    ("POST", f"{M}/review"): "moderate",
    ("POST", f"{M}/review/names"): "moderate",
    ("GET", f"{M}/moderate"): "moderate",
    ("POST", f"{M}/moderate"): "moderate",
    ("POST", f"{M}/moderate/screen"): "present",
    ("POST", f"{M}/moderate/rules"): "moderate",
    ("GET", f"{M}/rounds/<int:round_id>/texts"): "moderate",
    ("POST", f"{M}/rounds/<int:round_id>/texts/<text_id>/remove"): "moderate",
    ("GET", f"{M}/people"): "people",
    ("POST", f"{M}/people/leave"): "people",
    ("POST", f"{M}/people/<int:member_id>/role"): "share",
    ("POST", f"{M}/people/<int:member_id>/remove"): "share",
    ("POST", f"{M}/links"): "share",
    ("POST", f"{M}/links/<link_id>/revoke"): "share",
    ("GET", f"{M}/end"): "end",
    ("POST", f"{M}/end"): "end",
    ("POST", f"{M}/undo-end"): "end",
    ("GET", f"{M}/delete"): "delete",
    ("POST", f"{M}/delete"): "delete",
    ("GET", "/present/<meeting_id>"): "watch",
    ("GET", "/present/<meeting_id>/remote"): "present",
}
OF_AN_ACCOUNT = {
    ("GET", "/desk/"),
    ("GET", "/desk/meetings/new"),
    ("POST", "/desk/meetings/new"),
    ("POST", "/desk/meetings/from-template"),
    ("POST", "/desk/meetings/erased/<line_id>/remove"),
    ("GET", "/desk/account"),
    ("POST", "/desk/account/name"),
    ("POST", "/desk/account/password"),
    ("POST", "/desk/sign-out"),
    ("GET", "/desk/invitations/<secret>"),
    ("POST", "/desk/invitations/<secret>"),
}
BY_LINK = {("GET", "/screen/<secret>")}
OTHER_AUDIENCES = {"participant", "operator", "assets", "about", ""}
"""Edges that know no roles: phones prove themselves by their token, operators by theirs. They reach no meeting of the desk."""

FORM = {
    "kind": "choice",
    "position": "1",
    "prompt": "Mine now",
    "title": "Mine now",
    "language": "fr",
    "theme": "dark",
    "accent": "teal",
    "role": "co_facilitator",
    "names": "Ada",
    "decision": "keep",
    "allow": "tube.example",
}
IN_TURN = ("moderator", "co_facilitator", "owner")
"""Those who may ask one after the other; what the first has done cannot be done again."""

TOLD: dict[tuple[str, str], dict[str, int]] = {
    ("POST", f"{M}/people/leave"): {"owner": 404},  # an owner is no member who could leave
    ("POST", f"{M}/rounds/<int:round_id>/texts/<text_id>/remove"): {"co_facilitator": 404, "owner": 404},
    ("POST", f"{M}/rounds/<int:round_id>/accept"): dict.fromkeys(IN_TURN, 404),  # that round is no quiz
    ("POST", f"{M}/review"): dict.fromkeys(IN_TURN, 404),  # the form names no entry
    ("POST", f"{M}/moderate"): dict.fromkeys(IN_TURN, 404),  # the same
    ("POST", f"{M}/players"): dict.fromkeys(IN_TURN, 404),  # the form names no player
    ("POST", f"{M}/words"): dict.fromkeys(IN_TURN, 404),  # the form names no round
    ("POST", f"{M}/moderate/rules"): dict.fromkeys(IN_TURN, 422),  # the form lacks the rules
    ("POST", f"{M}/questions"): dict.fromkeys(IN_TURN, 400),  # the form names no act
    ("POST", f"{M}/end"): {"owner": 410},
    ("POST", f"{M}/undo-end"): dict.fromkeys(IN_TURN, 409),  # nothing has ended
    ("POST", f"{S}/delete"): dict.fromkeys(IN_TURN, 422),  # it is on the screen
    ("POST", f"{S}/clear"): dict.fromkeys(IN_TURN, 409),  # the form does not say which rounds were seen
    ("POST", f"{M}/clear"): dict.fromkeys(IN_TURN, 409),  # the same
    ("POST", f"{M}/pictures"): dict.fromkeys(IN_TURN, 422),  # a form is no picture
    ("POST", S): dict.fromkeys(IN_TURN, 422),  # the form lacks what the kind asks for
}
"""What those who may are told where it cannot be done; elsewhere it is done."""


def ask(cast: Cast, role: str, method: str, path: str) -> TestResponse:
    return cast.ask(role, method, cast.fill(path), FORM)


def is_shut(reply: TestResponse, role: str) -> bool:
    """Tell whether a reply is the one that somebody without the right gets."""
    if role == "screen" and reply.request.path.startswith("/present/"):  # it may open the screen, and no more
        return reply.status_code == 403
    if role in ("stranger", "screen"):  # neither has an account, so the desk asks for one
        return reply.status_code == 302 and reply.location.startswith("/desk/sign-in")
    return reply.status_code == (404 if role == "nobody" else 403)


@pytest.mark.parametrize(("method", "path"), OF_A_MEETING)
def test_a_page_of_a_meeting_is_for_those_whose_role_permits_it(cast: Cast, method: str, path: str) -> None:
    needed = OF_A_MEETING[method, path]
    allowed = {role for role in RIGHTS if permits(role, needed)}
    before = cast.state()
    for role in set(ROLES) - allowed:
        assert is_shut(ask(cast, role, method, path), role), role
    assert cast.state() == before
    for role in (each for each in ("screen", *IN_TURN) if each in allowed):
        told = TOLD.get((method, path), {}).get(role)
        status = ask(cast, role, method, path).status_code
        assert status == told if told else status in (200, 302), f"{role}: {status}"


@pytest.mark.parametrize(("method", "path"), sorted(OF_AN_ACCOUNT))
def test_the_rest_of_the_desk_needs_an_account(cast: Cast, method: str, path: str) -> None:
    before = cast.state()
    for role in ("stranger", "screen"):
        reply = cast.ask(role, method, path.replace("<", "").replace(">", ""), FORM)
        assert is_shut(reply, role)
    assert cast.state() == before


def test_no_page_is_missing_here(app: Flask) -> None:
    found: dict[tuple[str, str], Permission | None] = {}
    for rule in app.url_map.iter_rules():
        edge, _, name = rule.endpoint.rpartition(".")
        if edge in ("facilitator", "presenter"):
            if edge == "facilitator" and name in OPEN_PAGES:
                continue
            declared = needed_by(app.view_functions[rule.endpoint])
            found |= dict.fromkeys(((method, rule.rule) for method in rule.methods - {"HEAD", "OPTIONS"}), declared)
        else:
            assert edge in OTHER_AUDIENCES, f"{rule.rule}: whose page is this?"
            assert "meeting_id" not in rule.arguments, f"{rule.rule}: a meeting is reached through `rights`"
    expected: dict[tuple[str, str], Permission | None] = {**OF_A_MEETING}
    assert found == expected | dict.fromkeys(OF_AN_ACCOUNT | BY_LINK)


def test_a_page_that_says_nothing_is_closed_to_all(app: Flask) -> None:
    app.add_url_rule("/new/<meeting_id>", "new", lambda meeting_id: "open")
    with app.test_request_context("/new/abc"), pytest.raises(RuntimeError, match="does not say what it needs"):
        guard()


def test_what_a_page_needs_stays_with_it() -> None:
    @needs("share")
    def view() -> None: ...

    assert needed_by(view) == "share"
    assert needed_by(len) is None
