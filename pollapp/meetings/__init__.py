"""Meetings, their slides, the stage, and what becomes of them afterwards."""

from pollapp.meetings import agenda, ending, erasing, joining, presets, results, retention, stage, templates
from pollapp.meetings.models import DRAFT, ENDED, LIVE, SEALED, ErasedMeeting, Meeting, Slide, Stage
from pollapp.meetings.stage import Scene

__all__ = [
    "DRAFT",
    "ENDED",
    "LIVE",
    "SEALED",
    "ErasedMeeting",
    "Meeting",
    "Scene",
    "Slide",
    "Stage",
    "agenda",
    "ending",
    "erasing",
    "joining",
    "presets",
    "results",
    "retention",
    "stage",
    "templates",
]
