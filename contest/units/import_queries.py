"""SELECTs behind the import of tables of units."""

from sqlalchemy import func, select

from contest.database import db
from contest.errors import NotFound
from contest.language import _
from contest.units.models import UnitImport


def pending_import(import_id: int, staff_id: int) -> UnitImport:
    """A file this staff member uploaded and has not confirmed yet; raises NotFound."""
    pending = db.session.scalar(
        select(UnitImport).where(UnitImport.id == import_id, UnitImport.staff_id == staff_id)
    )
    if pending is None:
        raise NotFound(_("Tệp này đã được nhập hoặc đã bỏ. Hãy tải tệp lên lại nếu cần."))
    return pending


def follow_ids(next_id: int) -> None:
    """Tell PostgreSQL which id comes next after ids were given by hand; SQLite looks by itself."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.setval("units_id_seq", next_id, False)))
