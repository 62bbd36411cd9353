"""The stage and its state machine: what a meeting shows now, and the commands that change it."""

import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from pollapp import kinds, quizzes
from pollapp.ballots import CLOSED, OPEN, Asked, Round, RoundSnapshot, rounds, take, upvoting, veil
from pollapp.errors import BadCommand, MeetingEnded, NotFound, NothingToDo, StaleStage, UnknownAction
from pollapp.meetings import apart, quizzing
from pollapp.meetings.agenda import get_slide, lock, now, slides_of
from pollapp.meetings.models import DRAFT, LIVE, Meeting, Slide, Stage

SHORTEST_COUNTDOWN_S = 5
LONGEST_COUNTDOWN_S = 3600

MOST_COMPARED = 3
"""Rounds that stand side by side on a screen, the newest: more would be too small to read."""


class News(NamedTuple):
    """The results of a round that is on the stage now: as they may be shown, and as the room sees them at the moment.

    `latest` is False for an earlier round, which only screens show, beside the latest.
    """

    meeting: Meeting
    stage: Stage
    snapshot: RoundSnapshot
    in_the_room: RoundSnapshot
    latest: bool
    is_unsettled: bool = False
    """Whether `settle` has something to do."""


class Scene(NamedTuple):
    """A stage with everything it refers to. `position` counts from 1; 0 before the first slide."""

    meeting: Meeting
    stage: Stage
    slide: Slide | None
    poll: Round | None
    position: int
    of: int


class Cue(NamedTuple):
    """What only the facilitator sees: the slide on the stage, with its notes, and the one `next` leads to."""

    here: Slide | None
    following: Slide | None


Command = Callable[[Session, Scene, Mapping[str, Any]], None]


def scene(session: Session, meeting_id: str) -> Scene:
    """Return what this meeting shows now. Raises `NotFound`."""
    stage = session.get(Stage, meeting_id)
    meeting = session.get(Meeting, meeting_id)
    if stage is None or meeting is None:
        raise NotFound()
    agenda = [slide.id for slide in slides_of(session, meeting_id)]
    slide = session.get(Slide, stage.slide_id) if stage.slide_id else None
    poll = rounds.latest(session, slide.id) if slide else None
    position = agenda.index(slide.id) + 1 if slide and slide.id in agenda else 0
    return Scene(meeting, stage, slide, poll, position, len(agenda))


def cue(session: Session, meeting_id: str) -> Cue:
    """Return what the facilitator reads beside the stage. Raises `NotFound`."""
    now_showing = scene(session, meeting_id)
    rest = slides_of(session, meeting_id)[now_showing.position :]
    return Cue(now_showing.slide, rest[0] if rest else None)


def news(session: Session, round_id: int) -> News | None:
    """Return what may be shown of a round, or None when its slide is not on the stage."""
    poll = session.get(Round, round_id)
    stage = session.get(Stage, poll.meeting_id) if poll else None
    if poll is None or stage is None or stage.slide_id != poll.slide_id:
        return None
    is_latest = rounds.latest(session, poll.slide_id) is poll
    if not is_latest and not stage.comparing:
        return None
    snapshot = take(session, poll)
    seen = in_the_room(stage, poll, snapshot)
    meeting = session.get_one(Meeting, poll.meeting_id)
    is_unsettled = is_latest and meeting.state == LIVE and apart.settled(stage, snapshot) != apart.held(stage)
    return News(meeting, stage, snapshot, seen, is_latest, is_unsettled)


def in_the_room(stage: Stage, poll: Round, snapshot: RoundSnapshot) -> RoundSnapshot:
    """Return what the room sees of a snapshot: no figures while results are hidden."""
    return snapshot if stage.results_visible else veil(poll, snapshot)


def compared(session: Session, shown: Scene) -> list[Round]:
    """Return the rounds that stand side by side on the screen, oldest first; none while the latest stands alone."""
    if not shown.stage.comparing or shown.slide is None:
        return []
    return rounds.of_slide(session, shown.slide.id)[-MOST_COMPARED:]


def can_reveal(poll: Round) -> bool:
    """Tell whether a round's settings say what is correct."""
    return kinds.has_correct(kinds.get(poll.kind), kinds.load_settings(poll.kind, poll.settings))


def command(session: Session, meeting_id: str, version: int, action: str, params: Mapping[str, Any]) -> Scene:
    """Carry out a facilitator's command and return the new scene.

    Raises `StaleStage` when `version` is not the stage's, `MeetingEnded`, `UnknownAction`, `BadCommand`, `NothingToDo`.
    """
    carry_out = COMMANDS.get(action)
    if carry_out is None:
        raise UnknownAction(action=action)
    stage = lock(session, meeting_id)
    if stage is None:
        raise NotFound()
    before = scene(session, meeting_id)
    if before.meeting.state not in (DRAFT, LIVE):
        raise MeetingEnded()
    if version != stage.version:
        raise StaleStage(version=stage.version)
    carry_out(session, before, params)
    stage.version += 1
    before.meeting.active_at = now()
    session.flush()
    return scene(session, meeting_id)


