"""After a seal nothing that people wrote stays in the caches of words."""

import importlib
import pkgutil

import pollapp.words
from pollapp.words import (
    LANGUAGES,
    cloud_words,
    find_personal,
    find_words,
    fold,
    forget,
    match_key,
    merge,
    offensive_finder,
    own_finder,
)

KEYED_BY_LANGUAGE_OR_CHARACTER = {
    "script", "is_mark", "is_letter", "is_symbol", "marks_allowed", "_plain_width", "_barest",
    "stop_words", "segmenter", "converter", "_linkify", "_lists",
}  # fmt: skip


def caches() -> dict[str, int]:
    """Return every cache of the package that may hold what people wrote, with how much it holds."""
    modules = (
        importlib.import_module(f"pollapp.words.{each.name}") for each in pkgutil.iter_modules(pollapp.words.__path__)
    )
    found = {
        name: value.cache_info().currsize
        for module in modules
        for name, value in vars(module).items()
        if hasattr(value, "cache_info")
    }
    return {name: size for name, size in found.items() if name not in KEYED_BY_LANGUAGE_OR_CHARACTER}


def test_every_cache_of_what_people_wrote_is_emptied() -> None:
    for language in LANGUAGES:
        merge(cloud_words(["Archaeopteryx, ecoles and 學習 fly"], language), language)
        fold("l'archaeopteryxé", language)
    find_personal(["archaeopteryx@example.org"], ("Archaeopteryx",))
    offensive_finder("en", ("archaeopteryx",))("Archaeopteryx")
    own_finder("en", ("archaeopteryx",))("Archaeopteryx")
    find_words("Archaeopteryx", ["archaeopteryx"])
    match_key("the Archaeopteryx", "en")
    assert all(caches().values()), caches()
    assert len(caches()) > 5
    forget()
    assert not any(caches().values()), caches()


def test_words_are_counted_as_before_afterwards() -> None:
    before = fold("Ecoles", "fr")
    forget()
    assert fold("Ecoles", "fr") == before
