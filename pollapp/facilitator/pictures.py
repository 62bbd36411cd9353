"""Upload of pictures for slides, one at a time, by the editor's script."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from pollapp import pictures, serving
from pollapp.errors import BadPicture
from pollapp.extensions import hub, limiter
from pollapp.facilitator import blueprint, steps
from pollapp.facilitator.authority import owner_id
from pollapp.meetings import agenda
from pollapp.rights import needs, read_as, run_as

SLACK_BYTES = 1024 * 1024
"""So much beyond the limit is read all the same, to say how large a picture may be."""
UPLOADS = "60 per minute"

_ENDPOINT = "facilitator.add_picture"


@blueprint.app_url_value_preprocessor
def _make_room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Allow a larger request here, before anything looks at its body."""
    if endpoint == _ENDPOINT:
        request.max_content_length = pictures.MOST_BYTES + SLACK_BYTES


@blueprint.post("/meetings/<meeting_id>/pictures")
@needs("build")
@limiter.limit(UPLOADS, key_func=lambda: str(owner_id()))
def add_picture(meeting_id: str) -> ResponseReturnValue:
    """Take a picture in, and return its id and the address of its smallest file.

    The body is the file itself: a form would be written to the disk on its way, with all that is hidden in the file.
    """
    read_as("build", agenda.require_editable, meeting_id)
    content = request.get_data(cache=False)
    if not content:
        raise BadPicture(reason="none")
    decoded = hub.runtime.offload(lambda: pictures.decode(content))
    picture_id = run_as("build", "slides_changed", steps.add_picture, meeting_id, decoded)
    return jsonify(ok=True, picture=picture_id, address=serving.files_of(picture_id)[0][1])
