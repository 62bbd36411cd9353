"""What a file says about what it does not hold, and about the states of meetings and rounds: a code, a sentence."""

from pollapp.gettext import N_

WITHHELD = {
    "first_ten": N_("Nothing yet: the first results are published after ten answers, or when the round closes."),
    "too_few": N_("Fewer than five people answered, so the answers are withheld."),
    "remainder": N_("Answers that did not fill a step of five people, if there are any, are withheld."),
    "open": N_("The round was still open when this file was made."),
}

STATES = {
    "draft": N_("Not started"),
    "live": N_("Running"),
    "ended": N_("Ended"),
    "sealed": N_("Ended and sealed"),
    "unopened": N_("Not opened"),
    "open": N_("Open"),
    "closed": N_("Closed"),
}

PRIVACY = N_("Answers carry no name, no device and no time, and answers to different slides are not linked.")


def state_name(state: str) -> str:
    """Return the message id that names a state."""
    return STATES.get(state, state)
