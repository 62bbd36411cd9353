"""How many phones are let in: in all, from one address, and in a second."""

import hashlib
import secrets
from collections import Counter

from config import Config
from pollapp.errors import MeetingFull, TooManyAtOnce
from pollapp.live.limits import Bucket

BURST = 4
"""Phones that may come at once, in seconds' worth."""

LEAST_WITHIN_MS = 2_000
MOST_WITHIN_MS = 30_000
"""The spread in which phones that are asked to come later do so, each at a random moment."""

_SALT = secrets.token_bytes(16)


class Admission:
    """Counts the phones that are connected. Of addresses it knows only a number that means nothing after a restart."""

    def init(self, config: Config) -> None:
        """Begin with nobody."""
        self._most_phones = config.max_phones
        self._most_per_address = config.max_phones_per_address
        self._connected = 0
        self._per_address: Counter[bytes] = Counter()
        self._joins_per_s = config.joins_per_s
        self._joins = Bucket(config.joins_per_s, BURST * config.joins_per_s)
        self._turned_away = 0

    def require_room(self) -> None:
        """Raise `MeetingFull` when no phone more can be connected."""
        if self._connected >= self._most_phones:
            raise MeetingFull()

    def enter(self, address: str) -> bytes:
        """Count a phone in, and return what to `leave` with. Raises `MeetingFull` and `TooManyAtOnce`."""
        self.require_room()
        place = hashlib.blake2b(address.encode(), key=_SALT, digest_size=8).digest()
        if self._per_address[place] >= self._most_per_address:
            raise MeetingFull()
        if not self._joins.take():
            self._turned_away += 1
            spread = LEAST_WITHIN_MS + round(self._turned_away / self._joins_per_s * 1000)
            raise TooManyAtOnce(within_ms=min(MOST_WITHIN_MS, spread))
        self._turned_away = max(0, self._turned_away - 1)
        self._connected += 1
        self._per_address[place] += 1
        return place

    def leave(self, place: bytes) -> None:
        """Count a phone out."""
        self._connected -= 1
        self._per_address[place] -= 1
        if not self._per_address[place]:
            del self._per_address[place]


admission = Admission()
