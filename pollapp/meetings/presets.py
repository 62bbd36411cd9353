"""Privacy presets: what each promises, in the words shown to facilitators and on every phone.

The last line of every promise, when answers are erased, depends on the meeting (`Meeting.keep_days`): the templates
add it, in one macro.
"""

from typing import NamedTuple

from pollapp.gettext import N_


class Preset(NamedTuple):
    """A privacy preset; its texts are message ids. Answers are erased 1 to `most_days` days after the end."""

    name: str
    title: str
    summary: str
    lines: tuple[str, ...]
    keep_days: int
    most_days: int


LEAST_DAYS = 1

PRESETS = {
    preset.name: preset
    for preset in (
        Preset(
            name="standard",
            title=N_("Standard"),
            summary=N_("Answers are anonymous and results move from the first answer."),
            lines=(
                N_("Your answers carry no name, no device and no time, and they are not linked to each other."),
                N_("Results are shown as they come in, from the first answer on."),
                N_(
                    "While the meeting runs, whoever runs this server could still watch it; "
                    "when it is sealed, the keys are destroyed."
                ),
            ),
            keep_days=365,
            most_days=1095,
        ),
        Preset(
            name="chatham_house",
            title=N_("Chatham House"),
            summary=N_("As standard, and results move only in steps of five people or more."),
            lines=(
                N_("What is said may be told, never who said it."),
                N_("Your answers carry no name, no device and no time, and they are not linked to each other."),
                N_(
                    "Results are shown only in steps of five people or more, so that no single answer can be seen arriving."
                ),
                N_(
                    "An entry in which an address, a number or a name is found is in no file until the facilitator has "
                    "looked at it."
                ),
                N_(
                    "While the meeting runs, whoever runs this server could still watch it; "
                    "when it is sealed, the keys are destroyed."
                ),
            ),
            keep_days=30,
            most_days=30,
        ),
    )
}
