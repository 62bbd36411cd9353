"""What the preview beside the editor draws: a stage and made-up results, in the shape the presenter screen gets."""

from functools import partial
from typing import Any

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from pollapp import kinds, locales
from pollapp.ballots import RoundSnapshot
from pollapp.kinds import Counted, Text
from pollapp.meetings import Meeting, Slide, quizzing
from pollapp.meetings.quizzing import Quiz
from pollapp.messages import quiz_message, snapshot_message
from pollapp.quizzes import Standing, rank


def preview_of(meeting: Meeting, slides: list[Slide], slide: Slide) -> dict[str, Any]:
    """Return the message for the preview: how `slide` of `slides` will look with a few answers."""
    kind = kinds.get(slide.kind)
    settings = kinds.load_settings(slide.kind, slide.settings)
    locale = locales.nearest(meeting.language)
    with force_locale(locale):
        counted = _in_words(kind.sample(settings))
        stage = _stage(meeting, slides, slide, settings, counted)
    snapshot = _snapshot(meeting, slide, settings, counted) if kind.TAKES_ANSWERS else None
    return {
        "type": "preview",
        "stage": stage,
        "snapshot": snapshot and snapshot_message(snapshot, locale),
        "quiz": quiz_message(slide.kind, _players()) if quizzing.is_about_players(slide.kind) else None,
    }


def _stage(meeting: Meeting, slides: list[Slide], slide: Slide, settings: Any, counted: Counted) -> dict[str, Any]:
    kind = kinds.get(slide.kind)
    return {
        "version": 1,
        "state": "live",
        "blank": False,
        "join_visible": False,
        "questions_visible": False,
        "results_visible": True,
        "results_on_phones": False,
        "slide": {
            "id": slide.id,
            "kind": slide.kind,
            "position": 1 + [each.id for each in slides].index(slide.id),
            "of": len(slides),
            "stays_open": slide.stays_open,
            "html": render_template("presenter/slide.html", slide=slide, kind=kind, settings=settings, meeting=meeting),
        },
        "poll": {"round": 0, "number": 1, "state": "open"} if kind.TAKES_ANSWERS else None,
        "countdown": None,
        "phones": counted.participants or None,
    }


def _snapshot(meeting: Meeting, slide: Slide, settings: Any, counted: Counted) -> RoundSnapshot:
    kind = kinds.get(slide.kind)
    results = kind.results(settings, counted, meeting.language)
    return RoundSnapshot(
        slide=slide.id,
        round=0,
        round_number=1,
        number=1,
        kind=slide.kind,
        participants=counted.participants,
        ballots=counted.ballots,
        waiting=None,
        results=results,
        first_rows=kinds.first_rows(kind, settings, counted, meeting.language, results),
        whole=partial(kinds.figures, kind, settings, counted, meeting.language),
    )


def _players() -> Quiz:
    """Return made-up players, two of them with as many points."""
    names = ("Brave Otter", "Swift Heron", "Quiet Panda", "Lucky Gecko", "Bold Finch", "Wise Orca", "Kind Lynx")
    points = (3420, 3180, 3180, 2765, 2210, 1940, 870)
    before = (2, 1, 4, 3, 5, 7, 6)
    places = rank({name.encode(): each for name, each in zip(names, points, strict=True)})
    standings = [
        Standing(places[name.encode()], total, name, name, name.encode(), was)
        for name, total, was in zip(names, points, before, strict=True)
    ]
    return Quiz(standings, {}, None, {})


def _in_words(counted: Counted) -> Counted:
    """Put made-up answers in the language at hand."""
    return counted._replace(texts=tuple(Text(text.id, _(text.text)) for text in counted.texts))
