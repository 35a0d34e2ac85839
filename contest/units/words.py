"""The words people see for kinds of units, headcounts and faults of a table."""

from contest.language import Text, _
from contest.rules.unit_table_words import Column
from contest.rules.unit_tree import Problem
from contest.units.models import ChangeKind, HeadcountKind, UnitKind

UNIT_KINDS: dict[str, Text] = {
    UnitKind.MINISTRY: _("Bộ, ngành trung ương"),
    UnitKind.PROVINCE: _("Tỉnh, thành phố"),
    UnitKind.DEPARTMENT: _("Sở, ban, ngành"),
    UnitKind.COMMUNE: _("Xã, phường"),
    UnitKind.SPECIAL_ZONE: _("Đặc khu"),
    UnitKind.HAMLET: _("Thôn, tổ dân phố"),
    UnitKind.PARTY: _("Cơ quan Đảng"),
    UnitKind.PARTY_CELL: _("Chi bộ"),
    UnitKind.YOUTH_UNION: _("Đoàn Thanh niên"),
    UnitKind.WOMEN_UNION: _("Hội Phụ nữ"),
    UnitKind.TRADE_UNION: _("Công đoàn"),
    UnitKind.UNION_CELL: _("Tổ công đoàn"),
    UnitKind.FATHERLAND_FRONT: _("Mặt trận Tổ quốc"),
    UnitKind.SCHOOL: _("Trường học"),
    UnitKind.PUBLIC_SERVICE: _("Đơn vị sự nghiệp"),
    UnitKind.ENTERPRISE: _("Doanh nghiệp"),
    UnitKind.ARMED_FORCES: _("Lực lượng vũ trang"),
    UnitKind.OFFICE: _("Phòng, khoa, tổ"),
    UnitKind.BRANCH: _("Chi đoàn, chi hội"),
    UnitKind.OTHER: _("Khác"),
}

HEADCOUNT_KINDS: dict[str, Text] = {
    HeadcountKind.OFFICIALS: _("Cán bộ, công chức, viên chức có mặt"),
    HeadcountKind.YOUTH: _("Đoàn viên"),
    HeadcountKind.RESIDENTS: _("Dân số trưởng thành"),
}

# The headings of the table that people download, fill in and send back.
COLUMNS: tuple[Text, ...] = (
    _("Mã"),
    _("Tên đơn vị"),
    _("Mã cấp trên"),
    _("Loại"),
    _("Khối"),
    _("Số cán bộ"),
    _("Số đoàn viên"),
    _("Dân số trưởng thành"),
    _("Tên cũ"),
    _("Tên gọi khác"),
    _("Đóng từ ngày"),
)

CHANGES: dict[str, Text] = {
    ChangeKind.RENAME: _("Đổi tên"),
    ChangeKind.MERGE: _("Sáp nhập"),
    ChangeKind.SPLIT: _("Chia tách"),
    ChangeKind.CLOSE: _("Đóng"),
}

# What a preview calls the field that would change.
FIELDS: dict[str, Text] = {
    Column.NAME: _("Tên"),
    Column.PARENT: _("Mã cấp trên"),
    Column.KIND: _("Loại"),
    Column.BLOCK: _("Khối"),
    Column.OLD_NAMES: _("Tên cũ"),
    Column.ALIASES: _("Tên gọi khác"),
    Column.CLOSED_FROM: _("Tình trạng"),
    **HEADCOUNT_KINDS,
}


def value(field: str, text: str) -> Text | str:
    """A value of a field as people call it; a dash for none."""
    if field == Column.CLOSED_FROM:
        return _("đóng từ %(day)s", day=text) if text else _("đang dùng")
    return UNIT_KINDS[text] if field == Column.KIND else text or "–"


def problem(kind: Problem, words: str) -> Text:
    """What is wrong with a row and what to do about it."""
    sentences: dict[Problem, Text] = {
        Problem.NO_CODE: _(
            "Chưa có mã. Hãy ghi một mã ngắn, không trùng, cho đơn vị “%(words)s”.", words=words
        ),
        Problem.NO_NAME: _("Chưa có tên. Hãy ghi tên cho đơn vị mã %(words)s.", words=words),
        Problem.REPEATED_CODE: _(
            "Mã %(words)s đã dùng ở một dòng trên. Mỗi đơn vị cần một mã riêng.", words=words
        ),
        Problem.UNKNOWN_PARENT: _(
            "Không có đơn vị cấp trên mã %(words)s. Hãy thêm đơn vị đó vào bảng hoặc sửa mã.", words=words
        ),
        Problem.FAULTY_PARENT: _(
            "Đơn vị cấp trên mã %(words)s đang có lỗi. Hãy sửa dòng đó trước.", words=words
        ),
        Problem.CYCLE: _(
            "Đơn vị này thuộc chính nó qua mã %(words)s. Hãy xem lại cột mã cấp trên.", words=words
        ),
        Problem.UNKNOWN_KIND: _(
            "Chưa hiểu loại “%(words)s”. Hãy dùng một trong các loại ghi ở tệp mẫu, ví dụ Sở, Phường, Trường học.",
            words=words,
        ),
        Problem.BAD_NUMBER: _("“%(words)s” không phải số người. Hãy ghi một số nguyên.", words=words),
        Problem.BAD_DATE: _("“%(words)s” không phải ngày. Hãy ghi theo dạng 31/12/2026.", words=words),
        Problem.STILL_TO_COME: _(
            "Ngày %(words)s chưa đến. Việc đóng về sau được ghi ở trang của đơn vị.", words=words
        ),
        Problem.CLOSED_PARENT: _(
            "Đơn vị cấp trên mã %(words)s đã đóng. Hãy đóng cả đơn vị này hoặc ghi cấp trên khác.",
            words=words,
        ),
        Problem.TOO_LONG: _("“%(words)s…” quá dài. Tên tối đa 200 ký tự, mã và khối tối đa 40.", words=words),
    }
    return sentences[kind]
