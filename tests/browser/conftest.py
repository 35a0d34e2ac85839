"""A real server on a free port and a real Chromium: phones at 360×740, desks at 1280×800."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import psycopg
import pytest
from flask import Flask
from itsdangerous import Signer
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from contest import migrations
from contest.database import db
from contest.program import create_app
from contest.web import identity
from tests.browser.visitors import Visitors, settle
from tests.conftest import settings_for
from tests.making import Make

ROOT = Path(__file__).parent.parent.parent
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


@dataclass
class Server:
    """A running site. `make` writes into its database, with the real time as now."""

    address: str
    app: Flask
    make: Make
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    def device_cookie(self, person_id: int) -> dict[str, str]:
        """What a browser holds that belongs to this person."""
        signer: Signer = self.app.extensions["device_signer"]
        value = signer.sign(str(person_id)).decode()
        return {"name": identity.COOKIE, "value": value, "url": self.address}

    def kill(self) -> None:
        """Pull the plug: no chance to finish anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def start(self) -> None:
        """Start (again), and wait until it answers."""
        command = [sys.executable, "-m", "gunicorn", "-c", "contest/gunicorn_config.py", "wsgi:app"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, start_new_session=True, stderr=subprocess.DEVNULL
        )
        wait_for(self.address + "/sign-in")


def wait_for(address: str, seconds: float = 30) -> None:
    """Until the site answers."""
    until = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def served(database_url: str, instance: Path) -> Iterator[Server]:
    """Migrate the database and serve it until the generator is closed."""
    address = f"http://127.0.0.1:{free_port()}"
    settings = settings_for(database_url, instance)
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "INSTANCE": str(instance),
        "SECRET_KEY": settings.secret_key,
        "PORT": address.rpartition(":")[2],
        "WEB_PROCESSES": "1",
        "LOG_LEVEL": "ERROR",
    }
    app = create_app(settings)
    with app.app_context():
        migrations.upgrade()
    server = Server(address, app, Make(app, datetime.now(UTC)), environment, None)  # type: ignore[arg-type]
    server.start()
    try:
        yield server
    finally:
        server.kill()
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def server_database(
    database_kind: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> str:
    """An empty database that no other test sweeps."""
    if database_kind == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('served') / 'served.sqlite3'}"
    address: str = request.getfixturevalue("postgresql")
    # A name of its own each time: a test process comes back to this database for its next file.
    name = f"served_{secrets.token_hex(4)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    start, _, rest = address.partition("?")
    served_address = f"{start.rpartition('/')[0]}/{name}" + (f"?{rest}" if rest else "")
    return served_address.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(scope="session")
def server(server_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One site for all browser tests of a database: give what you make codes of its own."""
    yield from served(server_database, tmp_path_factory.mktemp("instance"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The installed Chromium, else Playwright's own."""
    path = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
    # A machine that runs everything at once is slow at times.
    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def phone_context(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone's browser, held upright."""
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True, locale="vi-VN")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def phone_page(phone_context: BrowserContext) -> Page:
    """A page on a phone."""
    return phone_context.new_page()


@pytest.fixture
def desk_page(chromium: Browser) -> Iterator[Page]:
    """A page on an office monitor."""
    context = chromium.new_context(viewport=DESK, locale="vi-VN")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def visitors(server: Server) -> Visitors:
    """A small site with something on every page, on this server, and the people who open it."""
    return settle(server)
