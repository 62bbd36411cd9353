"""The facts of a meeting and of its rounds as labelled lines: the front page of every file made of tables."""

from collections.abc import Callable, Iterator

from pollapp.exports import leaderboard
from pollapp.exports.dataset import Dataset, RoundData, SlideData
from pollapp.exports.notes import PRIVACY, notes_of, questions_notes, state_name
from pollapp.gettext import N_
from pollapp.meetings.presets import PRESETS
from pollapp.words import LANGUAGES

Translate = Callable[[str], str]

OVERVIEW = (
    N_("Slide"),
    N_("Type"),
    N_("Prompt"),
    N_("Round"),
    N_("Date"),
    N_("State"),
    N_("Participants"),
    N_("Answers"),
    N_("Withheld"),
)


def meeting_facts(dataset: Dataset, translate: Translate) -> list[tuple[str, str]]:
    """Return what is known of the meeting, label and value; days, never times."""
    language = LANGUAGES.get(dataset.language)
    preset = PRESETS.get(dataset.preset)
    return [
        (translate(N_("Meeting")), dataset.title),
        (translate(N_("Language")), language.own_name if language else dataset.language),
        (translate(N_("State")), translate(state_name(dataset.state))),
        (translate(N_("Created on")), dataset.created_on.isoformat()),
        (translate(N_("Exported on")), dataset.exported_on.isoformat()),
        (translate(N_("Privacy")), translate(preset.title) if preset else dataset.preset),
        (translate(N_("What this file holds")), translate(PRIVACY)),
        *_board_facts(dataset, translate),
        *((translate(N_("Leaderboard: withheld")), said) for said in leaderboard.notes(dataset.leaderboard, translate)),
    ]


def _board_facts(dataset: Dataset, translate: Translate) -> Iterator[tuple[str, str]]:
    """Yield how many questions there are on the board, and what is not told of them."""
    if dataset.questions is not None:
        yield translate(N_("Questions")), str(len(dataset.questions.questions))
        said = questions_notes(dataset.questions, translate)
        if said:
            yield translate(N_("Questions: withheld")), " ".join(note.sentence for note in said)


def overview(dataset: Dataset, translate: Translate) -> Iterator[tuple[str | int, ...]]:
    """Yield a line per slide and round, in the columns of `OVERVIEW`; an unopened slide has a line too."""
    for slide in dataset.slides:
        begin = (slide.number, translate(slide.kind_title), slide.prompt)
        if not slide.rounds:
            yield (*begin, "", "", translate(state_name("unopened")), "", "", "")
        for round_data in slide.rounds:
            yield (*begin, *_round_line(round_data, translate))


def round_facts(slide: SlideData, round_data: RoundData, translate: Translate) -> list[tuple[str, str | int]]:
    """Return what is known of one round, label and value."""
    number, day, state, participants, ballots, withheld = _round_line(round_data, translate)
    facts = [
        (translate(N_("Type")), translate(slide.kind_title)),
        (translate(N_("Round")), number),
        (translate(N_("Date")), day),
        (translate(N_("State")), state),
        (translate(N_("Participants")), participants),
        (translate(N_("Answers")), ballots),
        (translate(N_("Withheld")), withheld),
    ]
    return [(label, value) for label, value in facts if value != ""]


def _round_line(round_data: RoundData, translate: Translate) -> tuple[str | int, ...]:
    return (
        round_data.number,
        round_data.opened_on.isoformat(),
        translate(state_name(round_data.state)),
        "" if round_data.participants is None else round_data.participants,
        "" if round_data.ballots is None else round_data.ballots,
        " ".join(note.sentence for note in notes_of(round_data, translate)),
    )
