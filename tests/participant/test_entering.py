"""Being let in: with a script the meeting is the reply, without one the way leads to it."""

import re
from collections.abc import Callable

from tests.actors import Facilitator
from tests.participant.conftest import Phone

Join = Callable[..., Phone]
OWN = re.compile(r"nonce=\S+|value=\S+")
"""What differs from page to page: a number used once, and the proof of whose the form is."""


def test_a_phone_with_scripts_gets_the_meeting_in_reply(join: Join, host: Facilitator) -> None:
    poll = host.ask("open_text")
    phone = join(joins=False)
    reply = phone.browser.post(f"/m/{phone.code}/enter", data={"show": ""})
    assert reply.status_code == 200
    assert OWN.sub("", reply.text) == OWN.sub("", phone.page())
    proof = re.search(r'name="csrf_token" value="([^"]+)"', reply.text)
    assert proof
    form = {"csrf_token": proof[1], "round": str(poll.id), "answer.0": "a thought", "revision.0": "0"}
    assert phone.browser.post(f"/m/{phone.code}/answer", data=form).status_code == 302
    assert [own.answer for own in phone.own(host, poll)] == ["a thought"]


def test_whoever_is_in_keeps_the_token_and_sees_the_own_answers(join: Join, host: Facilitator) -> None:
    poll, phone = host.ask("open_text"), join()
    phone.send(poll, "a thought")
    reply = phone.browser.post(f"/m/{phone.code}/enter", data={"show": ""})
    assert "Set-Cookie" not in reply.headers
    assert "a thought" in reply.text


def test_a_page_loaded_anew_leads_to_the_meeting(join: Join) -> None:
    phone = join(joins=False)
    for ask in (phone.browser.post, phone.browser.get):
        at = f"/m/{phone.code}" if ask == phone.browser.post else f"/m/{phone.code}/enter"
        reply = ask(at)
        assert (reply.status_code, reply.location) == (303, f"/m/{phone.code}")
    assert phone.browser.get_cookie(f"meeting-{phone.code}") is None
