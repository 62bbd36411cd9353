"""Steps of five for a number that grows by one person at a time, such as that of upvotes; pure."""

STEPPED = "chatham_house"
"""The preset under which results and numbers move in steps."""

K = 5
"""Fewest participants whose answers may be shown, or may change what is shown, in `chatham_house`."""


def stepped(total: int, shown: int, waiting: int | None, *, is_open: bool) -> tuple[int, int | None]:
    """Return the number that is shown and the one that waits, now that `total` people stand behind it.

    What it was at a fifth is shown when five more have come, or when it is closed. What is taken back moves nothing by
    itself: a number never falls.
    """
    if not is_open:
        return (total if total - shown >= K else shown), None
    if waiting is not None and total >= waiting + K:
        shown, waiting = waiting, None
    if waiting is None and total >= shown + K:
        waiting = total
    return shown, waiting
