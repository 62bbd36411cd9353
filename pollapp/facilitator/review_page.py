"""What the review shows: as a page, or as the parts a script puts in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from pollapp.ballots.review import Entry
from pollapp.extensions import keys
from pollapp.meetings import Meeting, reviewing
from pollapp.meetings.reviewing import MOST_NAMES, NAME_LENGTH, Review, Written
from pollapp.rights import here, read_as


@dataclass(frozen=True)
class ReviewPage:
    """The review of a meeting with one entry in focus (`at`, None in an empty one)."""

    meeting: Meeting
    review: Review
    at: int | None
    names_typed: Sequence[str] | None
    refusal: str | None

    @property
    def sealed(self) -> bool:
        """Whether decisions are carried out at once and cannot be taken back."""
        return self.review.names is None

    @property
    def focus(self) -> Written | None:
        """The entry that is looked at."""
        return None if self.at is None else self.review.written[self.at]

    @property
    def place(self) -> str | None:
        """What the entry in focus is called in addresses."""
        return self.focus.place if self.focus else None

    def progress(self) -> str:
        """Say how much is left."""
        pending = self.review.pending
        if pending:
            return str(ngettext("%(num)s entry is left to decide.", "%(num)s entries are left to decide.", pending))
        return str(_("Nothing is left to decide."))

    def render(self) -> str:
        """Return the whole page."""
        names = self.review.names if self.names_typed is None else self.names_typed
        return render_template(
            "facilitator/review.html", names=names, most_names=MOST_NAMES, name_length=NAME_LENGTH, **self._words()
        )

    def parts(self) -> dict[str, Any]:
        """Return what changes from one entry to the next."""
        card = render_template("facilitator/review_card.html", **self._words())
        return {"card": card, "place": self.place, "progress": self.progress()}

    def listed(self) -> str:
        """Return the list of all entries."""
        return render_template("facilitator/review_list.html", **self._words())

    def _words(self) -> dict[str, Any]:
        return {
            "page": self,
            "meeting": self.meeting,
            "written": self.review.written,
            "kinds": _kinds(),
            "state_of": state,
            "label_of": label,
            "pieces_of": pieces,
        }


def load(
    meeting_id: str,
    place: str | None,
    *,
    after: str | None = None,
    names_typed: Sequence[str] | None = None,
    refusal: str | None = None,
) -> ReviewPage:
    """Read what the review shows: the entry at `place`, else the next to decide behind `after`."""
    seen = read_as("moderate", reviewing.look, meeting_id, keys)
    places = [each.place for each in seen.written]
    at = places.index(place) if place in places else _next(seen.written, places.index(after) if after in places else -1)
    return ReviewPage(here(), seen, at, names_typed, refusal)


def _next(written: Sequence[Written], before: int) -> int | None:
    """Return the next entry that waits for a decision, else the next nobody has decided about, else the next."""
    if not written:
        return None
    order: list[int] = [*range(before + 1, len(written)), *range(before + 1)]
    pending = [index for index in order if written[index].entry.pending]
    undecided = [index for index in order if written[index].entry.decision is None]
    return (pending or undecided or order)[0]


def state(entry: Entry) -> str:
    """Return where the review of an entry stands: a decision, "pending", or "" when nothing was found."""
    return entry.decision or ("pending" if entry.findings else "")


def label(state_name: str) -> str:
    """Return a state in words."""
    words = {"pending": _("To decide"), "keep": _("Kept"), "redact": _("Blacked out"), "drop": _("Dropped")}
    return str(words.get(state_name, ""))


def said(decision: str | None) -> str:
    """Say what was just done."""
    words = {"keep": _("Kept as it is."), "redact": _("Blacked out."), "drop": _("Dropped.")}
    return str(words.get(decision or "", _("Taken back.")))


def pieces(entry: Entry) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces: what was found, and what stands between."""
    at = 0
    for finding in entry.findings:
        yield entry.text[at : finding.start], False
        yield entry.text[finding.start : finding.end], True
        at = finding.end
    yield entry.text[at:], False


def _kinds() -> dict[str, str]:
    return {
        "email": _("E-mail address"),
        "phone": _("Phone number"),
        "url": _("Link"),
        "handle": _("Handle"),
        "name": _("Name on your list"),
    }
