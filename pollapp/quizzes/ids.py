"""The id of a player: made from the meeting's key and the phone's token, under a label of its own.

So it joins with no ballot, no question and no upvote: not even a thief with the key can tell whose ballot is a player's.
"""

from pollapp.ballots.ids import ID_BYTES, derive

NAME_BYTES = 8

_PLAYER = b"pollapp player"


def player_id(key: bytes, identity: bytes) -> bytes:
    """Return the primary key of this participant as a player: 16 bytes, the same in all quiz questions of the meeting."""
    return derive(key, _PLAYER, identity)[:ID_BYTES]


def name_of(player: bytes) -> str:
    """Return the name under which screens know a player."""
    return player[:NAME_BYTES].hex()
