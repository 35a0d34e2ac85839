"""The words people see for kinds of units, headcounts and faults of a table."""

from contest.language import Text, _
from contest.rules.unit_table_words import Column
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
    _("Mã đơn vị kế tiếp"),
    _("Căn cứ"),
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
    Column.SUCCESSORS: _("Đơn vị kế tiếp"),
    Column.BASIS: _("Căn cứ"),
    **HEADCOUNT_KINDS,
}


def value(field: str, text: str) -> Text | str:
    """A value of a field as people call it; a dash for none."""
    if field == Column.CLOSED_FROM:
        return _("đóng từ %(day)s", day=text) if text else _("đang dùng")
    return UNIT_KINDS[text] if field == Column.KIND else text or "–"