def close_due(session: Session, meeting_id: str, ends_at: float) -> Scene | None:
    """Close the current round if this countdown still runs there; return the new scene, or None if it was stopped.

    The caller has waited its time out: the clock on the wall, which may have been put back, is not asked again.
    """
    stage = lock(session, meeting_id)
    if stage is None or stage.countdown_ends_at != ends_at:
        return None
    now_showing = scene(session, meeting_id)
    _close_round(session, now_showing)
    stage.countdown_ends_at = None
    stage.version += 1
    session.flush()
    return scene(session, meeting_id)


def show_text(session: Session, meeting_id: str, text_id: str | None) -> Scene:
    """Show an answer of the round on the stage large, or none any more, and return the new scene.

    The caller saw a list of answers, not the stage: an answer of another round is refused instead of an old version.
    Raises `NotFound`, `MeetingEnded`, `NothingToDo`.
    """
    stage = lock(session, meeting_id)
    if stage is None:
        raise NotFound()
    action = "unhighlight" if text_id is None else "highlight"
    return command(session, meeting_id, stage.version, action, {"text": text_id})


def settle(session: Session, meeting_id: str) -> Scene | None:
    """Bring the answer that stands apart in line with what may be shown; return the new scene, or None if it was.

    One that is gone is shown large no more; where answers come one at a time, the next one takes its place.
    """
    stage = lock(session, meeting_id)
    now_showing = scene(session, meeting_id)
    if stage is None or now_showing.poll is None or now_showing.meeting.state != LIVE:
        return None
    wanted = apart.settled(stage, take(session, now_showing.poll))
    if wanted == apart.held(stage):
        return None
    apart.hold(stage, wanted)
    stage.version += 1
    session.flush()
    return scene(session, meeting_id)


def countdowns(session: Session) -> list[Scene]:
    """Return the scenes in which a countdown runs."""
    query = select(Stage.meeting_id).where(Stage.countdown_ends_at.is_not(None)).order_by(Stage.meeting_id)
    return [scene(session, meeting_id) for meeting_id in session.scalars(query).all()]


def grace_s(shown: Scene) -> float:
    """Return for how many seconds a round still takes answers when its countdown has run out."""
    return quizzes.timing.GRACE_S if shown.poll is not None and quizzing.is_question(shown.poll.kind) else 0.0


def left_ms(stage: Stage) -> int | None:
    """Return how long the countdown has to run, in milliseconds; None when there is none."""
    ends_at = stage.countdown_ends_at
    return None if ends_at is None else max(0, round((ends_at - time.time()) * 1000))


def _go_to(session: Session, before: Scene, slide: Slide) -> None:
    if before.stage.slide_id != slide.id:
        _leave(session, before)
    stage = before.stage
    before.meeting.state = LIVE
    stage.slide_id = slide.id
    stage.results_visible = not slide.results_hidden
    stage.results_on_phones = stage.join_visible = stage.questions_visible = stage.blank = stage.comparing = False
    stage.texts_by_votes = False
    apart.hold(stage, apart.NONE)
    if _asks(slide) and slide.opens_on_arrival and rounds.latest(session, slide.id) is None:
        start_round(session, before, slide)


def _leave(session: Session, before: Scene) -> None:
    """Close the current round, unless its slide is marked to stay open."""
    before.stage.countdown_ends_at = None
    if before.poll is None or before.slide is None:
        return
    rounds.leave(session, before.poll)
    if not before.slide.stays_open or quizzing.is_question(before.poll.kind):  # its time runs while it is on the stage
        _close_round(session, before)


def _close_round(session: Session, before: Scene) -> None:
    """Close the current round. A quiz question then shows what is correct, unless its results wait for the facilitator."""
    if before.poll is None:
        return
    if quizzing.is_question(before.poll.kind) and before.poll.state == OPEN:
        shows = before.slide is not None and not before.slide.results_hidden
        before.stage.results_visible = before.stage.results_visible or shows
        quizzing.finish(session, before.poll, reveal=shows)
    rounds.close(session, before.poll.id)


def _asks(slide: Slide) -> bool:
    return kinds.get(slide.kind).TAKES_ANSWERS


def start_round(session: Session, before: Scene, slide: Slide) -> None:
    """Open a round. That of a quiz question is timed, and its results are hidden until it closes."""
    meeting = before.meeting
    asked = Asked(meeting.id, slide.id, slide.kind, slide.prompt, slide.settings, meeting.language, meeting.preset)
    poll = rounds.start(session, asked, date.today())
    if quizzing.is_question(slide.kind):
        before.stage.countdown_ends_at = quizzing.begin(session, poll)
        before.stage.results_visible = False


