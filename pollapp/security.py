"""What every answer of the server carries and every request must meet: origin, hosts, content policy, caching."""

import secrets
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature
from werkzeug.sansio.utils import host_is_trusted

from config import Config

_NONCE_TO_COME = secrets.token_urlsafe(16)

SAME_FOR_ALL = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)

UNSAFE_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class TimelessSessions(SecureCookieSessionInterface):
    """Flask's signed sessions, accepted whatever the clock says.

    Flask refuses a cookie that was signed later than now, so a clock that is put back would sign everybody out.
    How long a sign-in lasts is in the database.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """Return what the cookie holds; nothing if this server did not sign it."""
        name = self.get_cookie_name(app)
        serializer = self.get_signing_serializer(app) if name in request.cookies else None
        if serializer is None:
            return self.session_class()
        try:
            return self.session_class(serializer.loads(request.cookies[name]))
        except BadSignature:
            return self.session_class()


def init_app(app: Flask, config: Config) -> None:
    """Check each request's host and origin, and set the headers of each response."""
    app.session_interface = TimelessSessions()
    hosts = trusted_hosts(config)

    def check_host() -> None:
        # Not Flask's own check: that one comes before routing, and then no error page can be made.
        if not host_is_trusted(request.host, hosts):
            abort(400)

    app.before_request(check_host)
    app.before_request(_check_origin)
    app.after_request(_set_headers)
    app.context_processor(lambda: {"csp_nonce": nonce()})


def new_nonce() -> str:
    """Return a nonce nobody can guess, as long as every other."""
    return secrets.token_urlsafe(16)


def nonce() -> str:
    """Return this request's nonce for scripts."""
    if "csp_nonce" not in g:
        g.csp_nonce = new_nonce()
    value: str = g.csp_nonce
    return value


@contextmanager
def nonce_to_come() -> Iterator[None]:
    """Render what is to be sent to many: `with_nonce` puts each request's nonce in."""
    own = nonce()
    g.csp_nonce = _NONCE_TO_COME
    try:
        yield
    finally:
        g.csp_nonce = own


def with_nonce(page: str) -> str:
    """Return a page that was rendered for many with this request's nonce."""
    return page.replace(_NONCE_TO_COME, nonce())


def allow_players(frames: Iterable[str], files: Iterable[str]) -> None:
    """Let the page of this request, and no other, show pages of other hosts in frames and play files of others."""
    g.csp_frames = "".join(f" https://{host}" for host in frames)
    g.csp_files = " ".join(f"https://{host}" for host in files)


def lan_address() -> str:
    """Return this machine's address on its network. Nothing is sent to find out."""
    for family, target in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:
                continue
            return str(probe.getsockname()[0])
    return "127.0.0.1"


def address(config: Config) -> str:
    """Return the address people use, such as http://192.168.1.20:5000."""
    if config.base_url:
        return config.base_url
    host = lan_address() if config.host in ("0.0.0.0", "::") else config.host  # noqa: S104  # compared, not bound
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}" if config.port == 80 else f"http://{host}:{config.port}"


def trusted_hosts(config: Config) -> set[str]:
    """Return the names this server answers to."""
    own = {"localhost", "127.0.0.1", "[::1]", socket.gethostname()}
    return own | set(config.trusted_hosts) | {urlsplit(address(config)).netloc.rpartition("@")[2].rsplit(":", 1)[0]}


def is_own_origin(origin: str | None, environ: dict[str, str]) -> bool:
    """Tell whether a browser's Origin header names the very host it was sent to."""
    if not origin:
        return True  # not a browser's cross-site request: those always say where they come from
    return urlsplit(origin).netloc == environ.get("HTTP_HOST")


def _check_origin() -> None:
    if request.method in UNSAFE_METHODS and not is_own_origin(request.headers.get("Origin"), request.environ):
        abort(403)


def _set_headers(response: Response) -> Response:
    sockets = f"ws://{request.host} wss://{request.host}"  # older Safari does not count these as 'self'
    frames, files = g.get("csp_frames", ""), g.get("csp_files", "")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce()}'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {sockets}; frame-src 'self'{frames}; frame-ancestors 'self'; form-action 'self'; "
        f"base-uri 'none'; manifest-src 'self'{files and f'; media-src {files}'}"
    )
    response.headers.extend(SAME_FOR_ALL)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response
