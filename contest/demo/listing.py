"""The demo's staff list: one department has handed it in, and most of who took part for it are on it."""

import csv
import io
from datetime import datetime

from sqlalchemy import select

from contest.database import db, write_transaction
from contest.demo import invented
from contest.demo.organising import Board
from contest.people.models import Entry
from contest.rosters import actions, working
from contest.units import queries as units
from contest.units.models import Unit

DEPARTMENT = "S10"
NOT_YET = 38


def staff_list(board: Board, now: datetime) -> None:
    """Upload and take in the list of one department with everything below it, as its coordinator would."""
    with write_transaction():
        unit = units.by_code(DEPARTMENT)
        file = ("can-bo-so-y-te.csv", _table(board.contest.id, unit))
        upload = actions.keep_upload(board.contest.id, unit, file, now, board.organiser)
    working.read_or_ask(upload, lambda: now, board.organiser.signature)
    with write_transaction():
        actions.confirm(upload, drops_missing=False)
    working.take_in_or_ask(upload.id, lambda: now, board.organiser.signature)


def _table(contest_id: int, unit: Unit) -> bytes:
    """Most of those who entered, some of them without a phone, and people who have not come yet."""
    statement = (
        select(Entry.name, Entry.birth_year, Entry.phone, Unit.code)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(Entry.contest_id == contest_id, Unit.path.startswith(unit.path, autoescape=True))
        .order_by(Entry.id)
    )
    lines = [
        (name, born, "" if place % 9 == 0 else phone, code)
        for place, (name, born, phone, code) in enumerate(db.session.execute(statement))
        if place % 11
    ]
    # Of a seed of their own, and phones nobody of the crowd has.
    strangers = invented.people(NOT_YET, "Sở Y tế 2026")
    lines += [(one.name, one.birth_year, f"09001{at:05d}", unit.code) for at, one in enumerate(strangers)]
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(("Mã cán bộ", "Họ và tên", "Ngày sinh", "Số điện thoại", "Mã đơn vị"))
    table.writerows((f"YT{at:04d}", *line) for at, line in enumerate(lines, start=1))
    return text.getvalue().encode("utf-8-sig")
