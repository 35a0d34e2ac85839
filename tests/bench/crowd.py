"""A country of units and up to a million attempts, written by the database itself: what the growth figures need."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Boolean, Column, DateTime, String, select, text

from contest.attempts.models import Attempt
from contest.contests.models import Block, Paper
from contest.database import Model, db, write_transaction
from contest.participation.models import (
    ContestPerson,
    ContestTally,
    HourTally,
    ScoreTally,
    TallyState,
    UnitHourTally,
    UnitTally,
)
from contest.people.models import Entry, Person
from contest.reports.models import Report, ReportCall, ReportCount
from contest.results.models import Participant
from contest.units.models import Headcount, Unit
from tests.making import Make

PROVINCES, COMMUNES, UNITS = 34, 3321, 20_000
REPORTS = 14_000  # units that have begun their report; six of seven have sent it, with a gathering each
ABOVE = 1 + PROVINCES
# By id, see _units: a province and one of its communes.
A_PROVINCE, A_COMMUNE = 2, 2 + PROVINCES
QUESTIONS, DAYS = 20, 30
NAMES = 4999

# Rows 1 to :rows; the same words in both databases.
SERIES = "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < :rows)"
PERSON = "1 + (n - 1) / 2"  # two attempts each
AT = {
    "sqlite": "datetime(:opened, '+' || ({seconds}) || ' seconds') || '.000000'",
    "postgresql": "CAST(:opened AS timestamptz) + ({seconds}) * INTERVAL '1 second'",
}
DAY = {"sqlite": "'2026-01-01'", "postgresql": "DATE '2026-01-01'"}
HOUR = {
    "sqlite": "strftime('%Y-%m-%d %H:00:00.000000', handed_in_at)",
    "postgresql": "date_trunc('hour', handed_in_at)",
}


@dataclass(frozen=True)
class Crowd:
    """A round with its people: ids are 1 to `people`."""

    round_id: int
    code: str
    contest_id: int
    paper_id: int
    blocks: tuple[int, int]
    opened: datetime
    people: int
    attempts: int
    call_id: int = 1


def gather(app: Flask, now: datetime, attempts: int) -> Crowd:
    """Fill an empty database: 20,000 units, one open round, so many attempts, all of them counted."""
    make = Make(app, now)
    contest = make.contest()
    round_ = make.round(contest, questions=QUESTIONS, attempts=40, opens=timedelta(days=-DAYS))
    with app.app_context(), write_transaction():
        blocks = db.session.scalars(select(Block.id).where(Block.contest_id == contest.id).order_by(Block.id))
        paper = db.session.scalars(select(Paper.id).where(Paper.round_id == round_.id)).first() or 0
        first, second = blocks
        opened = now - timedelta(days=DAYS)
        crowd = Crowd(
            round_.id, round_.code, contest.id, paper, (first, second), opened, attempts // 2, attempts
        )
        _units(now)
        _people(crowd, now, 0, crowd.people)
        _attempts(crowd)
        _tallies(crowd, now)
        _reports(crowd, now)
        db.session.execute(text("ANALYZE"))
    return crowd


def hand_in(app: Flask, crowd: Crowd, turn: int, rows: int = 1000) -> None:
    """So many more attempts, each by somebody else, not counted yet: half by people who took part before."""
    before = rows // 2
    newest = f"{crowd.people + turn * before} + n - {before}"
    person = f"CASE WHEN n <= {before} THEN 1 + (n * 37 + {turn} * 101) % {crowd.people} ELSE {newest} END"
    with app.app_context(), write_transaction():
        _people(crowd, datetime.now(UTC), crowd.people + turn * before, rows - before)
        values = _of_attempt(crowd, person)
        values |= {"token": f"'new-{turn}-' || n", "number": f"{3 + turn}", "counted": "false"}
        _insert(Attempt, rows, values, opened=crowd.opened)


def _units(now: datetime) -> None:
    """A top, 34 provinces, 3,321 communes, and schools and branches below; headcounts from communes down."""
    first_commune, first_below = ABOVE + 1, ABOVE + COMMUNES + 1
    province = f"2 + (n - {first_commune}) % {PROVINCES}"
    commune = f"{first_commune} + (n - {first_below}) % {COMMUNES}"
    province_of_commune = f"2 + (({commune}) - {first_commune}) % {PROVINCES}"

    def level(top: str, of_province: str, of_commune: str, below: str) -> str:
        return (
            f"CASE WHEN n = 1 THEN {top} WHEN n <= {ABOVE} THEN {of_province}"
            f" WHEN n < {first_below} THEN {of_commune} ELSE {below} END"
        )

    path = level(
        "'/1/'",
        "'/1/' || n || '/'",
        f"'/1/' || ({province}) || '/' || n || '/'",
        f"'/1/' || ({province_of_commune}) || '/' || ({commune}) || '/' || n || '/'",
    )
    kind = level("'other'", "'province'", "'commune'", "CASE WHEN n % 3 = 0 THEN 'branch' ELSE 'school' END")
    named = dict.fromkeys(("sort_key", "search_key"), "'phuong sen hong ' || n")
    units = named | {"id": "n", "code": "'D' || n", "name": "'Phường Sen Hồng số ' || n", "kind": kind}
    units |= {"parent_id": level("NULL", "1", province, commune), "path": path}
    units["depth"] = level("0", "1", "2", "3")
    _insert(Unit, UNITS, units, now=now)
    heads = {"unit_id": f"n + {ABOVE}", "kind": "'officials'", "number": "40 + n % 50"}
    heads["valid_from"] = DAY[db.engine.dialect.name]
    _insert(Headcount, UNITS - ABOVE, heads, now=now)


def _people(crowd: Crowd, now: datetime, after: int, number: int) -> None:
    """So many people with the ids that follow, entered in the contest."""
    person = {"id": f"{after} + n", "return_code_hash": f"'code ' || ({after} + n)"}
    _insert(Person, number, person, now=now)
    entry = {"id": person["id"], "contest_id": str(crowd.contest_id), "person_id": person["id"]}
    entry |= {"block_id": _block(crowd, f"({after} + n)"), "unit_id": _unit(f"({after} + n)")}
    # Some thousand names, and one in fifty with the phone of the one before.
    entry |= {"name": f"'Nguyễn Văn ' || (({after} + n) % {NAMES})", "ranked": "true"}
    entry |= {"search_key": f"'nguyen van ' || (({after} + n) % {NAMES})"}
    entry |= {
        "phone": f"'09' || (10000000 + {after} + n - CASE WHEN ({after} + n) % 50 = 0 THEN 1 ELSE 0 END)"
    }
    _insert(Entry, number, entry | {"sought": "true", "compared": "true"}, now=now)


def change(app: Flask, crowd: Crowd, turn: int, rows: int) -> None:
    """So many people are to be compared with everybody again, as if each had just come in."""
    some = f"SELECT 1 + (n * 1237 + {turn} * 7919) % {crowd.people} FROM series"
    wanted = text(f"UPDATE entries SET compared = false WHERE id IN ({SERIES} {some})")
    with app.app_context(), write_transaction():
        db.session.execute(wanted, {"rows": rows})


def _attempts(crowd: Crowd) -> None:
    values = _of_attempt(crowd, PERSON) | {"number": "1 + (n - 1) % 2", "token": "'token ' || n"}
    _insert(Attempt, crowd.attempts, {"id": "n", "counted": "true"} | values, opened=crowd.opened)


def _of_attempt(crowd: Crowd, person: str) -> dict[str, str]:
    begun = f"(n * 131) % {(DAYS - 1) * 86400}"
    at = AT[db.engine.dialect.name]
    return {
        "round_id": str(crowd.round_id),
        "entry_id": person,
        "person_id": person,
        "paper_id": str(crowd.paper_id),
        "unit_id": _unit(f"({person})"),
        "block_id": _block(crowd, f"({person})"),
        "started_at": at.format(seconds=begun),
        "deadline": at.format(seconds=f"{begun} + 1800"),
        "handed_in_at": at.format(seconds=f"{begun} + 60 + n % 600"),
        "handed_in_by": "'person'",
        "score": f"(n * 7) % {QUESTIONS + 1}",
        "out_of": str(QUESTIONS),
        "duration_seconds": "60 + n % 600",
    }


def _unit(person: str) -> str:
    return f"1 + ({person} % {UNITS} * 7919) % {UNITS}"


def _block(crowd: Crowd, person: str) -> str:
    return f"CASE WHEN {person} % 3 = 0 THEN {crowd.blocks[1]} ELSE {crowd.blocks[0]} END"


def _tallies(crowd: Crowd, now: datetime) -> None:
    """What counting all those attempts one by one would have made; the first of two attempts counts."""
    counts, hour = f"FROM attempts WHERE round_id = {crowd.round_id}", HOUR[db.engine.dialect.name]
    first = f"{counts} AND number = 1"
    held = f"round_id, unit_id, block_id, COUNT(DISTINCT person_id), COUNT(*), 1 {counts} GROUP BY 1, 2, 3"
    for table, selected in (
        (Participant, f"round_id, person_id, unit_id, block_id, id, 2 {first}"),
        (UnitTally, held),
        (ScoreTally, f"round_id, block_id, score, out_of, COUNT(*) {first} GROUP BY 1, 2, 3, 4"),
        (HourTally, f"round_id, {hour}, COUNT(*) {counts} GROUP BY 1, 2"),
        (UnitHourTally, f"round_id, unit_id, {hour}, COUNT(*) {counts} GROUP BY 1, 2, 3"),
        (ContestPerson, f"{crowd.contest_id}, person_id, round_id, unit_id, block_id {first}"),
        (ContestTally, held.replace("round_id", str(crowd.contest_id), 1).replace("1, 2, 3", "2, 3")),
    ):
        db.session.execute(text(f"INSERT INTO {table.__tablename__} SELECT {selected}"))
    db.session.add(TallyState(round_id=crowd.round_id, counted_at=now, version=1))
    if _on_postgresql():
        last = crowd.attempts
        db.session.execute(text(f"SELECT setval('attempts_id_seq', {last})"))


def _reports(crowd: Crowd, now: datetime) -> None:
    """The organiser asks every unit for a report until an hour ago; most have declared a gathering and sent."""
    call = {"id": str(crowd.call_id), "contest_id": str(crowd.contest_id), "round_id": str(crowd.round_id)}
    call |= {"name": "'Báo cáo kết quả đợt 1'", "levels": "9", "due_at": ":due"}
    _insert(ReportCall, 1, call, now=now, due=now - timedelta(hours=1))
    state = "CASE n % 7 WHEN 0 THEN 'draft' WHEN 1 THEN 'approved' ELSE 'sent' END"
    report = {"id": "n", "call_id": str(crowd.call_id), "unit_id": "n", "state": state}
    _insert(Report, REPORTS, report | {"sent_at": ":now", "first_sent_at": ":now"}, now=now)
    count = {
        "report_id": "n",
        "way": "'hall'",
        "held_on": DAY[db.engine.dialect.name],
        "place": "'Hội trường'",
    }
    covers = "CASE WHEN n % 3 = 0 THEN 'whole' ELSE 'apart' END"
    _insert(ReportCount, REPORTS, count | {"people": "12", "attempts": "12", "covers": covers})


def _insert(table: type[Model], rows: int, values: dict[str, str], **given: Any) -> None:
    """`rows` rows at once; `values` are SQL over n. What else may not be empty gets nothing of its kind."""
    columns: list[Column[Any]] = list(table.__table__.columns)  # type: ignore[arg-type]
    needed = [one for one in columns if not one.nullable and one.server_default is None and one.name != "id"]
    values = {one.name: _nothing(one) for one in needed} | values
    statement = f"{SERIES} SELECT {', '.join(values.values())} FROM series"
    names = f"INSERT INTO {table.__tablename__} ({', '.join(values)})"
    db.session.execute(text(f"{names} {statement}"), {"rows": rows, **given})


def _nothing(column: Column[Any]) -> str:
    if isinstance(column.type, Boolean):
        return "false"
    if isinstance(column.type, String):
        return "''"
    return ":now" if isinstance(column.type, DateTime) or "_at" in column.name else "0"


def _on_postgresql() -> bool:
    return db.engine.dialect.name == "postgresql"
