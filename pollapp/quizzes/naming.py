"""Nicknames: which may be chosen, and those that are given to whoever chooses none."""

from collections.abc import Container, Iterator

from pollapp.errors import BadNickname
from pollapp.words import clean, find_personal, match_key, offensive_finder

MOST_LENGTH = 20
"""Characters of a nickname."""

MOST_FOLDED = 60
"""Characters of a nickname by which it is told from others: some signs stand for whole words."""

MOST_TYPED = 200
"""What is longer is no nickname, and not looked at."""

ADJECTIVES = """
Agile Amber Bold Brave Bright Calm Clever Cosy Curious Daring Deft Eager Fair Fleet Gentle Golden
Happy Humble Jolly Keen Kind Lively Loyal Lucky Merry Mighty Modest Noble Patient Polite Proud Quick
Quiet Rapid Rosy Shiny Silver Snowy Sunny Swift Tidy Vivid Warm Wise Witty
""".split()  # noqa: SIM905  # fifty quoted words read worse

ANIMALS = """
Badger Beaver Bison Camel Crane Dolphin Eagle Falcon Finch Fox Gazelle Gecko Gibbon Giraffe Hare
Heron Ibis Jaguar Koala Lemur Leopard Lion Lynx Marmot Marten Moose Narwhal Ocelot Orca Oriole
Osprey Otter Owl Panda Panther Parrot Pelican Penguin Puffin Quail Rabbit Raven Robin Salmon Seal
Sparrow Swan Tapir Tiger Toucan Turtle Walrus Whale Wombat Yak Zebra
""".split()  # noqa: SIM905  # fifty quoted words read worse

_NUMBERED = 1000


def read(raw: object, language: str) -> str:
    """Return a nickname as it is shown. Raises `BadNickname`.

    Offensive words, addresses, numbers and handles are refused: a nickname is on the screen at once.
    """
    if not isinstance(raw, str) or len(raw) > MOST_TYPED:
        raise BadNickname(reason="too_long", limit=MOST_LENGTH, length=len(raw) if isinstance(raw, str) else 0)
    nickname = clean(raw)
    if not fold(nickname):
        raise BadNickname(reason="empty")
    if len(nickname) > MOST_LENGTH:
        raise BadNickname(reason="too_long", limit=MOST_LENGTH, length=len(nickname))
    if offensive_finder(language)(nickname):
        raise BadNickname(reason="offensive")
    if find_personal([nickname])[0]:
        raise BadNickname(reason="personal")
    return nickname


def fold(nickname: str) -> str:
    """Return what nicknames that look the same have in common: two players of a meeting have different ones."""
    return match_key(nickname, "")[:MOST_FOLDED]


def suggestion(player: bytes) -> str:
    """Return the name that this player is offered: always the same one."""
    return _pair(int.from_bytes(player[:4], "big"))


def free(player: bytes, taken: Container[str]) -> str:
    """Return a name for this player that nobody has; `taken` holds folded ones."""
    return next(name for name in _candidates(player) if fold(name) not in taken)


def _candidates(player: bytes) -> Iterator[str]:
    first = int.from_bytes(player[:4], "big")
    for further in range(16):
        yield _pair(first + further * 7919)
    for number in range(2, _NUMBERED):
        yield f"{_pair(first)} {number}"
    yield from (f"Player {number}" for number in range(_NUMBERED * _NUMBERED))


def _pair(number: int) -> str:
    adjective, rest = number % len(ADJECTIVES), number // len(ADJECTIVES)
    return f"{ADJECTIVES[adjective]} {ANIMALS[rest % len(ANIMALS)]}"
