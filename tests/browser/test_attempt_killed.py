"""The server is killed in the middle of a thousand attempts: no acknowledged answer may be missing afterwards."""

import asyncio
import json
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from contest.attempts.models import Answer, Attempt
from contest.contests.models import Paper
from contest.database import db, write_transaction
from contest.people.models import Entry, Person
from tests.browser.conftest import Server, served

pytestmark = [pytest.mark.server]
PHONES = 1000
QUESTIONS = 20
# The plug is pulled once every phone has been acknowledged something; a busy machine is not waited for longer.
MOST_SECONDS = 20


@pytest.fixture
def fragile(tmp_path: Path) -> Iterator[Server]:
    """A site of our own on SQLite, where a commit must be on the disk."""
    yield from served(f"sqlite:///{tmp_path / 'killed.sqlite3'}", tmp_path / "instance")


def sit(server: Server) -> dict[str, str]:
    """People in the middle of an attempt: token -> the cookie of their device."""
    contest, now = server.make.contest(), server.make.now
    round_ = server.make.round(contest, questions=QUESTIONS, closes=timedelta(days=1))
    like = server.make.entry(contest)
    common = {column.name: getattr(like, column.name) for column in Entry.__table__.columns}
    tokens = [secrets.token_urlsafe(16) for _ in range(PHONES)]
    with server.app.app_context(), write_transaction():
        paper_id = db.session.scalar(select(Paper.id).where(Paper.round_id == round_.id).limit(1))
        made = [{"return_code_hash": token, "created_at": now} for token in tokens]
        people = db.session.scalars(
            insert(Person).returning(Person.id, sort_by_parameter_order=True), made
        ).all()
        ids = [{"id": 10_000 + person_id, "person_id": person_id} for person_id in people]
        db.session.execute(insert(Entry), [{**common, **one} for one in ids])
        place = {"round_id": round_.id, "paper_id": paper_id, "block_id": like.block_id, "number": 1}
        time = {"started_at": now, "deadline": now + timedelta(minutes=30), "out_of": QUESTIONS}
        rows = [
            {"token": token, "entry_id": one["id"], "person_id": one["person_id"], **place, **time}
            for token, one in zip(tokens, ids, strict=True)
        ]
        db.session.execute(insert(Attempt), rows)
    cookies = (server.device_cookie(person_id) for person_id in people)
    return {
        token: f"{cookie['name']}={cookie['value']}" for token, cookie in zip(tokens, cookies, strict=True)
    }


class Phone:
    """Taps as fast as it is acknowledged, until the line breaks; keeps what was acknowledged."""

    def __init__(self, token: str, cookie: str) -> None:
        self.token, self.cookie = token, cookie
        self.acknowledged: dict[int, int] = {}

    def request(self, position: int, revision: int) -> bytes:
        answer = {"position": position, "response": "ABCD"[revision % 4], "revision": revision}
        body = json.dumps({"answers": [answer]}).encode()
        head = (
            f"POST /attempts/{self.token}/answers HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    async def tap(self, port: int) -> None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            for count in range(100_000):
                position, revision = count % QUESTIONS + 1, count // QUESTIONS + 1
                writer.write(self.request(position, revision))
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
                for one in json.loads(await reader.readexactly(length))["saved"]:
                    self.acknowledged[one["position"]] = one["revision"]
        except (OSError, EOFError):
            return


async def tap_until_killed(server: Server, phones: list[Phone]) -> None:
    port = int(server.address.rpartition(":")[2])
    tapping = [asyncio.create_task(phone.tap(port)) for phone in phones]
    until = asyncio.get_running_loop().time() + MOST_SECONDS
    while not all(phone.acknowledged for phone in phones) and asyncio.get_running_loop().time() < until:
        await asyncio.sleep(0.1)
    await asyncio.sleep(0.5)
    await asyncio.to_thread(server.kill)
    await asyncio.wait_for(asyncio.gather(*tapping), timeout=10)


def test_no_acknowledged_answer_is_lost_when_the_server_is_killed(fragile: Server):
    phones = [Phone(token, cookie) for token, cookie in sit(fragile).items()]
    # In a thread of its own: another test of this process may have left Playwright's loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, tap_until_killed(fragile, phones)).result()
    assert sum(bool(phone.acknowledged) for phone in phones) > PHONES / 2
    fragile.start()
    with fragile.app.app_context():
        rows = db.session.execute(
            select(Attempt.token, Answer.position, Answer.revision, Answer.response).join(
                Answer, Answer.attempt_id == Attempt.id
            )
        )
        stored = {(token, position): (revision, response) for token, position, revision, response in rows}
    promised = {
        (phone.token, position): revision
        for phone in phones
        for position, revision in phone.acknowledged.items()
    }
    assert [place for place, revision in promised.items() if stored.get(place, (0, ""))[0] < revision] == []
    # The paper shows the choices in the bank's order, so a letter is its place there.
    assert all(response == str(revision % 4) for revision, response in stored.values()), (
        "an answer is stored with the value it was acknowledged with"
    )
