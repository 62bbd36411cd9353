"""The answers of the founding session where its deck is at hand, else answers of our own."""

import re

from tests.real_server import ROOT

DECK = ROOT.parent / "shared" / "seed" / "plp_session_1.txt"
ASKED = "What are you hoping to learn?"
NEXT_PART = "Part One:"

OWN = [
    "To meet people who work on the same questions.",
    "I want to hear how others begin with due diligence, and what they would do differently.",
    "What does remedy mean for a service that millions use?",
    "Practical steps for a small team.",
    "To learn what is planned for this year.",
    "How to bring product managers on board...",
    "Examples, good ones and bad ones (where did it fail, and why?).",
    "To listen.",
    "Learn how open source projects handle this.",
    "Where do we start? And how do we keep going?",
]

KEY_WORDS = [
    ["network", "best practices", "Learning"],
    ["policy", "human rights"],
    ["due diligence", "emerging risks", "learning"],
    ["peers", "Human Rights"],
    ["priorities", "UN"],
    ["remedy", "learning"],
    ["open source", "human right"],
    ["AI", "corporate policy", "Policies"],
    ["Network", "peers"],
    ["policies", "gaps", "due diligence"],
]
"""What ten phones enter as their own key words, in upper and lower case, singular and plural."""


def ten_answers() -> list[str]:
    """Return the ten answers given to the deck's open question."""
    if not DECK.exists():
        return OWN
    deck = DECK.read_text(encoding="utf-8")
    asked = deck[deck.rindex(ASKED) + len(ASKED) :]
    answers = [part.strip() for part in re.split(r"\n\s*\n", asked[: asked.index(NEXT_PART)]) if part.strip()]
    assert len(answers) == 10
    return answers
