"""Load a language's dictionaries before a meeting needs them."""

from pollapp.words.folding import fold
from pollapp.words.languages import LANGUAGES
from pollapp.words.segmenting import segmenter
from pollapp.words.simplifying import simplified
from pollapp.words.stopwords import stop_words


def warm(language: str) -> None:
    """Load what folding and splitting in a language need, so that the first answer does not wait (up to a second).

    Call it off the event loop: when the server starts, and when a meeting's language is set.
    """
    stop_words(language)
    fold(LANGUAGES[language].own_name if language in LANGUAGES else "warm", language)
    if language == "zh":
        segmenter().tag("世界")
        simplified("世界", language)
