"""Markdown as slides have it: what is not on this list of rules stays the characters that were typed."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markupsafe import Markup

_BLOCKS = ["blockquote", "fence", "heading", "hr", "list"]
_INLINE = [
    "autolink",
    "backticks",
    "emphasis",
    "entity",
    "escape",
    "image",
    "link",
    "linkify",
    "newline",
    "strikethrough",
]
_SCHEMES = {"http", "https", "mailto"}
_STARTS = {"paragraph_open", "heading_open", "list_item_open", "blockquote_open"}
"""Tokens whose element takes its direction from its own text."""


@lru_cache(maxsize=256)
def to_html(text: str) -> Markup:
    """Return a text as HTML that is safe to show: no HTML of its own, no pictures, links to web pages and mail alone."""
    # One each time: what finds bare addresses keeps notes inside itself, and several threads may be at it.
    markdown = MarkdownIt("zero", {"html": False, "breaks": True, "linkify": True, "maxNesting": 12})
    markdown.enable([*_BLOCKS, *_INLINE])
    markdown.linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})
    markdown.validateLink = _may_be_linked  # type: ignore[method-assign,assignment]  # as its documentation says to do
    markdown.add_render_rule("image", _words_of_image)
    environment: dict[str, Any] = {}
    tokens = markdown.parse(text, environment)
    _dress(tokens)
    return Markup(markdown.renderer.render(tokens, markdown.options, environment))  # noqa: S704  # all text is escaped


def _may_be_linked(address: str) -> bool:
    try:
        return urlsplit(address.strip()).scheme.lower() in _SCHEMES
    except ValueError:
        return False


def _words_of_image(
    renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: Any, environment: Any
) -> str:
    """Return what a picture says in words: the picture itself would be fetched from another host by every phone."""
    words: str = renderer.renderInlineAsText(tokens[index].children or [], options, environment)  # type: ignore[attr-defined]
    return escapeHtml(words)


def _dress(tokens: Sequence[Token]) -> None:
    """Give links what keeps this page out of reach of theirs, blocks their direction, and headings a place below the title."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(4, int(token.tag[1]) + 1)}"
        if token.type in _STARTS:
            token.attrSet("dir", "auto")
        elif token.type == "link_open":
            token.attrSet("target", "_blank")
            token.attrSet("rel", "noopener noreferrer")
        _dress(token.children or ())
