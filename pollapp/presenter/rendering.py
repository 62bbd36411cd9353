"""What presenter screens are sent: the stage with its slide rendered."""

from typing import Any

from flask import render_template
from flask_babel import force_locale

from pollapp import kinds, locales, playing
from pollapp.ballots import upvoting
from pollapp.meetings import DRAFT, LIVE, Meeting, Scene, stage
from pollapp.words import direction


def locale_of(meeting: Meeting) -> str:
    """Return the language of a meeting's screen: the meeting's own, if the interface speaks it."""
    return locales.nearest(meeting.language)


def stage_message(scene: Scene, phones: int) -> dict[str, Any]:
    """Return the `stage` message for screens. How many phones there are is told in `standard` meetings only."""
    now = scene.stage
    return {
        "version": now.version,
        "state": scene.meeting.state if scene.meeting.state in (DRAFT, LIVE) else "ended",
        "blank": now.blank,
        "join_visible": now.join_visible,
        "questions_visible": now.questions_visible,
        "results_visible": now.results_visible,
        "results_on_phones": now.results_on_phones,
        "comparing": now.comparing,
        "text": {"id": now.text_id, "large": now.text_large} if now.text_id else None,
        "by_votes": now.texts_by_votes,
        "slide": _slide(scene),
        "poll": _poll(scene),
        "countdown": _countdown(scene),
        "phones": phones if scene.meeting.preset == "standard" else None,
        "look": _look(scene.meeting),
    }


def _look(meeting: Meeting) -> dict[str, str]:
    return {
        "theme": meeting.theme,
        "accent": meeting.accent,
        "title": meeting.title,
        "language": locale_of(meeting),
        "direction": direction(meeting.language),
        "plays": playing.hosts_line(meeting),
    }


def _slide(scene: Scene) -> dict[str, Any] | None:
    slide = scene.slide
    if slide is None:
        return None
    settings = kinds.load_settings(slide.kind, scene.poll.settings if scene.poll else slide.settings)
    with force_locale(locale_of(scene.meeting)):
        html = render_template(
            "presenter/slide.html", slide=slide, kind=kinds.get(slide.kind), settings=settings, meeting=scene.meeting
        )
    return {
        "id": slide.id,
        "kind": slide.kind,
        "position": scene.position,
        "of": scene.of,
        "stays_open": slide.stays_open,
        "html": html,
    }


def _poll(scene: Scene) -> dict[str, Any] | None:
    if scene.slide is None or not kinds.get(scene.slide.kind).TAKES_ANSWERS:
        return None
    if scene.poll is None:
        return {
            "round": None,
            "number": 1,
            "state": "unopened",
            "asks_to_show": False,
            "has_correct": False,
            "revealed": False,
            "upvotes": False,
        }
    return {
        "round": scene.poll.id,
        "number": scene.poll.number,
        "state": scene.poll.state,
        "asks_to_show": scene.poll.preset != "standard" and not kinds.get(scene.poll.kind).KEEPS_TEXTS,
        "has_correct": stage.can_reveal(scene.poll),
        "revealed": scene.poll.revealed,
        "upvotes": upvoting.are_on(scene.poll),
    }


def for_the_room(message: dict[str, Any]) -> dict[str, Any]:
    """Return a `stage` message for who only watches: it does not tell that there is something correct to be revealed."""
    poll = message["poll"]
    return message | {"poll": poll and poll | {"has_correct": poll["revealed"]}}


def _countdown(scene: Scene) -> dict[str, int] | None:
    left_ms = stage.left_ms(scene.stage)
    return None if left_ms is None else {"left_ms": left_ms}
