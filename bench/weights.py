"""What a first visit loads in all, compressed as it travels: the page and every file it asks for."""

import re
import tempfile
from pathlib import Path

import rooms
from flask.testing import FlaskClient

from config import Config
from pollapp import create_app
from pollapp.extensions import database

LINKED = re.compile(r'(?:href|src)="(/assets/[^"]+)"')


def all_pages() -> dict[str, int]:
    """Return the bytes of a first load, by page: a phone in a meeting, and the presenter screen."""
    with tempfile.TemporaryDirectory() as folder:
        room = rooms.build(Path(folder), [1])[0]
        client = create_app(Config(data_dir=folder)).test_client()
        token = room.tokens.read_text(encoding="ascii")
        client.set_cookie(f"meeting-{room.code}", token)
        name, _, value = room.desk.partition("=")
        client.set_cookie(name, value)
        found = {
            "phone": _first_load(client, f"/m/{room.code}"),
            "screen": _first_load(client, f"/present/{room.meeting}"),
        }
        database.close()
    return found


def _first_load(client: FlaskClient, path: str) -> int:
    """Return the bytes of a page, uncompressed as it is sent, and of its files and what they import, compressed."""
    page = client.get(path)
    if page.status_code != 200:
        raise RuntimeError(f"{path}: {page.status_code}")
    files = set(LINKED.findall(page.text))
    build = client.application.extensions["pollapp_assets"].build()
    for name, file in build.names.items():
        if f"/assets/{file}" in files:
            files |= {f"/assets/{imported}" for imported in build.preloads.get(name, [])}
    return len(page.data) + sum(_size(client, file) for file in files)


def _size(client: FlaskClient, file: str) -> int:
    return len(client.get(file, headers={"Accept-Encoding": "br, gzip"}).data)
