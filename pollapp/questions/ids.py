"""Ids of questions and upvotes: made from the meeting's key and the phone's token, under labels of their own.

So a question joins with no upvote, no upvote with another, and none of them with a ballot.
"""

from pollapp.ballots.ids import ID_BYTES, derive

NAME_BYTES = 8

_QUESTION = b"pollapp question"
_UPVOTE = b"pollapp upvote"


def question_id(key: bytes, identity: bytes, slot: int) -> bytes:
    """Return the primary key of this participant's question in one slot: 16 bytes, unrelated for every slot."""
    return derive(key, _QUESTION, identity, b"%d" % slot)[:ID_BYTES]


def upvote_id(key: bytes, identity: bytes, question: bytes) -> bytes:
    """Return the primary key of this participant's upvote for a question: 16 bytes, unrelated for every question."""
    return derive(key, _UPVOTE, identity, question[:NAME_BYTES])[:ID_BYTES]


def name_of(question: bytes) -> str:
    """Return the name under which screens and phones know a question."""
    return question[:NAME_BYTES].hex()


def bounds_of(name: str) -> tuple[bytes, bytes] | None:
    """Return the least and the greatest id with this name, None when it is no name."""
    try:
        begin = bytes.fromhex(name)
    except ValueError:
        return None
    rest = ID_BYTES - NAME_BYTES
    return (begin + bytes(rest), begin + b"\xff" * rest) if len(begin) == NAME_BYTES else None
