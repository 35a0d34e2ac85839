"""The table of units in an uploaded file."""

from datetime import date

from contest.errors import Refusal
from contest.files import tables
from contest.language import _
from contest.rules import unit_tree
from contest.rules.unit_rows import UnitTable

NO_HEADER = _("Chưa tìm thấy dòng tiêu đề. Bảng cần ít nhất hai cột “Mã” và “Tên đơn vị”; hãy dùng tệp mẫu.")


def read_table(
    content: bytes, known_codes: frozenset[str] = frozenset(), today: date = date.max
) -> UnitTable:
    """The first sheet of the file that is a table of units; raises Refusal when there is none.

    Takes up to 20 seconds, so never inside a transaction.
    """
    for cells in tables.cells(content, "units"):
        table = unit_tree.read(cells, known_codes, today)
        if table.header_found:
            return table
    raise Refusal(NO_HEADER)
