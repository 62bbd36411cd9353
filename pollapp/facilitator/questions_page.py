"""What the board at the desk shows: as a page, or as the parts a script puts in."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from pollapp.extensions import hub
from pollapp.meetings import DRAFT, LIVE, Meeting
from pollapp.questions import ARCHIVED, MERGED, SHOWN, WAITING, BoardNow, Seen, limits, look
from pollapp.rights import here, read_as

FILTERS: dict[str, Callable[[Seen], bool]] = {
    "board": lambda seen: seen.state == SHOWN,
    "waiting": lambda seen: seen.state == WAITING,
    "answered": lambda seen: seen.state == SHOWN and seen.answered,
    "archived": lambda seen: seen.state == ARCHIVED,
    "merged": lambda seen: seen.state == MERGED,
}
"""Which questions are listed; the first unless told otherwise."""

SORTS = ("votes", "newest")


@dataclass(frozen=True)
class QuestionsPage:
    """The board of a meeting, as it was asked for."""

    meeting: Meeting
    board: BoardNow
    order: Mapping[str, int]
    chosen: str
    sort: str
    words: str
    refusal: str | None

    @property
    def running(self) -> bool:
        """Whether the meeting takes questions at all."""
        return self.meeting.state in (DRAFT, LIVE)

    def listed(self) -> list[Seen]:
        """Return the questions that were asked for, in order."""
        wanted = _folded(self.words).split()
        found = [seen for seen in self.board.questions if FILTERS[self.chosen](seen) and _has(seen, wanted)]
        if self.sort == "newest":
            return sorted(found, key=lambda seen: (-self.order.get(seen.name, 0), seen.name))
        return sorted(found, key=lambda seen: (seen.answered, -(seen.votes or 0), seen.name))

    def counts(self) -> dict[str, int]:
        """Return how many questions there are in each list."""
        return {name: sum(map(belongs, self.board.questions)) for name, belongs in FILTERS.items()}

    def survivors(self, seen: Seen) -> list[Seen]:
        """Return the questions that this one could be merged into, most wanted first."""
        others = [each for each in self.board.questions if each.state in (SHOWN, WAITING) and each.name != seen.name]
        return sorted(others, key=lambda each: (-(each.votes or 0), each.text))

    def duplicates(self, seen: Seen) -> list[Seen]:
        """Return the questions that were merged into this one."""
        return [each for each in self.board.questions if each.into == seen.name]

    def kept(self) -> dict[str, Any]:
        """Return what the next page has to be asked for with."""
        return {name: value for name, value in (("list", self.chosen), ("sort", self.sort), ("q", self.words)) if value}

    def render(self) -> str:
        """Return the whole page."""
        return render_template("facilitator/questions.html", **self._words())

    def parts(self) -> dict[str, Any]:
        """Return what changes on the page."""
        return {
            "head": render_template("facilitator/questions_head.html", **self._words()),
            "list": render_template("facilitator/questions_list.html", **self._words()),
        }

    def _words(self) -> dict[str, Any]:
        titles = {
            "board": _("On the board"),
            "waiting": _("Waiting"),
            "answered": _("Answered"),
            "archived": _("Archived"),
            "merged": _("Merged"),
        }
        return {
            "page": self,
            "meeting": self.meeting,
            "board": self.board,
            "questions": self.listed(),
            "titles": titles,
            "counts": self.counts(),
            "limits": limits,
        }


def load(meeting_id: str, asked: Mapping[str, str], *, refusal: str | None = None) -> QuestionsPage:
    """Read the board of the meeting: which list, in which order, with which words."""
    meeting = here()
    board = read_as("moderate", look, meeting_id)
    waits = any(seen.state == WAITING for seen in board.questions)
    chosen = asked.get("list", "")
    if chosen not in FILTERS:
        chosen = "waiting" if waits and board.approves_first else "board"
    sort = asked.get("sort", "")
    order = hub.boards.told(meeting_id).order if meeting.state in (DRAFT, LIVE) else {}
    is_known = sort in SORTS and (sort != "newest" or meeting.preset == "standard")
    return QuestionsPage(
        meeting, board, order, chosen, sort if is_known else "votes", asked.get("q", "")[:100], refusal
    )


def _has(seen: Seen, words: list[str]) -> bool:
    text = _folded(" ".join((seen.text, seen.reply or "", *seen.labels)))
    return all(word in text for word in words)


def _folded(text: str) -> str:
    """Return a text without the accents and capitals that nobody types into a search."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


def said(action: str) -> str:
    """Say what was just done."""
    words = {
        "open": _("The board is open."),
        "close": _("The board is closed."),
        "set_up": _("Saved."),
        "approve": _("It is on the board."),
        "hide": _("Archived. You can restore it."),
        "restore": _("It is on the board again."),
        "remove": _("Removed for good."),
        "answered": _("Marked as answered."),
        "unanswered": _("No longer marked as answered."),
        "highlight": _("The screen shows it large."),
        "unhighlight": _("The screen shows it large no longer."),
        "label": _("The labels are saved."),
        "reply": _("The reply is saved."),
        "edit": _("Changed. It is shown as edited."),
        "merge": _("Put together."),
    }
    return str(words.get(action, _("Saved.")))
