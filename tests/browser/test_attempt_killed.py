"""The server is killed in the middle of saving: no acknowledged answer may be missing afterwards."""

import http.client
import json
import secrets
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from contest.attempts import actions
from contest.attempts.models import Answer, Attempt
from contest.database import db, write_transaction
from contest.people import queries as people
from tests.browser.conftest import Server, served

pytestmark = [pytest.mark.server]
PHONES = 12
QUESTIONS = 20


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Server]:
    """A site of our own on SQLite, where a commit must be on the disk."""
    yield from served(f"sqlite:///{tmp_path / 'killed.sqlite3'}", tmp_path / "instance")


def sit(server: Server) -> dict[str, str]:
    """People in the middle of an attempt: token -> the cookie of their device."""
    contest = server.make.contest()
    round_ = server.make.round(contest, questions=QUESTIONS, closes=timedelta(days=1))
    found = {}
    for _ in range(PHONES):
        person_id = server.make.entry(contest).person_id
        token = secrets.token_urlsafe(16)
        with server.app.app_context(), write_transaction():
            actions.start(round_, people.entry_of(contest.id, person_id), token, server.make.now)
        cookie = server.device_cookie(person_id)
        found[token] = f"{cookie['name']}={cookie['value']}"
    return found


class Phone(threading.Thread):
    """Taps as fast as it is acknowledged, until the line breaks; keeps what was acknowledged."""

    def __init__(self, server: Server, token: str, cookie: str) -> None:
        super().__init__(daemon=True)
        self.port, self.token, self.cookie = int(server.address.rpartition(":")[2]), token, cookie
        self.acknowledged: dict[int, int] = {}

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Cookie": self.cookie, "Content-Type": "application/json"}
        for count in range(100_000):
            position, revision = count % QUESTIONS + 1, count // QUESTIONS + 1
            answer = {"position": position, "response": "ABCD"[revision % 4], "revision": revision}
            try:
                connection.request(
                    "POST", f"/attempts/{self.token}/answers", json.dumps({"answers": [answer]}), headers
                )
                body = json.loads(connection.getresponse().read())
            except (OSError, http.client.HTTPException, ValueError):
                return
            for one in body["saved"]:
                self.acknowledged[one["position"]] = one["revision"]


def test_no_acknowledged_answer_is_lost_when_the_server_is_killed(fragile: Server):
    phones = [Phone(fragile, token, cookie) for token, cookie in sit(fragile).items()]
    for phone in phones:
        phone.start()
    time.sleep(1.5)
    fragile.kill()
    for phone in phones:
        phone.join(timeout=20)
    assert sum(len(phone.acknowledged) for phone in phones) > PHONES
    fragile.start()
    with fragile.app.app_context():
        for phone in phones:
            attempt_id = db.session.query(Attempt.id).filter_by(token=phone.token).scalar()
            rows = db.session.query(Answer).filter_by(attempt_id=attempt_id)
            stored = {row.position: row.revision for row in rows}
            for position, revision in phone.acknowledged.items():
                assert stored[position] >= revision
