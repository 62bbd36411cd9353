"""How long a meeting is kept after its end: within the preset's limits, and only shortened once it was promised."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from pollapp import questions, quizzes
from pollapp.ballots import rounds
from pollapp.errors import BadSettings, RetentionPromised
from pollapp.meetings.models import DRAFT, LIVE, Meeting
from pollapp.meetings.presets import LEAST_DAYS, PRESETS


def is_promised(session: Session, meeting: Meeting) -> bool:
    """Tell whether somebody may rely on what the privacy card says: after the first answer, question or nickname, and after the end.

    Also when that first answer was cleared: its phone is not asked again.
    """
    return meeting.state not in (DRAFT, LIVE) or meeting.cleared or _is_used(session, meeting.id)


def _is_used(session: Session, meeting_id: str) -> bool:
    return (
        rounds.has_ballots(session, meeting_id)
        or questions.has_any(session, meeting_id)
        or bool(quizzes.players_of(session, meeting_id))
    )


def days_for(meeting: Meeting, preset: str) -> int:
    """Return the days to keep when the preset changes: a choice that still fits stays, a default follows."""
    before, after = PRESETS[meeting.preset], PRESETS[preset]
    return after.keep_days if meeting.keep_days == before.keep_days else min(meeting.keep_days, after.most_days)


def change_days(session: Session, meeting: Meeting, days: int) -> None:
    """Keep answers for `days` after the end, and move the day of erasure of an ended meeting with it.

    Raises `BadSettings` outside the preset's limits or for a day that is past, and `RetentionPromised` for more days
    than people who answered were promised.
    """
    most = PRESETS[meeting.preset].most_days
    if not LEAST_DAYS <= days <= most:
        raise BadSettings(reason="days", setting="keep_days", least=LEAST_DAYS, most=most)
    fewer = meeting.keep_days - days
    if fewer < 0 and is_promised(session, meeting):
        raise RetentionPromised(setting="keep_days", most=meeting.keep_days)
    if meeting.erase_on is not None and fewer > 0:
        erase_on = meeting.erase_on - timedelta(days=fewer)
        if erase_on <= date.today():
            raise BadSettings(reason="day_is_past", setting="keep_days")
        meeting.erase_on = erase_on
    meeting.keep_days = days
