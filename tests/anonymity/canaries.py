"""Canaries: values made to be recognised wherever they turn up, in whatever encoding."""

import base64
import hashlib
import io
import ipaddress
import json
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

LEAKS = ("token", "address", "agent", "text in the log", "old text")
"""Kinds of sightings; for each, `leaky_server.py` has a leak that causes it."""


@dataclass
class Phones:
    """What the phones of a run had about them, and what they wrote."""

    tokens: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """What was changed, withdrawn, removed, blacked out or dropped, names to look for, and words of the own list."""

    def headers(self) -> dict[str, str]:
        """Return the headers of one more phone, behind two proxies."""
        address = str(ipaddress.IPv6Address(secrets.randbits(128)))
        agent = f"Canary/{secrets.token_hex(6)}"
        self.addresses.append(address)
        self.agents.append(agent)
        return {"X-Forwarded-For": f"198.51.100.7, {address}, 192.0.2.1", "User-Agent": agent}

    def text(self, *, goes: bool = False) -> str:
        """Return a text nobody else writes; `goes` marks one that will go.

        That one is long: what is written in its place later does not cover all of it by accident. It is larger than
        SQLite puts into a row's own page, and says its words again at the end: they are in a page that a deletion
        leaves unused, where they stay unless they are overwritten.
        """
        text = self._note(f"Zwölf canaries sang {secrets.token_hex(8)} & left", goes=goes)
        return f"{text} {'猫' * 390} {text}" if goes else text

    def mail(self) -> str:
        """Return an e-mail address that will be blacked out."""
        return self._note(f"canary{secrets.token_hex(6)}@example.org", goes=True)

    def name(self) -> str:
        """Return a name to look for, which goes at the seal."""
        return self._note(f"Canaria {secrets.token_hex(6)}", goes=True)

    def word(self, *, goes: bool = False) -> str:
        """Return a word nobody else writes."""
        return self._note(f"canary{secrets.token_hex(6)}", goes=goes)

    def _note(self, text: str, *, goes: bool) -> str:
        (self.gone if goes else self.kept).append(text)
        return text


def forms_of(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield the ways in which a text may be written, each with its name."""
    plain = text.encode()
    yield "utf-8", plain
    yield "utf-16-le", text.encode("utf-16-le")
    yield "utf-16-be", text.encode("utf-16-be")
    yield "hex", plain.hex().encode()
    yield "HEX", plain.hex().upper().encode()
    yield "url", quote(text, safe="").encode()
    yield "form", quote_plus(text).encode()
    yield "json", json.dumps(text)[1:-1].encode()
    yield "repr", repr(plain)[2:-1].encode()
    for shift in range(3):  # base64 of the text looks different at each of three places in a longer one
        for name, encode in (("base64", base64.standard_b64encode), ("base64url", base64.urlsafe_b64encode)):
            yield f"{name}+{shift}", encode(bytes(shift) + plain)[4 if shift else 0 : -4]


def forms_of_token(token: str) -> Iterator[tuple[str, bytes]]:
    """Yield the ways in which a token, its random half, or a plain digest of either may be written."""
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    yield from forms_of(token)
    for name, value in (("token", raw), ("identity", raw[:16]), ("proof", raw[16:])):
        digests = [hashlib.new(kind, value, usedforsecurity=False).digest() for kind in ("sha256", "sha1", "md5")]
        for one in (value, *digests):
            yield name, one
            yield f"{name} in hex", one.hex().encode()
            yield f"{name} in base64", base64.b64encode(one).rstrip(b"=")
            yield f"{name} in base64url", base64.urlsafe_b64encode(one).rstrip(b"=")
            yield f"{name} as Python shows it", repr(one)[2:-1].encode()
    for kind in ("sha256", "sha1", "md5"):
        yield f"{kind} of the cookie", hashlib.new(kind, token.encode(), usedforsecurity=False).hexdigest().encode()


def forms_of_address(address: str) -> Iterator[tuple[str, bytes]]:
    """Yield the ways in which an address may be written."""
    whole = ipaddress.IPv6Address(address)
    for text in (address, whole.exploded):
        yield from forms_of(text)
    yield "packed", whole.packed


def sightings(where: dict[str, bytes], phones: Phones, *, old_texts: bool) -> Iterator[tuple[str, str]]:
    """Yield (kind, sentence) for each canary that is where it must not be; old texts only where they must be gone."""
    wanted: list[tuple[str, Iterable[tuple[str, bytes]]]] = []
    wanted += [("token", forms_of_token(token)) for token in phones.tokens]
    wanted += [("address", forms_of_address(address)) for address in phones.addresses]
    wanted += [("agent", forms_of(agent)) for agent in phones.agents]
    texts = [("text in the log", forms_of(text)) for text in phones.kept + phones.gone]
    gone = [("old text", forms_of(text)) for text in phones.gone] if old_texts else []
    for kind, forms in [*wanted, *texts, *gone]:
        for form, needle in forms:
            for name, content in where.items():
                if _forbids(kind, name) and needle in content:
                    yield kind, f"{kind} in {name} as {form}"


def _forbids(kind: str, name: str) -> bool:
    """Tell whether this file may not hold this: answers may be in the database, but for old ones."""
    is_log = name.endswith(".log")
    return is_log if kind == "text in the log" else not is_log if kind == "old text" else True


def everything(folder: Path, log: Path) -> dict[str, bytes]:
    """Return every file of a data folder (database, write-ahead log, keys, secrets) and what the server said."""
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return files | {"said.log": log.read_bytes()}


def unpacked(name: str, content: bytes) -> dict[str, bytes]:
    """Return a file, and what is in it if it is a zip."""
    files = {name: content}
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files |= {f"{name}/{member}": archive.read(member) for member in archive.namelist()}
    return files
