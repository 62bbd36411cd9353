"""The server, but it looks for meetings to end, seal or erase all the time, and says when by its clock it began to."""

import sys
import time

import wsgi  # first: it patches the standard library
from pollapp.live import hub
from tests.clock import LOOKED_AT

LOOK_S = 0.2


def keep_house_aloud(keep_house):
    """Look, then say so."""

    def look(self):
        began = time.time()
        done = keep_house(self)
        sys.stderr.write(f"{LOOKED_AT} {round(began)}\n")
        return done

    return look


def make_hasty() -> None:
    """Shorten the pause between two looks."""
    hub.HOUSEKEEPING_S = LOOK_S
    hub.Hub.keep_house = keep_house_aloud(hub.Hub.keep_house)


if __name__ == "__main__":
    make_hasty()
    sys.exit(wsgi.main())
