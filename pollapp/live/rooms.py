"""Names of the Socket.IO rooms in which the same thing is sent to many."""


def phones(meeting_id: str, locale: str) -> str:
    """Return the room of the phones of a meeting that read this language."""
    return f"phones:{meeting_id}:{locale}"


def screens(meeting_id: str) -> str:
    """Return the room of the presenter screens of a meeting."""
    return f"screens:{meeting_id}"
