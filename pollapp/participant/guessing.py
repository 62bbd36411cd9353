"""Wrong join codes: how many may be tried in a minute. Right ones are never counted: a hall joins behind one address."""

from flask import request
from limits import parse

from pollapp.errors import SlowDown, UnknownMeeting
from pollapp.extensions import limiter
from pollapp.meetings import Meeting
from pollapp.participant.showing import showing

PER_ADDRESS = parse("60 per minute")
IN_ALL = parse("1000 per minute")


@limiter.request_filter
def is_for_phones() -> bool:
    """Tell whether a request is for pages of phones: looking for limits there takes longer than the page itself."""
    return request.blueprint == "participant"


def may_try(address: str) -> bool:
    """Tell whether codes may be tried at an address: not once there were too many wrong ones there, or in all."""
    # Not as decorators of views: see above.
    allowed = limiter.limiter
    return allowed.test(PER_ADDRESS, "wrong codes", address) and allowed.test(IN_ALL, "wrong codes")


def meeting_of(code: str, address: str) -> Meeting:
    """Return the meeting of a code as typed at an address.

    Raises `UnknownMeeting`; and `SlowDown`, whatever the code, once there were too many wrong ones.
    """
    if not may_try(address):
        raise SlowDown()
    try:
        return showing.meeting(code)
    except UnknownMeeting:
        allowed = limiter.limiter
        allowed.hit(PER_ADDRESS, "wrong codes", address)
        allowed.hit(IN_ALL, "wrong codes")
        raise
