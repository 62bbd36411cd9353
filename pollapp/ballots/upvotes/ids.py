"""Ids of upvotes of open answers, under a label of their own: they join with no ballot and no other upvote."""

from pollapp.ballots.ids import ID_BYTES, derive

_UPVOTE = b"pollapp upvote of an answer"


def upvote_id(key: bytes, identity: bytes, round_id: int, text_id: str, words: str) -> bytes:
    """Return the primary key of this participant's upvote for these words of an answer.

    `words` is the fingerprint of what the answer says: an answer that says something else is upvoted anew.
    """
    return derive(key, _UPVOTE, identity, b"%d" % round_id, text_id.encode(), words.encode())[:ID_BYTES]
