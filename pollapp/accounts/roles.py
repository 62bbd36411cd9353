"""Roles in a meeting and what each permits. Whatever asks whether somebody may do something asks here."""

from typing import Literal, NamedTuple, get_args

from pollapp.gettext import N_

Role = Literal["owner", "co_facilitator", "moderator", "screen"]

Permission = Literal[
    "watch",  # see what the room sees: the presenter screen
    "people",  # see who takes part in the meeting, and leave it
    "moderate",  # review what people write, and take it off
    "build",  # change slides and the meeting's look
    "present",  # change the stage, and see results before the room does
    "results",  # the results page and the files
    "end",  # end the meeting, and take that back
    "privacy",  # choose the preset, and how long answers are kept
    "share",  # invite people, change their roles, make links, read the list of what was done
    "delete",
]

_SCREEN: tuple[Permission, ...] = ("watch",)
_MODERATOR: tuple[Permission, ...] = (*_SCREEN, "people", "moderate")
_CO_FACILITATOR: tuple[Permission, ...] = (*_MODERATOR, "build", "present", "results", "end")

RIGHTS: dict[Role, frozenset[Permission]] = {
    "owner": frozenset(get_args(Permission)),
    "co_facilitator": frozenset(_CO_FACILITATOR),
    "moderator": frozenset(_MODERATOR),
    "screen": frozenset(_SCREEN),
}

OF_ACCOUNTS: tuple[Role, ...] = ("co_facilitator", "moderator")
"""Roles that an account can be given. A screen needs none, and the owner is who made the meeting."""


class RoleWords(NamedTuple):
    """A role in plain words (message ids): its name, what it may do, and what it may not."""

    title: str
    may: str
    may_not: str


WORDS: dict[Role, RoleWords] = {
    "owner": RoleWords(
        N_("Owner"),
        N_("Everything, and alone: invite people, choose privacy, delete the meeting, read the list of what was done."),
        "",
    ),
    "co_facilitator": RoleWords(
        N_("Co-facilitator"),
        N_(
            "Change slides and settings, present, remove and review texts, see results, download and clear them, end the meeting."
        ),
        N_("Not: invite people, change the privacy or how long answers are kept, delete the meeting."),
    ),
    "moderator": RoleWords(
        N_("Moderator"),
        N_("Review and remove what people write, and see the screen."),
        N_("Not: change slides, move the meeting on, download results."),
    ),
    "screen": RoleWords(
        N_("Screen"),
        N_("See what the room sees, without an account: for the computer at the projector."),
        N_("Not: give any command, see results that are hidden, open the desk."),
    ),
}


def permits(role: Role, permission: Permission) -> bool:
    """Tell whether a role permits something."""
    return permission in RIGHTS[role]
