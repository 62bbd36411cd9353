"""Meetings to begin with: what the "New meeting" page offers and what a first run loads."""

from typing import Any, NamedTuple

from pollapp.gettext import N_


class SlideDraft(NamedTuple):
    """A slide of a template."""

    kind: str
    prompt: str
    settings: dict[str, Any]
    notes: str = ""


class MeetingTemplate(NamedTuple):
    """A meeting to begin with; title and summary are message ids, slides are in `language`."""

    key: str
    title: str
    summary: str
    preset: str
    language: str
    slides: tuple[SlideDraft, ...]


def _options(*labels: str) -> list[dict[str, str]]:
    return [{"id": f"o{number}", "label": label} for number, label in enumerate(labels, 1)]


WELCOME = MeetingTemplate(
    key="welcome",
    title=N_("Welcome"),
    summary=N_("Three quick polls that show how it works. Results move from the first answer."),
    preset="standard",
    language="en",
    slides=(
        SlideDraft(
            "word_cloud", "What one word describes your day so far?", {"entries": 3}, "Join with your own phone first."
        ),
        SlideDraft(
            "choice",
            "Where are you joining from?",
            {"options": _options("Africa", "The Americas", "Asia and the Pacific", "Europe", "The Middle East")},
        ),
        SlideDraft("open_text", "What would make this hour worth your while?", {"entries": 2, "limit": 300}),
        SlideDraft("heading", "Thank you", {"subtitle": "You can close this page on your phone now."}),
    ),
)

PEER_LEARNING = MeetingTemplate(
    key="peer_learning",
    title=N_("Peer-learning session"),
    summary=N_(
        "Ground rules under the Chatham House rule, why people joined, what they hope to learn, a word cloud and a choice."
    ),
    preset="chatham_house",
    language="en",
    slides=(
        SlideDraft(
            "heading",
            "Welcome to our peer-learning session",
            {"subtitle": "Respecting human rights when building and using technology"},
            "Let people join while you say hello: press J for the big code.",
        ),
        SlideDraft(
            "text",
            "Ground rules",
            {
                "body": "- Chatham House rule: you may tell what was said here, never who said it.\n"
                "- Nothing is recorded. We keep anonymous lessons and figures, and nothing else.\n"
                "- In scope: how companies can respect human rights in practice.\n"
                "- Out of scope: sales, prices and anything else that is purely commercial.\n"
                "- Being here, or speaking here, is not an endorsement by anyone."
            },
            "Read them out. Ask whether everybody can agree.",
        ),
        SlideDraft("open_text", "Why did you join today?", {"entries": 1, "limit": 500}),
        SlideDraft("open_text", "What do you hope to learn?", {"entries": 2, "limit": 500}),
        SlideDraft("word_cloud", "Human rights and technology: which words come to mind?", {"entries": 3}),
        SlideDraft(
            "choice",
            "How far along is your organisation?",
            {
                "options": _options(
                    "We are just starting",
                    "We have a human rights policy",
                    "We carry out due diligence",
                    "We also report on it publicly",
                    "I am here for myself",
                )
            },
        ),
        SlideDraft(
            "choice",
            "Which topics should we take up next?",
            {
                "options": _options(
                    "Due diligence and end use of products",
                    "Risks in business models",
                    "Regulation, and how measures work together",
                    "Access to remedy",
                    "Talking with the people affected",
                ),
                "most": 2,
            },
        ),
        SlideDraft("heading", "Thank you", {"subtitle": "Summary notes follow, with no names."}),
    ),
)

TEMPLATES = {template.key: template for template in (PEER_LEARNING, WELCOME)}
