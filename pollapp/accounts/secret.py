"""Random secrets that are handed out once and kept only as a digest."""

import hashlib
import secrets
import time

SECRET_BYTES = 32


def new_secret() -> tuple[str, str]:
    """Return a fresh secret, safe in a URL, and the digest to store."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return secret, digest_of(secret)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret. It needs no salt or stretching: it has 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def now() -> int:
    """Return the Unix time in whole seconds."""
    return int(time.time())
