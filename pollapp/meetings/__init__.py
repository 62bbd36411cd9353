"""Meetings, their slides, the stage, and what becomes of them afterwards."""

from pollapp.meetings import (
    agenda,
    apart,
    audit,
    board,
    curating,
    ending,
    erasing,
    joining,
    links,
    members,
    presets,
    results,
    retention,
    reviewing,
    stage,
    templates,
)
from pollapp.meetings.entering import Asker, Part, enter
from pollapp.meetings.models import DRAFT, ENDED, LIVE, SEALED, ErasedMeeting, Meeting, Slide, Stage
from pollapp.meetings.stage import Scene

__all__ = [
    "DRAFT",
    "ENDED",
    "LIVE",
    "SEALED",
    "Asker",
    "ErasedMeeting",
    "Meeting",
    "Part",
    "Scene",
    "Slide",
    "Stage",
    "agenda",
    "apart",
    "audit",
    "board",
    "curating",
    "ending",
    "enter",
    "erasing",
    "joining",
    "links",
    "members",
    "presets",
    "results",
    "retention",
    "reviewing",
    "stage",
    "templates",
]
