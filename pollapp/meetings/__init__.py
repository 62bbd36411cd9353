"""Meetings, their slides, the stage, and what becomes of them afterwards."""

from pollapp.meetings import agenda, ending, joining, presets, results, reviewing, stage, templates
from pollapp.meetings.models import DRAFT, ENDED, ERASED, LIVE, SEALED, Meeting, Slide, Stage
from pollapp.meetings.stage import Scene

__all__ = [
    "DRAFT",
    "ENDED",
    "ERASED",
    "LIVE",
    "SEALED",
    "Meeting",
    "Scene",
    "Slide",
    "Stage",
    "agenda",
    "ending",
    "joining",
    "presets",
    "results",
    "reviewing",
    "stage",
    "templates",
]
