"""Mark strings for translation where no request, and so no language, is at hand."""


def N_(message: str) -> str:
    """Return `message` unchanged; the edges translate it when they show it."""
    return message
