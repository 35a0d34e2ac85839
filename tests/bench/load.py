"""Many phones in one process: plain sockets that stay open, each asking again as soon as it is answered.

Reads a plan as JSON on standard input, writes what happened as JSON on standard output:
{"port", "seconds", "phones": [[request, ...], ...], "saves": {...} or null}. A phone sends its requests
in order and stops after the last, or when the seconds are over. With "saves" the requests are made on the way.
With "arrive_within" each phone comes at a moment of its own within so many seconds, the same in every run, and
"{location}" in a request is where the answer before it led. A phone that is not answered counts as broken.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from typing import Any


def save_requests(phone: dict[str, Any]) -> Iterator[bytes]:
    """Endless taps of one phone: through its questions, again and again, each newer than the last."""
    count = 0
    while True:
        position, revision = count % phone["questions"] + 1, phone["revision"] + count // phone["questions"]
        letter = "ABCD"[(count + revision) % 4]
        body = (
            f'{{"answers":[{{"position":{position},"response":"{letter}",'
            f'"revision":{revision},"flagged":false}}]}}'
        ).encode()
        yield f"{phone['head']}Content-Length: {len(body)}\r\n\r\n".encode() + body
        count += 1


class Phone:
    """One connection and what it has seen."""

    def __init__(self, port: int, requests: Iterator[bytes], until: float, after: float = 0) -> None:
        self.port, self.requests, self.until, self.after = port, requests, until, after
        self.location, self.broken = b"/", False
        self.statuses: dict[int, int] = {}
        self.seconds: list[float] = []

    async def come(self) -> None:
        await asyncio.sleep(self.after)
        try:
            await self.talk()
        except (OSError, EOFError):
            self.broken = True

    async def talk(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for request in self.requests:
            began = time.perf_counter()
            if began > self.until:
                self.broken = True
                break
            writer.write(request.replace(b"{location}", self.location))
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            await reader.readexactly(length)
            status = int(head[9:12])
            self.location = head.partition(b"Location: ")[2].split(b"\r\n", 1)[0]
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.seconds.append(time.perf_counter() - began)
        writer.close()


async def run(plan: dict[str, Any]) -> dict[str, Any]:
    began = time.perf_counter()
    until = began + plan["seconds"]
    phones, chance = [], random.Random("opening minute")
    for phone in plan["phones"]:
        requests = save_requests(phone) if isinstance(phone, dict) else (text.encode() for text in phone)
        after = chance.random() * plan.get("arrive_within", 0)
        phones.append(Phone(plan["port"], requests, until, after))
    await asyncio.gather(*(phone.come() for phone in phones))
    took = time.perf_counter() - began
    statuses: dict[int, int] = {}
    for phone in phones:
        for status, number in phone.statuses.items():
            statuses[status] = statuses.get(status, 0) + number
    seconds = sorted(second for phone in phones for second in phone.seconds)
    return {
        "per_second": sum(statuses.values()) / took,
        "statuses": statuses,
        "broken": sum(phone.broken for phone in phones),
        "p99_ms": round(seconds[int(len(seconds) * 0.99)] * 1000, 1) if seconds else None,
    }


if __name__ == "__main__":
    json.dump(asyncio.run(run(json.load(sys.stdin))), sys.stdout)
