"""Quote, big number, how to join and video: their limits at the edge, and what they make of what is typed."""

from typing import Any

import msgspec
import pytest

from pollapp.errors import BadAnswer
from pollapp.kinds import big_number, instructions, load_settings, quote, video
from tests.forms import fill

KINDS = (quote, big_number, instructions, video)
LINK = "https://www.example.org/watch?v=1"


def form_of(kind: Any, **more: str) -> Any:
    return fill(kind, {**kind.from_settings(kind.Settings()), **more})


@pytest.mark.parametrize(
    ("kind", "name", "value", "fits"),
    [
        (quote, "text", "x" * 600, True),
        (quote, "text", "x" * 601, False),
        (quote, "who", "x" * 150, True),
        (quote, "who", "x" * 151, False),
        (big_number, "number", "1" * 16, True),
        (big_number, "number", "1" * 17, False),
        (big_number, "unit", "x" * 24, True),
        (big_number, "unit", "x" * 25, False),
        (big_number, "caption", "x" * 200, True),
        (big_number, "caption", "x" * 201, False),
        (instructions, "before", ("x" * 120,) * 3, True),
        (instructions, "before", ("x" * 121,), False),
        (instructions, "before", ("x",) * 4, False),
        (instructions, "after", ("x" * 120,) * 3, True),
        (instructions, "after", ("x" * 121,), False),
        (instructions, "after", ("x",) * 4, False),
        (video, "link", f"{LINK}{'x' * (300 - len(LINK))}", True),
        (video, "link", f"{LINK}{'x' * (301 - len(LINK))}", False),
        (video, "note", "x" * 300, True),
        (video, "note", "x" * 301, False),
    ],
)
def test_limits_hold_at_their_edge(kind: Any, name: str, value: Any, fits: bool) -> None:
    form = form_of(kind, **{name: value if isinstance(value, str) else "\n".join(value)})
    assert form.validate() is fits
    if fits:
        settings = kind.to_settings(form, None)
        assert getattr(settings, name) == value
        assert load_settings(kind.NAME, msgspec.to_builtins(settings)) == settings
    else:
        with pytest.raises(msgspec.ValidationError):
            load_settings(kind.NAME, {name: value})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.NAME)
def test_content_asks_nothing(kind: Any) -> None:
    with pytest.raises(BadAnswer):
        kind.parse(kind.Settings(), ["a"])
    assert kind.keys(kind.Settings(), ["a"]) == {}
    assert kind.table(kind.Settings(), kind.sample(kind.Settings()), "en").columns == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("“Be the change.”", "Be the change."),
        ('"Be the change."', "Be the change."),
        ("« Soyez le changement. »", "Soyez le changement."),
        ("„Sei der Wandel.“", "Sei der Wandel."),
        ("「変化になれ」", "変化になれ"),
        ("“Yes” and “no”", "“Yes” and “no”"),
        ("He said “no”", "He said “no”"),
        ('"', '"'),
        ("a\r\nb", "a\nb"),
    ],
)
def test_quotation_marks_around_a_quote_are_left_to_the_slide(typed: str, kept: str) -> None:
    assert quote.to_settings(form_of(quote, text=typed), None).text == kept


@pytest.mark.parametrize("number", ["", " ", "203,840", "1.4 million", "-3 °C", "٢٠٣", "½", "9:41", "∞"])
def test_a_number_is_kept_as_it_is_read(number: str) -> None:
    form = form_of(big_number, number=number)
    assert form.validate(), form.errors
    assert big_number.to_settings(form, None).number == number.strip()


@pytest.mark.parametrize("number", ["many", "n/a", "—"])
def test_words_are_no_number(number: str) -> None:
    form = form_of(big_number, number=number)
    assert not form.validate()
    assert "number" in form.errors["number"][0]


def test_empty_lines_are_no_steps() -> None:
    settings = instructions.to_settings(
        form_of(instructions, before="\r\n  Wi-Fi: Guests \r\n\r\n\0", after="  "), None
    )
    assert settings == instructions.Settings(before=("Wi-Fi: Guests",))


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", "youtube.com"),
        (" HTTPS://Vimeo.com/1 ", "vimeo.com"),
        ("http://192.168.1.20:8080/film.mp4", "192.168.1.20"),
        ("https://例え.jp/映画", "例え.jp"),
    ],
)
def test_a_link_says_where_it_leads(link: str, host: str) -> None:
    form = form_of(video, link=link)
    assert form.validate(), form.errors
    settings = video.to_settings(form, None)
    assert settings.host() == host
    assert load_settings("video", msgspec.to_builtins(settings)) == settings


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "youtube.com/watch",
        "//youtube.com/watch",
        "https://",
        "https:///x",
        "https://?x",
        "https://youtube.com@evil.example/",
        "https://a b.org",
        "https://a.org/\u202egpj.exe",
        'https://a.org/"onclick="x',
        "https://[::1",
        "https://a.org:port/",
        "ftp://a.org/x",
    ],
)
def test_what_is_not_the_address_of_a_web_page_is_refused(link: str) -> None:
    form = form_of(video, link=link)
    assert not form.validate()
    assert "https://" in form.errors["link"][0]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:,x", " https://a.org", "https:// a.org", "//a.org"])
def test_not_even_stored_settings_may_lead_elsewhere(link: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        load_settings("video", {"link": link})
