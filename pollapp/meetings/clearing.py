"""Clear a slide, or a whole meeting: every round goes with everything answered in it. It cannot be undone."""

from collections.abc import Collection, Sequence

from sqlalchemy.orm import Session

from pollapp.ballots import OPEN, Round, rounds
from pollapp.errors import MeetingEnded, NotFound, Outdated
from pollapp.meetings import apart, stage
from pollapp.meetings.agenda import get_slide, lock, now, slides_of
from pollapp.meetings.models import DRAFT, LIVE
from pollapp.meetings.stage import Scene


def clear_slide(session: Session, meeting_id: str, slide_id: str, *, seen: int) -> Scene:
    """Delete all rounds of a slide and return the new scene; if its round was open on the stage, a new one opens.

    `seen` is the newest of them that whoever asks has seen: pressed twice, it must not also clear what people answer anew.
    Raises `NotFound`, `MeetingEnded`, `Outdated`.
    """
    before = _enter(session, meeting_id)
    slide = get_slide(session, meeting_id, slide_id)
    return _clear(session, before, rounds.of_slide(session, slide.id), seen, {slide.id})


def clear_all(session: Session, meeting_id: str, *, seen: int) -> Scene:
    """Do the same with all slides of a meeting, those that were deleted too: `restore_slide` brings back no answers.

    Its questions and its players stay.
    """
    before = _enter(session, meeting_id)
    agenda = {slide.id for slide in slides_of(session, meeting_id)}
    return _clear(session, before, rounds.of_meeting(session, meeting_id), seen, agenda)


def newest(polls: Sequence[Round], slides: Collection[str]) -> int:
    """Return the newest round of these slides, 0 if there is none."""
    return max((poll.id for poll in polls if poll.slide_id in slides), default=0)


def _enter(session: Session, meeting_id: str) -> Scene:
    if lock(session, meeting_id) is None:
        raise NotFound()
    before = stage.scene(session, meeting_id)
    if before.meeting.state not in (DRAFT, LIVE):
        raise MeetingEnded()
    return before


def _clear(session: Session, before: Scene, polls: Sequence[Round], seen: int, slides: Collection[str]) -> Scene:
    if not polls or newest(polls, slides) != seen:
        raise Outdated(reason="rounds")
    shown, now_showing, meeting = before.poll, before.stage, before.meeting
    is_shown = shown is not None and shown in polls
    was_open = shown is not None and shown.state == OPEN
    meeting.cleared |= rounds.delete_rounds(session, [poll.id for poll in polls])
    if is_shown:
        now_showing.countdown_ends_at = None
        now_showing.comparing = False
        apart.hold(now_showing, apart.NONE)
        if was_open and before.slide is not None:
            stage.start_round(session, before, before.slide)
        else:
            now_showing.results_on_phones = False  # there are none, and no news would take the old ones off the phones
    now_showing.version += 1
    meeting.active_at = now()
    session.flush()
    return stage.scene(session, meeting.id)
