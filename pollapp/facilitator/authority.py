"""Who is at the desk: signing in, staying signed in, and being sent to the form. What one may do there is in `rights`."""

import re

from flask import flash, jsonify, make_response, redirect, request, session, url_for
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from pollapp.accounts import Facilitator, sign_ins
from pollapp.extensions import database

OPEN_PAGES = frozenset({"sign_in", "try_sign_in", "welcome", "reset_password", "register"})
"""The endpoints that need no account."""

_OUR_PAGES = re.compile(r"/(desk|present)/[\w/-]*(\?[\w=&%-]*)?", re.ASCII)


class SignedIn(UserMixin):  # type: ignore[misc]  # flask-login carries no types
    """A facilitator in one browser; `get_id` is the secret its cookie carries."""

    def __init__(self, facilitator: Facilitator, secret: str) -> None:
        self.id = facilitator.id
        self.email = facilitator.email
        self.name = facilitator.name
        self._secret = secret

    def get_id(self) -> str:
        """Return what the cookie remembers."""
        return self._secret


def set_up(login_manager: LoginManager) -> None:
    """Tell flask-login how to find the facilitator of a request and what to do without one."""
    login_manager.user_loader(_load)
    login_manager.unauthorized_handler(ask_to_sign_in)


def _load(secret: str) -> SignedIn | None:
    facilitator = database.read(sign_ins.facilitator_of, secret)
    return SignedIn(facilitator, secret) if facilitator else None


def start_sign_in(facilitator: Facilitator) -> None:
    """Sign this browser in, in a new Flask session: nothing planted before carries over."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    secret = database.run(sign_ins.begin, facilitator.id)
    login_user(SignedIn(facilitator, secret))


def end_sign_in() -> None:
    """Sign this browser out, on the server too."""
    if current_user.is_authenticated:
        database.run(sign_ins.finish, current_user.get_id())
    logout_user()
    session.clear()


def is_open_page() -> bool:
    """Tell whether this request may be answered for anybody."""
    name = (request.endpoint or "").rpartition(".")[2]
    return name in OPEN_PAGES or bool(current_user.is_authenticated)


def ask_to_sign_in() -> Response:
    """Send a page to the sign-in form and back afterwards; tell a script in JSON."""
    if wants_json():
        words = _("You are signed out. Sign in again in another tab; what you typed here stays.")
        return make_response(jsonify(ok=False, code="sign_in", message=words), 401)
    if request.method == "GET":
        asked = request.full_path.rstrip("?")
        return redirect(url_for("facilitator.sign_in", next=safe_next(asked, "") or None))
    flash(_("You were signed out in the meantime. Sign in and try again."), "warn")
    return redirect(url_for("facilitator.sign_in"))


def wants_json() -> bool:
    """Tell whether a script asks, rather than a page."""
    return request.accept_mimetypes.best == "application/json"


def safe_next(path: str | None, default: str) -> str:
    """Return the path to go on to, if it is one of our own pages; anything else gives the default."""
    return path if path and _OUR_PAGES.fullmatch(path) else default


def owner_id() -> int:
    """Return the id of the facilitator who asks."""
    return int(current_user.id)
