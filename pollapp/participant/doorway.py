"""The first page of a phone that brings nothing with it: the same for all, so a hall that comes at once gets it without Flask.

Flask, its extensions and the template take most of the time of a page, and everybody asks for this one in the same few seconds.
What was answered once is sent again for as long as the meeting shows the same, each time with a nonce of its own.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from flask import request
from werkzeug.wrappers import Response

from pollapp import security
from pollapp.errors import DomainError
from pollapp.participant import guessing
from pollapp.participant.showing import Shown, showing

MOST_PAGES = 1000
"""Pages kept: one for each meeting, address and wish for languages. Beyond that all are forgotten."""

LONGEST_KEY = 300
"""Letters of these together; a request with more is answered and forgotten."""

Key = tuple[str, ...]
Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

_SHARED = "pollapp.shared"


class _Shared(NamedTuple):
    """Why an answer may be sent again: what its meeting showed then, and the nonce in it."""

    meeting_id: str
    shown: Shown
    nonce: str


class _Page(NamedTuple):
    shared: _Shared
    headers: list[tuple[str, str]]
    body: bytes


def share_answer(meeting_id: str, shown: Shown) -> None:
    """Let the answer to this request be sent to others too, who ask for the same and bring no cookie."""
    shared: list[_Shared] = request.environ.get(_SHARED, [])
    shared.append(_Shared(meeting_id, shown, security.nonce()))


class Doorway:
    """Stands before the application, and answers for it what was answered before."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._pages: dict[Key, _Page] = {}

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Answer a request, as WSGI has it."""
        key = _key(environ)
        if key is None:
            return self._application(environ, start_response)
        page = self._pages.get(key)
        if page and _holds(page.shared, environ.get("REMOTE_ADDR") or "127.0.0.1"):
            old, own = page.shared.nonce, security.new_nonce()
            start_response("200 OK", [(name, value.replace(old, own)) for name, value in page.headers])
            return [page.body.replace(old.encode(), own.encode())]
        shared: list[_Shared] = []
        response = Response.from_app(self._application, environ | {_SHARED: shared}, buffered=True)
        if shared and response.status_code == 200 and "Set-Cookie" not in response.headers:
            self._keep(key, _Page(shared[0], response.headers.to_wsgi_list(), response.get_data()))
        return response(environ, start_response)

    def _keep(self, key: Key, page: _Page) -> None:
        if len(self._pages) >= MOST_PAGES:
            self._pages.clear()
        self._pages[key] = page


def _key(environ: Environ) -> Key | None:
    """Return what the first page of a meeting depends on; None for all other requests."""
    if environ["REQUEST_METHOD"] != "GET" or environ.get("HTTP_COOKIE") or environ.get("QUERY_STRING"):
        return None
    if not environ["PATH_INFO"].startswith("/m/"):
        return None
    names = ("PATH_INFO", "wsgi.url_scheme", "HTTP_HOST", "HTTP_ACCEPT_LANGUAGE")
    key = tuple(environ.get(name, "") for name in names)
    return key if sum(map(len, key)) <= LONGEST_KEY else None


def _holds(shared: _Shared, address: str) -> bool:
    """Tell whether the application would answer an address the same now."""
    try:
        return guessing.may_try(address) and showing.of(shared.meeting_id) is shared.shown
    except DomainError:
        return False
