"""Find telephone numbers in a text: international ones, and national ones in the usual forms of many countries."""

import re
from collections.abc import Iterator

import phonenumbers

REGIONS = (
    "US", "GB", "FR", "DE", "CH", "AT", "IT", "ES", "PT", "NL", "BE", "SE", "DK", "NO", "FI", "PL", "RO", "GR", "HU", "TR",
    "RU", "UA", "CN", "TW", "HK", "JP", "KR", "IN", "ID", "AU", "MX", "BR", "AR", "CO", "NG", "KE", "ZA", "SN", "MA", "EG",
    "JO", "LB", "SA", "AE", "IL",
)  # fmt: skip
"""Countries whose national numbers are recognised; every country's are when written with "+" or "00"."""

LEAST_DIGITS, MOST_DIGITS = 7, 15
"""Digits of a number, as ITU-T E.164 and national plans have them."""

LEAST_PLAIN = 9
"""Digits of a national number that does not begin with 0 or a bracket: shorter ones are mostly amounts."""

_CANDIDATE = re.compile(
    r"(?<![^\W\u3040-\u30ff\u3400-\u9fff])(?<!\+)(?:\+ ?)?[(\[]?\d(?:[ \u00a0().\[\]/\u2010-\u2013-]{0,3}\d)+"
)
"""Not begun within a word, but Chinese and Japanese leave no space in front."""

_PAIRS = re.compile(r"\d\d(?:[ .-]\d\d){3}|[2-9]\d{3}[ -]\d{4}")
"""How eight digits are written as a telephone number (Denmark, Norway, Hong Kong, ...)."""

_BETWEEN_WIDE_GAPS = re.compile(r"[+(\[]?\d(?:\D?\d)*")
_BETWEEN_GAPS = re.compile(r"\d+")

_YEARS = re.compile(r"(?:19|20)\d\d")
_DATES = re.compile(r"\d{4}\D\d{1,2}\D\d{1,2}|\d{1,2}\D\d{1,2}\D\d{4}")
_AMOUNT = re.compile(r"\d{1,2}(?:\D\d{3})+|\d{1,3}(?:\D\d{3})*\D000|\d+0{5}|\d+\.\d+|\d{1,3}(?:\.\d{1,3}){3}")
"""Thousands in groups of three, decimals, and addresses of the internet."""


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where telephone numbers stand; `text` has ASCII digits only."""
    for candidate in _CANDIDATE.finditer(text):
        written, start = candidate.group(), candidate.start()
        if _is_number(written):
            yield candidate.span()
        else:
            yield from (
                (start + piece.start(), start + piece.end()) for piece in _pieces(written) if _is_number(piece.group())
            )


def _pieces(written: str) -> list[re.Match[str]]:
    """Return the parts of what is no number as a whole: between wide gaps or, where there are none, between any."""
    pieces = list(_BETWEEN_WIDE_GAPS.finditer(written))
    return pieces if len(pieces) > 1 else list(_BETWEEN_GAPS.finditer(written))


def _is_number(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if not LEAST_DIGITS <= len(digits) <= MOST_DIGITS:
        return False
    if written.startswith("+") or digits.startswith("00"):
        return _is_international(digits.removeprefix("00"))
    return not _counts_or_dates(written) and _is_national(written, digits)


def _is_international(digits: str) -> bool:
    number = _parse(f"+{digits}", None)
    if number is None or not phonenumbers.is_possible_number(number):
        return False
    return len(digits) >= LEAST_PLAIN or phonenumbers.is_valid_number(number)


def _counts_or_dates(written: str) -> bool:
    """Tell whether it is years, a date, an amount or a list of small numbers."""
    parts = re.findall(r"\d+", written)
    is_list = 2 * sum(len(part) == 1 for part in parts) > len(parts)
    is_years = all(_YEARS.fullmatch(part) for part in parts)
    return bool(is_list or is_years or _DATES.fullmatch(written) or _AMOUNT.fullmatch(written))


def _is_national(written: str, digits: str) -> bool:
    """Tell whether some country's plan has such a number. Fictional ones count too where the form leaves no doubt."""
    numbers = (number for number in (_parse(digits, region) for region in REGIONS) if number is not None)
    if digits.startswith("0") and len(digits) >= LEAST_PLAIN and not written.isdecimal():
        return any(map(phonenumbers.is_possible_number, numbers))
    if written.startswith(("0", "(", "[")) or _PAIRS.fullmatch(written):
        return any(map(phonenumbers.is_valid_number, numbers))
    if len(digits) < LEAST_PLAIN or "/" in written:
        return False
    return any(map(phonenumbers.is_valid_number, numbers))


def _parse(digits: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
