"""How much slower participation gets from a thousand attempts to a million, with the same 20,000 units.

Pages are really made, not kept; the two sites are asked by turns, so that a busy moment of the machine hits both.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from flask import Flask

from contest import migrations
from contest.participation import actions
from contest.permissions import Role
from contest.program import create_app
from contest.settings import Settings
from tests.bench import crowd
from tests.bench.crowd import Crowd
from tests.conftest import Browser
from tests.making import PASSWORD, Make

FEW, MANY = 1_000, 1_000_000
TURNS, REFRESHES = 15, 7


class Held:
    """A filled database with the program on it, and an organiser who is signed in."""

    def __init__(self, address: str, folder: Path, attempts: int) -> None:
        now = datetime.now(UTC)
        settings = Settings(address, folder, "bench", "http://127.0.0.1", 1, 0, 20 * 2**20, "WARNING")
        self.app: Flask = create_app(settings)
        self.app.config["KEPT_SECONDS"] = 0.0
        with self.app.app_context():
            migrations.upgrade()
        self.crowd: Crowd = crowd.gather(self.app, now, attempts)
        member = Make(self.app, now).staff(Role.ORGANISER)
        self.desk, self.turn = Browser(self.app.test_client()), 0
        self.desk.post("/sign-in", email=member.email, password=PASSWORD)

    def page(self) -> float:
        """Seconds for the public page."""
        return took(lambda: self.app.test_client().get(f"/participation/{self.crowd.code}").status_code)

    def desk_page(self) -> float:
        """Seconds for the desk's page."""
        return took(lambda: self.desk.get(f"/desk/participation/{self.crowd.round_id}").status)

    def refresh(self) -> float:
        """Seconds to count 1,000 attempts that are new."""
        crowd.hand_in(self.app, self.crowd, self.turn)
        self.turn += 1
        with self.app.app_context():
            return took(lambda: 200 if actions.count_batch(datetime.now(UTC)) == 1000 else 0)


def took(ask: Callable[[], int]) -> float:
    """Seconds until a good answer."""
    began = time.perf_counter()
    status = ask()
    if status != 200:
        raise SystemExit(f"the answer was {status}")
    return time.perf_counter() - began


def growth(few: Held, many: Held) -> dict[str, float]:
    """Many over few, in the median of turns; and what a page and a counting took with many, in ms."""
    measured: dict[str, list[list[float]]] = {}
    for what, ask, turns in (
        ("participation", Held.page, TURNS),
        ("desk_participation", Held.desk_page, TURNS),
        ("tally_refresh", Held.refresh, REFRESHES),
    ):
        ask(few)
        ask(many)
        measured[what] = [[ask(few), ask(many)] for _ in range(turns)]
        if what == "tally_refresh":
            pages = []
            for _ in range(REFRESHES):
                few.refresh()
                many.refresh()
                pages.append([few.page(), many.page()])
            measured["participation_after_refresh"] = pages
    figures: dict[str, float] = {}
    for what, pairs in measured.items():
        small, large = (median(pair[side] for pair in pairs) for side in (0, 1))
        figures[f"{what}_growth"] = round(large / small, 2)
        figures[f"{what}_ms"] = round(large * 1000, 1)
    return figures


def on_sqlite(folder: Path) -> dict[str, float]:
    """A thousand and a million attempts, embedded."""
    few, many = (
        Held(f"sqlite:///{folder / f'{number}.sqlite3'}", folder / str(number), number)
        for number in (FEW, MANY)
    )
    return growth(few, many)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for figure, value in on_sqlite(Path(place)).items():
            print(f"{figure}: {value}")
