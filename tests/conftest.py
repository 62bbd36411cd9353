"""What tests stand on: real databases, migrated once and copied for each test; keys; a running application."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Config
from pollapp import create_app, extensions
from pollapp.accounts import Facilitator as Account
from pollapp.accounts import sign_ins
from pollapp.ballots import KeyRing, Round
from pollapp.database import Database
from tests.actors import Facilitator
from tests.books import Books
from tests.compiled import make_folder, remove_folder, use_folder
from tests.databases import Postgres, SQLite
from tests.runtimes import PatientRuntime

hypothesis.settings.register_profile("ordinary", deadline=None)  # how fast it is, the bench says
hypothesis.settings.load_profile("ordinary")
hypothesis.settings.register_profile("nightly", max_examples=2000, deadline=None)

SERVERS = {"RealServer", "ReadyServer"}


def pytest_configure(config: pytest.Config) -> None:
    """Compile each template once in this run, whose workers are processes of their own."""
    if not _is_worker(config):
        make_folder()
    use_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave no compiled templates behind."""
    if not _is_worker(config):
        remove_folder()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that start a real server: `make test-gevent` runs them on the other event loop."""
    for item in items:
        if isinstance(item, pytest.Function) and _starts_a_server(item):
            item.add_marker(pytest.mark.server)


def _starts_a_server(item: pytest.Function) -> bool:
    """Tell whether a test, or a fixture it stands on, makes a `RealServer` or a copy of one."""
    fixtures = item._fixtureinfo.name2fixturedefs.values()
    functions = [item.function, *(fixture.func for each in fixtures for fixture in each)]
    return any(not SERVERS.isdisjoint(_names_in(function.__code__)) for function in functions)


def _names_in(code: CodeType) -> Iterator[str]:
    """Yield what a function, and functions within it, call things of other modules."""
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _names_in(each)


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SQLite:
    """Database files."""
    return SQLite(tmp_path_factory.mktemp("blank"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Databases on a PostgreSQL server."""
    postgres = Postgres()
    yield postgres
    postgres.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> SQLite | Postgres:
    """Each kind of database in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def database_url(databases: SQLite | Postgres, tmp_path: Path) -> Iterator[str]:
    """The address of this test's own blank database."""
    url = databases.copy(tmp_path)
    yield url
    databases.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """This test's own database, on SQLite and on PostgreSQL, without an application."""
    database = Database()
    database.init(database_url)
    yield database
    database.close()


@pytest.fixture
def database_file(request: pytest.FixtureRequest, sqlite: SQLite, tmp_path: Path) -> Path:
    """The file of this test's SQLite database; a test that also asks for `database` asks for `databases` "sqlite"."""
    if "database_url" in request.fixturenames:
        return Path(request.getfixturevalue("database_url").removeprefix("sqlite:///"))
    return Path(sqlite.copy(tmp_path).removeprefix("sqlite:///"))


@pytest.fixture
def app_database(database_file: Path) -> str:
    """The address of the application's database: SQLite, unless a module of tests says otherwise."""
    return f"sqlite:///{database_file}"


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
def app(app_database: str, tmp_path: Path, runtime: PatientRuntime) -> Iterator[Flask]:
    """The whole application on this test's database, with its writer at work."""
    app = create_app(Config(data_dir=str(tmp_path), database_url=app_database), runtime)
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
