"""Reduce a word to its dictionary form, with simplemma's dictionaries read in the way that needs least memory.

A dictionary is loaded at a language's first use: 0.2 to 0.7 s and 3 to 25 MB. `warming.warm` does it beforehand.
"""

import re
from functools import cache, lru_cache

from simplemma import Lemmatizer
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import StreamDictionaryFactory
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

from pollapp.words.accents import ACCENTED, accented_forms
from pollapp.words.characters import script
from pollapp.words.languages import LANGUAGES
from pollapp.words.spelling import bare, unvowelled

_ARTICLE = "ال"
_WITH_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)(?=\w{2})")


_dictionaries = StreamDictionaryFactory(cache_max_size=len(LANGUAGES))


@cache
def _lemmatizer() -> Lemmatizer:
    return Lemmatizer(cache_max_size=16384, lemmatization_strategy=DefaultStrategy(dictionary_factory=_dictionaries))


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
    return _look_up(_with_accents(_in_dictionary_case(word, language), language), language)


def is_known(word: str, language: str) -> bool:
    """Tell whether the language's dictionary knows a word, also without accents or, in Arabic, with an article before it."""
    if language not in SUPPORTED_LANGUAGES or language not in LANGUAGES or not word:
        return False
    word = _in_dictionary_case(unvowelled(word), language)
    forms = {word, word.lower(), *([_WITH_ARTICLE.sub("", word, count=1)] if language == "ar" else ())}
    dictionary = _dictionaries.get_dictionary(language)
    return any(dictionary.get(each) is not None for each in forms) or _with_accents(word, language) != word


def forget() -> None:
    """Forget which words were looked up."""
    lemma.cache_clear()
    _lemmatizer.cache_clear()


def _with_accents(word: str, language: str) -> str:
    """Return an unknown word with the accents that its writer left out, if all that could be meant have one dictionary form."""
    if language not in ACCENTED or word != bare(word):
        return word
    dictionary = _dictionaries.get_dictionary(language)
    article, apostrophe, noun = word.rpartition("'")
    if dictionary.get(word) is not None or dictionary.get(noun) is not None:
        return word
    forms = accented_forms(noun, language, dictionary)
    meant = {bare(_look_up(form, language)) for form in forms}
    return article + apostrophe + forms[0] if len(meant) == 1 else word


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
