"""The languages a meeting can be held in: those whose words the libraries can fold and whose stop words they know."""

from typing import NamedTuple

from babel import Locale

UN_LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
OTHER_LANGUAGES = ("ca", "da", "de", "el", "fi", "he", "hu", "id", "it", "nl", "pt", "ro", "sv", "tr")


class Language(NamedTuple):
    """A language, its name in English and in itself, and where its lines begin ("ltr" or "rtl")."""

    code: str
    english_name: str
    own_name: str
    direction: str


def _language(code: str) -> Language:
    locale = Locale.parse(code)
    own_name = locale.get_language_name(code) or code
    return Language(code, locale.english_name or code, own_name[0].upper() + own_name[1:], locale.text_direction)


LANGUAGES: dict[str, Language] = {code: _language(code) for code in UN_LANGUAGES + OTHER_LANGUAGES}
"""Every language of meetings by its code, the six of the United Nations first."""


def direction(code: str) -> str:
    """Return "rtl" for a language written from right to left, else "ltr"; unknown codes too."""
    language = LANGUAGES.get(code)
    return language.direction if language else "ltr"
