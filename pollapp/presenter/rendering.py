"""What presenter screens are sent: the stage with its slide rendered."""

import time
from typing import Any

from flask import render_template
from flask_babel import force_locale

from pollapp import kinds, locales
from pollapp.meetings import DRAFT, LIVE, Meeting, Scene


def locale_of(meeting: Meeting) -> str:
    """Return the language of a meeting's screen: the meeting's own, if the interface speaks it."""
    return locales.nearest(meeting.language)


def stage_message(scene: Scene, phones: int) -> dict[str, Any]:
    """Return the `stage` message for screens. How many phones there are is told in `standard` meetings only."""
    stage = scene.stage
    return {
        "version": stage.version,
        "state": scene.meeting.state if scene.meeting.state in (DRAFT, LIVE) else "ended",
        "blank": stage.blank,
        "join_visible": stage.join_visible,
        "results_visible": stage.results_visible,
        "results_on_phones": stage.results_on_phones,
        "slide": _slide(scene),
        "poll": _poll(scene),
        "countdown": _countdown(scene),
        "phones": phones if scene.meeting.preset == "standard" else None,
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
        return {"round": None, "number": 1, "state": "unopened"}
    return {"round": scene.poll.id, "number": scene.poll.number, "state": scene.poll.state}


def _countdown(scene: Scene) -> dict[str, int] | None:
    ends_at = scene.stage.countdown_ends_at
    return {"left_ms": max(0, round((ends_at - time.time()) * 1000))} if ends_at is not None else None
