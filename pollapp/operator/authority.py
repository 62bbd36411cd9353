"""Who may see the numbers: whoever has the token, sent with each request or typed once and kept in a cookie."""

import hmac

from flask import Response, abort, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

COOKIE_S = 8 * 3600
"""Seconds until the token is asked for again: a working day."""

PATH = "/operator"
_SEEN = "operator"


def require_switched_on() -> None:
    """Answer as if there were no such page, unless a token is set."""
    if not _token():
        abort(404)


def is_token(sent: str) -> bool:
    """Compare with the token, in a time that tells nothing of it."""
    return hmac.compare_digest(sent.encode("utf-8", "surrogatepass"), _token().encode())


def has_bearer() -> bool:
    """Tell whether this request carries the token in its header."""
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and is_token(sent.strip())


def has_cookie() -> bool:
    """Tell whether the token was typed in this browser today."""
    try:
        return bool(_signer().loads(request.cookies.get(_cookie_name(), ""), max_age=COOKIE_S) == _SEEN)
    except BadSignature:
        return False


def give_cookie(response: Response) -> None:
    """Remember in this browser that the token was typed."""
    response.set_cookie(
        _cookie_name(),
        _signer().dumps(_SEEN),
        max_age=COOKIE_S,
        path=PATH,
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )


def take_cookie(response: Response) -> None:
    """Forget it."""
    response.delete_cookie(_cookie_name(), path=PATH, secure=request.is_secure, httponly=True, samesite="Strict")


def _cookie_name() -> str:
    return "__Secure-operator" if request.is_secure else "operator"


def _signer() -> URLSafeTimedSerializer:
    """Return what signs the cookie. The token is part of the key: another token makes every cookie worthless."""
    return URLSafeTimedSerializer(f"{current_app.config['SECRET_KEY']}:{_token()}", salt="operator")


def _token() -> str:
    token: str = current_app.config["POLLAPP"].metrics_token
    return token
