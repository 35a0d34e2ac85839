"""Lists as tables for Excel: to fill in, and to take away; always in Vietnamese, because the file comes back."""

from collections.abc import Collection, Iterable
from datetime import datetime

from contest.rosters.queries import RowLine
from contest.rosters.words import COLUMNS, MATCHES
from contest.web.spreadsheets import Column, Sheet, Value, workbook

WIDTHS = (16, 30, 14, 16, 14, 34)
EXAMPLES: tuple[tuple[str, ...], ...] = (
    ("CB001", "Nguyễn Thị Hòa", "08/03/1990", "0900000001", "", "Văn phòng"),
    ("CB002", "Trần Văn Bé", "1985", "0900000002", "", "Trung tâm Phục vụ hành chính công"),
)
GUIDE: tuple[tuple[str, str], ...] = (
    ("Mã cán bộ", "Nên có: chắc nhất để nhận ra một người. Số 0 ở đầu được giữ nguyên."),
    ("Họ và tên", "Bắt buộc. Có thể tách thành hai cột “Họ và tên đệm” và “Tên”."),
    ("Ngày sinh", "Ghi ngày/tháng/năm, hoặc chỉ năm. Cần khi không có mã và số điện thoại."),
    ("Số điện thoại", "Nên có. Số 0 ở đầu bị mất được thêm lại."),
    ("Mã đơn vị", "Mã của đơn vị trực thuộc; để trống nếu thuộc chính đơn vị của danh sách."),
    ("Phòng, bộ phận", "Không bắt buộc. Tên đơn vị trực thuộc ghi ở đây cũng được hiểu."),
)


def template(now: datetime) -> bytes:
    """An empty list with two invented people and what each column holds."""
    guide = Sheet("Hướng dẫn", [Column("Cột", width=24), Column("Cách ghi", width=90)], GUIDE)
    return workbook([Sheet("Danh sách", _columns(), EXAMPLES), guide], made_at=now)


def as_workbook(
    lines: Iterable[RowLine], now: datetime, *, with_matches: bool, but: Collection[int] = ()
) -> bytes:
    """The list, perhaps with how far matching is (not for units `but`); uploaded again it changes nothing."""
    columns = [*_columns(), *([Column("Đối chiếu", width=26)] if with_matches else [])]
    rows = (_values(line, told=line.unit.id not in but)[: len(columns)] for line in lines)
    return workbook([Sheet("Danh sách", columns, rows)], made_at=now)


def _columns() -> list[Column]:
    return [Column(str(heading), width=width) for heading, width in zip(COLUMNS, WIDTHS, strict=True)]


def _values(line: RowLine, *, told: bool) -> list[Value]:
    row = line.row
    born = row.birth_date.strftime("%d/%m/%Y") if row.birth_date else str(row.birth_year or "")
    said = (row.code or "", row.name, born, row.phone or "", line.unit.code, row.place)
    return [*said, str(MATCHES[line.state]) if told else ""]