def _step(session: Session, before: Scene, by: int) -> None:
    agenda = slides_of(session, before.meeting.id)
    target = before.position - 1 + by
    if not 0 <= target < len(agenda):
        raise NothingToDo(reason="no_slides" if not agenda else "last_slide" if by > 0 else "first_slide")
    _go_to(session, before, agenda[target])


def _next(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    _step(session, before, +1)


def _previous(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    _step(session, before, -1)


def _go(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    _go_to(session, before, get_slide(session, before.meeting.id, str(params.get("slide"))))


def _poll_slide(before: Scene) -> Slide:
    if before.slide is None or not _asks(before.slide):
        raise NothingToDo(reason="no_poll")
    return before.slide


def _open(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    slide = _poll_slide(before)
    if before.poll is None:
        start_round(session, before, slide)
    elif before.poll.state == CLOSED:
        if quizzing.is_question(before.poll.kind):
            raise NothingToDo(reason="quiz_over")
        rounds.reopen(session, before.poll.id)


def _close(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    if before.poll is None:
        raise NothingToDo(reason="no_poll")
    before.stage.countdown_ends_at = None
    _close_round(session, before)


def _ask_again(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    slide = _poll_slide(before)
    before.stage.countdown_ends_at = None
    before.stage.comparing = False
    apart.hold(before.stage, apart.NONE)
    _close_round(session, before)
    start_round(session, before, slide)


def _compare(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    if before.poll is None or before.poll.number < 2:
        raise NothingToDo(reason="one_round")
    before.stage.comparing = True


def _reveal(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    if before.poll is None or not can_reveal(before.poll):
        raise NothingToDo(reason="no_correct")
    if quizzing.is_question(before.poll.kind) and before.poll.state == OPEN:
        raise NothingToDo(reason="quiz_open")
    rounds.reveal(session, before.poll.id, True)


def _unreveal(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    if before.poll is None:
        raise NothingToDo(reason="no_correct")
    rounds.reveal(session, before.poll.id, False)


def _texts(session: Session, before: Scene) -> RoundSnapshot:
    """Return what may be shown of the round whose answers the room sees now."""
    if before.poll is None or not kinds.get(before.poll.kind).KEEPS_TEXTS:
        raise NothingToDo(reason="no_texts")
    if not before.stage.results_visible:
        raise NothingToDo(reason="results_hidden")
    return take(session, before.poll)


def _highlight(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    apart.hold(before.stage, apart.chosen(_texts(session, before), params.get("text")))
    before.stage.questions_visible = False


def _unhighlight(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    before.stage.text_large = False


def _next_text(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    apart.hold(before.stage, apart.beside(before.stage, _texts(session, before), +1))


def _previous_text(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    apart.hold(before.stage, apart.beside(before.stage, _texts(session, before), -1))


def _by_votes(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    if before.poll is None or not upvoting.are_on(before.poll):
        raise NothingToDo(reason="no_upvotes")
    before.stage.texts_by_votes = True


def _countdown(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    seconds = params.get("seconds")
    if (
        not isinstance(seconds, int)
        or isinstance(seconds, bool)
        or not SHORTEST_COUNTDOWN_S <= seconds <= LONGEST_COUNTDOWN_S
    ):
        raise BadCommand(reason="countdown", least=SHORTEST_COUNTDOWN_S, most=LONGEST_COUNTDOWN_S)
    if before.poll is None or before.poll.state != OPEN:
        raise NothingToDo(reason="not_open")
    before.stage.countdown_ends_at = time.time() + seconds
    quizzes.timing.limit(session, before.poll.id, before.stage.countdown_ends_at)


def _stop_countdown(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
    before.stage.countdown_ends_at = None
    if before.poll is not None:
        quizzes.timing.limit(session, before.poll.id, None)


def _set(**values: Any) -> Command:
    """Make a command that only sets these values of the stage."""

    def carry_out(session: Session, before: Scene, params: Mapping[str, Any]) -> None:
        for name, value in values.items():
            setattr(before.stage, name, value)

    return carry_out


COMMANDS: dict[str, Command] = {
    "next": _next,
    "previous": _previous,
    "go": _go,
    "open": _open,
    "close": _close,
    "ask_again": _ask_again,
    "compare": _compare,
    "stop_comparing": _set(comparing=False),
    "reveal": _reveal,
    "unreveal": _unreveal,
    "highlight": _highlight,
    "unhighlight": _unhighlight,
    "next_text": _next_text,
    "previous_text": _previous_text,
    "by_votes": _by_votes,
    "as_they_came": _set(texts_by_votes=False),
    "countdown": _countdown,
    "stop_countdown": _stop_countdown,
    "show_results": _set(results_visible=True),
    "hide_results": _set(results_visible=False),
    "share_results": _set(results_on_phones=True),
    "unshare_results": _set(results_on_phones=False),
    "show_join": _set(join_visible=True),
    "hide_join": _set(join_visible=False),
    "show_questions": _set(questions_visible=True),
    "hide_questions": _set(questions_visible=False),
    "blank": _set(blank=True),
    "unblank": _set(blank=False),
}
