"""Write Chinese in simplified characters, so that both scripts count as one."""

from functools import cache
from importlib import import_module
from typing import Protocol, cast

from pollapp.words import characters


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def converter() -> _Converter:
    """Return the converter; only who needs it loads it."""
    return cast(_Converter, import_module("opencc").OpenCC("t2s"))


def simplified(text: str, language: str) -> str:
    """Return a text of a Chinese meeting in simplified characters; any other text as it is."""
    if language != "zh" or not any(map(characters.is_ideograph, text)):
        return text
    return converter().convert(text)
