"""Decoding: pixels are kept, nothing else is; what is torn, hostile or too large is refused with its reason."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pollapp import pictures
from pollapp.errors import BadPicture

SECRET = b"48.8584 N, 2.2945 E, Ada's camera"


def file_of(width: int = 600, height: int = 400, file_format: str = "JPEG", mode: str = "RGB", **how: object) -> bytes:
    written = BytesIO()
    Image.new(mode, (width, height), "teal" if mode != "RGBA" else (0, 128, 128, 0)).save(written, file_format, **how)
    return written.getvalue()


def refusal(content: bytes) -> dict[str, object]:
    with pytest.raises(BadPicture) as refused:
        pictures.decode(content)
    return refused.value.params


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def png_that_says(width: int, height: int) -> bytes:
    """Return the beginning of a PNG of this size: some 70 bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_in_each_width_up_to_its_own(file_format: str) -> None:
    made = pictures.decode(file_of(1200, 800, file_format))
    assert (made.width, made.height) == (1200, 800)
    assert {width: opened(content).size for width, content in made.files.items()} == {
        480: (480, 320),
        960: (960, 640),
        1200: (1200, 800),
    }
    assert {opened(content).format for content in made.files.values()} == {"WEBP"}


def test_a_large_picture_is_brought_down_to_a_big_screen() -> None:
    made = pictures.decode(file_of(4000, 1000))
    assert (made.width, made.height) == (1920, 480)
    assert list(made.files) == [480, 960, 1920]


def test_nothing_that_was_hidden_in_the_file_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    for content in (
        file_of(file_format="JPEG", exif=exif, comment=SECRET, xmp=SECRET, icc_profile=SECRET) + SECRET,
        file_of(file_format="WEBP", exif=exif, xmp=SECRET, icc_profile=SECRET),
        file_of(file_format="PNG", exif=exif, icc_profile=SECRET),
    ):
        assert SECRET in content or b"iCCP" in content
        for made in pictures.decode(content).files.values():
            assert SECRET not in made
            assert not {"exif", "xmp", "icc_profile", "comment"} & opened(made).info.keys()
            assert all(name not in made for name in (b"EXIF", b"XMP ", b"ICCP"))


def test_a_photograph_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert pictures.decode(file_of(600, 400, exif=exif))[:2] == (400, 600)


@pytest.mark.parametrize(
    ("file_format", "mode", "made"),
    [
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "P", "RGB"),
        ("PNG", "I;16", "RGB"),
        ("JPEG", "CMYK", "RGB"),
        ("JPEG", "L", "RGB"),
    ],
)
def test_every_sort_of_colours_is_understood(file_format: str, mode: str, made: str) -> None:
    written = BytesIO()
    Image.new(mode, (40, 30)).save(written, file_format)
    assert opened(pictures.decode(written.getvalue()).files[40]).mode == made


@pytest.mark.parametrize("file_format", ["GIF", "BMP", "TIFF"])
def test_other_formats_are_refused(file_format: str) -> None:
    assert refusal(file_of(file_format=file_format)) == {"reason": "unreadable"}


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", file_of()[:900], png_that_says(600, 400)],
)
def test_torn_files_are_refused(content: bytes) -> None:
    assert refusal(content) == {"reason": "unreadable"}


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refusal(png_that_says(8000, 5001)) == {"reason": "too_large", "limit": 40}
    assert refusal(png_that_says(16_001, 2000)) == {"reason": "too_large", "limit": 40}
    assert refusal(png_that_says(2**31 - 1, 2**31 - 1))["reason"] in {"too_large", "unreadable"}
    assert refusal(png_that_says(8000, 5000)) == {"reason": "unreadable"}, "at the limit it is unpacked"


def test_limits_hold_at_their_edge() -> None:
    assert pictures.decode(file_of(8, 80, "PNG")).height == 80
    assert refusal(file_of(8, 81, "PNG")) == {"reason": "too_long", "limit": 10}
    assert refusal(file_of(7, 8, "PNG")) == {"reason": "too_small", "limit": 8}
    good = file_of(40, 30)
    assert pictures.decode(good + b"\0" * (pictures.MOST_BYTES - len(good))).width == 40
    assert refusal(good + b"\0" * (pictures.MOST_BYTES + 1 - len(good))) == {"reason": "too_heavy", "limit": 10}


@given(st.binary(max_size=400), st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(0, 300))
def test_whatever_comes_is_a_picture_or_a_bad_picture(noise: bytes, file_format: str, at: int) -> None:
    good = file_of(16, 16, file_format)
    for content in (noise, good[:at] + noise, good[:at] + noise + good[at + len(noise) :]):
        try:
            made = pictures.decode(content)
        except BadPicture as error:
            assert error.params["reason"]
        else:
            assert made.files
