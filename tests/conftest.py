"""What tests stand on: a real database file, migrated once and copied for each test; keys; a running application."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Config
from pollapp import create_app, extensions, start
from pollapp.accounts import Facilitator as Account
from pollapp.accounts import sign_ins
from pollapp.ballots import KeyRing, Round
from pollapp.database import Database, connect
from tests.actors import Facilitator
from tests.books import Books
from tests.runtimes import PatientRuntime

DATABASE_FILE = "pollapp.sqlite3"

hypothesis.settings.register_profile("nightly", max_examples=2000, deadline=None)


@pytest.fixture(scope="session")
def blank_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file brought to the current schema by the migrations, with nothing in it."""
    path = tmp_path_factory.mktemp("blank") / DATABASE_FILE
    engine = connect(f"sqlite:///{path}")
    start.migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def database_file(blank_database: Path, tmp_path: Path) -> Path:
    """This test's own copy of the blank database."""
    return Path(shutil.copy(blank_database, tmp_path / DATABASE_FILE))


@pytest.fixture
def database(database_file: Path) -> Iterator[Database]:
    """This test's own database, without an application."""
    database = Database()
    database.init(f"sqlite:///{database_file}")
    yield database
    database.close()


@pytest.fixture
def keys(tmp_path: Path) -> KeyRing:
    """A key ring in a folder of its own."""
    folder = tmp_path / "keys"
    folder.mkdir(exist_ok=True)
    return KeyRing(folder)


def make_account(database: Database, email: str) -> int:
    """Make an account nobody can sign in to with a password; return its id."""

    def add(session):
        account = Account(email=email, name="Ada", password_hash="none")
        session.add(account)
        session.flush()
        return account.id

    return database.run(add)


@pytest.fixture
def owner_id(database: Database) -> int:
    return make_account(database, "ada@example.org")


@pytest.fixture
def stranger_id(database: Database) -> int:
    return make_account(database, "eve@example.org")


@pytest.fixture(params=["standard", "chatham_house"])
def preset(request: pytest.FixtureRequest) -> str:
    """Each privacy preset in turn."""
    return request.param


@pytest.fixture
def facilitator(database: Database, keys: KeyRing, owner_id: int) -> Facilitator:
    """A facilitator with a meeting in the `standard` preset and no slides."""
    return Facilitator(database, keys, owner_id)


@pytest.fixture
def careful(database: Database, keys: KeyRing, owner_id: int) -> Facilitator:
    """A facilitator with a meeting under the Chatham House rule."""
    return Facilitator(database, keys, owner_id, preset="chatham_house")


@pytest.fixture
def books(database: Database) -> Callable[[Round], Books]:
    """Call with a round to compare its tally with its ballots."""
    return lambda poll: Books(database, poll)


@pytest.fixture
def runtime() -> Iterator[PatientRuntime]:
    """How the application runs: `runtime.settle()` waits for what was set off."""
    runtime = PatientRuntime()
    yield runtime
    runtime.stop()


@pytest.fixture
def app(database_file: Path, runtime: PatientRuntime) -> Iterator[Flask]:
    """The whole application on this test's database, with its writer at work."""
    app = create_app(Config(data_dir=str(database_file.parent)), runtime)
    extensions.limiter.reset()
    extensions.hub.start()
    yield app
    runtime.settle()
    extensions.hub.stop()
    extensions.database.close()


@pytest.fixture
def host(app: Flask) -> Facilitator:
    """A facilitator with a meeting in the running application."""
    return Facilitator(extensions.database, extensions.keys, make_account(extensions.database, "ada@example.org"))


@pytest.fixture
def careful_host(app: Flask) -> Facilitator:
    """A facilitator with a Chatham House meeting in the running application."""
    owner = make_account(extensions.database, "grace@example.org")
    return Facilitator(extensions.database, extensions.keys, owner, preset="chatham_house")


@pytest.fixture
def signed_in(app: Flask) -> Callable[[int], FlaskClient]:
    """Call with an account's id to get a browser that is signed in as it."""

    def sign_in(account_id: int) -> FlaskClient:
        client = app.test_client()
        secret = extensions.database.run(sign_ins.begin, account_id)
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = secret, True
        return client

    return sign_in
