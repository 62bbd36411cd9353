"""What happens before the server serves: schema, demo, and what the terminal tells whoever started it."""

import sys
from functools import cache
from pathlib import Path

import orjson
import segno
from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from config import BadConfig, Config
from pollapp import accounts, assets
from pollapp.database import stand_alone
from pollapp.extensions import database, keys
from pollapp.meetings import agenda, templates
from pollapp.security import address

DEMO_FILE = "demo.json"


def first_start(app: Flask, config: Config) -> None:
    """Bring the database to the current schema and, when it is new and wanted, load the demo. Raises `BadConfig`."""
    try:
        assets.check(app)
    except assets.BuildMissing as problem:
        raise BadConfig(str(problem)) from None
    prepare_database(database.engine)
    if config.demo:
        load_demo(config)


def prepare_database(engine: Engine) -> None:
    """Bring the database to the current schema. Raises `BadConfig`, which never repeats the address: it holds a password."""
    name = "POLLAPP_DATABASE_URL"
    try:
        _check_encoding(engine)
        migrate(engine)
    except OperationalError as problem:
        if engine.dialect.name == "postgresql" and not problem.statement:
            raise BadConfig(f"{name}: PostgreSQL does not answer there, or refuses this user or database.") from None
        raise BadConfig(f"{name}: the database cannot be used ({type(problem.orig).__name__}).") from None
    except SQLAlchemyError as problem:
        raise BadConfig(f"{name}: the database cannot be used ({type(problem).__name__}).") from None


def _check_encoding(engine: Engine) -> None:
    """Refuse a database that cannot hold every script. Raises `BadConfig`."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise BadConfig(
            f"POLLAPP_DATABASE_URL: the database's encoding is {encoding}; create one with the encoding UTF8."
        )


def migrate(engine: Engine) -> None:
    """Bring the database to the current schema."""
    alembic = _alembic()
    alembic.attributes["engine"] = engine
    command.upgrade(alembic, "head")


def is_migrated(session: Session) -> bool:
    """Tell whether the database has the current schema."""
    return MigrationContext.configure(session.connection()).get_current_revision() == _newest_revision()


@cache
def _newest_revision() -> str | None:
    return ScriptDirectory.from_config(_alembic()).get_current_head()


def _alembic() -> AlembicConfig:
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return alembic


def load_demo(config: Config) -> None:
    """Make the demo meetings in a database that has none, and note their codes for `make demo`."""
    codes = database.run(_make_demo)
    if codes:
        (config.data_path / DEMO_FILE).write_bytes(orjson.dumps({"codes": codes}))


def _make_demo(session: Session) -> dict[str, str]:
    stand_alone(session.connection())
    if agenda.count_meetings(session) or accounts.has_facilitators(session):
        return {}
    codes = {}
    for template in (templates.PEER_LEARNING, templates.WELCOME):
        meeting = agenda.create_meeting(
            session,
            keys,
            owner_id=None,
            title=template.title,
            language=template.language,
            preset=template.preset,
            template=template.key,
        )
        codes[template.key] = meeting.code
    return codes


def print_banner(config: Config) -> None:
    """Tell whoever started the server where it is, how to sign in, and how phones join the demo."""
    base = address(config)
    lines = ["", f"  pollapp is running at {base}", ""]
    if not database.read(accounts.has_facilitators):
        link = database.run(accounts.issue_link, "first")
        lines += ["  Make your account with this link. It works once:", f"    {base}/desk/welcome/{link}", ""]
    else:
        lines += [f"  Sign in at {base}/desk/", ""]
    if base.startswith("http://"):
        lines += [
            "  Plain HTTP: on a shared network others can read what is sent. docs/operators.md tells how to add HTTPS.",
            "",
        ]
    demo = _demo_code(config)
    if demo:
        lines += [f"  Join the demo with a phone: code {demo[:4]} {demo[4:]}, or scan", f"    {base}/m/{demo}", ""]
    print("\n".join(lines))
    if demo:
        segno.make(f"{base}/m/{demo}", error="l", micro=False).terminal(out=sys.stdout, border=2, compact=True)
    if config.host in ("127.0.0.1", "localhost"):
        print("\n  Only this computer can reach it. For phones on the same Wi-Fi: HOST=0.0.0.0 make run")
    print("\n  Stop with Ctrl+C.", flush=True)


def _demo_code(config: Config) -> str | None:
    """Return the join code of the welcome demo, if one was loaded here."""
    try:
        code = orjson.loads((config.data_path / DEMO_FILE).read_bytes())["codes"]["welcome"]
    except (OSError, ValueError, KeyError):
        return None
    return str(code)
