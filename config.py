"""Every setting, read once from POLLAPP_* environment variables, typed and checked at start."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from click import ClickException


class BadConfig(ClickException):
    """A setting that stops the start; its text is one sentence that names the variable.

    The commands of `flask` print an error of this type as that sentence, where they would print a traceback of others.
    """

    exit_code = 2


def _text(value: str) -> str:
    return value


def _flag(value: str) -> bool:
    chosen = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    try:
        return chosen[value.strip().lower()]
    except KeyError:
        raise ValueError("must be 1 or 0") from None


def _port(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise ValueError("must be a port number from 1 to 65535")
    return int(value)


def _count(value: str) -> int:
    if not value.isdecimal():
        raise ValueError("must be a whole number of 0 or more")
    return int(value)


def _names(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _level(value: str) -> str:
    if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
    return value.upper()


def _async_mode(value: str) -> str:
    if value not in {"eventlet", "gevent"}:
        raise ValueError("must be eventlet or gevent")
    return value


def _transport(value: str) -> str:
    if value not in {"own", "plain"}:
        raise ValueError("must be own or plain")
    return value


def _base_url(value: str) -> str:
    if value and not re.fullmatch(r"https?://[^/\s]+", value):
        raise ValueError("must be an address without a path, such as https://polls.example.org")
    return value


def _token(value: str) -> str:
    if not re.fullmatch(r"[!-~]{16,}", value):
        raise ValueError("must be 16 or more letters, digits and signs, without spaces")
    return value


def _setting(default: Any, read: Callable[[str], Any], about: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"read": read, "about": about, "secret": secret})


@dataclass(frozen=True)
class Config:
    """The settings of one server. Field `port` is read from the variable `POLLAPP_PORT`, and so on."""

    data_dir: str = _setting("var", _text, "Folder for the database, secrets and keys. Created on first start.")
    database_url: str = _setting(
        "",
        _text,
        "Address of the database, such as postgresql://user:password@host/name. Empty: SQLite in the data folder.",
        secret=True,
    )
    key_dir: str = _setting(
        "", _text, "Folder of the meetings' keys. Empty: `keys` in the data folder. Keep it out of backups."
    )
    secret_key: str = _setting(
        "", _text, "Signs facilitators' cookies. Empty: made once, kept in the data folder.", secret=True
    )
    host: str = _setting("127.0.0.1", _text, "Address to listen on; 0.0.0.0 lets phones on the same network in.")
    port: int = _setting(5000, _port, "Port to listen on.")
    base_url: str = _setting(
        "", _base_url, "Address people use, such as https://polls.example.org. Empty: worked out from host and port."
    )
    trusted_hosts: tuple[str, ...] = _setting(
        (), _names, "Host names to answer to, separated by commas, besides the base URL's and this machine's own."
    )
    proxy_hops: int = _setting(0, _count, "Number of reverse proxies in front whose forwarding headers are trusted.")
    open_registration: bool = _setting(False, _flag, "1 lets anyone make a facilitator account.")
    languages: tuple[str, ...] = _setting(
        ("en",), _names, "Interface languages on offer, separated by commas; the first is the fallback."
    )
    demo: bool = _setting(False, _flag, "1 loads two demo meetings when the database is new.")
    log_level: str = _setting("INFO", _level, "DEBUG, INFO, WARNING or ERROR.")
    async_mode: str = _setting(
        "eventlet", _async_mode, "`eventlet` or `gevent`: the event loop that carries phones and pages."
    )
    messages_per_s: int = _setting(
        10, _count, "Messages a second that one phone may send; four times as many at once after a pause."
    )
    transport: str = _setting(
        "own", _transport, "`own` carries WebSockets without a thread each; `plain` leaves them to Flask-SocketIO."
    )
    max_phones: int = _setting(20_000, _count, "Connections the server accepts at once.")
    joins_per_s: int = _setting(
        500, _count, "Phones that may connect in a second; four times as many at once. Others are told when to come."
    )
    max_phones_per_address: int = _setting(
        5_000, _count, "Phones that may be connected from one address at once: a hall shares one."
    )
    metrics_token: str = _setting(
        "",
        _token,
        "Opens /metrics and /operator to whoever has it, 16 characters or more. Empty: both are off.",
        secret=True,
    )

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read and check the settings. Raises `BadConfig` naming the first variable that is wrong."""
        values = {}
        for each in fields(cls):
            name = f"POLLAPP_{each.name.upper()}"
            raw = environ.get(name, "")
            if raw == "":
                continue
            try:
                values[each.name] = each.metadata["read"](raw)
            except ValueError as problem:
                given = "" if each.metadata["secret"] else f", not {raw!r}"
                raise BadConfig(f"{name} {problem}{given}.") from None
        known = {f"POLLAPP_{each.name.upper()}" for each in fields(cls)}
        ours = [name for name in environ if name.startswith("POLLAPP_") and not name.startswith("POLLAPP_TESTS_")]
        unknown = sorted(name for name in ours if name not in known)
        if unknown:
            raise BadConfig(f"{unknown[0]} is not a setting of pollapp; see docs/operators.md.")
        return cls(**values)

    @property
    def data_path(self) -> Path:
        """The data folder."""
        return Path(self.data_dir).resolve()

    @property
    def key_path(self) -> Path:
        """The folder of the meetings' keys."""
        return Path(self.key_dir).resolve() if self.key_dir else self.data_path / "keys"

    @property
    def database(self) -> str:
        """The database's SQLAlchemy address."""
        return self.database_url or f"sqlite:///{self.data_path / 'pollapp.sqlite3'}"

    def prepare_folders(self) -> None:
        """Create the data and key folders. Raises `BadConfig` when one cannot be written to."""
        for name, path in (("POLLAPP_DATA_DIR", self.data_path), ("POLLAPP_KEY_DIR", self.key_path)):
            try:
                path.mkdir(parents=True, exist_ok=True, mode=0o700)
                probe = path / f".probe-{secrets.token_hex(4)}"
                probe.touch(mode=0o600)
                probe.unlink()
            except OSError as problem:
                raise BadConfig(f"{name}: the folder {path} cannot be written to ({problem.strerror}).") from None

    def load_secret_key(self) -> str:
        """Return the signing secret, made on first use and kept in a file only its owner can read."""
        if self.secret_key:
            return self.secret_key
        path = self.data_path / "secret_key"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text()
        secret = secrets.token_urlsafe(48)
        with os.fdopen(handle, "w") as file:
            file.write(secret)
        return secret
