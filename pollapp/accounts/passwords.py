"""Password rules and hashes (argon2id)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from pollapp.errors import WeakPassword

LEAST = 10
MOST = 128

_hasher = PasswordHasher()
_nobodys_hash = _hasher.hash("the password of nobody")


def check_policy(password: str, email: str) -> None:
    """Raise `WeakPassword` unless the length is within limits and the password is not the e-mail address.

    There are no rules of composition: length is what helps (NIST SP 800-63B, section 3.1.1.2).
    """
    if len(password) < LEAST:
        raise WeakPassword(reason="too_short", least=LEAST, most=MOST)
    if len(password) > MOST:
        raise WeakPassword(reason="too_long", least=LEAST, most=MOST)
    if password.strip().lower() == email.lower():
        raise WeakPassword(reason="same_as_email", least=LEAST, most=MOST)


def hash_password(password: str) -> str:
    """Return the argon2id hash to store."""
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Tell whether the password belongs to the hash; without a hash (nobody's account) it takes as long to say no."""
    if len(password) > MOST:
        password = ""
    try:
        _hasher.verify(password_hash or _nobodys_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Tell whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)
