"""Names of the Socket.IO rooms in which the same thing is sent to many."""


def phones(meeting_id: str, locale: str) -> str:
    """Return the room of the phones of a meeting that read this language."""
    return f"phones:{meeting_id}:{locale}"


def board(meeting_id: str) -> str:
    """Return the room of the phones of a meeting that look at its questions."""
    return f"board:{meeting_id}"


def texts(meeting_id: str) -> str:
    """Return the room of the phones of a meeting that look at answers of others."""
    return f"texts:{meeting_id}"


def moderators(meeting_id: str) -> str:
    """Return the room of the desks at which a meeting's questions are moderated."""
    return f"moderators:{meeting_id}"


def screens(meeting_id: str) -> str:
    """Return the room of the screens from which a meeting is presented."""
    return f"screens:{meeting_id}"


def remotes(meeting_id: str) -> str:
    """Return the room of the remotes of a meeting: phones in facilitators' hands."""
    return f"remotes:{meeting_id}"


def watchers(meeting_id: str) -> str:
    """Return the room of the screens that are sent what people in the room see, and no more."""
    return f"watchers:{meeting_id}"
