"""QR codes as pictures that stand in a page."""

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=256)
def qr_svg(text: str) -> Markup:
    """Return a QR code as inline SVG: black modules, to stand on a light ground whatever the theme."""
    svg = segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True)
    return Markup(svg)  # noqa: S704  # segno writes the SVG; the text in it is only a pattern of squares
