"""The built front end: names for templates, and the hashed files themselves, compressed when the build was made."""

import mimetypes
from dataclasses import dataclass
from pathlib import Path

import orjson
from flask import Flask, Response, abort, current_app, request, url_for

FOLDER = Path(__file__).resolve().parent.parent / "static" / "dist"
ONE_YEAR = 365 * 24 * 60 * 60
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Content codings we keep copies in, the smaller first, and how their files end."""

mimetypes.add_type("text/javascript", ".js")  # some systems say text/plain, and browsers then refuse a module


class BuildMissing(RuntimeError):
    """The front end has not been built, or lacks a file that a template names."""


@dataclass(frozen=True, slots=True)
class File:
    """One built file in memory: as it is, and compressed by coding."""

    content_type: str
    body: bytes
    compressed: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Build:
    """One run of static/build.mjs: the name templates use -> the file, its imports, and every file's content."""

    names: dict[str, str]
    preloads: dict[str, list[str]]
    files: dict[str, File]


class Assets:
    """Reads the build once; with `fresh`, again whenever the build was run."""

    def __init__(self, folder: Path, *, fresh: bool) -> None:
        self._folder = folder
        self._fresh = fresh
        self._build: Build | None = None
        self._stamp = 0

    def build(self) -> Build:
        """Return the current build, or raise `BuildMissing`."""
        if self._build is None or self._fresh:
            self._refresh()
        if self._build is None:
            raise BuildMissing("The front end has not been built. Run `make build` (`make run` does it by itself).")
        return self._build

    def name(self, name: str) -> str:
        """Return the hashed file behind a name such as `participant.js`, or raise `BuildMissing`."""
        try:
            return self.build().names[name]
        except KeyError:
            raise BuildMissing(f"The front end was built without {name}. Run `make build` again.") from None

    def _refresh(self) -> None:
        manifest = self._folder / "manifest.json"
        try:
            stamp = manifest.stat().st_mtime_ns
        except FileNotFoundError:
            self._build = None
            return
        if self._build is None or stamp != self._stamp:
            self._build = _read(self._folder)
            self._stamp = stamp


def _read(folder: Path) -> Build:
    names: dict[str, str] = orjson.loads((folder / "manifest.json").read_bytes())
    preloads: dict[str, list[str]] = orjson.loads((folder / "preloads.json").read_bytes())
    contents = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    endings = tuple(ENCODINGS.values())
    files = {
        name: File(
            content_type=_content_type(name),
            body=body,
            compressed={coding: contents[name + end] for coding, end in ENCODINGS.items() if name + end in contents},
        )
        for name, body in contents.items()
        if not name.endswith(endings) and name not in {"manifest.json", "preloads.json"}
    }
    return Build(names=names, preloads=preloads, files=files)


def _content_type(name: str) -> str:
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed


def init_app(app: Flask, folder: Path = FOLDER) -> None:
    """Serve the build in `folder` under /assets/ and give templates `asset(name)` and `asset_preloads(name)`."""
    assets = Assets(folder, fresh=app.debug)
    app.extensions["pollapp_assets"] = assets
    app.add_url_rule("/assets/<name>", "asset", _serve)

    def asset(name: str) -> str:
        return url_for("asset", name=assets.name(name))

    def asset_preloads(name: str) -> list[str]:
        return [url_for("asset", name=file) for file in assets.build().preloads.get(name, [])]

    app.jinja_env.globals.update(asset=asset, asset_preloads=asset_preloads)


def check(app: Flask) -> None:
    """Raise `BuildMissing` when there is no build: a start that would only serve broken pages."""
    _assets(app).build()


def _assets(app: Flask) -> Assets:
    assets: Assets = app.extensions["pollapp_assets"]
    return assets


def _serve(name: str) -> Response:
    """Send a built file in the best coding the browser takes; its name changes with its content, so for ever."""
    file = _assets(current_app).build().files.get(name)
    if file is None:
        abort(404)
    coding = next((coding for coding in file.compressed if request.accept_encodings[coding] > 0), None)
    body = file.body if coding is None else file.compressed[coding]
    response = Response(body, content_type=file.content_type)
    response.cache_control.public = True
    response.cache_control.max_age = ONE_YEAR
    response.cache_control.immutable = True
    if file.compressed:
        response.vary.add("Accept-Encoding")
    if coding is not None:
        response.content_encoding = coding
    return response
