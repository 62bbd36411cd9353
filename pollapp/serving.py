"""Pictures as pages get them: by an address that nobody can guess and whose content never changes."""

from flask import Flask, Response, abort

from pollapp import pictures
from pollapp.extensions import database
from pollapp.kinds import picture_size

PLACE = "/pictures"
"""Where they are served. Stages are rendered without a request, where Flask makes no addresses."""
ONE_YEAR = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Serve pictures under /pictures/ and give templates `picture_files(id)` and `picture_size(id)`."""
    app.add_url_rule(f"{PLACE}/<picture_id>/<int:width>.webp", "picture", _serve)
    app.jinja_env.globals.update(picture_files=files_of, picture_size=picture_size)


def files_of(picture_id: str) -> list[tuple[int, str]]:
    """Return the widths in which there is a picture, the smallest first, with their addresses."""
    largest = picture_size(picture_id)[0]
    widths = sorted({min(width, largest) for width in pictures.WIDTHS})
    return [(width, f"{PLACE}/{picture_id}/{width}.webp") for width in widths]


def _serve(picture_id: str, width: int) -> Response:
    """Send one file. Browsers may keep it, but nothing in between: what is erased must not stay there."""
    content = database.read(pictures.read_file, picture_id, width)
    if content is None:
        abort(404)
    response = Response(content, content_type="image/webp")
    response.cache_control.private = True
    response.cache_control.max_age = ONE_YEAR
    response.cache_control.immutable = True
    return response
