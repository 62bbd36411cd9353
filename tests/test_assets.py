"""The built front end: names, hashed files, compression, and what is said when there is no build."""

import gzip
import json
from pathlib import Path

import pytest
from flask import Flask, render_template_string

from pollapp import assets

SCRIPT = b"console.log('a rather long script');" * 100
HASHED = "participant-ABCD1234.js"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "manifest.json").write_text(json.dumps({"participant.js": HASHED}))
    (tmp_path / "preloads.json").write_text(json.dumps({"participant.js": ["chunk-EFGH5678.js"]}))
    (tmp_path / HASHED).write_bytes(SCRIPT)
    (tmp_path / f"{HASHED}.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / f"{HASHED}.br").write_bytes(b"brotli stands here")
    (tmp_path / "chunk-EFGH5678.js").write_bytes(b"export {}")
    return tmp_path


@pytest.fixture
def app(folder: Path) -> Flask:
    app = Flask(__name__, static_folder=None)
    assets.init_app(app, folder)
    return app


def test_templates_get_addresses_of_hashed_files(app):
    with app.test_request_context():
        page = render_template_string("{{ asset('participant.js') }} {{ asset_preloads('participant.js')[0] }}")
    assert page == f"/assets/{HASHED} /assets/chunk-EFGH5678.js"


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_a_browser_gets_the_smallest_coding_it_takes(app, accepted, coding):
    reply = app.test_client().get(f"/assets/{HASHED}", headers={"Accept-Encoding": accepted})
    assert reply.status_code == 200
    assert reply.headers.get("Content-Encoding") == coding
    assert reply.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert reply.vary.as_set() == {"accept-encoding"}
    if coding is None:
        assert reply.data == SCRIPT


def test_hashed_files_are_kept_for_a_year(app):
    reply = app.test_client().get("/assets/chunk-EFGH5678.js")
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["manifest.json", "preloads.json", f"{HASHED}.gz", "absent.js", "..%2fmanifest.json"])
def test_nothing_but_built_files_is_served(app, name):
    assert app.test_client().get(f"/assets/{name}").status_code == 404


def test_a_missing_build_names_the_command(tmp_path):
    app = Flask(__name__, static_folder=None)
    assets.init_app(app, tmp_path / "dist")
    with pytest.raises(assets.BuildMissing, match="make build"):
        assets.check(app)


def test_an_unknown_name_is_named(app):
    with app.test_request_context(), pytest.raises(assets.BuildMissing, match=r"remote\.js"):
        render_template_string("{{ asset('remote.js') }}")


def test_a_new_build_shows_at_once_while_developing(folder):
    app = Flask(__name__, static_folder=None)
    app.debug = True
    assets.init_app(app, folder)
    assets.check(app)
    (folder / "manifest.json").write_text(json.dumps({"participant.js": "chunk-EFGH5678.js", "new.js": HASHED}))
    with app.test_request_context():
        assert render_template_string("{{ asset('new.js') }}") == f"/assets/{HASHED}"
