"""Put back accents that were left out in typing, by asking the dictionary: "ecoles" is "écoles"."""

from collections.abc import Iterator, Mapping
from itertools import combinations, islice, product

ACCENTED: Mapping[str, Mapping[str, str]] = {
    "ca": {"a": "à", "c": "ç", "e": "èé", "i": "íï", "o": "òó", "u": "úü"},
    "el": {"α": "ά", "ε": "έ", "η": "ή", "ι": "ίϊΐ", "ο": "ό", "υ": "ύϋΰ", "ω": "ώ"},
    "es": {"a": "á", "e": "é", "i": "í", "n": "ñ", "o": "ó", "u": "úü"},
    "fr": {"a": "âà", "c": "ç", "e": "éèêë", "i": "îï", "o": "ô", "u": "ûùü"},
    "it": {"a": "à", "e": "èé", "i": "ì", "o": "ò", "u": "ù"},
    "pt": {"a": "ãáâà", "c": "ç", "e": "éê", "i": "í", "o": "õóô", "u": "ú"},
    "ro": {"a": "ăâ", "i": "î", "s": "ș", "t": "ț"},
}
"""The letters with accents of languages whose writers often leave them out, by the letter without; the commonest first."""

MOST_ACCENTS = 3
MOST_TRIES = 200
"""Accents that are put back into a word, and forms that are looked up for it (about 10 µs each)."""


def accented_forms(word: str, language: str, dictionary: Mapping[str, str]) -> list[str]:
    """Return the forms of a word that the dictionary knows, those with the fewest accents put back."""
    letters = ACCENTED.get(language, {})
    found: list[str] = []
    fewest = MOST_ACCENTS
    for accents, form in islice(_candidates(word, letters), MOST_TRIES):
        if accents > fewest:
            break
        if dictionary.get(form) is not None:
            found.append(form)
            fewest = accents
    return found


def _candidates(word: str, letters: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield the word with one accent, then with two, then with three of the commonest, with how many it has."""
    places = [index for index, letter in enumerate(word) if letter in letters]
    for accents in range(1, MOST_ACCENTS + 1):
        for chosen in combinations(places, accents):
            on_offer = [letters[word[place]] for place in chosen]
            for put in product(*(offer[:1] if accents == MOST_ACCENTS else offer for offer in on_offer)):
                form = list(word)
                for place, letter in zip(chosen, put, strict=True):
                    form[place] = letter
                yield accents, "".join(form)
