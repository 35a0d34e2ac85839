"""Taking a read file into the list: all its good lines, in parts, safe to do again."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from contest import history
from contest.database import db, write_transaction
from contest.rosters import noting, queries, reading
from contest.rosters.models import DraftState, RosterDraft, RosterRow, RosterUpload
from contest.rosters.reading import A_PART, Against, Compared, Line
from contest.rules import staff_codes, vietnamese
from contest.units import queries as units
from contest.units.models import Unit


def take_in(
    upload_id: int,
    by: tuple[int | None, str],
    now: Callable[[], datetime],
    say: Callable[[int, int], None],
) -> None:
    """Take every good line in, then take off whom the file no longer names if that was asked for.

    Each part is compared again as it is written: the same file twice changes nothing.
    """
    upload = db.session.get_one(RosterUpload, upload_id)
    unit = units.by_id(upload.unit_id)
    total = _good(upload_id)
    against = Against(upload.contest_id, unit.path, queries.newest_row())
    done = new = changed = after = 0
    while lines := reading.kept_lines(upload_id, after, A_PART):
        with write_transaction():
            _hold(unit)
            done += len(lines)
            say(done, total)
            compared = reading.compare(lines, against)
            _write(lines, compared, upload.contest_id, now())
        new += sum(one.state is DraftState.NEW for one in compared)
        changed += sum(one.state is DraftState.CHANGED for one in compared)
        after = lines[-1].row.number
    with write_transaction():
        gone = _take_off_missing(upload) if upload.drops_missing else 0
        if new or changed or gone:
            detail = f"{new} người mới, {changed} người thay đổi, {gone} người được bỏ"
            history.record(by, "roster:take_in", ("unit", unit.id, unit.name), now(), detail)
        db.session.execute(delete(RosterUpload).where(RosterUpload.id == upload_id))


def _good(upload_id: int) -> int:
    statement = select(func.count()).where(
        RosterDraft.upload_id == upload_id, RosterDraft.state != DraftState.FAULTY
    )
    return db.session.scalar(statement) or 0


def _hold(unit: Unit) -> None:
    """Two files for one unit are taken in one behind the other."""
    db.session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())


def _write(lines: Sequence[Line], compared: Sequence[Compared], contest_id: int, now: datetime) -> None:
    changes: dict[int, Line] = {}
    new = []
    for line, one in zip(lines, compared, strict=True):
        if one.state is DraftState.NEW:
            new.append(_values(line) | {"contest_id": contest_id, "added_at": now, "sought": False})
        elif one.state is DraftState.CHANGED and one.row_id is not None:
            changes[one.row_id] = line
    if new:
        db.session.execute(insert(RosterRow), new)
    for row in queries.by_ids(changes).values():
        for name, value in _values(changes[row.id]).items():
            setattr(row, name, value)
        row.sought = False
    db.session.flush()


def _values(line: Line) -> dict[str, object]:
    row = line.row
    return {
        "unit_id": line.unit_id,
        "name": row.name,
        "sort_key": vietnamese.name_sort_key(row.name),
        "name_key": row.name_key,
        "code": row.code or None,
        "code_key": staff_codes.key(row.code) or None,
        "phone": row.phone or None,
        "birth_date": row.birth_date,
        "birth_year": row.birth_year,
        "place": row.place,
    }


def _take_off_missing(upload: RosterUpload) -> int:
    ids = list(db.session.scalars(queries.missing(upload).with_only_columns(RosterRow.id)))
    for start in range(0, len(ids), queries.A_PORTION):
        portion = ids[start : start + queries.A_PORTION]
        noting.rows_go(portion)
        db.session.execute(delete(RosterRow).where(RosterRow.id.in_(portion)))
    return len(ids)
