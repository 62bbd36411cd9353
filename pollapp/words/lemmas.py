"""Reduce a word to its dictionary form, with simplemma's dictionaries read in the way that needs least memory.

A dictionary is loaded at a language's first use: 0.2 to 0.7 s and 3 to 25 MB. `warming.warm` does it beforehand.
"""

import re
from functools import cache, lru_cache

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import StreamDictionaryFactory
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from pollapp.words.characters import script
from pollapp.words.languages import LANGUAGES
from pollapp.words.spelling import unvowelled

_ARTICLE = "ال"
_WITH_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=\w{2})")


@cache
def _lemmatizer() -> Lemmatizer:
    factory = StreamDictionaryFactory(cache_max_size=len(LANGUAGES))
    return Lemmatizer(cache_max_size=16384, lemmatization_strategy=DefaultStrategy(dictionary_factory=factory))


@lru_cache(maxsize=16384)
def lemma(word: str, language: str) -> str:
    """Return the dictionary form of a word, or the word itself when the language's dictionaries do not know it.

    A word in another script than the language's is returned as it is.
    """
    if language not in SUPPORTED_LANGUAGES or language not in LANGUAGES:
        return word
    if script(word[0]) != script(LANGUAGES[language].own_name[0]):
        return word
    if language == "ar":
        return _arabic_lemma(unvowelled(word))
    return _look_up(_in_dictionary_case(word, language), language)


def _look_up(word: str, language: str) -> str:
    return _lemmatizer().lemmatize(word, language) if word else word


def _in_dictionary_case(word: str, language: str) -> str:
    """Return the word in the case the dictionary is most likely to list it in: German nouns are capitalised."""
    if language == "tr":
        word = word.replace("İ", "i").replace("I", "ı")
    return word.lower().capitalize() if language == "de" else word.lower()


def _arabic_lemma(word: str) -> str:
    """Return the noun's singular where there is one.

    Without its article a word such as "education" reads as a verb form, and the dictionary leads to another
    word ("science"). So it is looked up with the article too, and a word that either reading calls a
    dictionary form is left alone.
    """
    stem = _WITH_ARTICLE.sub("", word, count=1) if _WITH_ARTICLE.match(word) else word
    if stem.endswith("ه"):
        stem = _with_ta_marbuta(stem)
    plain, definite = _look_up(stem, "ar"), _look_up(_ARTICLE + stem, "ar")
    if stem in {plain, definite}:
        return stem
    return plain if definite.startswith(_ARTICLE) else definite


def _with_ta_marbuta(stem: str) -> str:
    """Return the word with the ending that people often type as ha, if the dictionary knows it so."""
    spelled = stem[:-1] + "ة"
    readings = {_look_up(spelled, "ar"), _look_up(_ARTICLE + spelled, "ar")}
    return spelled if spelled in readings and _look_up(_ARTICLE + stem, "ar") != stem else stem
