"""What facilitators did in a meeting, for its owner to read.

Nothing here is of participants, and nothing says when an answer came. Who presents opens and closes polls, and who
removes an answer has just read it: the time of either would say within minutes when people wrote. So whatever is near
to answers is counted by day and person; only what concerns people, links, settings and files has a time.
"""

import secrets
from collections import Counter
from datetime import date, datetime
from operator import attrgetter
from typing import Literal, NamedTuple, get_args

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from pollapp.accounts import Facilitator
from pollapp.gettext import N_
from pollapp.meetings.agenda import now
from pollapp.meetings.sharing import AuditEntry

Counted = Literal[
    "slides_changed",
    "presented",
    "answers_cleared",
    "results_shown",
    "texts_removed",
    "texts_reviewed",
    "texts_moderated",
    "nicknames_taken",
    "answers_judged",
    "words_curated",
    "names_kept",
    "rules_kept",
    "board_set_up",
    "questions_moderated",
]
Timed = Literal[
    "link_made",
    "link_revoked",
    "member_joined",
    "member_left",
    "member_removed",
    "role_changed",
    "settings_changed",
    "privacy_changed",
    "ended",
    "end_undone",
    "downloaded",
]
Action = Counted | Timed

COUNTED: tuple[str, ...] = get_args(Counted)

SENTENCES: dict[str, str] = {
    "slides_changed": N_("changed slides"),
    "presented": N_("moved the meeting on"),
    "results_shown": N_("showed results"),
    "answers_cleared": N_("cleared answers"),
    "texts_removed": N_("removed answers"),
    "texts_reviewed": N_("reviewed texts"),
    "texts_moderated": N_("moderated what people wrote"),
    "nicknames_taken": N_("took nicknames away"),
    "answers_judged": N_("changed which answers of a quiz count"),
    "words_curated": N_("hid, joined or renamed words of a cloud"),
    "rules_kept": N_("changed the rules of moderation"),
    "names_kept": N_("changed the list of names to look for"),
    "board_set_up": N_("opened, closed or set up the board of questions"),
    "questions_moderated": N_("moderated questions"),
    "link_made": N_("made a link: %(role)s"),
    "link_made.email": N_("made a link for %(email)s: %(role)s"),
    "link_revoked": N_("withdrew a link: %(role)s"),
    "link_revoked.email": N_("withdrew a link for %(email)s: %(role)s"),
    "member_joined": N_("joined: %(role)s"),
    "member_left": N_("left the meeting"),
    "member_removed": N_("removed %(name)s"),
    "role_changed": N_("gave %(name)s another role: %(role)s"),
    "settings_changed": N_("changed the settings"),
    "privacy_changed": N_("changed the privacy"),
    "ended": N_("ended the meeting"),
    "end_undone": N_("undid the end"),
    "downloaded": N_("downloaded the results: %(format)s"),
}
"""What is said of each action (message ids), after the name of who did it."""

MOST_SHOWN = 200
"""Lines the owner is shown, the latest first."""


class Line(NamedTuple):
    """One line of the list. `at` is None for what was only counted; `who` is None once the account is gone."""

    who: str | None
    action: str
    about: dict[str, str]
    on: date
    at: datetime | None
    times: int


def note(session: Session, meeting_id: str, facilitator_id: int | None, action: Action, **about: str) -> None:
    """Remember that a facilitator did something. Call it last in the transaction: its row may be waited for."""
    is_counted = action in COUNTED
    moment = now()
    if is_counted and _count(session, meeting_id, facilitator_id, action, moment.date()):
        return
    session.add(
        AuditEntry(
            id=secrets.token_hex(8),
            meeting_id=meeting_id,
            facilitator_id=facilitator_id,
            action=action,
            about=about,
            on=moment.date(),
            at=None if is_counted else moment.replace(second=0, microsecond=0),
            times=1,
        )
    )


def _count(session: Session, meeting_id: str, facilitator_id: int | None, action: str, today: date) -> bool:
    """Add one to today's count, if there is one. Two that begin at once make two lines; reading adds them up."""
    counted = session.execute(
        update(AuditEntry)
        .where(
            AuditEntry.meeting_id == meeting_id,
            AuditEntry.facilitator_id.is_not_distinct_from(facilitator_id),
            AuditEntry.action == action,
            AuditEntry.on == today,
        )
        .values(times=AuditEntry.times + 1)
    )
    return bool(counted.rowcount)  # type: ignore[attr-defined]  # an update gives a cursor's result


def lines(session: Session, meeting_id: str) -> list[Line]:
    """Return what was done, the latest day first; on a day first what has a time, then what was counted."""
    query = (
        select(AuditEntry, Facilitator.name)
        .outerjoin(Facilitator, Facilitator.id == AuditEntry.facilitator_id)
        .where(AuditEntry.meeting_id == meeting_id)
        .order_by(Facilitator.name, AuditEntry.facilitator_id, AuditEntry.action)
    )
    counts: Counter[tuple[int | None, str | None, str, date]] = Counter()
    timed: list[Line] = []
    for entry, name in session.execute(query):
        if entry.at is None:
            counts[entry.facilitator_id, name, entry.action, entry.on] += entry.times
        else:
            timed.append(Line(name, entry.action, entry.about, entry.on, entry.at, entry.times))
    timed.sort(key=attrgetter("at"), reverse=True)
    counted = [Line(name, action, {}, on, None, times) for (_id, name, action, on), times in counts.items()]
    found = sorted([*timed, *counted], key=attrgetter("on"), reverse=True)
    return found[:MOST_SHOWN]
