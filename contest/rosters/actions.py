"""What is done with staff lists: keep an uploaded file, confirm or drop it, take somebody off."""

from datetime import datetime

from sqlalchemy import delete

from contest import history
from contest.database import db
from contest.permissions import Actor
from contest.rosters import noting
from contest.rosters.models import RosterRow, RosterUpload
from contest.units.models import Unit


def keep_upload(
    contest_id: int, unit: Unit, file: tuple[str, bytes], now: datetime, by: Actor
) -> RosterUpload:
    """Keep a file (its name and content) until it is taken in; an earlier one of the same person is dropped."""
    db.session.execute(delete(RosterUpload).where(RosterUpload.staff_id == by.id))
    name, content = file
    upload = RosterUpload(
        contest_id=contest_id,
        unit_id=unit.id,
        staff_id=by.id,
        filename=name[:200],
        content=content,
        uploaded_at=now,
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def confirm(upload: RosterUpload, drops_missing: bool) -> None:
    """What was read is to be taken in; `drops_missing`: take off whom the file no longer names."""
    upload.drops_missing = drops_missing


def drop_upload(upload: RosterUpload) -> None:
    """Forget an uploaded file."""
    db.session.delete(upload)


def take_off(row: RosterRow, now: datetime, by: Actor) -> None:
    """Take one person off their list."""
    noting.rows_go([row.id])
    # The history outlives the data of persons, so it names them by number only.
    history.record(
        by.signature, "roster:take_off", ("roster_row", row.id, f"Dòng danh sách số {row.id}"), now
    )
    db.session.delete(row)
