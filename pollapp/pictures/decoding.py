"""Turn an uploaded file into pictures of our own making, or say what is wrong with it. Pure, but slow: seconds at worst.

Nothing of the file itself is kept: its pixels are drawn onto a new picture, so places, names, thumbnails and whatever
else was hidden in it are gone.
"""

import struct
import warnings
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps

from pollapp.errors import BadPicture

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
"""Of the picture as it is sent, as in a photograph of 7,300 by 5,400. More is refused before it is unpacked: a file of
a few kilobytes can hold a picture that fills all memory."""
LONGEST_SIDE = 16_000
LEAST_SIDE = 8
MOST_RATIO = 10
"""A picture that is longer than so many times its width is a line on a phone."""
WIDTHS = (480, 960, 1920)
"""Widths that are kept, as far as the picture is that wide: a phone, a sharp phone or laptop, a big screen."""
LARGEST = WIDTHS[-1]
QUALITY = 82


class Decoded(NamedTuple):
    """A picture at its largest, and its WebP files by width."""

    width: int
    height: int
    files: dict[int, bytes]


def decode(content: bytes) -> Decoded:
    """Return the picture in its widths, upright. Raises `BadPicture`, and nothing else, for what is no good picture."""
    if len(content) > MOST_BYTES:
        raise BadPicture(reason="too_heavy", limit=MOST_BYTES // (1024 * 1024))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of bombs: our own limit is below Pillow's; of odd metadata: it is dropped
            return _make(_upright(content))
    except BadPicture:
        raise
    except (
        OSError,
        SyntaxError,
        ValueError,
        EOFError,
        MemoryError,
        OverflowError,
        struct.error,
        Image.DecompressionBombError,
    ):
        # What Pillow's decoders raise for torn and hostile files.
        raise BadPicture(reason="unreadable") from None


def _upright(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content), formats=FORMATS) as sent:
        _check_size(*sent.size)
        sent.draft("RGB", (LARGEST * 2, LARGEST * 2))  # a JPEG is unpacked no larger than needed
        sent.load()
        return ImageOps.exif_transpose(sent)


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise BadPicture(reason="too_large", limit=MOST_PIXELS // 1_000_000)
    if min(width, height) < LEAST_SIDE:
        raise BadPicture(reason="too_small", limit=LEAST_SIDE)
    if max(width, height) > MOST_RATIO * min(width, height):
        raise BadPicture(reason="too_long", limit=MOST_RATIO)


def _make(sent: Image.Image) -> Decoded:
    """Draw the pixels onto a new picture, which knows nothing of the old one, and write it in each width."""
    mode = "RGBA" if sent.has_transparency_data else "RGB"
    pixels = sent.convert(mode)
    largest = Image.new(mode, pixels.size)
    largest.paste(pixels)
    largest.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    width, height = largest.size
    files = {}
    for each in sorted({min(each, width) for each in WIDTHS}):
        resized = (
            largest
            if each == width
            else largest.resize((each, max(1, round(height * each / width))), Image.Resampling.LANCZOS)
        )
        written = BytesIO()
        resized.save(written, "WEBP", quality=QUALITY)
        files[each] = written.getvalue()
    return Decoded(width, height, files)
