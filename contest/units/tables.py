"""The tree as a table to download: the same columns that an import reads, so that it can come back."""

import csv
from collections.abc import Iterable
from pathlib import Path

from contest.language import Text, _
from contest.rules import unit_successors
from contest.units import lineage, table_names
from contest.units.change_queries import Ending
from contest.units.comparing import Names
from contest.units.headcount_actions import Numbers
from contest.units.models import HeadcountKind, Unit
from contest.units.words import COLUMNS, UNIT_KINDS

# Always in Vietnamese, whoever asks: the file is data that comes back.
HEADINGS = tuple(str(column) for column in COLUMNS)

EXAMPLES: tuple[tuple[str | int | None, ...], ...] = (
    ("T00", "Ủy ban nhân dân tỉnh", "", "Tỉnh, thành phố", "Cán bộ", None, None, None, *[""] * 5),
    ("S01", "Sở Nội vụ", "T00", "Sở, ban, ngành", "Cán bộ", 112, 38, None, *[""] * 5),
    (
        "P01",
        "Phường Trung Tâm",
        "T00",
        "Xã, phường",
        "Người dân",
        52,
        310,
        18400,
        "Thị trấn Trung Tâm (đến 30/06/2025)",
        "Phường Chợ",
        "",
        "",
        "",
    ),
    (
        "X09",
        "Xã Đông",
        "T00",
        "Xã, phường",
        "Người dân",
        *[None] * 3,
        "",
        "",
        "01/07/2025",
        "P01",
        "Nghị quyết …",
    ),
)

GUIDE: tuple[tuple[Text, Text], ...] = (
    (_("Mã"), _("Bắt buộc, viết liền, mỗi đơn vị một mã. Số 0 ở đầu được giữ nguyên.")),
    (_("Tên đơn vị"), _("Bắt buộc, tối đa 200 ký tự.")),
    (_("Mã cấp trên"), _("Mã của đơn vị trực tiếp bên trên; để trống nếu là cấp cao nhất.")),
    (_("Khối"), _("Khối mà người của đơn vị thường dự thi, ví dụ: Cán bộ, Người dân.")),
    (_("Số cán bộ"), _("Cán bộ, công chức, viên chức có mặt. Để trống nếu chưa có số.")),
    (_("Số đoàn viên"), _("Số đoàn viên. Để trống nếu chưa có số.")),
    (_("Dân số trưởng thành"), _("Người từ đủ 18 tuổi. Để trống nếu chưa có số.")),
    (
        _("Tên cũ"),
        _(
            "Các tên trước đây, cách nhau bằng dấu chấm phẩy; ngày cuối cùng mang tên ghi trong ngoặc (đến 30/06/2025)."
        ),
    ),
    (
        _("Tên gọi khác"),
        _("Tên tắt, tên quen gọi, cách nhau bằng dấu chấm phẩy. Ô trống thì giữ như đang có."),
    ),
    (_("Đóng từ ngày"), _("Ngày đơn vị không còn nữa, dạng 01/07/2025. Để trống nếu đơn vị đang hoạt động.")),
    (
        _("Mã đơn vị kế tiếp"),
        _(
            "Đơn vị này đã nhập vào đơn vị nào từ ngày ghi ở cột “Đóng từ ngày”: ghi mã đơn vị ấy. "
            "Nếu chia tách, ghi từng mã với phần trăm số người, cộng đúng 100, cách nhau bằng dấu chấm phẩy; "
            "thêm dấu + sau đơn vị nhận người đã dự thi: X01 60% +; X02 40%. "
            "Tên cũ và số người được chuyển theo; ô trống thì giữ như đang có."
        ),
    ),
    (_("Căn cứ"), _("Nghị quyết, quyết định sáp nhập hoặc chia tách; có thể để trống.")),
)


def rows(
    units: Iterable[Unit],
    numbers: Numbers,
    names: Names,
    endings: dict[int, Ending],
    outer_codes: dict[int, str],
) -> Iterable[list[str | int | None]]:
    """One row for each unit, parents first. `outer_codes`: codes, by id, of parents that are not listed."""
    codes = dict(outer_codes)
    for unit in units:
        codes[unit.id] = unit.code
        yield [
            unit.code,
            unit.name,
            codes[unit.parent_id] if unit.parent_id else "",
            str(UNIT_KINDS[unit.kind]),
            unit.block,
            *(numbers.get((unit.id, kind)) for kind in HeadcountKind),
            table_names.old_names(names.get(unit.id, [])),
            table_names.aliases(names.get(unit.id, [])),
            table_names.day_cell(lineage.closed_from(unit)),
            unit_successors.written(ending.into) if (ending := endings.get(unit.id)) else "",
            ending.change.basis if ending else "",
        ]


def guide() -> list[list[str]]:
    """What each column holds, and the words for kinds, for the second sheet of the template."""
    kinds = "; ".join(str(name) for name in UNIT_KINDS.values())
    lines = [[str(column), str(meaning)] for column, meaning in GUIDE]
    lines.insert(3, ["Loại", kinds])
    return lines


# Tables to begin with: code of the address → what it is called there.
READY_MADE: dict[str, Text] = {
    "34-tinh-thanh-pho": _("34 tỉnh, thành phố"),
    "mau-cay-don-vi": _("Mẫu cây đơn vị của một tỉnh"),
}
DATA = Path(__file__).parent / "data"


def ready_made_file(name: str) -> bytes:
    """A table to begin with as CSV for Excel; `name` is one of READY_MADE."""
    return b"\xef\xbb\xbf" + (DATA / f"{name}.csv").read_bytes()


def ready_made(name: str) -> tuple[list[str], list[list[str]]]:
    """The headings and rows of a table to begin with."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file, delimiter=";")
    return head, lines
