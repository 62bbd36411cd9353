"""Clean what people wrote: the visible text stays as it was written, tricks and accidents go."""

import unicodedata
from collections.abc import Iterator

from pollapp.words import characters


def clean(text: str) -> str:
    """Return the text as it is stored: one line, composed (NFC), white space collapsed, nothing invisible.

    Control and format characters go, bidirectional overrides among them; joiners stay between two
    visible characters (Persian, Indic scripts, emoji). Stacked marks ("zalgo") are limited to what
    real spelling needs. Cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():  # in most of what is written there is nothing to look for
        return " ".join(text.split())
    cleaned = _clean_once(text)
    while cleaned != text:
        text, cleaned = cleaned, _clean_once(cleaned)
    return cleaned


def storable(text: str) -> str:
    """Return the text, of any number of lines, without control characters and halves of surrogate pairs.

    No database, file or page takes all of those; nobody can see them.
    """
    return "".join(character for character in text if character in "\t\n\r" or not _is_unstorable(character))


def _is_unstorable(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"}


def _clean_once(text: str) -> str:
    kept = "".join(_visible(unicodedata.normalize("NFC", text)))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _visible(text: str) -> Iterator[str]:
    before = " "
    base, marks = " ", 0
    for index, character in enumerate(text):
        if character in characters.JOINERS or character in characters.EMOJI_TAGS:
            if _holds_together(before, character, text[index + 1 : index + 2]):
                before = character
                yield character
            continue
        shown = _shown(character)
        if not shown:
            continue
        if characters.is_mark(shown):
            marks += 1
            if before == " " or marks > characters.marks_allowed(base):
                continue
        else:
            base, marks = shown, 0
        before = shown
        yield shown


def _shown(character: str) -> str:
    """Return the character, a space in its place, or nothing."""
    category = unicodedata.category(character)
    if character in characters.BLANKS or category.startswith("Z") or character in "\t\n\v\f\r\x85":
        return " "
    hidden = category in {"Cc", "Cf", "Co", "Cs"} or (category == "Cn" and ord(character) & 0xFFFE == 0xFFFE)
    return "" if hidden else character


def _holds_together(before: str, joiner: str, after: str) -> bool:
    """Tell whether a joiner has a visible character on both sides (a tag: an emoji before it)."""
    if joiner in characters.EMOJI_TAGS:
        return characters.is_symbol(before) or before in characters.EMOJI_TAGS
    return _joinable(before) and bool(after) and _joinable(after)


def _joinable(character: str) -> bool:
    if character in characters.JOINERS or character in characters.BLANKS:
        return False
    return characters.is_letter(character) or characters.is_symbol(character) or character in characters.EMOJI_TAGS
