"""Forget what people wrote: the caches of this package hold it in the server's memory."""

from pollapp.words import counting, folding, lemmas, matching, offensive, personal, spelling


def forget() -> None:
    """Empty every cache that holds what people wrote; dictionaries stay loaded."""
    counting.forget()
    folding.fold.cache_clear()
    lemmas.forget()
    matching.forget()
    offensive.forget()
    personal.forget()
    spelling.forget()
