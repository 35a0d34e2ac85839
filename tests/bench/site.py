"""A site to measure: a round with people, running attempts and everything a phone needs to ask."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select

from contest import chores, migrations
from contest.attempts.models import Attempt
from contest.contests.models import Block, Contest, Paper, Round
from contest.database import db, write_transaction
from contest.people.models import Entry, Person
from contest.permissions import Actor, Role
from contest.program import create_app
from contest.results import actions as results
from contest.results.models import Sheet
from contest.settings import Settings
from contest.web import identity
from tests.making import Make

ROOT = Path(__file__).parent.parent.parent
SECRET = "a secret of the bench"
QUESTIONS = 20
ON_THE_BOARD = 500
MOST_PASSES_OF_THE_CHORES = 3


@dataclass
class Site:
    """A running gunicorn. `tokens` and `people` go together for those who have started."""

    port: int
    process: subprocess.Popen[bytes]
    code: str = ""
    board: str = ""
    people: tuple[int, ...] = ()
    tokens: tuple[str, ...] = ()

    def stop(self) -> None:
        """End it and everything it started."""
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()

    def memory_mb(self) -> float:
        """Resident memory of the worker, in MB."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        status = Path(f"/proc/{children[0]}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def serve(arguments: list[str], environment: dict[str, str]) -> Site:
    """Start gunicorn and wait until it answers."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment, "PORT": str(port)}, start_new_session=True
    )
    until = time.monotonic() + 30
    while True:
        try:
            fetch(port, "/sign-in")
            return Site(port, process)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def bare() -> Site:
    """The yardstick under the same server."""
    arguments = ["-k", "gevent", "--workers", "1", "--worker-connections", "8000", "--keep-alive", "30"]
    return serve([*arguments, "--log-level", "warning", "tests.bench.bare:app"], {})


def contest_site(database_url: str, instance: Path, sitting: int, waiting: int) -> Site:
    """The program with `sitting` people in the middle of an attempt and `waiting` who will start."""
    settings = Settings(database_url, instance, SECRET, "http://127.0.0.1", 1, 0, 20 * 2**20, "WARNING")
    app = create_app(settings)
    with app.app_context():
        migrations.upgrade()
    code, people, tokens = fill(app, sitting, waiting)
    board = publish_results(app, ON_THE_BOARD)
    environment = {
        "DATABASE_URL": database_url,
        "INSTANCE": str(instance),
        "SECRET_KEY": SECRET,
        "WEB_PROCESSES": "1",
        "LOG_LEVEL": "WARNING",
    }
    site = serve(["-c", "contest/gunicorn_config.py", "wsgi:app"], environment)
    site.code, site.board, site.people, site.tokens = code, board, people, tokens
    return site


def fill(app: Flask, sitting: int, waiting: int) -> tuple[str, tuple[int, ...], tuple[str, ...]]:
    """Write the round, its people and the attempts of those who sit."""
    now = datetime.now(UTC)
    make = Make(app, now)
    contest = make.contest()
    round_ = make.round(contest, questions=QUESTIONS, papers=30, minutes=120)
    with app.app_context():
        with write_transaction():
            people = _people(contest, sitting + waiting, now)
            tokens = _attempts(contest, round_, people[:sitting], now)
        db.engine.dispose()
    return round_.code, tuple(people), tuple(tokens)


def _people(contest: Contest, number: int, now: datetime) -> list[int]:
    people = [{"return_code_hash": secrets.token_hex(8), "created_at": now} for _ in range(number)]
    ids = list(db.session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), people))
    block_id = db.session.scalars(select(Block.id).where(Block.contest_id == contest.id)).first()
    common = {"contest_id": contest.id, "block_id": block_id, "name": "Nguyễn Văn An", "sort_key": "an"}
    common |= {"name_as_typed": "Nguyễn Văn An", "search_key": "nguyen van an", "entered_at": now}
    common |= {"ranked": True, "publishes_name": True, "assisted": False}
    db.session.execute(insert(Entry), [{**common, "person_id": person_id} for person_id in ids])
    return ids


def _attempts(
    contest: Contest, round_: Round, people: list[int], now: datetime, handed_in: bool = False
) -> list[str]:
    papers = list(db.session.scalars(select(Paper.id).where(Paper.round_id == round_.id)))
    of_contest = select(Entry).where(Entry.contest_id == contest.id)
    entries = {row.person_id: row for row in db.session.scalars(of_contest)}
    rows = [
        {
            "token": secrets.token_urlsafe(16),
            "round_id": round_.id,
            "entry_id": entries[person_id].id,
            "person_id": person_id,
            "paper_id": papers[n % len(papers)],
            "number": 1,
            "block_id": entries[person_id].block_id,
            "started_at": now,
            "deadline": now + timedelta(minutes=120),
            "out_of": QUESTIONS,
        }
        for n, person_id in enumerate(people)
    ]
    if handed_in:
        for n, row in enumerate(rows):
            row |= {"handed_in_at": now + timedelta(seconds=200 + n), "handed_in_by": "person"}
            row |= {"score": n % (QUESTIONS + 1), "duration_seconds": 200 + n}
    db.session.execute(insert(Attempt), rows)
    return [str(row["token"]) for row in rows]


def publish_results(app: Flask, number: int) -> str:
    """A closed round with so many people and its published results; gives its code."""
    now = datetime.now(UTC)
    make = Make(app, now)
    contest = make.contest(code="da-cong-bo")
    round_ = make.round(
        contest,
        make.bank(QUESTIONS, name="da-cong-bo"),
        code="BOARD3",
        questions=QUESTIONS,
        opens=timedelta(days=-2),
        closes=timedelta(days=-1),
    )
    with app.app_context():
        with write_transaction():
            _attempts(contest, round_, _people(contest, number, now), now - timedelta(days=2), handed_in=True)
        for _ in range(MOST_PASSES_OF_THE_CHORES):
            chores.run_once()
        sheet_id = db.session.scalars(select(Sheet.id).where(Sheet.round_id == round_.id)).one()
        by = Actor(make.staff().id, "bench", "bench", Role.ORGANISER, None, None, "")
        with write_transaction():
            results.publish(sheet_id, now, by)
        db.engine.dispose()
    return round_.code


def device_cookie(person_id: int) -> str:
    """The header of a device that belongs to this person."""
    app = Flask(__name__)
    app.secret_key = SECRET
    identity.connect(app)
    return f"{identity.COOKIE}={app.extensions['device_signer'].sign(str(person_id)).decode()}"


def fetch(port: int, path: str, cookie: str = "") -> tuple[dict[str, str], bytes, int]:
    """One page as a phone asks for it: headers, body as sent (gzip), and all bytes over the wire."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Cookie": cookie})
    answer = connection.getresponse()
    body, headers = answer.read(), dict(answer.getheaders())
    connection.close()
    wire = len(body) + sum(len(name) + len(value) + 4 for name, value in headers.items()) + 17
    return headers, body, wire
