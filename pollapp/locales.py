"""Which language a page is in: the reader's, among those on offer."""

from functools import cache, lru_cache

from babel import Locale
from flask import Flask, current_app, has_request_context, request, session
from flask_babel import get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from config import Config


def offered() -> tuple[str, ...]:
    """Return the interface languages on offer; the first is the fallback."""
    config: Config = current_app.config["POLLAPP"]
    return config.languages


def nearest(language: str | None) -> str:
    """Return `language` if it is on offer, else the fallback."""
    return language if language in offered() else offered()[0]


def select() -> str:
    """Return the language of this request: the one chosen before, else the browser's best match."""
    if not has_request_context():
        return offered()[0]
    chosen = session.get("language")
    return chosen if chosen in offered() else _best_match(request.headers.get("Accept-Language", ""), offered())


@lru_cache(maxsize=1000)
def _best_match(wishes: str, languages: tuple[str, ...]) -> str:
    """Return the one of these languages that an `Accept-Language` header wants most, else the first."""
    return parse_accept_header(wishes, LanguageAccept).best_match(languages) or languages[0]


@cache
def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if Locale.parse(language, sep="-").text_direction == "rtl" else "ltr"


def names() -> dict[str, str]:
    """Return what templates call `locale` and `dir`."""
    locale = str(get_locale() or offered()[0]).replace("_", "-")
    return {"locale": locale, "dir": direction(locale)}


def init_app(app: Flask) -> None:
    """Give templates `locale` and `dir`."""
    app.context_processor(names)
