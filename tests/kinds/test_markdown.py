"""Markdown on slides: what the rules allow, and not one element, address or picture more, whatever is typed."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollapp.kinds import text

ALLOWED = {
    **{name: {"dir"} for name in ("p", "h2", "h3", "h4", "li", "blockquote")},
    **{name: set() for name in ("ul", "pre", "strong", "em", "s", "br", "hr")},
    "ol": {"start"},
    "code": {"class"},
    "a": {"href", "title", "target", "rel"},
}
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '[x](https://x.org "onclick=alert(1)")',
    '[x](https://x.org/"onmouseover="alert(1))',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "[x](/desk/)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "[![x](https://evil.example/a.png)](javascript:alert(1))",
    '``` "><script>alert(1)</script>\nx\n```',
    "[x]: javascript:alert(1)\n\n[x]",
    "<!-- --><style>@import 'https://evil.example'</style>",
]


class Reader(HTMLParser):
    """Writes down what a browser would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data: str) -> None:
        self.found.append(("!", {}))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("!", {}))


def elements(body: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = Reader()
    reader.feed(str(text.Settings(body).html()))
    reader.close()
    return reader.found


def is_safe(body: str) -> bool:
    for tag, attributes in elements(body):
        if tag not in ALLOWED or not set(attributes) <= ALLOWED[tag]:
            return False
        if tag == "a":
            good = urlsplit(attributes["href"] or "").scheme in {"http", "https", "mailto"}
            if not good or attributes["rel"] != "noopener noreferrer" or attributes["target"] != "_blank":
                return False
    return True


@pytest.mark.parametrize("body", HOSTILE)
def test_what_is_meant_to_harm_stays_characters(body: str) -> None:
    assert is_safe(body)


@given(
    parts=st.lists(st.sampled_from([*HOSTILE, "**", "`", "> ", "- ", "\n", "https://x.org", " "]) | st.text(max_size=9))
)
def test_no_mixture_of_it_gets_through(parts: list[str]) -> None:
    assert is_safe("".join(parts)[: text.BODY_LENGTH])


def test_the_reader_of_these_tests_would_see_harm() -> None:
    reader = Reader()
    reader.feed('<a href="javascript:x" onclick="y">z</a><script>')
    assert [tag for tag, _ in reader.found] == ["a", "script"]


def test_what_people_write_is_set_as_they_mean_it() -> None:
    html = str(text.Settings("# Rules\n- **One**\n- *two*\n\n1. a\n2. b\n\nline\nnext\n\n> said").html())
    assert '<h2 dir="auto">Rules</h2>' in html
    assert '<li dir="auto"><strong>One</strong></li>\n<li dir="auto"><em>two</em></li>' in html
    assert "<ol>\n" in html
    assert "line<br>\nnext" in html
    assert "<blockquote" in html


def test_a_plain_address_is_a_link_and_a_picture_only_its_words() -> None:
    html = str(text.Settings("see https://example.org/a?b=1&c=2, ![the *plan* <1>](https://evil.example/x.png)").html())
    assert 'href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer"' in html
    assert "the plan &lt;1&gt;" in html
    assert "evil.example" not in html


def test_no_heading_stands_above_the_title_or_below_the_fourth() -> None:
    assert [tag for tag, _ in elements("# a\n## b\n### c\n#### d\n###### e")] == ["h2", "h3", "h4", "h4", "h4"]


def test_lists_within_lists_end_somewhere() -> None:
    assert is_safe("- " * 2500)
    assert is_safe("> " * 2500)
