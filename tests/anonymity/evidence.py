"""What an attacker holds: every row with every mark on it, every file, and for each who left it (the referee's eyes only)."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from pollapp.ballots.counting import TEXT_ID_BYTES

PEOPLE = ("people", "people", 0)
SYSTEM_COLUMNS = {"postgresql": ("ctid", "xmin"), "sqlite": ("rowid",)}
"""`ctid` is where a row lies, `xmin` the number of the transaction that wrote it, `rowid` a number in order of arrival."""

Column = tuple[str, str, int]
"""Where things come from (`ballot`, `tally`, ...), what they answer, and the slot."""


@dataclass
class Trace:
    """One thing that one participant left, or the participant: what can be seen of it are its marks."""

    who: int
    marks: dict[str, int]


@dataclass
class Truth:
    """What the referee knows: who wrote which text, and whose ballot, question, upvote or player has which id."""

    texts: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    ids: dict[bytes, tuple[int, str, int]] = field(default_factory=dict)
    asked: dict[bytes, tuple[int, str, int]] = field(default_factory=dict)
    upvotes: dict[bytes, tuple[int, str, int]] = field(default_factory=dict)
    players: dict[bytes, tuple[int, str, int]] = field(default_factory=dict)


@dataclass
class Evidence:
    """Everything there is to see at one moment."""

    columns: dict[Column, list[Trace]]
    rows: dict[str, list[dict[str, Any]]]
    files: Mapping[str, bytes]
    keys: list[bytes]
    tokens: list[str]
    rounds: dict[str, int]


def collect(connection: Connection, truth: Truth, *, with_system_columns: bool) -> tuple[Any, Any]:
    """Return the rows of every table of answers, and what they show of whom, by column."""
    rows: dict[str, list[dict[str, Any]]] = {}
    columns: dict[Column, list[Trace]] = {}
    texts: dict[str, tuple[int, str, int]] = {name[:TEXT_ID_BYTES].hex(): whose for name, whose in truth.ids.items()}
    for table in (
        "ballot",
        "tally",
        "snapshot",
        "review",
        "question",
        "upvote",
        "text_upvote",
        "text_votes",
        "player",
        "score",
    ):
        rows[table] = _dump(connection, table, with_system_columns=with_system_columns)
        tells_order = with_system_columns or connection.dialect.name == "sqlite"  # PostgreSQL dumps as rows lie
        for number, row in enumerate(rows[table]):
            place = {"place in the dump": number} if tells_order else {}
            for source, (who, poll, slot), marks in (
                *_things(table, row, truth, texts),
                *_of_players(table, row, truth),
                *_of_upvoted(table, row, texts),
            ):
                trace = Trace(who, place | _numbers(row) | marks)
                columns.setdefault((source, poll, slot), []).append(trace)
    return rows, columns


def _dump(connection: Connection, table: str, *, with_system_columns: bool) -> list[dict[str, Any]]:
    wanted = ["*"]
    dialect = connection.dialect.name
    if dialect == "postgresql" and with_system_columns:
        wanted += SYSTEM_COLUMNS[dialect]
    if dialect == "sqlite":
        ddl = connection.execute(text("select sql from sqlite_master where name = :name"), {"name": table}).scalar_one()
        if "WITHOUT ROWID" not in ddl.upper():
            wanted += SYSTEM_COLUMNS[dialect]
    query = text(f"select {', '.join(wanted)} from {table}")  # noqa: S608  # names of ours
    return [dict(row) for row in connection.execute(query).mappings()]


def _numbers(row: dict[str, Any]) -> dict[str, int]:
    """Return every number there is in a row."""
    marks = {name: value for name, value in row.items() if isinstance(value, int)}
    if "xmin" in row:
        marks["xmin"] = int(row["xmin"])
    if "ctid" in row:
        page, place = (int(number) for number in re.findall(r"\d+", str(row["ctid"])))
        marks["ctid"] = page * 1000 + place
    return marks


def _things(
    table: str, row: dict[str, Any], truth: Truth, texts: dict[str, tuple[int, str, int]]
) -> Iterator[tuple[str, tuple[int, str, int], dict[str, int]]]:
    """Yield what a row holds of one participant each: the source, whose it is, and its marks.

    `texts` tells whose text has which id, and is added to.
    """
    if table == "ballot":
        name = bytes(row["id"])
        whose = truth.ids.get(name) or truth.texts.get(json.loads(row["answer"] or '""'))
        if whose:
            texts[name[:TEXT_ID_BYTES].hex()] = whose
            yield table, whose, _id_marks(name)
    elif (table == "question" and (whose := truth.asked.get(bytes(row["id"])) or truth.texts.get(row["text"]))) or (
        table in ("upvote", "text_upvote") and (whose := truth.upvotes.get(bytes(row["id"])))
    ):
        yield table, whose, _id_marks(bytes(row["id"]))
    elif table == "tally" and (whose := truth.texts.get(row["key"].removeprefix("~"))):
        yield table, whose, {}
    elif table == "snapshot":
        kind = "published" if row["published"] else "waiting"
        for source, entries in (("tally", _loaded(row["tally"])), ("texts", _loaded(row["texts"]))):
            for place, entry in enumerate(entries):
                name, words = ("", entry.removeprefix("~")) if source == "tally" else entry
                if words in truth.texts:
                    texts[name] = truth.texts[words]
                    marks = {"place in the snapshot": place} | (_id_marks(bytes.fromhex(name)) if name else {})
                    yield f"{kind} {source}", truth.texts[words], marks
    elif table == "review" and (whose := truth.texts.get(row["entry"].removeprefix("~")) or texts.get(row["entry"])):
        is_word = row["entry"].startswith("~")
        marks = {"fingerprint": int(row["fingerprint"], 16)}
        yield table, whose, marks if is_word else marks | _id_marks(bytes.fromhex(row["entry"]))


def _of_players(
    table: str, row: dict[str, Any], truth: Truth
) -> Iterator[tuple[str, tuple[int, str, int], dict[str, int]]]:
    """Yield a player's row, or its score: both are of quizzes alone, so they are no secret from each other."""
    if table in ("player", "score"):
        name = bytes(row["id"] if table == "player" else row["player_id"])
        whose = truth.players.get(name) or truth.texts.get(row.get("nickname", ""))
        if whose:
            yield table, whose, _id_marks(name)


def _of_upvoted(
    table: str, row: dict[str, Any], texts: dict[str, tuple[int, str, int]]
) -> Iterator[tuple[str, tuple[int, str, int], dict[str, int]]]:
    """Yield the number of upvotes of an answer, as something its writer left."""
    if table == "text_votes" and (whose := texts.get(row["text"])):
        yield table, whose, _id_marks(bytes.fromhex(row["text"]))


def _loaded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _id_marks(name: bytes) -> dict[str, int]:
    """An id from the front and from the back: near in one of them are ids that share a beginning or an end."""
    return {"id": int.from_bytes(name, "big"), "id from behind": int.from_bytes(name[::-1], "big")}


def token_marks(identity: bytes) -> dict[str, int]:
    """What may be made of a token without any key."""
    return {
        "token": int.from_bytes(identity, "big"),
        "token's digest": int.from_bytes(hashlib.sha256(identity).digest(), "big"),
    }


def mark_places(traces: list[Trace], words: dict[int, str], files: Mapping[str, bytes]) -> None:
    """Mark where in the files each participant's text (or token) stands, first and last."""
    for trace in traces:
        needle = words[trace.who].encode()
        for name, content in files.items():
            if (first := content.find(needle)) >= 0:
                trace.marks |= {f"first in {name}": first, f"last in {name}": content.rfind(needle)}
