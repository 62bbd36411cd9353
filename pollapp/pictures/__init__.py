"""Pictures of facilitators: checked, made anew without what cameras write into them, kept with their meeting."""

from pollapp.pictures.decoding import MOST_BYTES, MOST_PIXELS, WIDTHS, Decoded, decode
from pollapp.pictures.models import Picture, PictureFile
from pollapp.pictures.storing import MOST_PICTURES, add, read_file

__all__ = [
    "MOST_BYTES",
    "MOST_PICTURES",
    "MOST_PIXELS",
    "WIDTHS",
    "Decoded",
    "Picture",
    "PictureFile",
    "add",
    "decode",
    "read_file",
]
