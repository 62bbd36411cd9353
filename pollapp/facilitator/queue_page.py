"""What the queue of moderation shows: as a page, or as the parts a script puts in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from pollapp.errors import NotFound
from pollapp.meetings import LIVE, Meeting, Scene, moderating, quizzing, stage
from pollapp.meetings.moderating import MOST_AT_ONCE, Queue
from pollapp.moderation import (
    AS_WRITTEN,
    HIDDEN,
    MASK,
    MOST_OWN_WORDS,
    OFF,
    OWN_WORD_LENGTH,
    SHOWN,
    WAITING,
    Decided,
    Queued,
    Rules,
)
from pollapp.rights import here, read_as

TO_DO = "todo"
LISTS = (TO_DO, SHOWN, HIDDEN)
"""The lists of the page: what somebody should look at, what is shown, what is hidden."""


@dataclass(frozen=True)
class QueuePage:
    """The queue of a meeting with one of its lists in view."""

    meeting: Meeting
    queue: Queue
    show: str
    refusal: str | None
    typed: tuple[str, str, Sequence[str]] | None
    scene: Scene
    has_players: bool
    """Whether the meeting has a quiz in it."""

    @property
    def rules(self) -> Rules:
        """The rules in force, or those typed and refused."""
        return Rules(*self.typed[:2], tuple(self.typed[2])) if self.typed else self.queue.rules

    @property
    def can_show_as_written(self) -> bool:
        """Whether offensive words are masked, so that showing an entry as it was written is another thing."""
        return self.queue.rules.offensive == MASK

    def can_be_large(self, entry: Queued) -> bool:
        """Tell whether an entry is an open answer that the screen can show large: it is shown, and its round is on."""
        poll = self.scene.poll
        is_on = self.meeting.state == LIVE and poll is not None and entry.group == str(poll.id)
        return is_on and entry.source == moderating.ANSWERS and entry.removable and entry.standing == SHOWN

    def is_large(self, entry: Queued) -> bool:
        """Tell whether the screen shows an entry large."""
        return self.scene.stage.text_large and self.scene.stage.text_id == entry.key

    def counts(self) -> dict[str, int]:
        """Return how many entries each list has."""
        return {name: sum(self._is_in(name, entry) for entry in self.queue.entries) for name in LISTS}

    def listed(self) -> list[Queued]:
        """Return the entries in view: the first of the list, as many as can be decided about at once."""
        return [entry for entry in self.queue.entries if self._is_in(self.show, entry)][:MOST_AT_ONCE]

    def render(self) -> str:
        """Return the whole page."""
        return render_template(
            "facilitator/queue.html",
            page=self,
            meeting=self.meeting,
            counts=self.counts(),
            listed=self.listed(),
            labels=labels(),
            name_of=name,
            most_words=MOST_OWN_WORDS,
            word_length=OWN_WORD_LENGTH,
        )

    def parts(self) -> dict[str, Any]:
        """Return what changes while it is looked at."""
        listed = self.listed()
        counts = self.counts()
        items = [
            {
                "key": entry.place,
                "html": render_template("facilitator/queue_entry.html", page=self, entry=entry, name_of=name),
            }
            for entry in listed
        ]
        return {"items": items, "show": self.show, "counts": counts, "more": self.more(counts)}

    def more(self, counts: dict[str, int]) -> str:
        """Say how many entries the list has beyond those in view."""
        left = counts[self.show] - MOST_AT_ONCE
        if left <= 0:
            return ""
        return str(ngettext("%(num)s more follows.", "%(num)s more follow.", left))

    def _is_in(self, name_of_list: str, entry: Queued) -> bool:
        is_to_do = entry.is_to_do(self.queue.rules.mode)
        if name_of_list == TO_DO:
            return is_to_do
        return entry.standing == name_of_list and not is_to_do


def load(
    meeting_id: str,
    show: str | None,
    *,
    refusal: str | None = None,
    typed: tuple[str, str, Sequence[str]] | None = None,
) -> QueuePage:
    """Read what the queue shows: the list asked for, else what is to do, or in meetings without that what is shown."""
    queue = read_as("moderate", moderating.look, meeting_id)
    if show not in LISTS:
        is_moderated = queue.rules.mode != OFF or any(entry.standing == WAITING for entry in queue.entries)
        show = TO_DO if is_moderated else SHOWN
    scene = read_as("moderate", stage.scene, meeting_id)
    return QueuePage(here(), queue, show, refusal, typed, scene, read_as("moderate", quizzing.is_in, meeting_id))


def labels() -> dict[str, str]:
    """Return what each list is called."""
    return {TO_DO: _("To look at"), SHOWN: _("Shown"), HIDDEN: _("Hidden")}


def name(entry: Queued) -> str:
    """Return how forms name an entry and the text of it that is looked at."""
    return f"{entry.source}|{entry.group}|{entry.fingerprint}|{entry.key}"


def read_name(text: str) -> tuple[str, str, str, str]:
    """Return source, group, fingerprint and key of an entry. Raises `NotFound` for any other text."""
    parts = text.split("|", 3)
    if len(parts) != 4:  # as many as `name` writes
        raise NotFound()
    return parts[0], parts[1], parts[2], parts[3]


def said(decided: Sequence[Decided]) -> str:
    """Say what was just done."""
    if len(decided) != 1:
        return str(ngettext("%(num)s entry is decided.", "%(num)s entries are decided.", len(decided)))
    entry = decided[0].entry
    if entry.state is None:
        return str(_("Taken back."))
    if entry.standing == HIDDEN:
        return str(_("Hidden. It can be brought back."))
    if decided[0].before == HIDDEN:
        return str(_("Shown again."))
    return str(_("Shown as it was written.") if entry.state == AS_WRITTEN else _("Approved."))
