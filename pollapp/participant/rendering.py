"""What phones are sent: the stage as one fragment per language."""

from typing import Any, NamedTuple

from flask import render_template
from flask_babel import force_locale

from pollapp import kinds
from pollapp.meetings import DRAFT, LIVE, Meeting, Scene, Slide, upvoting
from pollapp.meetings.stage import left_ms


class PhoneStage(NamedTuple):
    """The stage as phones know it."""

    version: int
    state: str
    shared: bool


class PhonePoll(NamedTuple):
    """The poll on stage; `round` is empty until it first opens."""

    round: int | str
    number: int
    state: str


class PhoneView(NamedTuple):
    """Everything `participant/stage.html` is rendered from; the same for every phone."""

    meeting: Meeting
    stage: PhoneStage
    slide: Slide | None
    settings: Any
    poll: PhonePoll | None
    slots: int
    answer_template: str | None
    says: dict[str, str]
    left_ms: int | None
    quiz: bool = False
    upvotes: bool = False
    """Whether answers can be upvoted now."""


def view(scene: Scene) -> PhoneView:
    """Return what phones show of a scene. A poll shows what its round asked, not what the slide was edited to."""
    running = scene.meeting.state in (DRAFT, LIVE)
    state = scene.meeting.state if running else "ended"
    stage = PhoneStage(scene.stage.version, state, running and scene.stage.results_on_phones)
    slide = scene.slide if running else None
    if slide is None:
        return PhoneView(scene.meeting, stage, None, None, None, 0, None, {}, None)
    kind = kinds.get(slide.kind)
    settings = kinds.load_settings(slide.kind, scene.poll.settings if scene.poll else slide.settings)
    poll = None
    if kind.TAKES_ANSWERS:
        poll = (
            PhonePoll(scene.poll.id, scene.poll.number, scene.poll.state)
            if scene.poll
            else PhonePoll("", 1, "unopened")
        )
    template = f"kinds/{kind.NAME}/answer.html"
    says = kinds.messages(kind)
    slots = kind.slots(settings)
    left = left_ms(scene.stage)
    is_quiz = kinds.is_in_quiz(kind)
    return PhoneView(
        scene.meeting, stage, slide, settings, poll, slots, template, says, left, is_quiz, upvoting.is_on(scene)
    )


def stage_message(scene: Scene, locale: str) -> dict[str, Any]:
    """Return the `stage` message for phones that read `locale`."""
    shown = view(scene)
    with force_locale(locale):
        html = render_template("participant/stage.html", **shown._asdict())
    return {
        "version": shown.stage.version,
        "state": shown.stage.state,
        "html": html,
        "slide": shown.slide.id if shown.slide else None,
        "round": shown.poll.round or None if shown.poll else None,
        "poll_state": shown.poll.state if shown.poll else None,
        "slots": shown.slots,
        "shared": shown.stage.shared,
        "left_ms": shown.left_ms,
        "quiz": shown.quiz,
        "upvotes": shown.upvotes,
        "look": {"accent": scene.meeting.accent, "title": scene.meeting.title, "language": scene.meeting.language},
    }
