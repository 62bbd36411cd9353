"""What is derived from a meeting's key: tokens that prove "I joined", and ballot ids that say nothing else.

Each purpose has a label of its own, so that no value made for one can stand in for another; `pollapp.questions.ids`
has those of the board.
"""

import base64
import binascii
import hmac
import secrets

TOKEN_BYTES = 16
ID_BYTES = 16

_TOKEN = b"pollapp token"
_BALLOT = b"pollapp ballot"
_FORM = b"pollapp form"


def derive(key: bytes, purpose: bytes, *parts: bytes) -> bytes:
    """Return 32 bytes that only who has the key can make for this purpose and these parts.

    Parts of random bytes always have the same length, and the others hold no NUL: no two lists of parts read the same.
    """
    return hmac.digest(key, purpose + b"\0" + b"\0".join(parts), "sha256")


def new_token(key: bytes) -> str:
    """Make a participant's token: 128 random bits and their proof, stored nowhere on the server."""
    identity = secrets.token_bytes(TOKEN_BYTES)
    proof = derive(key, _TOKEN, identity)[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(identity + proof).rstrip(b"=").decode()


def read_token(key: bytes, token: str) -> bytes | None:
    """Return the random part of a token that this key made, or None for any other text."""
    try:
        raw = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (UnicodeEncodeError, binascii.Error):
        return None
    identity, proof = raw[:TOKEN_BYTES], raw[TOKEN_BYTES:]
    if len(identity) != TOKEN_BYTES or not hmac.compare_digest(proof, derive(key, _TOKEN, identity)[:TOKEN_BYTES]):
        return None
    return identity


def ballot_id(key: bytes, identity: bytes, round_id: int, slot: int) -> bytes:
    """Return the primary key of this participant's ballot: 16 bytes, unrelated for every round and slot."""
    return derive(key, _BALLOT, identity, b"%d" % round_id, b"%d" % slot)[:ID_BYTES]


def form_proof(key: bytes, identity: bytes) -> str:
    """Return the value that proves a plain form came from this participant's own page (against CSRF)."""
    return derive(key, _FORM, identity)[:TOKEN_BYTES].hex()
